// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace reveille {

Q_DECLARE_LOGGING_CATEGORY(datagramLog)

} // namespace reveille
