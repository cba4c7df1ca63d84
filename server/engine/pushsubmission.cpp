// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/idmaker.h"
#include "engine/pushdispatcherstate.h"

#include "engine/limitlog.h"

#include <QLoggingCategory>
#include <QPointer>

#include <algorithm>
#include <numeric>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(log, "reveille.pushes")

LimitLog total{log, "pendingTotal"}, totalOctets{log, "pendingOctets"}, perDevice{log, "pendingPerDevice"};

qint64 octetsOf(const QVector<Push> &pushes)
{
    return std::accumulate(pushes.cbegin(), pushes.cend(), qint64(0),
                           [](qint64 sum, const Push &push) { return sum + push.request.body.size(); });
}

} // namespace

Result<Done> PushDispatcher::hasRoom(qint64 pushes, qint64 octets, const InitiatorId &initiator) const
{
    if (d->pending + d->submitting + pushes > d->limits.pendingTotal) {
        total.reached(initiator.text());
        return Error{"queue-full", QString::number(d->limits.pendingTotal)};
    }
    if (d->octets + octets > d->limits.pendingOctets) {
        totalOctets.reached(initiator.text());
        return Error{"queue-full", QString::number(d->limits.pendingOctets)};
    }
    return Done{};
}

Result<Done> PushDispatcher::check(const PushRequest &request) const
{
    const Result<PublicUserId> user = userOf(request);
    if (!user)
        return user.error();
    if (const Result<Done> room = hasRoom(1, request.body.size(), request.initiator); !room)
        return room;
    if (d->held.value(*user) >= d->limits.pendingPerDevice) {
        perDevice.reached(user->toString());
        return Error{"device-queue-full", user->toString()};
    }
    for (const DeviceId &device : request.to.device.isEmpty() ? d->registry.devicesOf(*user)
                                                              : QVector<DeviceId>{request.to.device}) {
        if (pendingFor(device) >= d->limits.pendingPerDevice) {
            perDevice.reached(device.toString());
            return Error{"device-queue-full", device.toString()};
        }
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
        push.id = PushId(d->ids.next('p', d->clock.now()));
        push.request = request;
        push.user = *userOf(request);
        push.acceptedAt = d->clock.now();
        if (request.ttl > Milliseconds(0))
            push.expiresAt = push.acceptedAt + request.ttl;
        if (!request.notifyTo.isEmpty())
            batch.notices.append({push.id.text(), push.id, request.notifyTo, {}, 0, push.acceptedAt, {}});
        batch.pushes.append(push);
    }
    const qint64 octets = octetsOf(batch.pushes);
    if (!requests.isEmpty()) {
        if (const Result<Done> room = hasRoom(batch.pushes.size(), octets, requests.first().initiator); !room)
            return accepted(room.error());
    }

    d->submitting += batch.pushes.size();
    d->octets += octets;
    d->store.commitOrRefuse(batch, [this, guard = QPointer<PushDispatcher>(this), pushes = batch.pushes, octets, accepted](const Result<Done> &result) {
        if (guard)
            d->submitting -= pushes.size();
        if (guard && !result)
            d->octets -= octets;
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
