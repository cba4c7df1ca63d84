// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/journalentry.h"
#include "domain/result.h"
#include "store/journalindex.h"

#include <map>

namespace reveille {

class SqlConnection;

/// The books of the journal table: how many rows there are and what times each block of ids spans. It writes
/// rows, keeps the books in the same transaction, and takes old rows away in small steps. Writer thread.
class JournalLedger {
public:
    JournalLedger(SqlConnection &connection, qint64 keepRows)
        : m_connection(connection)
        , m_keepRows(keepRows)
        , m_index(connection)
    {
    }

    Result<Done> load();
    JournalId last() const { return m_last; } ///< at load()
    qint64 rows() const { return m_rows; }
    bool hasTooMany() const { return m_keepRows > 0 && m_rows > m_keepRows; }

    // Within a transaction: any number of add(), then finish(); afterwards the caller says how the
    // transaction ended.
    Result<Done> add(const JournalEntry &entry);
    /// Writes the books, and prunes up to twice what was added, at least `pruneAtLeast` rows, while there are
    /// too many.
    Result<Done> finish(int pruneAtLeast);
    void committed();
    void rolledBack();

private:
    struct Block {
        qint64 rows = 0;
        qint64 firstTime = 0;
        qint64 lastTime = 0;
    };

    Result<Done> prune(qint64 limit);

    SqlConnection &m_connection;
    qint64 m_keepRows;
    qint64 m_rows = 0;   ///< committed
    qint64 m_change = 0; ///< of this transaction
    qint64 m_added = 0;
    JournalId m_last;
    std::map<qint64, Block> m_blocks; ///< touched by this transaction
    JournalIndex m_index;
};

} // namespace reveille
