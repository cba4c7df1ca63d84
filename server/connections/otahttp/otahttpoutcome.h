// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/connection.h"
#include "wire/otahttp.h"

namespace reveille {

/// The terminal did not take the push because its capabilities are others than we think; look at them and try again.
inline constexpr int otaTagMismatch = 256;

/// What the answer to a push means (WAP-235-PushOTA section 8.2.3). Codes: the push status ("400", "256"), or where the
/// answer has none, "http-404" and the like, or "status-missing". Pure, any thread.
SendOutcome otaPushOutcome(const OtaAnswer &answer);

} // namespace reveille
