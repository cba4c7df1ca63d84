// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/wakeplan.h"
#include "engine/wakeservicestate.h"

namespace reveille {

/// What the WakeService can be asked; what it does is in wakeservice.cpp.

QVector<BearerSnapshot> WakeService::bearers() const
{
    QVector<BearerSnapshot> list;
    for (const auto &bearer : d->bearers)
        list.append({bearer->facts(), bearer->health()});
    return list;
}

void WakeService::testBearer(const QString &name, std::function<void(Result<BearerTest>)> done) const
{
    Bearer *tested = bearer(name);
    if (!tested)
        return done(Error{"bearer-unknown", name.left(64)});
    tested->test([done = std::move(done)](const BearerTest &test) { done(test); });
}

Result<WakePreview> WakeService::preview(const DeviceId &deviceId, const WakeOrder &order) const
{
    const Device *device = d->registry.device(deviceId);
    if (!device)
        return Error{"device-unknown", deviceId.toString()};
    const WakePlan plan = planWake(inputFor(*device, order, {}));
    WakePreview preview;
    preview.plan = plan.sirPlan;
    preview.sir = plan.sir;
    preview.sirBytes = plan.sirBytes;
    const WakeRuleInForce rule = ruleFor(*device);
    const bool never = rule.rule == WakeRule::Never;
    preview.checks = {{"wake-allowed", never && !order.byHand ? Check::Outcome::Failed : never ? Check::Outcome::NotAsked : Check::Outcome::Passed,
                       QString::fromLatin1(toText(rule.rule)), never ? rule.setting : ""}};
    preview.checks += plan.checks;
    if (!plan.choice)
        return preview;
    preview.bearer = plan.choice->bearer;
    preview.route = plan.choice->route;
    const Bearer *carrier = bearer(preview.bearer);
    const Result<Done> reachable = carrier->canReach(preview.route);
    preview.checks.append({"address-allowed",
                           reachable ? Check::Outcome::Passed : Check::Outcome::Failed,
                           reachable ? preview.route.address : QString::fromLatin1(reachable.error().code),
                           "bearer/allowed_networks"});
    WakeMessage message;
    message.user = device->user;
    message.route = preview.route;
    message.placement = placementOver(d->settings, preview.bearer);
    if (plan.sirPlan.identityInside)
        message.device = deviceId;
    message.sir = plan.sirBytes;
    preview.wireBytes = carrier->encode(message);
    preview.wireFormat = carrier->format();
    preview.budget = carrier->budget(message);
    return preview;
}

std::optional<WakeUp> WakeService::wakeUp(const WakeId &id) const
{
    const auto found = d->operations.find(id);
    return found == d->operations.end() ? std::nullopt : std::optional(found->second.wake);
}

WakeId WakeService::activeFor(const DeviceId &device) const
{
    return d->activeByDevice.value(device);
}

QVector<WakeUp> WakeService::recent(int limit) const
{
    QVector<WakeUp> list;
    for (auto it = d->order.rbegin(); it != d->order.rend() && list.size() < limit; ++it)
        list.append(d->operations.at(*it).wake);
    return list;
}

QVector<WakeRoute> WakeService::readyRoutes(const Device &device) const
{
    const WakePlanInput input = inputFor(device, {}, {}, true);
    QVector<WakeRoute> ready;
    for (const WakeRoute &route : device.wakeRoutes()) {
        for (const BearerFacts &facts : input.bearers) {
            const bool serves = facts.name == route.bearer || facts.carries.contains(route.bearer);
            if (facts.healthy && serves && bearer(facts.name)->canReach(route)) {
                ready.append(route);
                break;
            }
        }
    }
    return ready;
}

WakeService::Counters WakeService::counters() const
{
    return d->counters;
}

qint64 WakeService::active() const
{
    return d->activeByDevice.size();
}

} // namespace reveille
