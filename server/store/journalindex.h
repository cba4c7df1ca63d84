// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/journalentry.h"
#include "domain/result.h"

#include <QVector>

#include <optional>
#include <unordered_map>
#include <vector>

namespace reveille {

class SqlConnection;

/// What journal rows are looked up by. Any thread.
struct JournalKey {
    enum Column : char { Kind = 'k', User = 'u', Device = 'd', Push = 'p', Wake = 'w' };
    Column column = Kind;
    QString value; ///< as the column of the journal holds it
    friend bool operator==(const JournalKey &, const JournalKey &) = default;
};

/// The rows of a block that have a key.
struct IndexedRows {
    qint64 count = 0;
    std::optional<QVector<qint64>> ids; ///< ascending; none where the index only says how many
};

/// Of an indexed block. On the connection's thread.
Result<IndexedRows> readIndex(SqlConnection &connection, qint64 block, const JournalKey &key);

/// Writes the lines of journal_index, a block at a time once no more ids of it come: what the blocks still open hold is
/// kept here and found by a reader in the rows themselves. A row that comes late joins the lines there are. Writer thread;
/// used within a transaction as JournalLedger is, which books the blocks before finish().
class JournalIndex {
public:
    explicit JournalIndex(SqlConnection &connection)
        : m_connection(connection)
    {
    }

    /// Takes up the blocks without an index, and indexes those that are full: all of them, a transaction each, after an
    /// upgrade from a version that had none. Outside a transaction.
    Result<Done> load();
    void add(const JournalEntry &entry);
    Result<Done> finish();
    /// No row of this block or of one before it is left.
    Result<Done> remove(qint64 block);
    void committed();
    void rolledBack();

private:
    struct Place {
        qint64 id = 0;
        JournalKey key;
    };
    struct KeyHash {
        size_t operator()(const JournalKey &key) const { return qHash(key.value, size_t(key.column)); }
    };
    using Lines = std::unordered_map<JournalKey, QVector<qint64>, KeyHash>; ///< of a block

    Result<Done> take(qint64 block);
    Result<Done> writeFull(qint64 block, Lines lines);
    Result<Done> writeLine(qint64 block, const JournalKey &key, QVector<qint64> ids, bool joins);

    SqlConnection &m_connection;
    qint64 m_open = 0;          ///< the block that may get more ids
    qint64 m_newest = 0;        ///< same, once this transaction is committed
    Lines m_lines;              ///< of the open block, committed
    std::vector<Place> m_added; ///< of this transaction
};

} // namespace reveille
