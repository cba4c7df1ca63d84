// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace reveille {

/// OTA-HTTP, "reveille.otahttp".
Q_DECLARE_LOGGING_CATEGORY(otaHttpLog)

} // namespace reveille
