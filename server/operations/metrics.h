// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"

#include <QByteArray>

namespace reveille {

/// Numbers of the server in the Prometheus text format 0.0.4. Pure.
QByteArray metricsText(const ServerCounters &counters, const QVector<BearerSnapshot> &bearers);

} // namespace reveille
