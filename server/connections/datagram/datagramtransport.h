// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/datagrampeer.h"

#include <QByteArray>
#include <QByteArrayView>

#include <span>

namespace reveille {

/// Who is told what the sockets of the datagram side receive. Server thread.
class DatagramReceiver
{
public:
    virtual ~DatagramReceiver() = default;
    virtual void received(const DatagramPeer &peer, QByteArrayView datagram) = 0;
    /// These are received next: what they need may be fetched into the caches for all of them at once.
    virtual void expect(std::span<const QByteArrayView>) {}
    /// The network says that datagrams do not get there.
    virtual void unreachable(const DatagramPeer &peer, const QString &what) = 0;
};

/// Who takes datagrams for peers. Server thread.
class DatagramSender
{
public:
    virtual ~DatagramSender() = default;
    /// False when it cannot be sent: no such session, or the system did not take it.
    virtual bool send(const DatagramPeer &peer, const QByteArray &datagram) = 0;
};

} // namespace reveille
