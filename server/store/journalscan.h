// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/journalentry.h"
#include "store/journalreader.h"

namespace reveille {

class SqlConnection;

/// The queries behind JournalReader and SqlStore::readJournal, on an open connection and its thread.
Result<QVector<JournalEntry>> scanJournal(SqlConnection &connection, const JournalQuery &query,
                                          ReadControl *control);
Result<qint64> countJournal(SqlConnection &connection, const JournalQuery &query, ReadControl *control);

} // namespace reveille
