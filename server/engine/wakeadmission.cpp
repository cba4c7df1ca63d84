// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/wakeplan.h"
#include "engine/wakeservicestate.h"

namespace reveille {

/// Which wake-ups may be, and when each may send: so many at a time, users in turn.

WakeRuleInForce WakeService::ruleFor(const Device &device) const
{
    const User *user = d->registry.user(device.user);
    return wakeRuleInForce(device.wakeRule, user ? user->wakeRule : WakeRule::Inherit, d->settings.policy);
}

Result<Done> WakeService::mayWake(const Device &device, const WakeOrder &order) const
{
    if (order.byHand)
        return Done{};
    const WakeRuleInForce rule = ruleFor(device);
    const bool isDeterioration = order.reason == QLatin1String("deterioration");
    if (rule.rule == WakeRule::Never || (isDeterioration && rule.rule != WakeRule::Always))
        return Error{"wake-not-allowed", QString::fromLatin1(rule.setting)};
    if (!isBeforeExpiry(order) && d->registry.usableConnection(device.id, wishOf(order)))
        return Error{"already-connected", device.id.toString()};
    return Done{};
}

/// A device that comes back makes work, and all of it ends in the store.
bool WakeService::mayBegin(const WakeOrder &order) const
{
    return d->sending < d->settings.activeLimit && (order.byHand || !d->store.isBehind());
}

void WakeService::admit(Operation &operation)
{
    if (mustAwait(operation))
        return park(operation);
    if (mayBegin(operation.wake.order) && d->waitingCount == 0)
        return begin(operation);
    WakeUp &wake = operation.wake;
    std::deque<WakeId> &ofUser = d->waiting[wake.user];
    if (ofUser.empty())
        d->turns.push_back(wake.user);
    ofUser.push_back(wake.id);
    ++d->waitingCount;
    wake.outcome = "queued";
    note(operation, JournalKind::Wake, QStringLiteral("wake-queued"),
         {{QStringLiteral("waiting"), QString::number(waiting())}});
    publish(operation);
    if (d->sending < d->settings.activeLimit && !d->nextTimer)
        d->nextTimer = d->timers.start(d->store.isBehind() ? trickle : Milliseconds(0), [this] { beginNext(); });
}

void WakeService::begin(Operation &operation)
{
    operation.sending = true;
    ++d->sending;
    operation.wake.outcome.clear();
    attempt(operation.wake.id);
}

/// As many as may, one while the store is behind; what ended while it waited is passed over.
void WakeService::beginNext()
{
    d->nextTimer = 0;
    while (d->sending < d->settings.activeLimit && !d->turns.empty()) {
        const PublicUserId user = d->turns.front();
        d->turns.pop_front();
        const auto queue = d->waiting.find(user);
        const WakeId id = queue->front();
        queue->pop_front();
        --d->waitingCount;
        if (queue->empty())
            d->waiting.erase(queue);
        else
            d->turns.push_back(user);
        const auto found = d->operations.find(id);
        if (found == d->operations.end() || isTerminal(found->second.wake.state) || found->second.sending)
            continue;
        begin(found->second);
        if (d->store.isBehind())
            break;
    }
    if (!d->turns.empty() && d->sending < d->settings.activeLimit && !d->nextTimer)
        d->nextTimer = d->timers.start(trickle, [this] { beginNext(); });
    tellOfRoom();
}

void WakeService::tellOfRoom()
{
    const qint64 limit = d->settings.queueLimit;
    if (d->isAwaited && hasRoom() && waiting() <= limit - limit / 10) {
        d->isAwaited = false;
        Q_EMIT roomMade();
    }
}

bool WakeService::hasRoom() const
{
    return waiting() < d->settings.queueLimit;
}

void WakeService::awaitRoom()
{
    d->isAwaited = true;
}

qint64 WakeService::waiting() const
{
    return d->waitingCount + qint64(d->parked.size());
}

/// A device that was woken before its registration ran out has renewed it.
void WakeService::noteRenewal(const DeviceId &device)
{
    if (d->beforeExpiry == 0)
        return;
    const WakeId id = activeFor(device);
    if (id.isEmpty())
        return;
    Operation &operation = d->operations.at(id);
    const std::optional<Liveness> liveness = d->registry.liveness(device);
    if (!isBeforeExpiry(operation.wake.order) || !liveness || liveness->registeredUntil() <= operation.registeredUntil)
        return;
    reach(operation, WakeStep::DeviceSeen);
    reach(operation, WakeStep::Restored);
    finish(id, WakeState::Succeeded, "registration-renewed");
}

void WakeService::load(const QVector<WakeUp> &wakes, const WakeId &last)
{
    d->ids.continueAfter(last.text(), d->clock.now());
    for (const WakeUp &wake : wakes) {
        d->add(Operation{wake, 0});
        if (isTerminal(wake.state)) {
            d->finished.push_back(wake.id);
            continue;
        }
        d->activeByDevice.insert(wake.device, wake.id);
        d->beforeExpiry += isBeforeExpiry(wake.order) ? 1 : 0;
    }
}

/// What had been sent before the restart keeps its turn: it is sent again where attempts are left, and else the answer to
/// the last one is waited for. The rest asks for its turn.
void WakeService::resume()
{
    awaitBearers();
    const std::vector<WakeId> all(d->order.begin(), d->order.end());
    std::vector<Operation *> others;
    for (const WakeId &id : all) {
        const auto found = d->operations.find(id);
        if (found == d->operations.end() || isTerminal(found->second.wake.state))
            continue;
        Operation &operation = found->second;
        const DeviceId device = operation.wake.device;
        if (!d->registry.device(device) || d->registry.usableConnection(device, wishOf(operation.wake.order))) {
            finish(id, WakeState::Cancelled, "server-restarted");
            continue;
        }
        if (operation.wake.attempts.isEmpty()) {
            others.push_back(&operation);
            continue;
        }
        LivenessEvent waking;
        waking.kind = LivenessEvent::Kind::WakeStarted;
        waking.subject = operation.wake.order.bearer;
        waking.value = operation.wake.attempts.size();
        d->registry.observeDevice(device, waking);
        if (mustAwait(operation)) {
            park(operation);
            continue;
        }
        if (planWake(inputFor(*d->registry.device(device), operation.wake.order, operation.wake.attempts)).choice) {
            begin(operation);
            continue;
        }
        operation.sending = true;
        ++d->sending;
        scheduleNext(operation, d->settings.answerTimeout);
        publish(operation);
    }
    for (Operation *operation : others)
        admit(*operation);
}

} // namespace reveille
