// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/pushinbox.h"

#include <QByteArrayView>

#include <optional>

namespace reveille {

/// Reads a push that comes as a datagram to a client port: WSP connectionless push (WAP-230 section 8.2.4) of any gateway,
/// by IP or out of a short message. Nothing for what is no push with content, and for a SIR, which is a wake-up
/// (wakedatagram.h). Such a push is not confirmed and its sender is not proven: it has no id, lest anybody
/// make another push a duplicate. Any thread.
std::optional<ReceivedPush> readPushDatagram(QByteArrayView octets);

} // namespace reveille
