// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/wakeplan.h"
#include "engine/wakeservicestate.h"

#include <QPointer>

#include <algorithm>

namespace reveille {

/// What staff do with a wake-up that is there already: cancel it, move it to another bearer, repeat it.

Result<Done> WakeService::cancel(const WakeId &id)
{
    const auto found = d->operations.find(id);
    if (found == d->operations.end())
        return Error{"wake-unknown", id.text()};
    if (isTerminal(found->second.wake.state))
        return Error{"wake-finished", id.text()};
    finish(id, WakeState::Cancelled, "by-hand");
    return Done{};
}

Result<Done> WakeService::checkBearer(const QString &name) const
{
    const auto named = [&](const auto &bearer) {
        const BearerFacts facts = bearer->facts();
        return facts.name == name || facts.type == name || facts.carries.contains(name);
    };
    if (name.isEmpty() || std::any_of(d->bearers.begin(), d->bearers.end(), named))
        return Done{};
    return Error{"bearer-unknown", name.left(64)};
}

void WakeService::repeat(const WakeId &id, const QString &bearer, std::function<void(Result<WakeId>)> done)
{
    if (const Result<Done> known = checkBearer(bearer); !known)
        return done(known.error());
    const auto found = d->operations.find(id);
    if (found == d->operations.end()) {
        d->store.store().readWake(id, [this, guard = QPointer<WakeService>(this), id, bearer,
                                       done = std::move(done)](const Result<std::optional<WakeUp>> &wake) {
            if (!guard)
                return;
            if (!wake)
                done(wake.error());
            else if (!*wake)
                done(Error{"wake-unknown", id.text()});
            else
                done(repeatOf(**wake, bearer));
        });
        return;
    }
    if (isTerminal(found->second.wake.state))
        return done(repeatOf(found->second.wake, bearer));
    done(bearer.isEmpty() ? Result<WakeId>(Error{"wake-active", id.text()}) : move(found->second, bearer));
}

Result<WakeId> WakeService::repeatOf(const WakeUp &before, const QString &bearer)
{
    WakeOrder order = before.order;
    if (!bearer.isEmpty())
        order.bearer = bearer;
    order.byHand = true;
    order.reason = QStringLiteral("by_hand");
    order.repeats = before.id;
    return wake(before.device, order);
}

Result<WakeId> WakeService::move(Operation &operation, const QString &bearer)
{
    const WakeId id = operation.wake.id;
    const Device *device = d->registry.device(operation.wake.device);
    WakeOrder order = operation.wake.order;
    order.bearer = bearer;
    if (!device || !planWake(inputFor(*device, order, operation.wake.attempts)).choice)
        return Error{"no-wake-route", operation.wake.device.toString()};
    note(operation, JournalKind::Wake, QStringLiteral("wake-moved"),
         {{QStringLiteral("before"), operation.wake.order.bearer}, {QStringLiteral("bearer"), bearer}});
    operation.wake.order = order;
    if (!operation.sending) {
        publish(operation);
        release(); // that bearer may be ready
        return id;
    }
    d->timers.cancel(operation.timer);
    attempt(id);
    return id;
}

} // namespace reveille
