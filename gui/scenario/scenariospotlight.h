// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenario.h"

#include <optional>

namespace reveille {

/// A device as the window selects it.
struct ScenarioSpotlight {
    PublicUserId user;
    DeviceId device;
};

/// The device a step is about: the first that it expects something of or does something with, else that of the steps before,
/// else the first of the scenario. Nothing where there is none. Pure, any thread.
std::optional<ScenarioSpotlight> spotlightOf(const Scenario &scenario, int step);

} // namespace reveille
