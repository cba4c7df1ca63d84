// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"

namespace reveille {

/// What a person wrote for whom a push is, told apart: "+49…" is a number; a URI with gr= or no user's URI is a device; the
/// rest a user. Errors: target-missing, and those of PublicUserId, DeviceId and Msisdn. Any thread.
Result<PushTarget> pushTargetFromText(const QString &text);
/// The same backwards. A session has no such text: empty.
QString toText(const PushTarget &target);

} // namespace reveille
