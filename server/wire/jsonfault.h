// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/faultrule.h"
#include "wire/json.h"

namespace reveille {

/// What staff asks for: a rule, and how long it is to be in force.
struct FaultOrder {
    FaultRule rule;
    Milliseconds life{3600 * 1000};
};

/// Body of POST /v1/faults:
///   {"kind":"drop"|"delay"|"duplicate"|"reject", "what"?:"both"|"wakes"|"deliveries", "bearer"?, "connection"?, "device"?,
///    "delay_ms"?, "code"?, "again"?:BOOL, "chance"?:1..100, "most"?, "for_s"?, "note"?, "who"?}
/// Where "what" is left out, a bearer means wakes and a connection means deliveries. Errors: see json.h; the rule itself is
/// checked by checkFault().
Result<FaultOrder> faultOrderFromJson(const QJsonObject &object);
/// What faultOrderFromJson reads, without what is as if left out.
QJsonObject toJson(const FaultOrder &order);
/// {"id","kind","what","bearer","connection","device","delay_ms","code","again","chance","most","since","until","note","who",
///  "struck","last_struck"}
QJsonObject toJson(const FaultRule &rule);

} // namespace reveille
