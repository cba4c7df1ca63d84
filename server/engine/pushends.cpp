// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pushdispatcherstate.h"

#include <QPointer>

#include <algorithm>

namespace reveille {

namespace {

constexpr size_t keptFinished = 5000;
constexpr qint64 keptFinishedOctets = 64 * 1024 * 1024;

/// One that the push may take, after so many attempts.
bool hasOtherPath(const QVector<ConnectionSnapshot> &paths, ConnectionId than, const PathWish &wish, int attempts)
{
    return attempts < paths.size() && std::any_of(paths.cbegin(), paths.cend(), [&](const ConnectionSnapshot &path) {
        return path.id != than && path.live && path.liveness.isUsable() && wish.isMetBy(path.facts);
    });
}

} // namespace

/// When a delivery has had its last attempt, and when its end is one that others can rely on.

/// It is tried again after a rest, unless this was its only attempt, or its time is over. What cannot wait has one over each path
/// that is there.
void PushDispatcher::notTaken(Entry &entry, const DeviceId &device, ConnectionId over, const SendOutcome &outcome)
{
    Delivery &delivery = *entry.delivery(device);
    const PushRequest &request = entry.push.request;
    const bool isBusy = outcome.kind == SendOutcome::Kind::Busy;
    const QByteArray reason = isBusy ? "busy-" + outcome.code : outcome.code;
    if (entry.isDeliveredElsewhere(device))
        return setState(entry, delivery, PushState::Cancelled, "delivered-elsewhere");
    if (entry.isOver)
        return setState(entry, delivery, PushState::Expired, "ttl-ended");
    if (request.isNowOrNever() && !isBusy && hasOtherPath(d->registry.connections(device), over, wishOf(request), delivery.attempts))
        return setState(entry, delivery, PushState::Waiting, reason); // it is there, over another path
    if (request.ttl == Milliseconds(0))
        return fail(entry, device, "ttl-zero", PushState::Expired);
    if (request.when == PushWhen::Now)
        return fail(entry, device, reason);
    if (!rest(entry, delivery, over, outcome))
        return fail(entry, device, "attempts-exhausted");
    setState(entry, delivery, PushState::Waiting, reason);
    if (!isBusy)
        giveTurn(entry, device);
}

/// The device takes nothing now, so that what has only now to reach it does not.
void PushDispatcher::endNowOrNever(const DeviceId &device, const QByteArray &reason)
{
    const QVector<PushId> queue = d->queues.value(device);
    for (const PushId &id : queue) {
        Entry *entry = d->entry(id);
        const Delivery *delivery = entry ? entry->delivery(device) : nullptr;
        if (!delivery || isTerminal(delivery->state) || entry->isReplacing || !entry->push.request.isNowOrNever())
            continue;
        const bool hasNoTime = entry->push.request.ttl == Milliseconds(0);
        fail(*entry, device, hasNoTime ? QByteArray("ttl-zero") : reason, hasNoTime ? PushState::Expired : PushState::Undeliverable);
    }
}

/// It went out, and the answer is outstanding.
bool PushDispatcher::isOnItsWay(const PushId &id, const Delivery &delivery) const
{
    return delivery.state == PushState::Sending
        && !(d->heldBack.contains(delivery.device) && d->inFlight.value(delivery.device) == id);
}

void PushDispatcher::expire(const PushId &id)
{
    Entry *entry = d->entry(id);
    if (!entry)
        return;
    d->timers.cancel(entry->expiry);
    entry->isOver = true;
    if (entry->isReplacing)
        return; // ends one way or the other
    for (Delivery &delivery : entry->push.deliveries) {
        if (!isTerminal(delivery.state) && !isOnItsWay(id, delivery))
            setState(*entry, delivery, PushState::Expired,
                     entry->push.request.ttl == Milliseconds(0) ? "ttl-zero" : "ttl-ended");
    }
    giveUpConfirmation(*entry);
}

/// Nobody outside is told of it before it is durable.
void PushDispatcher::awaitLasting(Entry &entry)
{
    ++entry.unlasting;
    d->store.whenDurable([this, guard = QPointer<PushDispatcher>(this), id = entry.push.id] {
        if (guard)
            becameLasting(id);
    });
    if (!entry.push.request.notifyTo.isEmpty())
        d->store.hurry();
}

void PushDispatcher::becameLasting(const PushId &id)
{
    Entry &entry = *d->entry(id); // kept until now, so that it can be told
    const bool lasts = entry.unlasting == 1;
    const bool isFirst = lasts && !std::exchange(entry.isTold, true);
    if (lasts)
        Q_EMIT pushLasts(id);
    if (isFirst)
        Q_EMIT pushEnded(id);
    --entry.unlasting;
    retireIfDone(entry);
}

void PushDispatcher::retireIfDone(Entry &entry)
{
    if (!entry.isFinished || entry.unlasting > 0)
        return;
    d->finished.push_back(entry.push.id);
    d->finishedOctets += entry.push.request.body.size();
    d->forgetFinished(keptFinished, keptFinishedOctets);
}

bool PushDispatcher::isLasting(const PushId &id) const
{
    const Entry *entry = d->entry(id);
    return !entry || !isTerminal(entry->push.state) || (entry->unlasting == 0 && !entry->isReplacing);
}

void PushDispatcher::makeLasting(const QVector<PushId> &pushes, std::function<void(Result<Done>)> done)
{
    const auto last = [this, pushes] {
        return std::all_of(pushes.cbegin(), pushes.cend(), [this](const PushId &id) { return isLasting(id); });
    };
    if (last())
        return done(Done{});
    d->store.commit([guard = QPointer<PushDispatcher>(this), last, done = std::move(done)](const Result<Done> &result) {
        if (!guard)
            done(Error{"server-stopping", {}});
        else if (last())
            done(Done{});
        else
            done(result ? Error{"store-failed", {}} : result.error());
    });
}

} // namespace reveille
