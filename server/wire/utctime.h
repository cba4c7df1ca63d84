// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QByteArray>

namespace reveille {

/// A moment to the second as "2026-11-20T19:30:00Z" (RFC 3339); empty where it is not set or has no year of four digits. Both of
/// these are written for every push, which QDateTime takes long for. Any thread.
QByteArray utcTime(Timestamp time);
/// The same as "Fri, 20 Nov 2026 19:30:00 GMT" (RFC 9110 section 5.6.7).
QByteArray httpDate(Timestamp time);

} // namespace reveille
