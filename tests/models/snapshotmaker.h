// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"

namespace reveille::test {

using namespace Qt::StringLiterals;

inline constexpr Timestamp noon{1800000000000};

inline PublicUserId userId(const QString &text)
{
    return PublicUserId::parse(text).value();
}

inline PublicUserId userId(int number)
{
    return userId(u"sip:user%1@lab.example"_s.arg(number, 7, 10, QChar(u'0')));
}

inline DeviceId deviceId(const QString &text)
{
    return DeviceId::parse(text).value();
}

inline DeviceId deviceId(int user, int device)
{
    return deviceId(u"urn:uuid:%1-0000-4000-8000-%2"_s.arg(user, 8, 16, QChar(u'0')).arg(device, 12, 16, QChar(u'0')));
}

inline UserSnapshot user(const PublicUserId &id, const QString &name = {})
{
    UserSnapshot snapshot;
    snapshot.user.id = id;
    snapshot.user.name = name;
    return snapshot;
}

inline LivenessPolicy udpPolicy()
{
    LivenessPolicy policy;
    policy.pinholeLifetime = Milliseconds(60000);
    return policy;
}

/// Registered at noon for an hour.
inline Liveness registered(const LivenessPolicy &policy = udpPolicy(), Timestamp at = noon)
{
    Liveness liveness(policy);
    LivenessEvent event;
    event.kind = LivenessEvent::Kind::Registered;
    event.until = at + Milliseconds(3600000);
    liveness.advance(event, at);
    return liveness;
}

inline void advance(Liveness *liveness, LivenessEvent::Kind kind, Timestamp at, const QString &subject = {}, qint64 value = 0)
{
    LivenessEvent event;
    event.kind = kind;
    event.subject = subject;
    event.value = value;
    liveness->advance(event, at);
}

/// In the state wanted, by the events that lead to it.
inline Liveness inState(LivenessState state)
{
    Liveness liveness = registered();
    using Kind = LivenessEvent::Kind;
    if (state != LivenessState::Up)
        advance(&liveness, Kind::Tick, noon + Milliseconds(60000));
    if (state != LivenessState::Up && state != LivenessState::Suspect)
        advance(&liveness, Kind::ProbeLost, noon + Milliseconds(68000), u"OPTIONS"_s);
    if (state == LivenessState::Waking || state == LivenessState::Unreachable)
        advance(&liveness, Kind::WakeStarted, noon + Milliseconds(70000), u"wsp"_s, 1);
    if (state == LivenessState::Unreachable)
        advance(&liveness, Kind::WakesExhausted, noon + Milliseconds(120000), u"routes-exhausted"_s);
    return liveness;
}

inline ConnectionSnapshot connection(quint64 id, const Liveness &liveness)
{
    ConnectionSnapshot snapshot;
    snapshot.id = ConnectionId{id};
    snapshot.flow = u"sip/1"_s;
    snapshot.facts = {u"sip"_s, u"udp"_s, u"203.0.113.%1:%2"_s.arg(id % 250).arg(4000 + id % 60000),
                      u"127.0.0.1:5060"_s, u"sip:c%1@203.0.113.7:4012"_s.arg(id)};
    snapshot.liveness = liveness;
    snapshot.live = true;
    return snapshot;
}

/// A device that never registered.
inline DeviceSnapshot device(const PublicUserId &user, const DeviceId &id, const QString &name = {})
{
    DeviceSnapshot snapshot;
    snapshot.device.id = id;
    snapshot.device.user = user;
    snapshot.device.name = name;
    return snapshot;
}

inline DeviceSnapshot withState(DeviceSnapshot snapshot, LivenessState state, quint64 connectionId)
{
    snapshot.liveness = inState(state);
    snapshot.connections = {connection(connectionId, snapshot.liveness)};
    return snapshot;
}

} // namespace reveille::test
