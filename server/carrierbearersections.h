// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bearerfactory.h"
#include "bearersection.h"

namespace reveille {

/// [bearer.NAME] sections of the bearers that hand a wake-up to somebody else's carrier. Errors as makeBearer().
Result<std::unique_ptr<Bearer>> makeHttpBearer(BearerSection &section, const BearerSurroundings &surroundings);
Result<std::unique_ptr<Bearer>> makeGammuBearer(BearerSection &section, const BearerSurroundings &surroundings);
/// Error sip-missing where there is no SIP side.
Result<std::unique_ptr<Bearer>> makeSipBearer(BearerSection &section, const BearerSurroundings &surroundings);
/// Error listen-failed where delivery reports cannot be listened for.
Result<std::unique_ptr<Bearer>> makeKannelBearer(BearerSection &section, const BearerSurroundings &surroundings);

} // namespace reveille
