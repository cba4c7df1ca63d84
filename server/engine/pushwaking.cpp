// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/quiethours.h"
#include "engine/pushdispatcherstate.h"

#include <algorithm>

namespace reveille {

namespace {

constexpr Milliseconds longestQuiet{15 * 60 * 1000};

} // namespace

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
    if (const Timestamp until = quietUntil(entry, device); until.isSet()) {
        awaitDay(device, until);
        return settleAs(PushState::Waiting, "in-quiet-hours");
    }
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

/// The end of the quiet hours it has to wait for.
Timestamp PushDispatcher::quietUntil(const Entry &entry, const DeviceId &id) const
{
    const Device *device = d->registry.device(id);
    return device ? quietFor(entry.push.request, device->preferences, d->clock.wall()) : Timestamp{};
}

/// Looked at again on the way, since the system clock may be set.
void PushDispatcher::awaitDay(const DeviceId &device, Timestamp until)
{
    if (d->quiet.contains(device))
        return;
    const Milliseconds wait = std::min(until - d->clock.wall(), longestQuiet);
    d->quiet.insert(device, d->timers.start(wait, [this, device] {
        d->quiet.remove(device);
        pump(device);
    }));
}

void PushDispatcher::endQuiet(const DeviceId &device)
{
    if (TimerId timer = d->quiet.take(device))
        d->timers.cancel(timer);
}

void PushDispatcher::settleDevice(DeviceId device)
{
    if (d->inFlight.contains(device))
        return;
    const QVector<PushId> queue = d->queues.value(device);
    for (const PushId &id : queue) {
        Entry *entry = d->entry(id);
        Delivery *delivery = entry ? entry->delivery(device) : nullptr;
        if (!delivery || isTerminal(delivery->state) || d->resting(id, device))
            continue;
        const bool isThere = d->registry.usableConnection(device, wishOf(entry->push.request));
        const bool isQuiet = quietUntil(*entry, device).isSet();
        if (isThere ? isQuiet : delivery->state != PushState::Waking)
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
