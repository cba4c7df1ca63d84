// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/datagramlog.h"

namespace reveille {

Q_LOGGING_CATEGORY(datagramLog, "reveille.datagram", QtInfoMsg)

} // namespace reveille
