// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/idmaker.h"
#include "engine/pushdispatcherstate.h"

#include "engine/limitlog.h"

#include <QLoggingCategory>
#include <QPointer>

#include <algorithm>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(log, "reveille.pushes")

LimitLog total{log, "pendingTotal"}, totalOctets{log, "pendingOctets"}, perDevice{log, "pendingPerDevice"};
LimitLog perInitiator{log, "pendingPerInitiator"}, octetsPerInitiator{log, "pendingOctetsPerInitiator"};

constexpr Milliseconds longestHold{300 * 1000};

/// The push with this final state for all that goes on.
void giveEnd(Push &push, PushState state, const QByteArray &reason, Timestamp now)
{
    if (push.deliveries.isEmpty())
        push.deliveries.append({push.request.to.device, PushState::Accepted, {}, {}, 0, now});
    for (Delivery &delivery : push.deliveries) {
        if (isTerminal(delivery.state))
            continue;
        delivery.state = state;
        delivery.reason = reason;
        delivery.changedAt = now;
    }
    push.state = overallState(push.deliveries);
    push.finishedAt = now;
}

} // namespace

Result<Done> PushDispatcher::hasRoom(const PushLoad::Part &part, const PushLoad &planned) const
{
    const PushDispatcher::Limits &limits = d->limits;
    const PushLoad::Sum before[] = {d->pending, d->submitting.total(), planned.total()};
    const PushLoad::Sum own[] = {d->shares.value(part.initiator), d->submitting.of(part.initiator), planned.of(part.initiator)};
    const auto sum = [&part](const PushLoad::Sum(&sums)[3]) {
        PushLoad::Sum all{1, part.octets};
        for (const PushLoad::Sum &one : sums)
            all = {all.pushes + one.pushes, all.octets + one.octets};
        return all;
    };
    const PushLoad::Sum all = sum(before);
    if (all.pushes > limits.pendingTotal) {
        total.reached(part.initiator.text());
        return Error{"queue-full", QString::number(limits.pendingTotal)};
    }
    if (all.octets > limits.pendingOctets) {
        totalOctets.reached(part.initiator.text());
        return Error{"queue-full", QString::number(limits.pendingOctets)};
    }
    if (part.initiator.isEmpty())
        return Done{};
    const PushLoad::Sum mine = sum(own);
    const bool tooMany = mine.pushes > limits.pendingPerInitiator;
    if (tooMany || mine.octets > limits.pendingOctetsPerInitiator) {
        (tooMany ? perInitiator : octetsPerInitiator).reached(part.initiator.text());
        return Error{"initiator-queue-full", {}};
    }
    return Done{};
}

PushLoad::Part PushDispatcher::partOf(const PushRequest &request, const PublicUserId &user) const
{
    PushLoad::Part part{request.initiator, user, request.devices, request.notBefore > d->clock.wall(), request.body.size()};
    if (!request.to.device.isEmpty())
        part.devices = {request.to.device};
    else if (!request.to.session.isEmpty())
        part.devices = {d->registry.deviceOfSession(request.to.session).value_or(DeviceId())};
    return part;
}

Result<Done> PushDispatcher::check(const PushRequest &request, PushLoad *planned) const
{
    const Result<PublicUserId> user = userOf(request);
    if (!user)
        return user.error();
    static const PushLoad none;
    const PushLoad &before = planned ? *planned : none;
    const PushLoad::Part part = partOf(request, *user);
    if (const Result<Done> room = hasRoom(part, before); !room)
        return room;
    if (d->held.value(*user) + d->submitting.held(*user) + before.held(*user) >= d->limits.pendingPerDevice) {
        perDevice.reached(user->toString());
        return Error{"device-queue-full", user->toString()};
    }
    for (const DeviceId &device : part.devices.isEmpty() ? d->registry.devicesOf(*user) : part.devices) {
        if (pendingFor(device) + d->submitting.of(device, *user) + before.of(device, *user) >= d->limits.pendingPerDevice) {
            perDevice.reached(device.toString());
            return Error{"device-queue-full", device.toString()};
        }
    }
    if (planned)
        planned->add(part);
    return Done{};
}

void PushDispatcher::submit(const PushRequest &request, std::function<void(Result<PushId>)> accepted, const QString &peer)
{
    submitTogether({request}, {}, [accepted = std::move(accepted)](const Result<QVector<PushId>> &ids) {
        if (ids)
            accepted(ids->first());
        else
            accepted(ids.error());
    }, peer);
}

void PushDispatcher::submitTogether(const QVector<PushRequest> &requests, const QVector<Notice> &notices,
                                    std::function<void(Result<QVector<PushId>>)> accepted, const QString &peer,
                                    const QVector<PushId> &replaced)
{
    StoreBatch batch;
    batch.notices = notices;
    PushLoad planned;
    QVector<PushLoad::Part> parts;
    for (const PushRequest &request : requests) {
        if (const Result<Done> taken = check(request, &planned); !taken)
            return accepted(taken.error());
        Push push;
        push.id = PushId(d->ids.next('p', d->clock.now()));
        push.request = request;
        push.user = *userOf(request);
        push.acceptedAt = d->clock.now();
        if (request.ttl > Milliseconds(0))
            push.expiresAt = d->clock.wall() + request.ttl;
        if (!request.notifyTo.isEmpty())
            batch.notices.append({push.id.text(), push.id, request.notifyTo, {}, 0, push.acceptedAt, {}});
        parts.append(partOf(request, push.user));
        batch.pushes.append(push);
    }

    for (const PushLoad::Part &part : std::as_const(parts))
        d->submitting.add(part);
    const QVector<Push> fresh = batch.pushes;
    QVector<Push> leaving;
    for (const PushId &id : replaced) {
        if (!canReplace(id))
            continue;
        Entry &old = *d->entry(id);
        leaving.append(old.copy());
        giveEnd(leaving.last(), PushState::Replaced, "replaced", d->clock.now());
        old.isReplacing = true;
    }
    batch.pushes += leaving;
    d->store.commitOrRefuse(batch, [this, guard = QPointer<PushDispatcher>(this), pushes = fresh, leaving, parts, accepted, peer](const Result<Done> &result) {
        for (const Push &ended : leaving) {
            if (guard)
                replacedOrNot(ended, result.ok());
        }
        QVector<PushId> ids;
        for (const Push &push : pushes)
            ids.append(push.id);
        if (result)
            accepted(ids);
        for (qsizetype i = 0; guard && i < pushes.size(); ++i) {
            d->submitting.remove(parts[i]);
            if (result)
                accept(pushes[i], peer);
        }
        if (!result)
            accepted(result.error());
    });
}

/// What was to be replaced is; where nothing of that became durable it goes on.
void PushDispatcher::replacedOrNot(const Push &ended, bool isReplaced)
{
    Entry *entry = d->entry(ended.id);
    if (!entry)
        return;
    entry->isReplacing = false;
    if (isReplaced) {
        // Also where a delivery had another end meanwhile: this one is durable.
        end(*entry, PushState::Replaced, "replaced");
        entry->push.deliveries = ended.deliveries;
        entry->push.deliveries.detach();
    }
    publish(*entry); // what happened to it meanwhile was not staged
    finishIfDone(*entry);
    if (!isReplaced && entry->isOver)
        return expire(ended.id);
    const QVector<DeviceId> devices = entry->devices();
    for (const DeviceId &device : devices)
        pump(device);
}

/// Until it may start or has run out, whichever is first.
void PushDispatcher::hold(Entry &entry)
{
    const Push &push = entry.push;
    const bool neverStarts = push.expiresAt.isSet() && push.expiresAt <= push.request.notBefore;
    const bool isNew = !std::exchange(entry.isHeld, true);
    d->held[push.user] += isNew ? 1 : 0;
    d->timers.cancel(entry.expiry);
    // Looked at again on the way, since the system clock may be set.
    const Milliseconds wait = neverStarts ? push.expiresAt - d->clock.wall()
                                          : std::min(push.request.notBefore - d->clock.wall(), longestHold);
    entry.expiry = d->timers.start(wait, [this, id = push.id, neverStarts] {
        Entry *held = d->entry(id);
        if (!held || isTerminal(held->push.state))
            return;
        held->expiry = 0;
        if (neverStarts)
            end(*held, PushState::Expired, "ttl-ended");
        else
            start(*held);
    });
    if (isNew)
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
    if (entry->isReplacing)
        return Error{"push-finished", QString::fromLatin1(toText(PushState::Replaced))};
    const QVector<Delivery> &deliveries = entry->push.deliveries;
    const bool late = std::any_of(deliveries.cbegin(), deliveries.cend(), [](const Delivery &delivery) {
        return delivery.state == PushState::Sending || isDelivered(delivery.state);
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
