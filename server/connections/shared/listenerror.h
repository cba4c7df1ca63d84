// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/shared/endpoint.h"
#include "domain/result.h"

#include <QAbstractSocket>

namespace reveille {

/// listen-failed, about = "sip/udp 127.0.0.1:5060: address in use".
Error listenError(const QString &what, const Endpoint &endpoint, QAbstractSocket::SocketError error);

} // namespace reveille
