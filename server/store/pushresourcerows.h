// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pushresource.h"
#include "domain/result.h"

#include <QVector>

namespace reveille {

class SqlConnection;

/// Rows of push resources. One of a device that is gone is not written. On the connection's thread.
Result<Done> writeRow(SqlConnection &connection, const PushResource &resource);
Result<Done> removeRow(SqlConnection &connection, const PushResourceId &id);
Result<Done> readPushResources(SqlConnection &connection, QVector<PushResource> &resources);

} // namespace reveille
