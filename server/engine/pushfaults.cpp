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
    const auto send = [&] { d->registry.send(connection, messageOf(d->entry(id)->push, device), told); };
    if (!fault)
        return send();
    switch (fault->kind) {
    case FaultKind::Drop:
        d->faults.hold(fault->id, d->faults.silence(), [told] {
            told({SendOutcome::Kind::Unanswered, "fault-dropped", {}, QStringLiteral("fault-dropped")});
        });
        break;
    case FaultKind::Delay:
        d->faults.hold(fault->id, fault->delay, [this, guard = QPointer<PushDispatcher>(this), id, device, connection] {
            if (guard)
                handLater(id, device, connection);
        });
        break;
    case FaultKind::Duplicate:
        send();
        d->registry.send(connection, messageOf(d->entry(id)->push, device), [](const SendOutcome &) {});
        break;
    case FaultKind::Reject: {
        const SendOutcome::Kind kind = fault->again ? SendOutcome::Kind::Busy : SendOutcome::Kind::Refused;
        d->faults.hold(fault->id, Milliseconds(0), [told, kind, code = "fault-" + fault->code] { told({kind, code, {}, {}}); });
        break;
    }
    }
}

/// What a fault held back goes on its way, unless it has ended in the meantime.
void PushDispatcher::handLater(const PushId &id, const DeviceId &device, ConnectionId connection)
{
    Entry *entry = d->entry(id);
    Delivery *delivery = entry ? entry->delivery(device) : nullptr;
    if (!delivery || isTerminal(delivery->state)) {
        d->inFlight.remove(device);
        return pump(device);
    }
    setState(*entry, *delivery, PushState::Sending);
    hand(id, device, connection, std::nullopt);
}

} // namespace reveille
