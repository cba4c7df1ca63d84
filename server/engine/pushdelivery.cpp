// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/explanationrecord.h"
#include "engine/pathloss.h"
#include "engine/pushdispatcherstate.h"

#include <QPointer>

#include <algorithm>

namespace reveille {

namespace {

/// A status code came from the device; a word ("too-large") is our own judgement and proves nothing of the path.
bool answeredByDevice(const SendOutcome &outcome)
{
    return !outcome.code.isEmpty() && outcome.code[0] >= '0' && outcome.code[0] <= '9';
}

/// What each device failed at, for the journal, which lasts longer than the explanation; of the first few devices.
QString whyNobody(const Explanation &explanation)
{
    constexpr qsizetype most = 8;
    QStringList devices;
    for (const DeviceExplanation &device : explanation.devices) {
        const Check *failed = device.failed();
        if (!failed)
            continue;
        if (devices.size() == most) {
            devices.append(u'+' + QString::number(explanation.devices.size() - most));
            break;
        }
        const QString found = failed->value.isEmpty() ? QString() : u' ' + failed->value;
        devices.append(device.device.toString() + QStringLiteral(": ") + QLatin1StringView(failed->question) + found);
    }
    return devices.join(u", ");
}

} // namespace

void PushDispatcher::start(Entry &entry)
{
    const PushRequest &request = entry.push.request;
    const Timestamp now = d->clock.now();
    if (request.notBefore > d->clock.wall()) {
        entry.isChosenFor = false;
        return hold(entry);
    }
    // From its acceptance on; what had to wait for a time of day ends at one.
    if (request.notBefore.isSet() || !entry.endsAt)
        entry.endsAt = d->clock.monotonic() + (entry.push.expiresAt - d->clock.wall());
    d->letGo(entry);
    // The store was slow, or the clock was set.
    if (entry.push.expiresAt.isSet() && *entry.endsAt <= d->clock.monotonic()) {
        entry.isOver = true;
        return end(entry, PushState::Expired, "ttl-ended");
    }
    if (!std::exchange(entry.isChosenFor, true)) {
        entry.explanation = choose(request, entry.push.user);
        note(entry, QStringLiteral("push-chosen"), nullptr, {{QStringLiteral("checks"), explanationRecord(entry.explanation, entry.push)}});
    }
    bool anyNowOrNever = false;
    for (const DeviceExplanation &device : entry.explanation.devices) {
        const Check *failed = device.failed();
        const bool tooLate = failed && qstrcmp(failed->question, "ttl") == 0;
        anyNowOrNever |= tooLate;
        if (device.chosen)
            entry.push.deliveries.append({device.device, PushState::Accepted, {}, {}, 0, now});
        else if (tooLate)
            entry.push.deliveries.append({device.device, PushState::Expired, "ttl-zero", {}, 0, now});
    }
    if (entry.push.deliveries.isEmpty() || (anyNowOrNever && isTerminal(overallState(entry.push.deliveries)))) {
        publish(entry);
        note(entry, entry.push.deliveries.isEmpty() ? QStringLiteral("push-undeliverable") : QStringLiteral("push-expired"),
             entry.push.deliveries.isEmpty() ? nullptr : &entry.push.deliveries.first(),
             entry.push.deliveries.isEmpty()
                 ? QVector<std::pair<QString, QString>>{{QStringLiteral("reason"), QStringLiteral("no-device-chosen")},
                                                        {QStringLiteral("why"), whyNobody(entry.explanation)}}
                 : QVector<std::pair<QString, QString>>{});
        finishIfDone(entry);
        return;
    }
    if (entry.push.expiresAt.isSet())
        entry.expiry = d->timers.start(*entry.endsAt - d->clock.monotonic(), [this, id = entry.push.id] { expire(id); });
    for (Delivery &delivery : entry.push.deliveries) {
        if (isTerminal(delivery.state))
            continue;
        enqueue(entry, delivery.device);
    }
    publish(entry);
    // Settling one may give another its turn, so that there are more of them.
    const QVector<DeviceId> devices = entry.devices();
    for (const DeviceId &device : devices) {
        Delivery *delivery = entry.delivery(device);
        if (delivery && !isTerminal(delivery->state))
            settle(entry, *delivery);
    }
}

void PushDispatcher::enqueue(const Entry &entry, const DeviceId &device)
{
    QVector<PushId> &queue = d->queues[device];
    auto place = queue.end();
    const auto rank = [](const PushRequest &request) { return std::pair(request.isNowOrNever(), request.priority); };
    // A more urgent push overtakes what is not yet being sent, and what cannot wait overtakes all of that.
    while (place != queue.begin() && rank(d->entry(*(place - 1))->push.request) < rank(entry.push.request)
           && d->inFlight.value(device) != *(place - 1))
        --place;
    queue.insert(place, entry.push.id);
}

/// This device will not get it; where one device was to get it, the next one has its turn.
void PushDispatcher::fail(Entry &entry, const DeviceId &device, const QByteArray &reason, PushState state)
{
    const DeviceId next = entry.isUnderWayElsewhere(device) ? DeviceId() : takeNext(entry);
    setState(entry, *entry.delivery(device), state, reason);
    if (!next.isEmpty())
        settle(entry, *entry.delivery(next));
}

/// Another device for a push that is for one device only, not settled yet; none where all had their turn.
DeviceId PushDispatcher::takeNext(Entry &entry)
{
    const PushRequest &request = entry.push.request;
    if (request.choice == DeviceChoice::All || isTerminal(entry.push.state) || entry.isOver)
        return {};
    const Explanation again = choose(request, entry.push.user, entry.push.deliveries);
    const auto chosen = std::find_if(again.devices.begin(), again.devices.end(),
                                     [](const DeviceExplanation &device) { return device.chosen; });
    if (chosen == again.devices.end())
        return {};
    for (DeviceExplanation &old : entry.explanation.devices) {
        if (old.device == chosen->device)
            old = *chosen;
    }
    entry.push.deliveries.append({chosen->device, PushState::Accepted, {}, {}, 0, d->clock.now()});
    enqueue(entry, chosen->device);
    note(entry, QStringLiteral("push-next-device"), &entry.push.deliveries.last(),
         {{QStringLiteral("checks"), explanationRecord({{*chosen}}, entry.push)}});
    return chosen->device;
}

/// It was for one device only, and one has it now.
void PushDispatcher::endOthers(Entry &entry, const DeviceId &delivered)
{
    if (entry.push.request.choice == DeviceChoice::All)
        return;
    for (Delivery &delivery : entry.push.deliveries) {
        if (delivery.device != delivered && !isTerminal(delivery.state) && delivery.state != PushState::Sending)
            setState(entry, delivery, PushState::Cancelled, "delivered-elsewhere");
    }
}

/// Over the connection if there is one, otherwise by a wake-up or by waiting.
void PushDispatcher::settle(Entry &entry, Delivery &delivery)
{
    if (entry.isDeliveredElsewhere(delivery.device))
        setState(entry, delivery, PushState::Cancelled, "delivered-elsewhere");
    else if (!quietUntil(entry, delivery.device).isSet() && d->registry.usableConnection(delivery.device, wishOf(entry.push.request)))
        pump(delivery.device);
    else
        seekDevice(entry, delivery);
}

/// The first of the queue that a path is there for; what waits for another application instance or for its next attempt
/// does not hold up the rest.
PushDispatcher::Entry *PushDispatcher::nextFor(const DeviceId &device, Connection **connection, ConnectionId *id)
{
    const QVector<PushId> queue = d->queues.value(device);
    for (const PushId &push : queue) {
        Entry *entry = d->entry(push);
        const State::Rest *rest = d->resting(push, device);
        if (rest && rest->holdsUp)
            return nullptr;
        if (rest || entry->isReplacing || entry->isSentElsewhere(device) || quietUntil(*entry, device).isSet())
            continue;
        *connection = d->registry.usableConnection(device, wishOf(entry->push.request), id);
        if (*connection)
            return entry;
    }
    return nullptr;
}

void PushDispatcher::pump(DeviceId device)
{
    if (d->inFlight.contains(device))
        return;
    if (!d->queues.contains(device))
        return;
    ConnectionId connectionId;
    Connection *connection = nullptr;
    Entry *next = nextFor(device, &connection, &connectionId);
    if (!next)
        return settleDevice(device);

    Entry &entry = *next;
    Delivery &delivery = *entry.delivery(device);
    if (delivery.attempts >= d->limits.attempts) {
        fail(entry, device, "attempts-exhausted");
        return pump(device);
    }
    const PushId id = entry.push.id;
    d->inFlight.insert(device, id);
    ++delivery.attempts;
    const std::optional<FaultRule> fault = d->faults.strike({FaultScope::Deliveries, {connection->facts().kind}, device});
    const bool isHeldBack = fault && fault->kind == FaultKind::Delay;
    setState(entry, delivery, PushState::Sending, isHeldBack ? QByteArray("fault-delayed") : QByteArray());
    if (fault)
        noteFault(entry, delivery, *fault);
    hand(id, device, connectionId, fault);
}

void PushDispatcher::answered(const PushId &id, const DeviceId &device, ConnectionId connection,
                              const SendOutcome &outcome)
{
    d->inFlight.remove(device);
    Entry *entry = d->entry(id);
    Delivery *delivery = entry ? entry->delivery(device) : nullptr;
    const bool open = delivery && !isTerminal(delivery->state);
    const bool isOver = open && entry->isDeliveredElsewhere(device);
    // Devices that are there were held back while this one was asked.
    const auto pumpOthers = [&] {
        const Entry *left = d->entry(id);
        if (!left || left->push.request.choice == DeviceChoice::All || isTerminal(left->push.state))
            return;
        const PathWish wish = wishOf(left->push.request);
        const QVector<DeviceId> others = left->devices();
        for (const DeviceId &other : others) {
            if (other != device && d->registry.usableConnection(other, wish))
                pump(other);
        }
    };
    const QString code = QString::fromLatin1(outcome.code);
    if (delivery) { // also what ended meanwhile: the device may have it
        note(*entry, QStringLiteral("push-answered"), delivery, {{QStringLiteral("code"), code}}, outcome.bytes);
    } else {
        JournalEntry row;
        row.kind = JournalKind::Push;
        row.event = QStringLiteral("push-answered");
        row.push = id;
        row.device = device;
        row.fields = {{QStringLiteral("code"), code}};
        d->journal.add(row);
    }

    switch (outcome.kind) {
    case SendOutcome::Kind::Delivered:
        d->registry.observe(connection, {LivenessEvent::Kind::Proof, code, 0, {}});
        if (open)
            setDelivered(*entry, *delivery);
        break;
    case SendOutcome::Kind::Refused:
        if (answeredByDevice(outcome))
            d->registry.observe(connection, {LivenessEvent::Kind::Proof, code, 0, {}});
        if (isOver)
            setState(*entry, *delivery, PushState::Cancelled, "delivered-elsewhere");
        else if (open)
            fail(*entry, device, "refused-" + outcome.code);
        break;
    case SendOutcome::Kind::Busy:
        if (answeredByDevice(outcome))
            d->registry.observe(connection, {LivenessEvent::Kind::Proof, code, 0, {}});
        if (open)
            notTaken(*entry, device, connection, outcome);
        endNowOrNever(device, "busy-" + outcome.code);
        if (const State::Rest *rest = d->resting(id, device); rest && rest->holdsUp)
            return pumpOthers();
        break;
    case SendOutcome::Kind::Unanswered:
    case SendOutcome::Kind::Broken: {
        if (open)
            notTaken(*entry, device, connection, outcome);
        const bool broken = outcome.kind == SendOutcome::Kind::Broken;
        d->registry.observe(connection, {broken ? lossOf(outcome) : LivenessEvent::Kind::RequestUnanswered, outcome.request, 0, {}});
        break;
    }
    }
    // Over another connection, to the next in the queue, or by a wake-up: pump() finds out.
    pump(device);
    if (open && outcome.kind != SendOutcome::Kind::Delivered)
        pumpOthers();
}

/// The device has it.
void PushDispatcher::setDelivered(Entry &entry, Delivery &delivery)
{
    const PushId id = entry.push.id;
    const DeviceId device = delivery.device;
    const WakeId wake = delivery.wake;
    setState(entry, delivery, PushState::Delivered);
    endOthers(entry, device);
    Q_EMIT delivered(id, device, wake);
    d->wakes.noteDelivered(wake);
}

void PushDispatcher::setState(Entry &entry, Delivery &delivery, PushState state, const QByteArray &reason,
                              const QVector<std::pair<QString, QString>> &fields)
{
    Q_ASSERT(mayFollow(delivery.state, state, entry.push.request.confirm));
    const bool changed = delivery.state != state || delivery.reason != reason;
    delivery.state = state;
    delivery.reason = reason;
    delivery.changedAt = d->clock.now();
    if (isTerminal(state)) {
        const auto queue = d->queues.find(delivery.device);
        if (queue != d->queues.end()) {
            queue->removeOne(entry.push.id);
            if (queue->isEmpty()) {
                d->queues.erase(queue);
                d->wayless->remove(delivery.device);
                endQuiet(delivery.device);
            }
        }
        dropHeld(entry.push.id, delivery.device);
        endRest(entry.push.id, delivery.device);
    }
    publish(entry);
    if (changed)
        note(entry, QStringLiteral("push-") + QString::fromLatin1(toText(state)), &delivery,
             QVector<std::pair<QString, QString>>{{QStringLiteral("attempts"), QString::number(delivery.attempts)}} + fields);
    Q_EMIT d->registry.deviceChanged(delivery.device);
    finishIfDone(entry);
}

} // namespace reveille
