// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/fleet/fleetdevice.h"

#include <QJsonObject>

namespace reveille {

/// What a fleet has done so far, and how many of its devices are in which state. Plain values, any thread.
struct FleetCounters {
    std::array<quint32, fleetPhases> phases{}; ///< devices by phase
    quint32 devices = 0;
    quint32 registered = 0; ///< have a registration, as far as they know
    quint32 waking = 0;     ///< on their way back after a wake-up

    quint64 registrations = 0; ///< granted
    quint64 refused = 0;       ///< registrations and keep-alives
    quint64 timeouts = 0;      ///< requests that nobody answered
    quint64 keepAlives = 0;    ///< answered
    quint64 pushes = 0;        ///< taken, each once
    quint64 duplicates = 0;    ///< pushes that came again, confirmed again
    quint64 repeated = 0;      ///< requests of the server that came again
    quint64 wakeUps = 0;       ///< heard
    quint64 wakes = 0;         ///< of them obeyed
    quint64 wakesIgnored = 0;  ///< connected already, locked out, not safe
    quint64 wakesUnclear = 0;  ///< that name no device of the fleet, or cannot be read
    quint64 moves = 0;         ///< to another address or port
    quint64 restarts = 0;
    quint64 retransmissions = 0;
    quint64 lost = 0;   ///< packets that the fleet lost on purpose, both ways
    quint64 strays = 0; ///< packets for a place where nobody is any more
    quint64 sent = 0, sentOctets = 0;
    quint64 received = 0, receivedOctets = 0;

    /// The fields of the event "stats".
    QJsonObject toJson() const;
};

} // namespace reveille
