// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/wakeservice.h"

#include "engine/idmaker.h"
#include "engine/limitlog.h"
#include "engine/wakeplan.h"
#include "engine/wakeservicestate.h"

#include <QPointer>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(log, "reveille.wakes")
LimitLog fullLog{log, "queueLimit"};

constexpr size_t keptFinished = 5000;

} // namespace

WakeService::WakeService(Clock &clock, Timers &timers, Journal &journal, WriteBehind &store, Registry &registry,
                         FaultPlan &faults, Settings settings, QObject *parent)
    : QObject(parent)
    , d(new State{clock, timers, journal, store, registry, faults, std::move(settings), {}, {}, {}, {}, {}})
{
    connect(&registry, &Registry::deviceReturned, this, &WakeService::deviceReturned);
    connect(&registry, &Registry::deviceRemoved, this, [this](const DeviceId &device) {
        const WakeId id = activeFor(device);
        if (!id.isEmpty())
            finish(id, WakeState::Cancelled, "device-removed");
    });
    connect(&registry, &Registry::deviceChanged, this, &WakeService::noteRenewal);
}

WakeService::~WakeService()
{
    d->timers.cancel(d->nextTimer);
    d->timers.cancel(d->patience);
    d->timers.cancel(d->releaseTimer);
    for (auto &[id, operation] : d->operations)
        d->timers.cancel(operation.timer);
}

void WakeService::leaveCarriers()
{
    for (const auto &bearer : d->bearers)
        bearer->leave();
}

void WakeService::addBearer(std::unique_ptr<Bearer> bearer)
{
    bearer->setHealthObserver([this, guard = QPointer<WakeService>(this), watched = bearer.get()] {
        if (guard)
            noteHealth(*watched);
    });
    d->bearers.push_back(std::move(bearer));
    noteHealth(*d->bearers.back());
}

void WakeService::setGateway(const QString &uri)
{
    d->settings.gateway = uri;
}

Bearer *WakeService::bearer(const QString &name) const
{
    for (const auto &bearer : d->bearers) {
        if (bearer->facts().name == name)
            return bearer.get();
    }
    return nullptr;
}

WakePlanInput WakeService::inputFor(const Device &device, const WakeOrder &order,
                                    const QVector<WakeAttempt> &made, bool patient) const
{
    WakePlanInput input;
    input.registry = &d->registry;
    input.settings = &d->settings;
    for (const auto &bearer : d->bearers) {
        BearerFacts facts = bearer->facts();
        facts.healthy = bearer->health().healthy || (patient && d->unready.contains(facts.name));
        input.bearers.append(facts);
    }
    input.device = device;
    input.order = order;
    input.made = made;
    input.now = d->clock.wall();
    return input;
}

Result<WakeId> WakeService::wake(const DeviceId &deviceId, const WakeOrder &order)
{
    const Device *device = d->registry.device(deviceId);
    if (!device)
        return Error{"device-unknown", deviceId.toString()};
    const WakeId active = activeFor(deviceId);
    if (!active.isEmpty()) {
        note(d->operations.at(active), JournalKind::Wake, QStringLiteral("wake-joined"),
             {{QStringLiteral("reason"), order.reason}});
        return active;
    }
    if (const Result<Done> may = mayWake(*device, order); !may)
        return may.error();
    if (const Result<Done> known = checkBearer(order.bearer); !known)
        return known.error();
    if (!hasRoom()) {
        fullLog.reached(deviceId.toString());
        return Error{"wakes-too-many", QString::number(d->settings.queueLimit)};
    }
    const WakePlan plan = planWake(inputFor(*device, order, {}, true));
    if (!plan.choice)
        return Error{"no-wake-route", deviceId.toString()};
    const Result<Done> reachable = bearer(plan.choice->bearer)->canReach(plan.choice->route);
    if (!reachable && order.byHand)
        return Error{"bearer-cannot-reach", plan.choice->bearer + u' ' + plan.choice->route.address};

    Operation operation;
    WakeUp &wake = operation.wake;
    wake.id = WakeId(d->ids.next('w', d->clock.now()));
    wake.device = deviceId;
    wake.user = device->user;
    wake.order = order;
    const std::optional<Liveness> liveness = d->registry.liveness(deviceId);
    wake.because = liveness ? liveness->reason() : LossReason::None;
    operation.registeredUntil = liveness ? liveness->registeredUntil() : Timestamp{};
    wake.mode = plan.sirPlan.mode;
    wake.identityInside = plan.sirPlan.identityInside;
    wake.stepTimes[int(WakeStep::Requested)] = d->clock.now();

    const WakeId id = wake.id;
    Operation &kept = d->add(std::move(operation));
    d->activeByDevice.insert(deviceId, id);
    QVector<std::pair<QString, QString>> fields = {
        {QStringLiteral("reason"), order.reason},
        {QStringLiteral("because"), QString::fromLatin1(toText(kept.wake.because))},
        {QStringLiteral("mode"), QString::fromLatin1(toText(kept.wake.mode))}};
    if (!order.repeats.isEmpty())
        fields.append({QStringLiteral("repeats"), order.repeats.text()});
    note(kept, JournalKind::Wake, QStringLiteral("wake-started"), fields);
    d->beforeExpiry += isBeforeExpiry(kept.wake.order) ? 1 : 0;
    admit(kept);
    return id;
}

void WakeService::attempt(const WakeId &id)
{
    Operation &operation = d->operations.at(id);
    operation.timer = 0;
    const Device *device = d->registry.device(operation.wake.device);
    if (!device)
        return finish(id, WakeState::Cancelled, "device-removed");
    if (!operation.wake.attempts.isEmpty() && !isBeforeExpiry(operation.wake.order) && d->registry.usableConnection(device->id, wishOf(operation.wake.order)))
        return finish(id, WakeState::Succeeded, "already-connected");
    const QVector<WakeAttempt> &made = operation.wake.attempts;
    const Bearer *carrier = made.isEmpty() || !made.last().outcome.isEmpty() ? nullptr : bearer(made.last().bearer);
    const BearerHealth health = carrier ? carrier->health() : BearerHealth();
    if (health.healthy && health.queued > 0 && operation.waits < Operation::mostWaits) {
        // A carrier that is fed slowly has not even got it yet; that is no vain attempt.
        ++operation.waits;
        scheduleNext(operation, d->settings.answerTimeout);
        return publish(operation);
    }
    const WakePlan plan = planWake(inputFor(*device, operation.wake.order, operation.wake.attempts));
    if (!plan.choice) {
        operation.wake.checks = bounded(plan.checks);
        return finish(id, WakeState::Exhausted, operation.wake.attempts.isEmpty() ? "no-wake-route" : "routes-exhausted");
    }
    reach(operation, WakeStep::RouteChosen);
    operation.wake.sir = plan.sirBytes;
    if (!plan.sir.nonce.isEmpty())
        operation.nonces.append(plan.sir.nonce);
    reach(operation, WakeStep::Encoded);
    send(operation, plan);
}

void WakeService::send(Operation &operation, const WakePlan &plan)
{
    WakeUp &wake = operation.wake;
    const WakeId id = wake.id;
    WakeAttempt attempt;
    attempt.number = int(wake.attempts.size()) + 1;
    attempt.bearer = plan.choice->bearer;
    attempt.route = plan.choice->route;
    attempt.sentAt = d->clock.now();
    attempt.checks = bounded(plan.checks);
    wake.attempts.append(attempt);

    operation.waits = 0;
    LivenessEvent waking;
    waking.kind = LivenessEvent::Kind::WakeStarted;
    waking.subject = attempt.bearer;
    waking.value = attempt.number;
    d->registry.observeDevice(wake.device, waking);

    const Device device = *d->registry.device(wake.device);
    const WakePlanInput input = inputFor(device, wake.order, {});
    Bearer *meantBearer = bearer(attempt.bearer);
    const Result<Done> reachable = meantBearer->canReach(attempt.route);

    for (const DeviceId &recipient : plan.sirPlan.recipients) {
        const bool meant = recipient == wake.device;
        const Device *other = d->registry.device(recipient);
        const std::optional<WakeRouteChoice> choice = meant ? plan.choice : other ? routeOf(input, *other) : std::nullopt;
        Bearer *carrier = choice ? bearer(choice->bearer) : nullptr;
        if (!carrier || !carrier->canReach(choice->route))
            continue;
        WakeMessage message;
        message.wake = id;
        message.attempt = attempt.number;
        message.user = wake.user;
        message.route = choice->route;
        message.placement = placementOver(d->settings, choice->bearer);
        if (plan.sirPlan.identityInside)
            message.device = wake.device;
        message.sir = plan.sirBytes;

        QVector<std::pair<QString, QString>> fields = {
            {QStringLiteral("mode"), QString::fromLatin1(toText(plan.sirPlan.mode))},
            {QStringLiteral("bearer"), choice->bearer},
            {QStringLiteral("address"), choice->route.address},
            {QStringLiteral("port"), QString::number(choice->route.port.number())},
            {QStringLiteral("attempt"), QString::number(attempt.number)},
            {QStringLiteral("octets"), QString::number(plan.sirBytes.size())},
            {QStringLiteral("identity"), plan.sirPlan.identityInside ? wake.device.toString() : QString()}};
        if (!meant)
            fields.append({QStringLiteral("recipient"), recipient.toString()});
        const std::optional<FaultRule> fault = strikeFault(operation, carrier->facts(), recipient);
        if (fault)
            fields.append({QStringLiteral("fault"), QString::fromLatin1(toText(fault->kind))});
        note(operation, JournalKind::Sir,
             wake.order.empty ? QStringLiteral("empty-wake-sent") : QStringLiteral("sir-sent"), fields,
             carrier->format(), carrier->encode(message));
        ++d->counters.sirsSent;
        carry(*carrier, message, meant, fault);
    }

    reach(operation, WakeStep::Submitted);
    scheduleNext(operation, d->settings.answerTimeout);
    publish(operation);
    if (!reachable) {
        // Told later, so that an operation never ends inside the call that started it.
        d->timers.start(Milliseconds(0), [this, guard = QPointer<WakeService>(this), id, number = attempt.number, reachable] {
            if (guard)
                receive(id, number, {WakeReceipt::Kind::Failed, reachable.error().code, {}});
        });
    }
}

void WakeService::scheduleNext(Operation &operation, Milliseconds in)
{
    const int exponent = std::min(int(operation.wake.attempts.size()) - 1, 6);
    const qint64 spread = QRandomGenerator::global()->bounded(50) - 25;
    const Milliseconds backoff = d->settings.backoff * (1 << exponent) * (100 + spread) / 100;
    const Milliseconds wait = in == d->settings.backoff ? backoff : in + (operation.wake.attempts.size() > 1 ? backoff : Milliseconds(0));
    d->timers.cancel(operation.timer);
    operation.wake.nextAttemptAt = d->clock.now() + wait;
    operation.timer = d->timers.start(wait, [this, id = operation.wake.id] { attempt(id); });
}

void WakeService::reach(Operation &operation, WakeStep step)
{
    WakeUp &wake = operation.wake;
    Timestamp &time = wake.stepTimes[int(step)];
    if (!time.isSet())
        time = d->clock.now();
    wake.furthest = std::max(wake.furthest, step);
}

void WakeService::finish(const WakeId &id, WakeState state, const QByteArray &outcome)
{
    Operation &operation = d->operations.at(id);
    WakeUp &wake = operation.wake;
    d->timers.cancel(operation.timer);
    wake.state = state;
    wake.outcome = outcome;
    wake.nextAttemptAt = {};
    d->activeByDevice.remove(wake.device);
    d->beforeExpiry -= isBeforeExpiry(wake.order) ? 1 : 0;
    d->sending -= operation.sending ? 1 : 0;
    operation.sending = false;
    if (d->waitingCount > 0 && !d->nextTimer)
        d->nextTimer = d->timers.start(d->store.isBehind() ? trickle : Milliseconds(0), [this] { beginNext(); });
    const DeviceId device = wake.device;

    const bool succeeded = state == WakeState::Succeeded;
    ++(succeeded ? d->counters.succeeded : d->counters.failed);
    const QString event = succeeded                     ? QStringLiteral("wake-succeeded")
                          : state == WakeState::Cancelled ? QStringLiteral("wake-cancelled")
                                                          : QStringLiteral("wake-failed");
    note(operation, JournalKind::Wake, event,
         {{QStringLiteral("outcome"), QString::fromLatin1(outcome)},
          {QStringLiteral("furthest"), QString::fromLatin1(toText(wake.furthest))},
          {QStringLiteral("attempts"), QString::number(wake.attempts.size())},
          {QStringLiteral("took_ms"),
           QString::number((d->clock.now() - wake.stepTimes[int(WakeStep::Requested)]).count())}});
    publish(operation);
    d->finished.push_back(id);
    d->forgetFinished(keptFinished);
    if (succeeded)
        return;
    LivenessEvent event2;
    event2.kind = state == WakeState::Cancelled ? LivenessEvent::Kind::WakeCancelled : LivenessEvent::Kind::WakesExhausted;
    event2.subject = QString::fromLatin1(outcome);
    d->registry.observeDevice(device, event2);
    Q_EMIT wakeFailed(id, device);
}

void WakeService::deviceReturned(const DeviceId &device)
{
    const WakeId id = activeFor(device);
    if (id.isEmpty())
        return;
    Operation &operation = d->operations.at(id);
    if (!d->registry.usableConnection(device, wishOf(operation.wake.order)))
        return;
    reach(operation, WakeStep::DeviceSeen);
    reach(operation, WakeStep::Restored);
    noteRegistrationMessage(operation);
    finish(id, WakeState::Succeeded, "device-returned");
}

void WakeService::noteDelivered(const WakeId &id)
{
    const auto found = d->operations.find(id);
    if (found == d->operations.end() || found->second.wake.state != WakeState::Succeeded)
        return;
    reach(found->second, WakeStep::Delivered);
    publish(found->second);
}

void WakeService::publish(Operation &operation)
{
    d->store.stage(operation.wake);
    Q_EMIT wakeChanged(operation.wake.id);
    Q_EMIT d->registry.deviceChanged(operation.wake.device);
}

JournalId WakeService::note(const Operation &operation, JournalKind kind, const QString &event,
                            const QVector<std::pair<QString, QString>> &fields, const QString &format,
                            const QByteArray &bytes)
{
    JournalEntry entry;
    entry.kind = kind;
    entry.event = event;
    entry.user = operation.wake.user;
    entry.device = operation.wake.device;
    entry.wake = operation.wake.id;
    entry.fields = fields;
    entry.bytesFormat = format;
    entry.bytes = bytes;
    return d->journal.add(entry);
}

} // namespace reveille
