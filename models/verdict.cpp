// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/verdict.h"

namespace reveille {

namespace {

Verdict::Answer answerOf(const DeviceSnapshot &device)
{
    const Liveness &liveness = device.liveness;
    if (device.connections.isEmpty() && liveness.evidence().rule == EvidenceRule::None
        && liveness.reason() == LossReason::None)
        return liveness.state() == LivenessState::Waking ? Verdict::Answer::Waking : Verdict::Answer::NeverRegistered;
    switch (liveness.state()) {
    case LivenessState::Up: return Verdict::Answer::Reachable;
    case LivenessState::Suspect: return Verdict::Answer::Doubtful;
    case LivenessState::Lost: return Verdict::Answer::NotReachable;
    case LivenessState::Waking: return Verdict::Answer::Waking;
    case LivenessState::Unreachable: return Verdict::Answer::Unreachable;
    }
    return Verdict::Answer::NotReachable;
}

void announceNext(Verdict *verdict, const Liveness &liveness, Timestamp now)
{
    if (liveness.state() == LivenessState::Waking || liveness.state() == LivenessState::Unreachable)
        return;
    const Timestamp deadline = liveness.nextDeadline();
    if (!deadline.isSet() || deadline <= now)
        return;
    verdict->nextAt = deadline;
    if (deadline == liveness.registeredUntil())
        verdict->next = Verdict::Next::RegistrationEnds;
    else if (liveness.policy().silenceMeans == LossReason::PinholeClosed)
        verdict->next = Verdict::Next::PathCloses;
    else
        verdict->next = Verdict::Next::PathProbed;
}

} // namespace

Verdict verdictOf(const DeviceSnapshot &device, Timestamp now, const LearnedNetwork *network)
{
    const Liveness &liveness = device.liveness;
    Verdict verdict;
    verdict.answer = answerOf(device);
    verdict.state = liveness.state();
    verdict.reason = liveness.reason();
    verdict.evidence = liveness.evidence();
    if (!device.connections.isEmpty()) {
        const ConnectionFacts &facts = device.connections.first().facts;
        verdict.kind = facts.kind;
        verdict.transport = facts.transport;
        verdict.peer = facts.peer;
    }
    verdict.provenAt = liveness.lastProof();
    verdict.heardAt = liveness.lastPacket();
    if (!verdict.heardAt.isSet())
        verdict.heardAt = device.device.lastSeen;
    if (liveness.state() == LivenessState::Lost || liveness.state() == LivenessState::Unreachable)
        verdict.lostAt = liveness.evidence().at;
    announceNext(&verdict, liveness, now);
    if (network && network->lifetime().count() > 0 && verdict.next == Verdict::Next::PathCloses) {
        verdict.learnedIn = network->prefix.toString();
        verdict.learnedFrom = int(network->samples.size());
    }
    verdict.hasWakeRoute = !device.readyRoutes.isEmpty();
    if (verdict.hasWakeRoute)
        verdict.wakeRoute = device.readyRoutes.first();
    verdict.pending = device.pendingPushes;
    return verdict;
}

} // namespace reveille
