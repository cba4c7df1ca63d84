// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/sessionrequest.h"
#include "domain/wakeup.h"
#include "wire/json.h"

namespace reveille {

/// Body of POST /v1/devices/{id}/wake, everything optional:
///   {"bearer":TEXT, "mode":"routed"|"broadcast"|"broadcast_identified", "empty":BOOL,
///   "request":["capability"…],
///    "application":TEXT, "gateway":"sip:…" (another one than this server)}. `byHand` is set. Errors: see json.h.
Result<WakeOrder> wakeOrderFromJson(const QJsonObject &object);
/// Body of POST /v1/wakes/{id}/repeat: {"bearer"?}; the bearer, empty where none is named.
Result<QString> repeatOrderFromJson(const QJsonObject &object);
/// What wakeOrderFromJson reads.
QJsonObject toJson(const WakeOrder &order);

/// {"id","device","user","state","outcome","mode","identity_inside","because","by_hand","reason","repeats","bearer","empty",
///  "request":[…],"application","furthest","steps":{"requested":TIME…} (reached ones only),"attempts":[…],
///  "checks":[…] (why no route was left),"next_attempt_at","sir"(base64)}
QJsonObject toJson(const WakeUp &wake);

/// {"number","bearer","route":{"bearer","address","port","source"},"sent_at","outcome","carrier_id","checks":[…]}
QJsonObject toJson(const WakeAttempt &attempt);

/// Every field of a SIR; octet strings in hex, addresses of 4 and 16 octets as IP address text:
/// {"version","applications":[{"any":true}|{"number","name"}|{"uri"}],"wsp_points":[{"bearer","port","address"}],
///  "contact_points":[…],"protocol_options":[…],"prov_url","cpi_tags":[…],"device","user","requests":[…],
///  "application_name","gateway","time","nonce","signed"}
QJsonObject toJson(const SessionRequest &sir);

} // namespace reveille
