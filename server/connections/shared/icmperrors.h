// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QString>
#include <QVector>

namespace reveille {

/// What the network sent back about a datagram of ours.
struct IcmpError {
    QHostAddress address; ///< whom the datagram was for
    quint16 port = 0;
    QString what;          ///< "ICMP port unreachable"
    bool permanent = true; ///< false for one that says nothing of the peer, such as "too big"
};

/// The error queue of an unconnected UDP socket (Linux, ip(7) IP_RECVERR); nothing elsewhere.
/// Asks the kernel to keep the errors of this socket.
void enableIcmpErrors(qintptr socket);
/// At most `limit` errors waiting, oldest first.
QVector<IcmpError> takeIcmpErrors(qintptr socket, int limit);

} // namespace reveille
