// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config.h"
#include "engine/bearer.h"
#include "engine/clock.h"

#include <memory>

namespace reveille {

class SipService;

/// What bearers are made from, beside their own settings.
struct BearerSurroundings {
    Clock &clock;
    Timers &timers;
    SipService *sip = nullptr;    ///< for bearers that send over flows of other devices
};

/// Makes the bearer of one [bearer.NAME] section. Errors: bearer-type (not one of ours), bearer-key (a key that the type
/// does not know), bearer-value; about = "bearer.NAME/key=value".
Result<std::unique_ptr<Bearer>> makeBearer(const BearerConfig &config, const BearerSurroundings &surroundings);

/// The types there are, for messages and help.
QStringList bearerTypes();

} // namespace reveille
