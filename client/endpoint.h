// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QString>

#include <optional>

namespace reveille {

/// "192.0.2.10:5060", "[2001:db8::1]:5060". Any thread.
QString endpointText(const QHostAddress &address, quint16 port);

/// The address as it stands in a SIP URI: IPv6 in brackets, IPv4 mapped into IPv6 folded, no scope.
QString uriHostText(const QHostAddress &address);

/// "HOST", "HOST:PORT", "[V6]:PORT"; the port is 0 where none is written. Nothing for anything else.
struct HostAndPort {
    QString host; ///< without brackets
    quint16 port = 0;
};
std::optional<HostAndPort> splitHostAndPort(const QString &text);

} // namespace reveille
