// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttplog.h"

namespace reveille {

Q_LOGGING_CATEGORY(otaHttpLog, "reveille.otahttp", QtInfoMsg)

} // namespace reveille
