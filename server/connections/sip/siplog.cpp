// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/siplog.h"

namespace reveille {

Q_LOGGING_CATEGORY(sipLog, "reveille.sip", QtInfoMsg)

} // namespace reveille
