// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/notice.h"
#include "domain/result.h"

#include <QVector>

namespace reveille {

class SqlConnection;

/// Rows of what initiators are still to be told. On the connection's thread.
Result<Done> writeRow(SqlConnection &connection, const Notice &notice);
Result<Done> removeNotice(SqlConnection &connection, const QString &id);
Result<QVector<Notice>> readNotices(SqlConnection &connection); ///< oldest first

} // namespace reveille
