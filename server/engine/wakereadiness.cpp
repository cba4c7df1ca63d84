// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/wakeplan.h"
#include "engine/wakeservicestate.h"

#include <algorithm>
#include <utility>

namespace reveille {

/// Bearers that come and go, and what waits for those that are only getting ready after a start.

namespace {

constexpr int releasedAtOnce = 200;
constexpr Milliseconds releaseTurn{10};

} // namespace

void WakeService::noteHealth(const Bearer &bearer)
{
    const QString name = bearer.facts().name;
    const bool isHealthy = bearer.health().healthy;
    const bool wasHealthy = std::exchange(d->healthy[name], isHealthy);
    Q_EMIT bearersChanged();
    if (!isHealthy || wasHealthy)
        return;
    d->unready.remove(name);
    release();
    Q_EMIT bearerRecovered();
}

/// A link to an SMSC is bound a moment after the start: until then, but not for ever, it counts as there.
void WakeService::awaitBearers()
{
    for (const auto &bearer : d->bearers) {
        if (!bearer->health().healthy)
            d->unready.insert(bearer->facts().name);
    }
    if (d->unready.isEmpty())
        return;
    d->patience = d->timers.start(d->settings.startPatience, [this] {
        d->patience = 0;
        d->unready.clear();
        release();
    });
}

/// Nothing carries a route of it yet that may soon be carried.
bool WakeService::mustAwait(const Operation &operation) const
{
    const Device *device = d->unready.isEmpty() ? nullptr : d->registry.device(operation.wake.device);
    const auto hasChoice = [&](bool patient) {
        return planWake(inputFor(*device, operation.wake.order, operation.wake.attempts, patient)).choice.has_value();
    };
    return device && !hasChoice(false) && hasChoice(true);
}

void WakeService::park(Operation &operation)
{
    d->parked.push_back(operation.wake.id);
    operation.wake.outcome = "queued";
    note(operation, JournalKind::Wake, QStringLiteral("wake-queued"), {{QStringLiteral("waiting"), QString::number(waiting())}});
    publish(operation);
}

/// All that is parked is looked at once more, some in each turn of the event loop.
void WakeService::release()
{
    d->toRelease = d->parked.size();
    if (d->toRelease > 0 && !d->releaseTimer)
        d->releaseTimer = d->timers.start(Milliseconds(0), [this] { releaseSome(); });
}

void WakeService::releaseSome()
{
    d->releaseTimer = 0;
    for (int i = 0; i < releasedAtOnce && d->toRelease > 0; ++i) {
        --d->toRelease;
        const WakeId id = d->parked.front();
        d->parked.pop_front();
        const auto found = d->operations.find(id);
        if (found == d->operations.end() || isTerminal(found->second.wake.state) || found->second.sending)
            continue;
        if (mustAwait(found->second))
            d->parked.push_back(id);
        else
            admit(found->second);
    }
    if (d->toRelease > 0 && !d->releaseTimer)
        d->releaseTimer = d->timers.start(releaseTurn, [this] { releaseSome(); });
    tellOfRoom();
}

bool WakeService::hasBearerDown(const DeviceId &id) const
{
    const Device *device = d->registry.device(id);
    if (!device)
        return false;
    const QVector<WakeRoute> routes = device->wakeRoutes();
    return std::any_of(d->bearers.begin(), d->bearers.end(), [&](const auto &bearer) {
        const BearerFacts facts = bearer->facts();
        return !bearer->health().healthy && std::any_of(routes.begin(), routes.end(), [&](const WakeRoute &route) {
            return facts.name == route.bearer || facts.carries.contains(route.bearer);
        });
    });
}

} // namespace reveille
