// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"
#include "domain/wakeup.h"

#include <QString>

namespace reveille {

struct FaultOrder;
class ServerHost;

/// `text` as one word of a POSIX shell.
QString shellWord(const QString &text);

/// The reveillectl line that does what the composer would do. What stands at its default is left out. Empty for a push to a
/// session, which reveillectl cannot name.
QString reveillectlLine(const PushRequest &request);
/// The same push for the interface of staff at `address` ("127.0.0.1:8081"), as a line for a shell and as the request itself
/// (RFC 9112), whose lines end by CR LF. Neither holds the token: REVEILLE_TOKEN stands in its place.
QString curlLine(const PushRequest &request, const QString &address);
QString httpRequest(const PushRequest &request, const QString &address);
enum class PushText : quint8 { Reveillectl, Curl, Http };
/// Where the interface of staff listens; the usual address while the server does not run.
QString staffAddress(const ServerHost &host);
QString pushAs(PushText how, const PushRequest &request, const QString &address);
/// The same for a fault.
QString reveillectlLine(const FaultOrder &order);
QString curlLine(const FaultOrder &order, const QString &address);
/// The same for a wake-up.
QString reveillectlLine(const DeviceId &device, const WakeOrder &order);

} // namespace reveille
