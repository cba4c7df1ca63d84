// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/devicelink.h"
#include "client/pushclientsettings.h"
#include "client/sirgate.h"

#include <QJsonObject>

namespace reveille {

/// The fields of client events (clientevent.h). Pure functions, any thread.
QJsonObject startedFields(const PushClientSettings &settings, quint16 clientPort, quint16 callPort);
QJsonObject registeredFields(const LinkGrant &grant);
QJsonObject sirFields(const WakeDatagram &wake, const QString &peer);
QJsonObject pushFields(const ReceivedPush &push);

} // namespace reveille
