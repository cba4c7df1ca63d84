// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"
#include "domain/wakeup.h"

#include <QString>

namespace reveille {

/// `text` as one word of a POSIX shell.
QString shellWord(const QString &text);

/// The reveillectl line that does what the composer would do. What stands at its default is left out.
QString reveillectlLine(const PushRequest &request);
/// The same for a wake-up.
QString reveillectlLine(const DeviceId &device, const WakeOrder &order);

} // namespace reveille
