// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/learnednetwork.h"
#include "engine/snapshots.h"

namespace reveille {

/// What one sentence says of a device (users.md, idea 1): reachable or not, over what, proven when, what happens
/// next, and which wake-up route stands ready. Facts only; Sentences::verdict makes the sentence.
struct Verdict {
    enum class Answer : quint8 {
        Reachable,       ///< up
        Doubtful,        ///< suspect: the path is tried, no answer yet
        NotReachable,    ///< lost
        Waking,          ///< a wake-up is under way
        Unreachable,     ///< wake-ups tried and failed
        NeverRegistered, ///< known, but no connection was ever seen
    };
    enum class Next : quint8 {
        Nothing,
        PathCloses,          ///< after more silence the pinhole is expected to close at `nextAt`
        PathProbed,          ///< after more silence it is probed at `nextAt`
        RegistrationEnds,    ///< the registration runs out at `nextAt`
    };

    Answer answer = Answer::NeverRegistered;
    LivenessState state = LivenessState::Lost;
    LossReason reason = LossReason::None;
    Evidence evidence;
    QString kind;        ///< "sip" of the path meant
    QString transport;   ///< "udp"
    QString peer;        ///< "203.0.113.7:4012"
    Timestamp provenAt;  ///< last proof, or not set: never proven
    Timestamp heardAt;   ///< last packet
    Timestamp lostAt;    ///< when it was judged lost
    Next next = Next::Nothing;
    Timestamp nextAt;
    bool hasWakeRoute = false;
    WakeRoute wakeRoute; ///< the first that stands ready
    int pending = 0;
    QString learnedIn;   ///< the network whose learned pinhole lifetime is meant by PathCloses; empty = a configured one
    int learnedFrom = 0; ///< samples
    friend bool operator==(const Verdict &, const Verdict &) = default;
};

/// Pure. `now` decides what lies ahead: a moment that has passed is not announced. `network` is what was learned of the
/// network of the path meant, nullptr if nothing.
Verdict verdictOf(const DeviceSnapshot &device, Timestamp now, const LearnedNetwork *network = nullptr);

} // namespace reveille
