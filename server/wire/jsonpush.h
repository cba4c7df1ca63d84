// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/explanation.h"
#include "domain/pushquery.h"
#include "wire/json.h"

namespace reveille {

/// Body of POST /v1/pushes. Errors: see json.h; exactly one field of `to` must be there; `body` and
/// `body_base64` exclude each other. Defaults are those of PushRequest; `ttl_s` 0..604800 (a week). The
/// initiator is never read from it.
///
///   {"to":{"user"|"device"|"msisdn"|"session": TEXT}, "devices":[ID…]?, "application"?, "content_type"?,
///    "body"|"body_base64"?, "ttl_s"?, "priority":"low"|"normal"|"high"?, "confirm"?, "sir_mode"?, "when"?}
Result<PushRequest> pushRequestFromJson(const QJsonObject &object);

/// Body of POST /v1/pushes/batch: {"pushes":[…]}, 1 to 1000 of the above, each read for itself. Errors of the whole:
/// json-field-missing, json-field-type, json-field-value (empty), json-too-many, json-field-unknown.
Result<QVector<Result<PushRequest>>> pushBatchFromJson(const QJsonObject &object);

/// Body of POST /v1/sessions/{session}/pushes: the same without `to`, which is the session of the path.
Result<PushRequest> sessionPushFromJson(const QString &session, const QJsonObject &object);

/// What pushRequestFromJson reads. The body goes out as `body` where it is UTF-8 text without a
/// byte order mark, else as `body_base64`.
QJsonObject toJson(const PushRequest &request);

/// {"id","state","user","application","content_type","content_encoding","size","priority","when","ttl_s","sir_mode","confirm","awaits_confirmation","initiator",
///  "reference" (the initiator's own name of it),"accepted_at","not_before","expires_at","finished_at","deliveries":[…]}. Never the body.
QJsonObject toJson(const Push &push);

QJsonObject toJson(const ListedPush &item); ///< the same

/// {"device","state","reason","wake","attempts","changed_at"}
QJsonObject toJson(const Delivery &delivery);

/// {"devices":[{"device","chosen","path","checks":[{"question","outcome","value","setting"}]}]}
QJsonObject toJson(const Explanation &explanation);
QJsonObject toJson(const DeviceExplanation &explanation);
QJsonArray toJson(const QVector<Check> &checks);

} // namespace reveille
