// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "domain/liveness.h"
#include "engine/connection.h"
#include "engine/store.h"

namespace reveille {

/// A path of a device that is put away.
struct IdlePath {
    ConnectionId id;
    QString flow;
    ConnectionFacts facts;
    Liveness liveness;
    QByteArray state;        ///< StoredBinding::state
    Timestamp storedAt;      ///< when the binding was last handed to the store, to the second
    bool live = false;       ///< it had a connection, to be made anew when somebody asks
    bool namesSession = false; ///< its session leads to this device

    StoredBinding binding(const Device &device) const
    {
        return {device.id,     device.user,   flow,          facts.kind,        facts.transport,
                facts.peer,    facts.local,   facts.address, facts.session,     facts.application,
                liveness.registeredUntil(),   liveness.lastPacket(),            state};
    }
};

/// Everything the Registry holds of a device about which nothing is under way: what a parked record stands for.
struct IdleDevice {
    Device device;
    Timestamp userCreatedAt; ///< of its user, who has an entry of its own only for a name or a password
    quint32 order = 0;       ///< among the devices of the user: rising
    QVector<IdlePath> paths; ///< newest first
};

} // namespace reveille
