// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QString>

namespace reveille {

/// What the store is told; constant after construction. Any thread.
struct StoreSettings {
    QString driver = QStringLiteral("sqlite");
    QString database; ///< path of the file; its folder must exist
    qint64 journalKeepRows =
        10'000'000; ///< older rows go, and with them pushes and wake-ups that ended before; 0 = keep all
    Milliseconds busyTimeout{5000}; ///< how long to wait for another program that holds the database
};

} // namespace reveille
