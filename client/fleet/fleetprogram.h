// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/fleet/fleetoptions.h"

namespace reveille {

/// Runs a fleet with its console until it is told to end; its exit status: 0, or 1 where it cannot begin. Main thread,
/// under an application object.
int runFleet(const FleetOptions &options);

} // namespace reveille
