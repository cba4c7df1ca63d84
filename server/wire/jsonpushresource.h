// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pushresource.h"
#include "wire/json.h"

namespace reveille {

/// Body of POST /v1/devices/{device}/webpush: {"application", "session"?, "name"?, "vapid_key"?, "expires_at"?}. The key is
/// base64url of an uncompressed point of P-256, as browsers and libraries write an applicationServerKey. Pure, any thread.
Result<PushResource> pushResourceFromJson(const QJsonObject &object);

/// {"id", "device", "application", "session", "name", "vapid_key", "created_at", "expires_at"}; never the token.
QJsonObject toJson(const PushResource &resource);

} // namespace reveille
