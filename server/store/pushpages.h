// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pushquery.h"
#include "domain/result.h"

namespace reveille {

class SqlConnection;
struct ReadControl;

/// A page of the history of pushes. Goes through all of them, or through those under way or failed, in the order of an index
/// and at most `mostLooked`: what goes beyond is left to the page that follows. On the connection's thread. Errors: those of
/// the connection, store-cancelled.
Result<PushPage> readPushPage(SqlConnection &connection, const PushQuery &query, const ReadControl &control,
                              int mostLooked = 50000);
/// What goes through them, with the values of the query and then the id before which they are. For a look at its plan.
QString pushPageStatement(const PushQuery &query);

} // namespace reveille
