// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limitlog.h"
#include "engine/pushdispatcherstate.h"

#include <QPointer>
#include <QRandomGenerator>

#include <algorithm>

namespace reveille {

/// When a delivery is tried again, and when it is given up.

namespace {

Q_LOGGING_CATEGORY(log, "reveille.pushes")
LimitLog attemptsLog{log, "attempts", QtInfoMsg};

constexpr Milliseconds longestRest{Milliseconds(3600 * 1000)};
constexpr Milliseconds longestOwnRest{60000};   ///< after what was our own doing
constexpr Milliseconds shortRest{60000};
constexpr int mostReplaced = 3;

Milliseconds doubled(Milliseconds first, int times, Milliseconds longest)
{
    return std::min(Milliseconds(first.count() << std::clamp(times, 0, 20)), std::max(first, longest));
}

/// By a quarter either way.
Milliseconds spread(Milliseconds time)
{
    return Milliseconds(time.count() * (75 + QRandomGenerator::global()->bounded(51)) / 100);
}

/// The device was never asked: everything we may send at a time was under way.
bool hadNoRoom(const SendOutcome &outcome)
{
    return outcome.kind == SendOutcome::Kind::Busy
        && (outcome.code == "too-many" || outcome.code == "sessions-full" || outcome.code == "queue-full");
}

} // namespace

bool PushDispatcher::rest(Entry &entry, Delivery &delivery, ConnectionId over, const SendOutcome &outcome)
{
    const PushId id = entry.push.id;
    const DeviceId device = delivery.device;
    const bool isBusy = outcome.kind == SendOutcome::Kind::Busy;
    const bool isOurs = isOwnDoing(entry, device, over, outcome);
    State::Rest &rest = d->rests[{id, device}];
    rest.ours = isOurs ? rest.ours + 1 : 0;
    rest.theirs += isOurs ? 0 : 1;
    delivery.attempts -= isOurs ? 1 : 0;
    if (delivery.attempts >= d->limits.attempts) {
        attemptsLog.reached([&] { return device.toString(); });
        return false;
    }
    Milliseconds time{0};
    if (isOurs && (isBusy || rest.ours > 1))
        time = doubled(d->limits.busyRetry, rest.ours - (isBusy ? 1 : 2), longestOwnRest);
    else if (!isOurs && isBusy)
        time = doubled(d->limits.busyRetry, delivery.attempts - 1, longestRest);
    else if (!isOurs && rest.theirs > 1)
        time = doubled(d->limits.retry, delivery.attempts - 2, longestRest);
    if (time.count() > 0)
        restFor(id, device, time, isBusy);
    return true;
}

bool PushDispatcher::isOwnDoing(const Entry &entry, const DeviceId &device, ConnectionId over, const SendOutcome &outcome)
{
    if (hadNoRoom(outcome))
        return true;
    if (outcome.kind == SendOutcome::Kind::Busy)
        return false;
    ConnectionId now;
    const bool isBack = d->registry.usableConnection(device, wishOf(entry.push.request), &now) && now != over;
    if (outcome.kind == SendOutcome::Kind::Broken && isBack && ++d->rests[{entry.push.id, device}].replaced <= mostReplaced)
        return true;
    return d->store.isBehind();
}

void PushDispatcher::restFor(const PushId &id, const DeviceId &device, Milliseconds time, bool isBusy)
{
    State::Rest &rest = d->rests[{id, device}];
    d->timers.cancel(rest.timer);
    rest.isShort = time < shortRest;
    rest.holdsUp = isBusy && rest.isShort; // the device is there, and its pushes stay in order
    rest.timer = d->timers.start(rest.isShort ? time : spread(time), [this, id, device] {
        d->rests[{id, device}].timer = 0;
        Entry *entry = d->entry(id);
        Delivery *delivery = entry ? entry->delivery(device) : nullptr;
        if (delivery && !isTerminal(delivery->state))
            settle(*entry, *delivery);
    });
}

void PushDispatcher::returned(const DeviceId &device)
{
    if (!d->rests.isEmpty()) {
        const QVector<PushId> queue = d->queues.value(device);
        for (const PushId &id : queue) {
            const auto rest = d->rests.find({id, device});
            if (rest != d->rests.end() && rest->isShort)
                d->timers.cancel(rest->timer);
        }
    }
    pump(device);
}

void PushDispatcher::endRest(const PushId &id, const DeviceId &device)
{
    const auto rest = d->rests.find({id, device});
    if (rest == d->rests.end())
        return;
    const bool heldUp = rest->timer && rest->holdsUp;
    d->timers.cancel(rest->timer);
    d->rests.erase(rest);
    if (!heldUp)
        return;
    // Later: whoever ends this one may be about to end others.
    d->timers.start(Milliseconds(0), [this, guard = QPointer<PushDispatcher>(this), device] {
        if (guard)
            pump(device);
    });
}

/// Where it is for one device and this one rests, the next has its turn as well.
void PushDispatcher::giveTurn(Entry &entry, const DeviceId &failed)
{
    if (!d->resting(entry.push.id, failed) || entry.isUnderWayElsewhere(failed))
        return;
    if (const DeviceId next = takeNext(entry); !next.isEmpty())
        settle(entry, *entry.delivery(next));
}

void PushDispatcher::wakeRefused(const DeviceId &device)
{
    d->wakes.awaitRoom();
    if (d->isUnwoken.contains(device))
        return;
    d->isUnwoken.insert(device);
    d->unwoken.push_back(device);
}

/// In the order in which they were refused, as many as there is room for.
void PushDispatcher::wakeThoseRefused()
{
    while (!d->unwoken.empty() && d->wakes.hasRoom()) {
        const DeviceId device = d->unwoken.front();
        d->unwoken.pop_front();
        d->isUnwoken.remove(device);
        settleDevice(device);
    }
    if (!d->unwoken.empty())
        d->wakes.awaitRoom();
}

void PushDispatcher::retryLater(const DeviceId &device)
{
    if (d->limits.retryUnreachable.count() == 0 || !d->queues.contains(device))
        return endRetries(device);
    State::Retry &retry = d->retries[device];
    d->timers.cancel(retry.timer);
    const Milliseconds pause = std::min(d->limits.retryUnreachable * (1 << std::min(retry.failures, 12)),
                                        std::max(d->limits.retryUnreachable, Milliseconds(3600 * 1000)));
    ++retry.failures;
    retry.timer = d->timers.start(pause, [this, device] {
        d->retries[device].timer = 0;
        if (!d->queues.contains(device))
            return endRetries(device);
        settleDevice(device);
    });
}

void PushDispatcher::endRetries(const DeviceId &device)
{
    if (d->retries.isEmpty())
        return;
    const auto retry = d->retries.find(device);
    if (retry == d->retries.end())
        return;
    d->timers.cancel(retry->timer);
    d->retries.erase(retry);
}

} // namespace reveille
