// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/devicehistory.h"
#include "domain/learnednetwork.h"
#include "wire/json.h"

namespace reveille {

/// {"prefix","transport","longest_open_ms","shortest_closed_ms","lifetime_ms","keep_alive_ms","confidence","changed_at",
///  "samples":[…]}; null for what is not known, confidence in percent.
QJsonObject toJson(const LearnedNetwork &network);
/// {"silence_ms","open","source":"test"|"traffic"|"missed","at"}
QJsonObject toJson(const PinholeSample &sample);
/// {"device","since","marks":[…],"probes_sent","probes_answered","probes_lost","address_changes","pushes_missed","wakes"}
QJsonObject toJson(const DeviceHistory &history);
/// {"at","kind","count","subject"}; of kind "state" also "state" and "reason".
QJsonObject toJson(const HistoryMark &mark);

} // namespace reveille
