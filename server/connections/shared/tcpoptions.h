// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QtGlobal>

namespace reveille {

/// Has the kernel find out about a peer that vanished without a word (tcp(7)): keep-alives after `idle` of silence, and
/// the connection given up when anything stayed unacknowledged for `userTimeout` (TCP_USER_TIMEOUT). Nothing where the
/// system has no such options. Any thread.
void detectHalfOpen(qintptr socket, Milliseconds idle, Milliseconds userTimeout);

} // namespace reveille
