// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace reveille {

/// Where a device of a fleet is: an address of this machine and one of the fleet's sockets.
struct FleetPlace {
    quint32 address = 0; ///< IPv4, in host order
    quint16 socket = 0;  ///< its number
    quint64 key() const { return quint64(address) << 16 | socket; }
    friend bool operator==(const FleetPlace &, const FleetPlace &) = default;
};

/// What comes in for a fleet.
class FleetReceiver {
public:
    virtual ~FleetReceiver() = default;
    /// From the server, to whoever is at this place.
    virtual void received(const FleetPlace &to, QByteArrayView octets) = 0;
    /// At the client port of this address, from anybody.
    virtual void heard(quint32 address, QByteArrayView octets) = 0;
};

/// The datagrams of a fleet. Abstract, so that tests need no sockets. Thread of the fleet.
class FleetNetwork {
public:
    virtual ~FleetNetwork() = default;

    /// From this place to the server, at the latest with flush(). What cannot be sent is lost.
    virtual void send(const FleetPlace &from, const QByteArray &octets) = 0;
    virtual void flush() = 0;
    /// Where a device is after it moved so often, 0: at first. Each time another address or port than before; asked for
    /// once for each move, in turn.
    virtual FleetPlace place(quint32 device, quint32 moves) = 0;
    virtual quint16 portOf(const FleetPlace &place) const = 0;
    /// The port at which wake-ups are heard for all of them; 0: they are not.
    virtual quint16 clientPort() const = 0;
    /// The device that this address is of; nothing where they share it.
    virtual std::optional<quint32> ownerOf(quint32 address) const = 0;
};

} // namespace reveille
