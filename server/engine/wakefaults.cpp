// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/wakeservicestate.h"

#include <QPointer>

namespace reveille {

/// Where a message of a wake-up meets its carrier, and an injected fault may come between.

std::optional<FaultRule> WakeService::strikeFault(Operation &operation, const BearerFacts &over, const DeviceId &recipient)
{
    const std::optional<FaultRule> fault =
        d->faults.strike({FaultScope::Wakes, QStringList{over.name, over.type} + over.carries, recipient});
    if (!fault)
        return std::nullopt;
    WakeAttempt &attempt = operation.wake.attempts.last();
    if (recipient == operation.wake.device)
        attempt.checks = bounded(attempt.checks + QVector<Check>{faultCheck(*fault)});
    QVector<std::pair<QString, QString>> fields = FaultPlan::fieldsOf(*fault);
    fields.append({QStringLiteral("bearer"), over.name});
    fields.append({QStringLiteral("attempt"), QString::number(attempt.number)});
    note(operation, JournalKind::Wake, QStringLiteral("fault-struck"), fields);
    return fault;
}

void WakeService::carry(Bearer &carrier, const WakeMessage &message, bool meant, const std::optional<FaultRule> &fault)
{
    const auto told = [this, guard = QPointer<WakeService>(this), id = message.wake, number = message.attempt,
                       meant](const WakeReceipt &receipt) {
        if (guard && meant)
            receive(id, number, receipt);
    };
    if (!fault)
        return carrier.send(message, told);
    switch (fault->kind) {
    case FaultKind::Drop:
        d->faults.hold(fault->id, Milliseconds(0), [told] { told({WakeReceipt::Kind::Accepted, "fault-dropped", {}}); });
        break;
    case FaultKind::Delay:
        d->faults.hold(fault->id, fault->delay, [this, guard = QPointer<WakeService>(this), name = carrier.facts().name, message, told] {
            if (!guard)
                return;
            const auto found = d->operations.find(message.wake);
            Bearer *later = bearer(name);
            if (later && found != d->operations.end() && !isTerminal(found->second.wake.state))
                later->send(message, told);
        });
        break;
    case FaultKind::Duplicate:
        carrier.send(message, told);
        carrier.send(message, [](const WakeReceipt &) {});
        break;
    case FaultKind::Reject: {
        const WakeReceipt::Kind kind = fault->again ? WakeReceipt::Kind::Retry : WakeReceipt::Kind::Failed;
        d->faults.hold(fault->id, Milliseconds(0), [told, kind, code = "fault-" + fault->code] { told({kind, code, {}}); });
        break;
    }
    }
}

} // namespace reveille
