// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/timestamp.h"

#include <QByteArray>

namespace reveille {

/// That an initiator is owed word of how a push ended. It is as durable as the push itself and ends when the initiator has
/// taken it. Any thread.
struct Notice {
    QString id;          ///< that of the push, or one of its own
    PushId push;         ///< empty where the document is there from the beginning
    QString url;
    QByteArray document; ///< empty: to be made from the push once that has ended
    int attempts = 0;
    Timestamp madeAt;
    Timestamp dueAt;     ///< of the next attempt; not set = as soon as there is something to tell
    friend bool operator==(const Notice &, const Notice &) = default;
};

} // namespace reveille
