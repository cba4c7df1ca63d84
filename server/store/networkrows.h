// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/learnednetwork.h"

namespace reveille {

class SqlConnection;

/// Rows of what was learned of networks. On the connection's thread, within its transaction.
Result<Done> writeRow(SqlConnection &connection, const LearnedNetwork &network);
Result<Done> removeRow(SqlConnection &connection, const NetworkKey &key);
Result<QVector<LearnedNetwork>> readNetworks(SqlConnection &connection);

} // namespace reveille
