// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/idmaker.h"
#include "engine/pushdispatcher.h"
#include "engine/wakeline.h"
#include "engine/wakeservice.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <deque>
#include <list>
#include <memory>
#include <unordered_map>

namespace reveille {

/// Private parts of the PushDispatcher, shared by its source files.

struct PushDispatcher::Entry {
    Push push;
    Explanation explanation;
    TimerId expiry = 0;
    bool isHeld = false;      ///< counted in State::held
    bool isChosenFor = false; ///< its devices are chosen, and the explanation says why
    bool isOver = false;      ///< its time to live has ended, or the time it is waited for
    bool isReplacing = false; ///< its end is being made durable together with what takes its place
    bool hasEnded = false;
    bool isAwaited = false;   ///< in State::awaited, at awaitedPlace
    bool isFinished = false;  ///< nothing can happen to it any more
    bool isTold = false;      ///< pushEnded() was emitted
    int unlasting = 0;        ///< final states of it that are not durable yet
    std::optional<Milliseconds> endsAt{}; ///< of the time to live, on the monotonic clock
    std::list<PushId>::iterator place{}; ///< in State::order
    std::list<PushId>::iterator awaitedPlace{};

    /// A copy that shares nothing: references to our deliveries stay good while others hold the copy.
    Push copy() const
    {
        Push other = push;
        other.deliveries.detach();
        return other;
    }

    /// Whether a push for one device has, beside this one, a device in a state that `fits`.
    template <typename Fits>
    bool isElsewhere(const DeviceId &device, Fits fits) const
    {
        return push.request.choice != DeviceChoice::All
            && std::any_of(push.deliveries.cbegin(), push.deliveries.cend(),
                           [&](const Delivery &delivery) { return delivery.device != device && fits(delivery.state); });
    }
    bool isDeliveredElsewhere(const DeviceId &device) const
    {
        return isElsewhere(device, isDelivered);
    }
    bool isSentElsewhere(const DeviceId &device) const
    {
        return isElsewhere(device, [](PushState state) { return isDelivered(state) || state == PushState::Sending; });
    }
    /// So that no further device is to have its turn.
    bool isUnderWayElsewhere(const DeviceId &device) const
    {
        return isElsewhere(device, [](PushState state) {
            return isDelivered(state) || (!isTerminal(state) && state != PushState::Waiting);
        });
    }

    QVector<DeviceId> devices() const
    {
        QVector<DeviceId> ids;
        for (const Delivery &delivery : push.deliveries)
            ids.append(delivery.device);
        return ids;
    }

    Delivery *delivery(const DeviceId &device)
    {
        for (Delivery &delivery : push.deliveries) {
            if (delivery.device == device)
                return &delivery;
        }
        return nullptr;
    }
};

/// The paths a push may take.
inline PathWish wishOf(const PushRequest &request)
{
    return {request.to.session, request.application};
}

struct PushDispatcher::State {
    struct Hash {
        size_t operator()(const PushId &id) const { return qHash(id); }
    };

    Clock &clock;
    Timers &timers;
    Journal &journal;
    WriteBehind &store;
    Registry &registry;
    WakeService &wakes;
    FaultPlan &faults;
    Limits limits;

    std::unordered_map<PushId, Entry, Hash> pushes{};
    std::list<PushId> order{};                     ///< all of them, oldest first
    std::deque<PushId> finished{};                 ///< those of them that nothing can happen to, in the order of that
    qint64 finishedOctets = 0;                     ///< of their bodies
    QHash<DeviceId, QVector<PushId>> queues{};      ///< deliveries without a final state, in order of sending
    QHash<DeviceId, PushId> inFlight{};            ///< one at a time, so that order is kept
    QHash<DeviceId, quint64> heldBack{};           ///< those of them that a fault delays, by their number in the FaultPlan
    struct Retry {
        TimerId timer = 0;
        int failures = 0;
    };
    QHash<DeviceId, Retry> retries{};              ///< of devices that were woken in vain
    struct Rest {
        TimerId timer = 0;     ///< 0: it may be sent
        bool isShort = false;  ///< over once the device came back
        bool holdsUp = false;  ///< what stands behind it waits as well
        int ours = 0;          ///< failures in a row that were our own doing
        int theirs = 0;        ///< those that were not, since the start
        int replaced = 0;      ///< times its path made way for a newer one
    };
    QHash<std::pair<PushId, DeviceId>, Rest> rests{}; ///< of deliveries that failed
    QHash<DeviceId, TimerId> quiet{};              ///< of devices whose quiet hours pushes wait for
    std::unique_ptr<WakeLine> wayless{};           ///< devices whose wake-up found no way
    std::deque<DeviceId> unwoken{};                ///< there was no room for their wake-ups
    QSet<DeviceId> isUnwoken{};                    ///< the same
    QHash<PublicUserId, int> held{};               ///< pushes of a user that wait for their time and have no devices yet
    QHash<InitiatorId, PushLoad::Sum> shares{};    ///< of what is pending
    PushLoad::Sum pending{};
    PushLoad submitting{};                         ///< accepted by us, not yet durable
    std::list<PushId> awaited{};                   ///< those that have ended and may be confirmed, in the order of that
    qint64 awaitedOctets = 0;                      ///< of their bodies
    bool isTrimming = false;
    Milliseconds ignoredMinute{0};                 ///< in which so many confirmations were ignored
    int ignored = 0;
    Counters counters{};
    RisingIds ids{};

    /// It failed and is not to be sent yet.
    const Rest *resting(const PushId &push, const DeviceId &device) const
    {
        const auto rest = rests.constFind({push, device});
        return rest != rests.cend() && rest->timer ? &*rest : nullptr;
    }

    void letGo(Entry &entry)
    {
        if (!std::exchange(entry.isHeld, false))
            return;
        if (--held[entry.push.user] <= 0)
            held.remove(entry.push.user);
    }

    Entry &add(const Push &push)
    {
        Entry &entry = pushes.emplace(push.id, Entry{push, {}, 0}).first->second;
        entry.push.deliveries.detach();
        entry.place = order.insert(order.end(), push.id);
        return entry;
    }

    /// The last few thousand that ended are kept, and fewer where they are large: all are in the store.
    void forgetFinished(size_t most, qint64 mostOctets)
    {
        while (finished.size() > 1 && (finished.size() > most || finishedOctets > mostOctets)) {
            const auto oldest = pushes.find(finished.front());
            finishedOctets -= oldest->second.push.request.body.size();
            order.erase(oldest->second.place);
            pushes.erase(oldest);
            finished.pop_front();
        }
    }

    /// One more is pending, or one less.
    void count(const Push &push, int by)
    {
        PushLoad::Sum &share = shares[push.request.initiator];
        for (PushLoad::Sum *sum : {&pending, &share}) {
            sum->pushes += by;
            sum->octets += by * push.request.body.size();
        }
        if (share.pushes <= 0)
            shares.remove(push.request.initiator);
    }

    Entry *entry(const PushId &id)
    {
        const auto found = pushes.find(id);
        return found == pushes.end() ? nullptr : &found->second;
    }
};

} // namespace reveille
