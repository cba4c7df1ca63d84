// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/fleet/fleetmix.h"
#include "client/pushclientsettings.h"

namespace reveille {

/// Everything a fleet can be told before it starts; constant afterwards. Plain values, any thread.
struct FleetSettings {
    quint32 devices = 1;
    ClientConnect kind = ClientConnect::Datagram; ///< Datagram: CoAP over UDP; Sip: over UDP
    FleetMix mix;
    quint64 seed = 1;
    int ramp = 1000; ///< devices that begin in a second
    QString userPattern = QStringLiteral("sip:dev%1@lab.example");
    quint32 perUser = 1; ///< devices of each user; from two on the server says in a SIR which one it means
    QString password; ///< of every user; empty: none
    QString realm;    ///< of the password; empty: what the registrar says, else the host of the user

    QHostAddress registrar{QHostAddress::LocalHost};
    quint16 registrarPort = 5683;
    QString registrarName; ///< host name it was found by, may be empty; a SIR may name the registrar so
    QStringList gateways;  ///< "ADDRESS" or "ADDRESS:PORT" a SIR may name beside
    /// Own address. With `spread` the first of a block of 127.0.0.0/8, in which each device has one of its own; otherwise
    /// all have this one and different ports.
    QHostAddress local{QStringLiteral("127.1.0.0")};
    bool spread = true;
    bool listensForWakeUps = true;
    quint16 clientPort = 0; ///< 0: any free one
    int lifetime = 86400;   ///< seconds of a registration asked for

    static constexpr quint32 mostDatagram = 100'000, mostSip = 10'000;
    static constexpr int mostRamp = 100'000;
};

} // namespace reveille
