// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/idmaker.h"
#include "engine/pushdispatcherstate.h"

#include <QPointer>

#include <algorithm>

namespace reveille {

Result<Done> PushDispatcher::check(const PushRequest &request) const
{
    const Result<PublicUserId> user = userOf(request);
    if (!user)
        return user.error();
    if (d->pending + d->submitting >= d->limits.pendingTotal)
        return Error{"queue-full", QString::number(d->limits.pendingTotal)};
    if (d->held.value(*user) >= d->limits.pendingPerDevice)
        return Error{"queue-full", user->toString()};
    for (const DeviceId &device : request.to.device.isEmpty() ? d->registry.devicesOf(*user)
                                                              : QVector<DeviceId>{request.to.device}) {
        if (pendingFor(device) >= d->limits.pendingPerDevice)
            return Error{"queue-full", device.toString()};
    }
    return Done{};
}

void PushDispatcher::submit(const PushRequest &request, std::function<void(Result<PushId>)> accepted)
{
    submitTogether({request}, {}, [accepted = std::move(accepted)](const Result<QVector<PushId>> &ids) {
        if (ids)
            accepted(ids->first());
        else
            accepted(ids.error());
    });
}

void PushDispatcher::submitTogether(const QVector<PushRequest> &requests, const QVector<Notice> &notices,
                                    std::function<void(Result<QVector<PushId>>)> accepted)
{
    StoreBatch batch;
    batch.notices = notices;
    for (const PushRequest &request : requests) {
        if (const Result<Done> taken = check(request); !taken)
            return accepted(taken.error());
        Push push;
        push.id = PushId(makeId('p'));
        push.request = request;
        push.user = *userOf(request);
        push.acceptedAt = d->clock.now();
        if (request.ttl > Milliseconds(0))
            push.expiresAt = push.acceptedAt + request.ttl;
        if (!request.notifyTo.isEmpty())
            batch.notices.append({push.id.text(), push.id, request.notifyTo, {}, 0, push.acceptedAt, {}});
        batch.pushes.append(push);
    }
    if (d->pending + d->submitting + batch.pushes.size() > d->limits.pendingTotal)
        return accepted(Error{"queue-full", QString::number(d->limits.pendingTotal)});

    d->submitting += batch.pushes.size();
    d->store.commitOrRefuse(batch, [this, guard = QPointer<PushDispatcher>(this), pushes = batch.pushes, accepted](const Result<Done> &result) {
        if (guard)
            d->submitting -= pushes.size();
        if (!result)
            return accepted(result.error());
        QVector<PushId> ids;
        for (const Push &push : pushes)
            ids.append(push.id);
        accepted(ids);
        for (const Push &push : pushes) {
            if (guard)
                accept(push);
        }
    });
}

/// Until it may start or has run out, whichever is first.
void PushDispatcher::hold(Entry &entry)
{
    const Push &push = entry.push;
    const bool neverStarts = push.expiresAt.isSet() && push.expiresAt <= push.request.notBefore;
    const Timestamp until = neverStarts ? push.expiresAt : push.request.notBefore;
    if (!std::exchange(entry.isHeld, true))
        ++d->held[push.user];
    d->timers.cancel(entry.expiry);
    entry.expiry = d->timers.start(until - d->clock.now(), [this, id = push.id, neverStarts] {
        Entry *held = d->entry(id);
        if (!held || isTerminal(held->push.state))
            return;
        held->expiry = 0;
        if (neverStarts)
            end(*held, PushState::Expired, "ttl-ended");
        else
            start(*held);
    });
    Q_EMIT pushChanged(push.id);
}

/// Gives every delivery that goes on this final state. A push that never started has none yet and gets one for its end.
void PushDispatcher::end(Entry &entry, PushState state, const QByteArray &reason)
{
    if (entry.push.deliveries.isEmpty())
        entry.push.deliveries.append({entry.push.request.to.device, PushState::Accepted, {}, {}, 0, d->clock.now()});
    for (Delivery &delivery : entry.push.deliveries) {
        if (!isTerminal(delivery.state))
            setState(entry, delivery, state, reason);
    }
}

Result<Done> PushDispatcher::canReplace(const PushId &id) const
{
    const Entry *entry = d->entry(id);
    if (!entry)
        return Error{"push-unknown", id.text()};
    if (isTerminal(entry->push.state))
        return Error{"push-finished", QString::fromLatin1(toText(entry->push.state))};
    const QVector<Delivery> &deliveries = entry->push.deliveries;
    const bool late = std::any_of(deliveries.cbegin(), deliveries.cend(), [](const Delivery &delivery) {
        return delivery.state == PushState::Sending || delivery.state == PushState::Delivered;
    });
    if (late)
        return Error{"push-sending", id.text()};
    return Done{};
}

Result<Done> PushDispatcher::replace(const PushId &id)
{
    const Result<Done> possible = canReplace(id);
    if (possible)
        end(*d->entry(id), PushState::Replaced, "replaced");
    return possible;
}

} // namespace reveille
