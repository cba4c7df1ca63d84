// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bearerfactory.h"

namespace reveille {

class BearerSection;

/// The bearers of an SMSC, from their [bearer.NAME] sections: types smpp and ussd. Errors as makeBearer().
Result<std::unique_ptr<Bearer>> makeSmppBearer(BearerSection &section,
                                               const BearerSurroundings &surroundings);
Result<std::unique_ptr<Bearer>> makeUssdBearer(BearerSection &section,
                                               const BearerSurroundings &surroundings);

} // namespace reveille
