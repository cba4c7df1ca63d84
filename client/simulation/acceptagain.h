// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/simulation/simulationtimers.h"

#include <QString>

#include <functional>

class QTcpServer;

namespace reveille {

/// A server that could not take a connection, most often because the process has no descriptors left, tries
/// again after a second; QTcpServer alone would never accept again. `tell` is called with the reason each
/// time. `timers` outlives the server. Thread of the simulation.
void acceptAgainAfterFailures(QTcpServer &server, SimulationTimers &timers,
                              std::function<void(const QString &reason)> tell);

} // namespace reveille
