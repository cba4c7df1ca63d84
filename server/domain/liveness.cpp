// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/liveness.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;
using Kind = LivenessEvent::Kind;

namespace {

Timestamp earliest(Timestamp a, Timestamp b)
{
    if (!a.isSet() || !b.isSet())
        return a.isSet() ? a : b;
    return std::min(a, b);
}

/// How long a path may be silent; zero where no rule limits it.
Milliseconds silenceLimit(const LivenessPolicy &policy)
{
    if (policy.keepAliveInterval.count() > 0)
        return policy.keepAliveInterval + std::max(policy.keepAliveGrace, Milliseconds(0));
    return std::max(policy.pinholeLifetime, Milliseconds(0));
}

} // namespace

Liveness Liveness::restored(LivenessPolicy policy, Timestamp registeredUntil, Timestamp lastPacket,
                            Timestamp now)
{
    Liveness liveness(policy);
    liveness.m_registeredUntil = registeredUntil;
    liveness.m_lastPacket = lastPacket;
    liveness.m_latest = std::max(now, lastPacket);
    if (registeredUntil.isSet() && registeredUntil <= now) {
        LivenessEvent expiry;
        liveness.lose(LossReason::Expired, EvidenceRule::RegistrationExpired, expiry, registeredUntil);
    } else {
        liveness.m_state = LivenessState::Suspect;
        liveness.m_evidence = Evidence{EvidenceRule::ServerRestarted, {}, 0, now, {}};
    }
    liveness.m_evidence.changesAt = liveness.nextDeadline();
    return liveness;
}

Liveness::Memory Liveness::memory() const
{
    return {m_state, m_reason, m_lossRule, m_evidence, m_registeredUntil, m_lastPacket, m_lastProof, m_latest};
}

Liveness Liveness::remembered(const LivenessPolicy &policy, const Memory &memory)
{
    Liveness liveness(policy);
    liveness.m_state = memory.state;
    liveness.m_reason = memory.reason;
    liveness.m_lossRule = memory.lossRule;
    liveness.m_evidence = memory.evidence;
    liveness.m_registeredUntil = memory.registeredUntil;
    liveness.m_lastPacket = memory.lastPacket;
    liveness.m_lastProof = memory.lastProof;
    liveness.m_latest = memory.latest;
    return liveness;
}

Liveness::Change Liveness::advance(const LivenessEvent &event, Timestamp now)
{
    now = std::max(now, m_latest);
    m_latest = now;
    const LivenessState before = m_state;
    const LossReason reasonBefore = m_reason;

    // Only a new registration undoes an expiry nobody has noticed yet.
    if (event.kind != Kind::Registered)
        expire(now);

    switch (event.kind) {
    case Kind::Registered:
        m_registeredUntil = event.until;
        heard(EvidenceRule::Registered, event, now);
        break;
    case Kind::Packet:
    case Kind::KeepAlive:
        heard(EvidenceRule::PacketReceived, event, now);
        break;
    case Kind::AddressChanged:
        heard(EvidenceRule::AddressChanged, event, now);
        break;
    case Kind::Proof:
        m_lastProof = now;
        heard(EvidenceRule::ProofReceived, event, now);
        break;
    case Kind::ProbeLost:
        if (m_state == LivenessState::Suspect)
            lose(m_policy.silenceMeans, EvidenceRule::ProbeLost, event, now);
        break;
    case Kind::RequestUnanswered:
        if (isUsable())
            lose(m_policy.silenceMeans, EvidenceRule::RequestUnanswered, event, now);
        break;
    case Kind::Closed:
        pathGone(LossReason::Interrupted, EvidenceRule::ConnectionClosed, event, now);
        break;
    case Kind::Reset:
        pathGone(LossReason::Interrupted, EvidenceRule::ConnectionReset, event, now);
        break;
    case Kind::IcmpUnreachable:
        pathGone(LossReason::Interrupted, EvidenceRule::IcmpUnreachable, event, now);
        break;
    case Kind::UserTimeout:
        pathGone(LossReason::Interrupted, EvidenceRule::UserTimeout, event, now);
        break;
    case Kind::Unregistered:
    case Kind::Replaced:
        m_registeredUntil = {};
        lose(LossReason::ClosedByPeer,
             event.kind == Kind::Replaced ? EvidenceRule::Replaced : EvidenceRule::Unregistered, event, now);
        break;
    case Kind::WakeStarted:
        if (!isUsable())
            enter(LivenessState::Waking, EvidenceRule::WakeStarted, event, now);
        break;
    case Kind::WakesExhausted:
        if (m_state == LivenessState::Waking)
            enter(LivenessState::Unreachable, EvidenceRule::WakesExhausted, event, now);
        break;
    case Kind::WakeCancelled:
        if (m_state == LivenessState::Waking || m_state == LivenessState::Unreachable) {
            enter(LivenessState::Lost, EvidenceRule::WakeCancelled, event, now);
            expire(now);
        }
        break;
    case Kind::Tick:
        tick(now);
        break;
    }
    m_evidence.changesAt = nextDeadline();
    return {before, m_state, m_reason, m_state != before || m_reason != reasonBefore};
}

Timestamp Liveness::nextDeadline() const
{
    switch (m_state) {
    case LivenessState::Up:
        return earliest(silenceDeadline(), m_registeredUntil);
    case LivenessState::Suspect:
        return m_registeredUntil;
    case LivenessState::Lost:
        return m_reason == LossReason::Expired ? Timestamp{} : m_registeredUntil;
    case LivenessState::Waking:
    case LivenessState::Unreachable:
        break;
    }
    return {};
}

void Liveness::heard(EvidenceRule rule, const LivenessEvent &event, Timestamp now)
{
    m_lastPacket = now;
    if (isUsable()) {
        enter(LivenessState::Up, rule, event, now);
        return;
    }
    const bool registers = rule == EvidenceRule::Registered;
    if (!registers && !(mayBeHeardAgain() && isRegistered(now)))
        return;
    const bool first = m_evidence.rule == EvidenceRule::None;
    m_reason = LossReason::None;
    m_lossRule = EvidenceRule::None;
    enter(LivenessState::Up, first ? rule : EvidenceRule::Restored, event, now);
}

void Liveness::pathGone(LossReason reason, EvidenceRule rule, const LivenessEvent &event, Timestamp now)
{
    const bool hardens = m_state == LivenessState::Lost && lostBySilence();
    if (isUsable() || hardens)
        lose(reason, rule, event, now);
}

void Liveness::lose(LossReason reason, EvidenceRule rule, const LivenessEvent &event, Timestamp now)
{
    m_reason = reason;
    m_lossRule = rule;
    enter(LivenessState::Lost, rule, event, now);
}

void Liveness::enter(LivenessState state, EvidenceRule rule, const LivenessEvent &event, Timestamp now)
{
    m_state = state;
    m_evidence = Evidence{rule, event.subject, event.value, now, {}};
}

void Liveness::expire(Timestamp now)
{
    if (isRegistered(now))
        return;
    if (isUsable()) {
        lose(LossReason::Expired, EvidenceRule::RegistrationExpired, {}, now);
    } else if (m_state == LivenessState::Lost) {
        m_reason = LossReason::Expired;
        m_lossRule = EvidenceRule::RegistrationExpired;
    }
}

void Liveness::tick(Timestamp now)
{
    const Timestamp deadline = silenceDeadline();
    if (m_state != LivenessState::Up || !deadline.isSet() || deadline > now)
        return;
    LivenessEvent silence;
    silence.value = silenceLimit(m_policy).count();
    if (m_policy.keepAliveInterval.count() <= 0)
        silence.subject = u"silence"_s;
    enter(LivenessState::Suspect, EvidenceRule::KeepAliveLate, silence, now);
}

Timestamp Liveness::silenceDeadline() const
{
    const Milliseconds limit = silenceLimit(m_policy);
    if (limit.count() == 0 || !m_lastPacket.isSet())
        return {};
    return m_lastPacket + limit;
}

bool Liveness::isRegistered(Timestamp now) const
{
    return !m_registeredUntil.isSet() || m_registeredUntil > now;
}

bool Liveness::lostBySilence() const
{
    return m_lossRule == EvidenceRule::ProbeLost || m_lossRule == EvidenceRule::RequestUnanswered;
}

/// Nothing was torn down: what comes along this path again shows that it is back.
bool Liveness::mayBeHeardAgain() const
{
    return lostBySilence() || m_lossRule == EvidenceRule::IcmpUnreachable;
}

} // namespace reveille
