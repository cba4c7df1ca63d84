// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"

namespace reveille {

/// Keeps the digest secrets of a password (RFC 7616 section 3.4.2), never the password; an empty one removes them.
void setPassword(User &user, const QString &realm, const QString &password);

} // namespace reveille
