// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/journalentry.h"
#include "domain/result.h"

#include <QVariant>

namespace reveille {

class SqlConnection;
class SqlRow;

/// Journal ids per row of journal_blocks.
constexpr qint64 journalBlockSize = 4096;

// Of journal_blocks.indexed: the index of a block may be believed when it is whole, and no row has been removed since.
constexpr qint64 openBlock = 0, indexedBlock = 1, goingBlock = 2;

/// Writes a row; one that is already there stays as it is. False where it was. On the connection's thread.
Result<bool> writeRow(SqlConnection &connection, const JournalEntry &entry);

/// Columns for journalEntryFrom, comma separated.
QString journalColumns();
JournalEntry journalEntryFrom(SqlRow &row);

/// Text as the search column holds it and as a filter is compared with it.
QString searchable(const QString &text);

} // namespace reveille
