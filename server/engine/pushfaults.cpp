// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pushdispatcherstate.h"

#include <QPointer>

namespace reveille {

/// Where a push meets its connection, and an injected fault may come between.

namespace {

PushMessage messageOf(const Push &push, const DeviceId &device)
{
    PushMessage message;
    message.push = push.id;
    message.device = device;
    message.session = push.request.to.session;
    message.application = push.request.application;
    message.contentType = push.request.contentType;
    message.contentEncoding = push.request.contentEncoding;
    message.body = push.request.body;
    message.confirm = push.request.confirm;
    return message;
}

} // namespace

void PushDispatcher::noteFault(Entry &entry, const Delivery &delivery, const FaultRule &fault)
{
    for (DeviceExplanation &told : entry.explanation.devices) {
        if (told.device == delivery.device)
            told.checks.append(faultCheck(fault));
    }
    note(entry, QStringLiteral("fault-struck"), &delivery, FaultPlan::fieldsOf(fault));
}

/// A fault stands in front of the registry, so that nothing is learned of the path from what never went over it.
void PushDispatcher::hand(const PushId &id, const DeviceId &device, ConnectionId connection, const std::optional<FaultRule> &fault)
{
    const auto told = [this, guard = QPointer<PushDispatcher>(this), id, device, connection](const SendOutcome &outcome) {
        if (guard)
            answered(id, device, connection, outcome);
    };
    if (!fault)
        return d->registry.send(connection, messageOf(d->entry(id)->push, device), told);
    switch (fault->kind) {
    case FaultKind::Drop:
        d->faults.hold(fault->id, d->faults.silence(), [told] {
            told({SendOutcome::Kind::Unanswered, "fault-dropped", {}, QStringLiteral("fault-dropped")});
        });
        break;
    case FaultKind::Delay:
        d->heldBack[device] = d->faults.hold(fault->id, fault->delay, [this, guard = QPointer<PushDispatcher>(this), id, device, connection] {
            if (guard)
                handLater(id, device, connection);
        });
        break;
    case FaultKind::Duplicate: {
        // One after the other: blocks of two with the same id would be taken for blocks of one.
        const PushMessage message = messageOf(d->entry(id)->push, device);
        const auto repeat = [this, guard = QPointer<PushDispatcher>(this), told, connection, message](const SendOutcome &outcome) {
            if (guard && outcome.kind == SendOutcome::Kind::Delivered)
                d->registry.send(connection, message, [](const SendOutcome &) {});
            told(outcome);
        };
        d->registry.send(connection, message, repeat);
        break;
    }
    case FaultKind::Reject: {
        const SendOutcome::Kind kind = fault->again ? SendOutcome::Kind::Busy : SendOutcome::Kind::Refused;
        d->faults.hold(fault->id, Milliseconds(0), [told, kind, code = "fault-" + fault->code] { told({kind, code, {}, {}}); });
        break;
    }
    }
}

/// What a fault held back goes on its way; it has not ended, or it would have been dropped.
void PushDispatcher::handLater(const PushId &id, const DeviceId &device, ConnectionId connection)
{
    d->heldBack.remove(device);
    Entry &entry = *d->entry(id);
    setState(entry, *entry.delivery(device), PushState::Sending);
    hand(id, device, connection, std::nullopt);
}

/// What ends while a fault holds it back has not gone out, and does not keep its device from the next one.
void PushDispatcher::dropHeld(const PushId &id, const DeviceId &device)
{
    if (d->heldBack.isEmpty() || d->inFlight.value(device) != id)
        return;
    const auto held = d->heldBack.constFind(device);
    if (held == d->heldBack.cend())
        return;
    d->faults.drop(*held);
    d->heldBack.erase(held);
    d->inFlight.remove(device);
    // Later: whoever ends this one may be about to end others.
    d->timers.start(Milliseconds(0), [this, guard = QPointer<PushDispatcher>(this), device] {
        if (guard)
            pump(device);
    });
}

} // namespace reveille
