// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QString>

namespace reveille {

/// Where one listener listens. Port 0 = any free port. Any thread.
struct Endpoint {
    bool enabled = true;
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 0;
};

/// "203.0.113.7:4012", "[2001:db8::1]:5060"; IPv4 mapped into IPv6 is written as IPv4.
QString peerText(const QHostAddress &address, quint16 port);
/// Reads what peerText() writes. False for anything else; port 0 counts as anything else.
bool peerFromText(const QString &text, QHostAddress *address, quint16 *port);

} // namespace reveille
