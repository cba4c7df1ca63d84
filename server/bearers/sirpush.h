// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/bearer.h"

namespace reveille {

/// The wake-up as a WSP connectionless push to the Session Initiation Application (WAP-230 section 8.2.4,
/// WAP-235): what goes into a UDP datagram, or after a user data header into an SMS. The identity stands
/// where the message says. Any thread.
QByteArray encodeSirPush(const WakeMessage &message);

} // namespace reveille
