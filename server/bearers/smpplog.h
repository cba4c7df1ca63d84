// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace reveille {

/// "reveille.smpp": what becomes of links to SMSCs.
Q_DECLARE_LOGGING_CATEGORY(smppLog)

} // namespace reveille
