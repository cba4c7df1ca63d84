// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pushquery.h"
#include "domain/wakeup.h"

#include <optional>

namespace reveille {

class SqlConnection;

/// Rows of pushes, with their deliveries, and of wake-ups. On the connection's thread.
Result<Done> writeRow(SqlConnection &connection, const Push &push);
Result<Done> writeRow(SqlConnection &connection, const WakeUp &wake);
Result<std::optional<Push>> readPushRow(SqlConnection &connection, const PushId &id);
Result<std::optional<ListedPush>> readListedPush(SqlConnection &connection, const PushId &id); ///< its body is not read
Result<std::optional<WakeUp>> readWakeRow(SqlConnection &connection, const WakeId &id);
Result<QVector<Push>> readPushesByReference(SqlConnection &connection, const InitiatorId &initiator,
                                            const QString &reference); ///< in order of id
Result<QVector<Push>> readUnfinishedPushes(SqlConnection &connection);  ///< oldest first
Result<QVector<WakeUp>> readUnfinishedWakes(SqlConnection &connection); ///< oldest first
/// The highest id of all, empty where there is none.
Result<PushId> readHighestPush(SqlConnection &connection);
Result<WakeId> readHighestWake(SqlConnection &connection);
/// Removes up to `limit` pushes and as many wake-ups that ended before `time`. Returns how many.
Result<qint64> removeFinishedBefore(SqlConnection &connection, Timestamp time, int limit);

} // namespace reveille
