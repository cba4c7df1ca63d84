// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/fleet/fleetagenda.h"
#include "client/fleet/fleetmix.h"
#include "client/fleet/fleetnetwork.h"
#include "client/fleet/fleetrandom.h"

#include <algorithm>
#include <array>

namespace reveille {

/// What a device does just now.
enum class FleetPhase : quint8 {
    Waiting,     ///< not connected; registers when its time comes
    Registering, ///< the server has not answered yet
    Up,          ///< registered, over a path that it believes in
    Silent,      ///< neither sends nor hears anything over its path, but hears wake-ups
    Off,         ///< starts again, and hears nothing at all
};
constexpr size_t fleetPhases = 5;

/// What a device asks the server for.
enum class FleetAsk : quint8 {
    Nothing,
    Register,
    Keep, ///< keep-alive: a refresh over CoAP, STUN beside SIP
};

/// A request under way.
struct FleetExchange {
    FleetAsk ask = FleetAsk::Nothing;
    quint8 sends = 0;
    Milliseconds wait{0}; ///< the next one
    Milliseconds at = FleetAgenda::never; ///< it is sent again, or given up
    Milliseconds end{0};  ///< it is given up
    QByteArray octets;
};

/// One simulated device: some 300 octets, whatever the protocol keeps of it beside. A value; times are monotonic.
struct FleetDevice {
    static constexpr quint32 nobody = ~quint32(0);
    static constexpr size_t pushesKnown = 8; ///< by their ids, for duplicates
    static constexpr size_t sirsKnown = 4;   ///< signed ones, for replays

    FleetRandom random;
    FleetPlace place;
    quint32 nextThere = nobody; ///< another device at the same place
    quint32 moves = 0;
    FleetHabit habit = FleetHabit::Keeper;
    FleetPhase phase = FleetPhase::Waiting;
    quint8 failures = 0;       ///< to register, in a row
    quint8 pushCount = 0;
    bool isRegistered = false; ///< as far as it knows
    bool isPathDead = false;   ///< nothing passes any more, which it does not know
    bool isHushed = false;     ///< silent because it was told so
    bool isWoken = false;      ///< on its way back after a wake-up
    bool wasRegistered = false; ///< once at least
    FleetExchange exchange;
    QByteArray lateAnswer;
    Milliseconds lateAt = FleetAgenda::never;
    Milliseconds keepAt = FleetAgenda::never;   ///< the next keep-alive
    Milliseconds changeAt = FleetAgenda::never; ///< it registers, falls silent, moves or starts again: phase and habit
    Milliseconds renewAt = FleetAgenda::never;  ///< a keep-alive from then on is a registration
    Milliseconds provenUntil{0};                ///< it believes in its path
    Milliseconds lockedUntil{0};                ///< it obeys no other wake-up
    std::array<quint64, pushesKnown> pushes{};
    std::array<quint64, sirsKnown> sirs{}; ///< seconds and nonce, 0: none
    quint32 sirsForgotten = 0;             ///< seconds of the newest one that is remembered no more

    Milliseconds due() const
    {
        return std::min(std::min(exchange.at, lateAt), std::min(keepAt, changeAt));
    }
    /// Whether it came before; remembers it.
    bool knowsPush(quint64 id)
    {
        const size_t known = std::min<size_t>(pushCount, pushesKnown);
        if (std::find(pushes.begin(), pushes.begin() + known, id) != pushes.begin() + known)
            return true;
        pushes[pushCount % pushesKnown] = id;
        pushCount = quint8(size_t(pushCount) + 1 < 2 * pushesKnown ? pushCount + 1 : pushesKnown);
        return false;
    }
};

/// The same for the same text on every machine (FNV-1a).
inline quint64 fleetHash(QByteArrayView text)
{
    quint64 hash = 0xcbf29ce484222325ULL;
    for (const char octet : text)
        hash = (hash ^ quint8(octet)) * 0x100000001b3ULL;
    return hash;
}

/// What decides about the habit of a device, whatever the mix.
inline quint64 fleetHabitDraw(quint64 seed, quint32 index)
{
    constexpr quint64 stream = 0x4861626974ULL << 20; // apart from the numbers of devices
    return FleetRandom(seed, stream + index).next();
}

} // namespace reveille
