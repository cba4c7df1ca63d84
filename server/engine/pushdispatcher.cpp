// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pushdispatcher.h"

#include "domain/explanationrecord.h"
#include "domain/selection.h"
#include "engine/pushdispatcherstate.h"

#include <QPointer>
#include <QRegularExpression>

#include <algorithm>

namespace reveille {

namespace {

constexpr Milliseconds longestTtl{Milliseconds(366LL * 24 * 3600 * 1000)}; // timers reach further than that

bool isMediaType(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("\\A[A-Za-z0-9!#$&^_.+-]{1,64}/[A-Za-z0-9!#$&^_.+-]{1,64}(\\s*;[\\x20-\\x7e]{0,200})?\\z"));
    return form.match(text).hasMatch();
}

} // namespace

PushDispatcher::PushDispatcher(Clock &clock, Timers &timers, Journal &journal, WriteBehind &store, Registry &registry,
                               WakeService &wakes, FaultPlan &faults, Limits limits, QObject *parent)
    : QObject(parent)
    , d(new State{clock, timers, journal, store, registry, wakes, faults, limits})
{
    d->wayless = std::make_unique<WakeLine>(timers, [this](const DeviceId &device) {
        const qsizetype pushes = d->queues.value(device).size();
        settleDevice(device);
        return int(pushes);
    });
    connect(&wakes, &WakeService::bearerRecovered, this, [this] { d->wayless->recall(); });
    connect(&registry, &Registry::deviceReturned, this, &PushDispatcher::returned);
    connect(&registry, &Registry::deviceLost, this, &PushDispatcher::settleDevice);
    connect(&registry, &Registry::wakeTermsChanged, this, &PushDispatcher::pump);
    connect(&registry, &Registry::deviceReturned, this, &PushDispatcher::endRetries);
    connect(&registry, &Registry::deviceRemoved, this, &PushDispatcher::endRetries);
    connect(&registry, &Registry::deviceRemoved, this, [this](const DeviceId &device) {
        const QVector<PushId> queue = d->queues.value(device);
        for (const PushId &id : queue) {
            Entry &entry = *d->entry(id);
            if (entry.push.request.choice == DeviceChoice::All) {
                fail(entry, device, "device-removed");
                continue;
            }
            // Its user's other devices may be next to go: whose turn it is then shows once they have gone.
            setState(entry, *entry.delivery(device), PushState::Waiting, "device-removed");
            d->timers.start(Milliseconds(0), [this, guard = QPointer<PushDispatcher>(this), id, device] {
                Entry *left = guard ? d->entry(id) : nullptr;
                const Delivery *delivery = left ? left->delivery(device) : nullptr;
                if (delivery && !isTerminal(delivery->state))
                    fail(*left, device, "device-removed");
            });
        }
    });
    connect(&wakes, &WakeService::wakeFailed, this, &PushDispatcher::wakeFailed);
    connect(&wakes, &WakeService::roomMade, this, &PushDispatcher::wakeThoseRefused);
}

PushDispatcher::~PushDispatcher()
{
    for (auto &[id, entry] : d->pushes)
        d->timers.cancel(entry.expiry);
    for (State::Retry &retry : d->retries)
        d->timers.cancel(retry.timer);
    for (State::Rest &rest : d->rests)
        d->timers.cancel(rest.timer);
    for (TimerId &timer : d->quiet)
        d->timers.cancel(timer);
}

Result<PublicUserId> PushDispatcher::userOf(const PushRequest &request) const
{
    const PushTarget &to = request.to;
    const int named = int(!to.user.isEmpty()) + int(!to.device.isEmpty()) + int(!to.msisdn.isEmpty())
        + int(!to.session.isEmpty());
    if (named == 0)
        return Error{"target-missing", {}};
    if (named > 1)
        return Error{"target-ambiguous", {}};
    if (request.body.size() > d->limits.bodySize)
        return Error{"body-too-large", QString::number(request.body.size())};
    if (!isMediaType(request.contentType))
        return Error{"content-type-invalid", request.contentType.left(100)};
    if (request.ttl < Milliseconds(0) || request.ttl > longestTtl)
        return Error{"ttl-invalid", QString::number(request.ttl.count() / 1000)};
    if (request.confirm && request.ttl == Milliseconds(0))
        return Error{"confirm-needs-ttl", {}};

    PublicUserId user;
    if (!to.user.isEmpty()) {
        if (!d->registry.user(to.user))
            return Error{"user-unknown", to.user.toString()};
        user = to.user;
    } else if (!to.device.isEmpty()) {
        const Device *device = d->registry.device(to.device);
        if (!device)
            return Error{"device-unknown", to.device.toString()};
        user = device->user;
    } else if (!to.msisdn.isEmpty()) {
        const std::optional<PublicUserId> found = d->registry.userOfMsisdn(to.msisdn);
        if (!found)
            return Error{"msisdn-unknown", to.msisdn.toString()};
        user = *found;
    } else {
        const std::optional<DeviceId> found = d->registry.deviceOfSession(to.session);
        if (!found)
            return Error{"session-unknown", to.session.left(100)};
        user = d->registry.device(*found)->user;
    }
    for (const DeviceId &id : request.devices) {
        const Device *device = d->registry.device(id);
        if (!device)
            return Error{"device-unknown", id.toString()};
        if (device->user != user)
            return Error{"device-of-other-user", id.toString()};
    }
    return user;
}

Explanation PushDispatcher::choose(const PushRequest &request, const PublicUserId &user, const QVector<Delivery> &tried) const
{
    QVector<DeviceId> ids = d->registry.devicesOf(user);
    if (!request.to.device.isEmpty())
        ids = {request.to.device};
    else if (!request.to.session.isEmpty())
        ids = {d->registry.deviceOfSession(request.to.session).value_or(DeviceId())};
    QVector<SelectableDevice> devices;
    for (const DeviceId &id : ids) {
        const Device *device = d->registry.device(id);
        const bool isTried = std::any_of(tried.begin(), tried.end(), [&](const Delivery &delivery) { return delivery.device == id; });
        if (!device || isTried)
            continue;
        SelectableDevice selectable;
        selectable.device = *device;
        selectable.connected = d->registry.usableConnection(id, wishOf(request)) != nullptr;
        selectable.hasWakeRoute = !d->wakes.readyRoutes(*device).isEmpty();
        selectable.wakeRule = d->wakes.ruleFor(*device);
        devices.append(selectable);
    }
    return selectDevices(request, devices, d->clock.wall());
}

Result<Explanation> PushDispatcher::explain(const PushRequest &request) const
{
    const Result<PublicUserId> user = userOf(request);
    if (!user)
        return user.error();
    return choose(request, *user);
}

void PushDispatcher::accept(const Push &push, const QString &peer)
{
    Entry &entry = d->add(push);
    entry.endsAt = d->clock.monotonic() + push.request.ttl - (d->clock.now() - push.acceptedAt);
    d->count(push, 1);
    ++d->counters.accepted;
    QVector<std::pair<QString, QString>> fields{
        {QStringLiteral("content_type"), push.request.contentType},
        {QStringLiteral("octets"), QString::number(push.request.body.size())},
        {QStringLiteral("when"), QString::fromLatin1(toText(push.request.when))},
        {QStringLiteral("ttl_s"), QString::number(push.request.ttl.count() / 1000)},
        {QStringLiteral("initiator"), push.request.initiator.text()}};
    if (!peer.isEmpty())
        fields.append({QStringLiteral("peer"), peer});
    if (!push.request.reference.isEmpty())
        fields.append({QStringLiteral("reference"), push.request.reference});
    if (push.request.notBefore.isSet())
        fields.append({QStringLiteral("not_before"), push.request.notBefore.toIso()});
    if (push.request.notBefore <= d->clock.wall()) { // else its devices are chosen once it is let go
        entry.isChosenFor = true;
        entry.explanation = choose(push.request, push.user);
        fields.append({QStringLiteral("checks"), explanationRecord(entry.explanation, push)});
    }
    note(entry, QStringLiteral("push-accepted"), nullptr, fields);
    start(entry);
}

std::optional<Explanation> PushDispatcher::explanation(const PushId &id) const
{
    const Entry *entry = d->entry(id);
    if (!entry)
        return std::nullopt;
    const bool isKept = entry->isChosenFor;
    Explanation explanation = withOutcomes(isKept ? entry->explanation : choose(entry->push.request, entry->push.user), entry->push);
    explanation.complete = isKept;
    return explanation;
}

std::optional<Push> PushDispatcher::push(const PushId &id) const
{
    const Entry *entry = d->entry(id);
    return entry ? std::optional(entry->copy()) : std::nullopt;
}

QVector<Push> PushDispatcher::recent(int limit) const
{
    QVector<Push> list;
    for (auto it = d->order.rbegin(); it != d->order.rend() && list.size() < limit; ++it)
        list.append(d->entry(*it)->copy());
    return list;
}

Result<Done> PushDispatcher::cancel(const PushId &id, const QByteArray &reason)
{
    Entry *entry = d->entry(id);
    if (!entry)
        return Error{"push-unknown", id.text()};
    if (isTerminal(entry->push.state))
        return Error{"push-finished", QString::fromLatin1(toText(entry->push.state))};
    if (entry->isReplacing)
        return Error{"push-finished", QString::fromLatin1(toText(PushState::Replaced))};
    const QVector<Delivery> &deliveries = entry->push.deliveries;
    if (std::any_of(deliveries.cbegin(), deliveries.cend(), [&](const Delivery &delivery) { return isOnItsWay(id, delivery); }))
        return Error{"push-sending", id.text()};
    end(*entry, PushState::Cancelled, reason);
    return Done{};
}

QVector<Push> PushDispatcher::queueOf(const DeviceId &device) const
{
    QVector<Push> list;
    for (const PushId &id : d->queues.value(device)) {
        if (const Entry *entry = d->entry(id))
            list.append(entry->copy());
    }
    return list;
}

int PushDispatcher::pendingFor(const DeviceId &device) const
{
    return int(d->queues.value(device).size());
}

qint64 PushDispatcher::pendingTotal() const
{
    return d->pending.pushes;
}

PushDispatcher::Counters PushDispatcher::counters() const
{
    return d->counters;
}

void PushDispatcher::load(const QVector<Push> &pushes, const PushId &last)
{
    d->ids.continueAfter(last.text(), d->clock.now());
    for (const Push &push : pushes) {
        if (isTerminal(push.state) && !push.awaitsConfirmation)
            continue;
        Entry &entry = d->add(push);
        if (isTerminal(push.state)) {
            entry.hasEnded = true;
            entry.isTold = true; // a notice that is still owed is in the store
            awaitConfirmation(entry);
            continue;
        }
        d->count(push, 1);
        for (Delivery &delivery : entry.push.deliveries) {
            if (isTerminal(delivery.state))
                continue;
            delivery.state = PushState::Waiting;
            enqueue(entry, delivery.device);
        }
    }
}

void PushDispatcher::resume()
{
    const std::list<PushId> all = d->order;
    for (const PushId &id : all) {
        Entry *known = d->entry(id);
        if (!known || known->isFinished)
            continue;
        Entry &entry = *known;
        const Milliseconds left = entry.push.expiresAt - d->clock.wall();
        const bool late = !entry.push.expiresAt.isSet() || left <= Milliseconds(0);
        entry.endsAt = d->clock.monotonic() + left;
        if (entry.push.deliveries.isEmpty() && !late) {
            start(entry);
            continue;
        }
        if (entry.push.deliveries.isEmpty())
            entry.push.deliveries.append(
                {entry.push.request.to.device, PushState::Accepted, {}, {}, 0, d->clock.now()});
        if (late) {
            expire(id);
            continue;
        }
        entry.expiry = d->timers.start(left, [this, id] { expire(id); });
        const QVector<DeviceId> devices = entry.devices();
        for (const DeviceId &device : devices) {
            Delivery *delivery = entry.delivery(device);
            if (delivery && !isTerminal(delivery->state))
                settle(entry, *delivery);
        }
    }
    trimAwaited();
}

void PushDispatcher::publish(Entry &entry)
{
    entry.push.state = overallState(entry.push.deliveries);
    if (isTerminal(entry.push.state) && !entry.push.finishedAt.isSet())
        entry.push.finishedAt = d->clock.now();
    entry.push.awaitsConfirmation = entry.push.state == PushState::Delivered && entry.push.request.confirm && !entry.isOver;
    if (entry.isReplacing)
        return; // how it ends is not known yet
    d->store.stage(entry.copy());
    Q_EMIT pushChanged(entry.push.id);
}

void PushDispatcher::finishIfDone(Entry &entry)
{
    if (!isTerminal(entry.push.state) || entry.isReplacing)
        return;
    const bool endsNow = !std::exchange(entry.hasEnded, true);
    if (endsNow) {
        d->letGo(entry);
        d->count(entry.push, -1);
        ++(isDelivered(entry.push.state) ? d->counters.delivered : d->counters.failed);
    }
    if (endsNow || (entry.push.state == PushState::Confirmed && !entry.isFinished))
        awaitLasting(entry);
    if (entry.push.awaitsConfirmation)
        awaitConfirmation(entry);
    else if (!std::exchange(entry.isFinished, true))
        finish(entry);
    trimAwaited();
}

/// Nothing can happen to it any more.
void PushDispatcher::finish(Entry &entry)
{
    endAwaiting(entry);
    noteUnconfirmed(entry);
    d->timers.cancel(entry.expiry);
    d->counters.confirmed += entry.push.state == PushState::Confirmed;
    retireIfDone(entry);
}

void PushDispatcher::note(const Entry &entry, const QString &event, const Delivery *delivery,
                          const QVector<std::pair<QString, QString>> &fields, const QByteArray &bytes)
{
    JournalEntry row;
    row.kind = JournalKind::Push;
    row.event = event;
    row.user = entry.push.user;
    row.push = entry.push.id;
    row.fields = fields;
    if (delivery) {
        row.device = delivery->device;
        row.wake = delivery->wake;
        if (!delivery->reason.isEmpty())
            row.fields.append({QStringLiteral("reason"), QString::fromLatin1(delivery->reason)});
    }
    if (!bytes.isEmpty()) {
        row.bytesFormat = QStringLiteral("sip");
        row.bytes = bytes;
    }
    d->journal.add(row);
}

} // namespace reveille
