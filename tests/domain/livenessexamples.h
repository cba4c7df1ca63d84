// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/liveness.h"

/// Connections in each state, brought there by the events that lead there.
namespace reveille::examples {

using Kind = LivenessEvent::Kind;

inline constexpr Timestamp start{1'000'000};

inline LivenessEvent happened(Kind kind, const char *subject = "", qint64 value = 0)
{
    return {kind, QString::fromLatin1(subject), value, {}};
}

inline LivenessEvent registered(Timestamp until)
{
    return {Kind::Registered, QStringLiteral("REGISTER"), 0, until};
}

inline LivenessPolicy keepAlive(int intervalMs, int graceMs, LossReason silence = LossReason::PinholeClosed)
{
    LivenessPolicy policy;
    policy.keepAliveInterval = Milliseconds(intervalMs);
    policy.keepAliveGrace = Milliseconds(graceMs);
    policy.silenceMeans = silence;
    return policy;
}

inline LivenessPolicy pinhole(int lifetimeMs)
{
    LivenessPolicy policy;
    policy.pinholeLifetime = Milliseconds(lifetimeMs);
    return policy;
}

/// A connection registered at `start` for an hour.
inline Liveness up(const LivenessPolicy &policy = keepAlive(30000, 5000))
{
    Liveness liveness(policy);
    liveness.advance(registered(start + Milliseconds(3600000)), start);
    return liveness;
}

inline Liveness suspect(const LivenessPolicy &policy = keepAlive(30000, 5000))
{
    Liveness liveness = up(policy);
    liveness.advance(happened(Kind::Tick), liveness.nextDeadline());
    return liveness;
}

inline Liveness lost(Kind kind = Kind::ProbeLost, const LivenessPolicy &policy = keepAlive(30000, 5000))
{
    Liveness liveness = suspect(policy);
    liveness.advance(happened(kind), start + Milliseconds(40000));
    return liveness;
}

inline Liveness waking(Kind lostBy = Kind::ProbeLost)
{
    Liveness liveness = lost(lostBy);
    liveness.advance(happened(Kind::WakeStarted, "wsp", 1), start + Milliseconds(41000));
    return liveness;
}

inline Liveness unreachable(Kind lostBy = Kind::ProbeLost)
{
    Liveness liveness = waking(lostBy);
    liveness.advance(happened(Kind::WakesExhausted), start + Milliseconds(42000));
    return liveness;
}

inline Liveness in(LivenessState state)
{
    switch (state) {
    case LivenessState::Up:
        return up();
    case LivenessState::Suspect:
        return suspect();
    case LivenessState::Lost:
        return lost();
    case LivenessState::Waking:
        return waking();
    case LivenessState::Unreachable:
        return unreachable();
    }
    return Liveness();
}

} // namespace reveille::examples
