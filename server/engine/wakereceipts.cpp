// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/wakeservicestate.h"

namespace reveille {

namespace {

/// How far a receipt brings an attempt; what comes again, late or out of order brings it nowhere.
int rank(const QByteArray &outcome)
{
    return outcome.isEmpty() ? 0 : outcome == "accepted" ? 1 : 2;
}

QByteArray outcomeOf(const WakeReceipt &receipt)
{
    switch (receipt.kind) {
    case WakeReceipt::Kind::Accepted:
        return "accepted";
    case WakeReceipt::Kind::Received:
        return "received";
    case WakeReceipt::Kind::Refused:
        return "refused";
    case WakeReceipt::Kind::Retry:
    case WakeReceipt::Kind::Failed:
        break;
    }
    return "failed-" + receipt.code;
}

} // namespace

/// What the carrier says, once for each thing it can say of an attempt.
void WakeService::receive(const WakeId &id, int number, const WakeReceipt &receipt)
{
    const auto found = d->operations.find(id);
    if (found == d->operations.end() || number < 1 || number > found->second.wake.attempts.size())
        return;
    Operation &operation = found->second;
    WakeUp &wake = operation.wake;
    WakeAttempt &attempt = wake.attempts[number - 1];
    const QByteArray outcome = outcomeOf(receipt);
    const bool advances = rank(outcome) > rank(attempt.outcome);
    const bool names = attempt.carrierId.isEmpty() && !receipt.carrierId.isEmpty();
    if (!advances && !names)
        return;
    if (names)
        attempt.carrierId = receipt.carrierId;
    if (advances)
        attempt.outcome = outcome;
    note(operation, JournalKind::Sir, QStringLiteral("sir-receipt"),
         {{QStringLiteral("bearer"), attempt.bearer},
          {QStringLiteral("attempt"), QString::number(number)},
          {QStringLiteral("code"), QString::fromLatin1(receipt.code)},
          {QStringLiteral("carrier_id"), receipt.carrierId}});
    const bool active = !isTerminal(wake.state);
    if (advances && receipt.kind == WakeReceipt::Kind::Refused) {
        const QString bearer = attempt.bearer;
        keepRefusal(operation, bearer, receipt.code);
        if (active)
            return finish(id, WakeState::Refused, receipt.code);
    } else if (advances && active && receipt.kind == WakeReceipt::Kind::Received) {
        reach(operation, WakeStep::Received);
    } else if (advances && active && receipt.kind == WakeReceipt::Kind::Accepted) {
        reach(operation, WakeStep::Accepted);
    } else if (advances && rank(outcome) == 2 && receipt.kind != WakeReceipt::Kind::Received) {
        if (active && number == wake.attempts.size())
            scheduleNext(operation, d->settings.backoff);
        Q_EMIT bearersChanged();
    }
    publish(operation);
}

} // namespace reveille
