// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pushdispatcherstate.h"

namespace reveille {

/// What becomes of pushes for a device that is not there.

void PushDispatcher::seekDevice(Entry &entry, Delivery &delivery)
{
    const PushRequest &request = entry.push.request;
    const DeviceId device = delivery.device;
    if (entry.isDeliveredElsewhere(device))
        return setState(entry, delivery, PushState::Cancelled, "delivered-elsewhere");
    // Where it is for one device and this one has to wait, the next has its turn as well; the first to come back gets it.
    const auto settleAs = [&](PushState state, const QByteArray &reason) {
        const DeviceId next = entry.isUnderWayElsewhere(device) ? DeviceId() : takeNext(entry);
        Delivery &settled = *entry.delivery(device);
        if (settled.state != state || settled.reason != reason)
            setState(entry, settled, state, reason);
        if (!next.isEmpty())
            settle(entry, *entry.delivery(next));
    };
    if (request.ttl == Milliseconds(0))
        return settleAs(PushState::Expired, "ttl-zero");
    if (request.when == PushWhen::Now)
        return settleAs(PushState::Undeliverable, "not-connected");
    if (request.when == PushWhen::WhenReachable)
        return settleAs(PushState::Waiting, "when-reachable");

    WakeOrder order;
    order.mode = request.sirMode;
    order.application = request.application;
    order.session = request.to.session;
    order.reason = QStringLiteral("push");
    const Result<WakeId> wake = d->wakes.wake(delivery.device, order);
    if (!wake && wake.error().is("wakes-too-many"))
        wakeRefused(device);
    if (!wake && wake.error().is("no-wake-route"))
        d->wayless->add(device, WakeLine::Reason::NoRoute);
    if (!wake)
        return settleAs(PushState::Waiting, wake.error().code);
    delivery.wake = *wake;
    setState(entry, delivery, PushState::Waking);
}

void PushDispatcher::settleDevice(DeviceId device)
{
    if (d->inFlight.contains(device))
        return;
    const QVector<PushId> queue = d->queues.value(device);
    for (const PushId &id : queue) {
        Entry *entry = d->entry(id);
        Delivery *delivery = entry ? entry->delivery(device) : nullptr;
        const bool settled = !delivery || isTerminal(delivery->state) || delivery->state == PushState::Waking
            || d->resting(id, device);
        if (!settled && !d->registry.usableConnection(device, wishOf(entry->push.request)))
            seekDevice(*entry, *delivery);
    }
}

void PushDispatcher::wakeFailed(const WakeId &wake, const DeviceId &device)
{
    const std::optional<WakeUp> operation = d->wakes.wakeUp(wake);
    const QVector<PushId> queue = d->queues.value(device);
    for (const PushId &id : queue) {
        Entry &entry = *d->entry(id);
        Delivery &delivery = *entry.delivery(device);
        if (delivery.wake != wake || delivery.state != PushState::Waking)
            continue;
        if (operation && operation->state == WakeState::Refused) {
            fail(entry, device, "refused-by-device");
            continue;
        }
        setState(entry, delivery, PushState::Waiting, operation ? operation->outcome : QByteArray("wake-failed"));
        // It may still come back by itself; whichever is first gets it. What staff ended or took away is no failure.
        const bool isVain = operation && operation->state == WakeState::Exhausted && !entry.isUnderWayElsewhere(device);
        if (const DeviceId next = isVain ? takeNext(entry) : DeviceId(); !next.isEmpty())
            settle(entry, *entry.delivery(next));
    }
    if (!operation || operation->state != WakeState::Exhausted)
        return;
    if (d->queues.contains(device) && operation->attempts.isEmpty())
        d->wayless->add(device, WakeLine::Reason::NoRoute);
    else if (d->queues.contains(device) && d->wakes.hasBearerDown(device))
        d->wayless->add(device, WakeLine::Reason::BearerDown);
    retryLater(device);
}

} // namespace reveille
