// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/liveness.h"
#include "engine/connection.h"

namespace reveille {

/// What a Broken outcome says of the path. Of an ICMP error nothing was torn down: the device may be heard on it again.
inline LivenessEvent::Kind lossOf(const SendOutcome &outcome)
{
    return outcome.code == "icmp" ? LivenessEvent::Kind::IcmpUnreachable : LivenessEvent::Kind::Reset;
}

} // namespace reveille
