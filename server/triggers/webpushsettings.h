// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace reveille {

/// What is taken over Web Push ([triggers] of the configuration). Any thread.
struct WebPushSettings {
    qint64 maxContent = 4096;           ///< octets; RFC 8030 section 7.2 wants no less
    int maxLifetime = 28 * 24 * 3600;   ///< seconds; a longer TTL is cut to this and the answer says so
};

} // namespace reveille
