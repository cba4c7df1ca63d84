// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pushresource.h"
#include "engine/clock.h"
#include "engine/limitlog.h"
#include "engine/writebehind.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace reveille {

class Registry;

/// The push resources of Web Push (RFC 8030 section 2) that staff made, found by token. They go with their device. Server
/// thread.
class PushResources : public QObject
{
    Q_OBJECT
public:
    struct Limits {
        int maxPushResources = 20; ///< of one device
    };
    struct Made {
        PushResource resource;
        QByteArray token; ///< shown this once
    };
    using MadeCallback = std::function<void(Result<Made>)>;

    PushResources(Clock &clock, WriteBehind &writes, Registry &registry, const Limits &limits);

    /// Start-up, before the devices are loaded.
    void load(const QVector<PushResource> &resources);
    /// Makes one of what `order` says; id, token and time are given here. Durable when `made` gets it. Errors device-unknown,
    /// push-resources-too-many (about: the limit), push-resource-expired (about: the time, which has passed), of the store.
    void add(const PushResource &order, MadeCallback made);
    /// Of what went with its device and comes back with it, all that can: not what is there again, and no more than a device may
    /// have. To be written together with the devices, then put in by restore().
    QVector<PushResource> restorable(const QVector<PushResource> &resources) const;
    /// Those whose device is there; the same addresses are found again.
    void restore(const QVector<PushResource> &resources);
    /// No longer found from now on. Error push-resource-unknown, also for that of another device.
    void remove(const DeviceId &device, const PushResourceId &id, std::function<void(Result<Done>)> done);

    /// Oldest first.
    QVector<PushResource> of(const DeviceId &device) const;
    /// Found by the hash, so that no time tells how much of a token is right. One that is over is found too.
    std::optional<PushResource> ofToken(const QByteArray &token) const;
    qsizetype count() const { return m_byHash.size(); }

Q_SIGNALS:
    void changed(const reveille::DeviceId &device); ///< one of it was made or removed

private:
    void insert(const PushResource &resource);
    PushResource take(const PushResourceId &id);
    void forget(const DeviceId &device);

    Clock &m_clock;
    WriteBehind &m_writes;
    Registry &m_registry;
    const Limits m_limits;
    LimitLog m_fullLog;
    QHash<QByteArray, PushResource> m_byHash;
    QHash<PushResourceId, QByteArray> m_hashes;
    QHash<DeviceId, QVector<PushResourceId>> m_byDevice;
    QHash<DeviceId, int> m_making; ///< not durable yet
};

} // namespace reveille
