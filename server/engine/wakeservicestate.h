// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/idmaker.h"
#include "engine/wakeservice.h"

#include <QSet>

#include <deque>
#include <list>
#include <unordered_map>

namespace reveille {

/// Private parts of the WakeService, shared by its source files.

/// The paths whose return ends the wake-up.
inline PathWish wishOf(const WakeOrder &order)
{
    return {order.session, order.application};
}

/// The device is there still, and is to renew its registration.
inline bool isBeforeExpiry(const WakeOrder &order)
{
    return order.reason == QLatin1String("before_expiry");
}

/// The last of them: what led to the choice.
inline QVector<Check> bounded(const QVector<Check> &checks)
{
    return checks.mid(qMax<qsizetype>(0, checks.size() - WakeAttempt::maxChecks));
}

struct WakeService::Operation {
    WakeUp wake;
    TimerId timer = 0;
    static constexpr int mostWaits = 600;     ///< times the answer is waited for anew while the bearer has others queued
    int waits = mostWaits;                    ///< of the last attempt; what comes from the store waits in no queue
    bool sending = false;                     ///< counted among those that may send; false while it waits
    Timestamp registeredUntil{};              ///< at the start, for a wake-up before that
    QVector<QByteArray> nonces{};             ///< of the SIRs sent since the start, to know an answer to one of them
    std::list<WakeId>::iterator place{};      ///< in State::order
};

struct WakeService::State {
    struct Hash {
        size_t operator()(const WakeId &id) const { return qHash(id); }
    };

    Clock &clock;
    Timers &timers;
    Journal &journal;
    WriteBehind &store;
    Registry &registry;
    FaultPlan &faults;
    Settings settings;
    std::vector<std::unique_ptr<Bearer>> bearers;
    std::unordered_map<WakeId, Operation, Hash> operations;
    std::list<WakeId> order{};                ///< oldest first
    std::deque<WakeId> finished{};            ///< those of them that have ended, in the order of that
    QHash<DeviceId, WakeId> activeByDevice;
    QHash<DeviceId, WakeId> latestByDevice{}; ///< of those in `operations`
    QHash<PublicUserId, std::deque<WakeId>> waiting{};
    std::deque<PublicUserId> turns{};         ///< of the users something waits for
    qint64 waitingCount = 0, sending = 0;
    TimerId nextTimer = 0;
    bool isAwaited = false;                   ///< somebody waits for room
    QSet<QString> unready{};                  ///< bearers that have not been ready since the start
    TimerId patience = 0;                     ///< ends with it
    std::deque<WakeId> parked{};              ///< that wait for those
    size_t toRelease = 0;                     ///< so many of them, from the front, are to be looked at
    TimerId releaseTimer = 0;
    qint64 beforeExpiry = 0;                  ///< active ones with that reason
    QHash<QString, bool> healthy{};           ///< by name of the bearer, when it was last looked at
    Counters counters{};
    RisingIds ids{};

    Operation &add(Operation operation)
    {
        const WakeId id = operation.wake.id;
        Operation &kept = operations.emplace(id, std::move(operation)).first->second;
        kept.place = order.insert(order.end(), id);
        latestByDevice.insert(kept.wake.device, id);
        return kept;
    }

    /// All that have ended are in the store, and the last `most` of them here.
    void forgetFinished(size_t most)
    {
        for (; finished.size() > most; finished.pop_front()) {
            const auto oldest = operations.find(finished.front());
            const DeviceId device = oldest->second.wake.device;
            if (latestByDevice.value(device) == oldest->first)
                latestByDevice.remove(device);
            order.erase(oldest->second.place);
            operations.erase(oldest);
        }
    }
};

} // namespace reveille
