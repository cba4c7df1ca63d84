// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/liveness.h"
#include "engine/connection.h"

namespace reveille {

/// Something that happened on a path, for those who keep account of it. Valid while it is told.
struct PathNote {
    ConnectionId connection;
    const DeviceId &device;
    const LivenessEvent &event;
    Liveness::Change change;
    bool isNew = false; ///< the first there ever was of this device
};

/// A path was quiet for as long as it may be without anybody having promised a packet: it is asked, which changes nothing
/// as long as it answers.
inline bool isRoutineDoubt(const Liveness &liveness)
{
    return liveness.state() == LivenessState::Suspect && liveness.evidence().rule == EvidenceRule::KeepAliveLate
        && !liveness.evidence().subject.isEmpty();
}

/// Something sent over a path and, once that is known, what came of it.
struct PathExchange {
    enum class What : quint8 { Push, Probe };
    What what = What::Push;
    DeviceId device;
    ConnectionId connection;
    ConnectionFacts facts;
    Milliseconds silence{0}; ///< how long nothing had been heard when it was sent
    bool overdue = false;    ///< a keep-alive the client had promised was late by then: it may be off, not cut off
    SendOutcome::Kind outcome = SendOutcome::Kind::Broken;
    QByteArray code;         ///< SendOutcome::code
    QString request;         ///< SendOutcome::request

    /// The device answered: the way to it and back was open.
    bool answered() const
    {
        const bool status = !code.isEmpty() && code[0] >= '0' && code[0] <= '9';
        return outcome == SendOutcome::Kind::Delivered
            || (status && (outcome == SendOutcome::Kind::Refused || outcome == SendOutcome::Kind::Busy));
    }
    bool unanswered() const { return outcome == SendOutcome::Kind::Unanswered && code != "too-many"; }
};

} // namespace reveille
