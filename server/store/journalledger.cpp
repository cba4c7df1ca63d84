// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journalledger.h"

#include "store/journalrows.h"
#include "store/pushrows.h"
#include "store/sqlconnection.h"
#include "store/sqlrow.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 mostPrunedAtOnce = 2000;
}

Result<Done> JournalLedger::load()
{
    const auto last = m_connection.number(u"SELECT MAX(id) FROM journal"_s);
    if (!last)
        return last.error();
    m_last = {quint64(*last)};
    const auto rows = m_connection.number(u"SELECT SUM(row_count) FROM journal_blocks"_s);
    if (!rows)
        return rows.error();
    m_rows = *rows;
    return m_index.load();
}

Result<Done> JournalLedger::add(const JournalEntry &entry)
{
    const Result<bool> isNew = writeRow(m_connection, entry);
    if (!isNew)
        return isNew.error();
    if (!*isNew)
        return Done{};
    Block &block = m_blocks[qint64(entry.id.number) / journalBlockSize];
    const qint64 time = entry.time.ms;
    block.firstTime = block.rows ? std::min(block.firstTime, time) : time;
    block.lastTime = block.rows ? std::max(block.lastTime, time) : time;
    ++block.rows;
    ++m_change;
    ++m_added;
    m_index.add(entry);
    return Done{};
}

Result<Done> JournalLedger::finish(int pruneAtLeast)
{
    for (const auto &[number, block] : m_blocks) {
        const auto written = m_connection.write(
            u"INSERT INTO journal_blocks (block, row_count, first_time, last_time) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (block) DO UPDATE SET row_count = journal_blocks.row_count + excluded.row_count, "
            "first_time = CASE WHEN excluded.first_time < journal_blocks.first_time THEN excluded.first_time "
            "ELSE journal_blocks.first_time END, "
            "last_time = CASE WHEN excluded.last_time > journal_blocks.last_time THEN excluded.last_time "
            "ELSE journal_blocks.last_time END"_s,
            {number, block.rows, block.firstTime, block.lastTime});
        if (!written)
            return written.error();
    }
    m_blocks.clear();
    if (const Result<Done> indexed = m_index.finish(); !indexed)
        return indexed;
    const qint64 tooMany = m_keepRows > 0 ? m_rows + m_change - m_keepRows : 0;
    const qint64 limit = std::min({tooMany, std::max<qint64>(2 * m_added, pruneAtLeast), mostPrunedAtOnce});
    return limit > 0 ? prune(limit) : Result<Done>(Done{});
}

/// Takes rows of the oldest block only, so that its line in the books stays right.
Result<Done> JournalLedger::prune(qint64 limit)
{
    const auto first = m_connection.number(u"SELECT MIN(id) FROM journal"_s);
    if (!first)
        return first.error();
    if (*first == 0) {
        m_change = -m_rows;
        return Done{};
    }
    const qint64 number = *first / journalBlockSize;
    const qint64 blockEnd = (number + 1) * journalBlockSize;
    const qint64 end = std::min(*first + limit, blockEnd);
    const auto removed = m_connection.write(u"DELETE FROM journal WHERE id < ?"_s, {end});
    if (!removed)
        return removed.error();
    m_change -= *removed;
    const auto booked =
        end == blockEnd
            ? m_connection.write(u"DELETE FROM journal_blocks WHERE block <= ?"_s, {number})
            : m_connection.write(u"UPDATE journal_blocks SET row_count = row_count - ?, indexed = 2 WHERE block = ?"_s,
                                 {*removed, number});
    if (!booked)
        return booked.error();
    if (const Result<Done> unindexed = end == blockEnd ? m_index.remove(number) : Result<Done>(Done{}); !unindexed)
        return unindexed;
    const auto oldest = m_connection.number(
        u"SELECT first_time FROM journal_blocks WHERE block >= ? ORDER BY block LIMIT 1"_s, {number});
    if (!oldest)
        return oldest.error();
    const auto history = removeFinishedBefore(m_connection, {*oldest}, int(limit));
    if (!history)
        return history.error();
    return Done{};
}

void JournalLedger::committed()
{
    m_index.committed();
    m_rows += m_change;
    m_change = 0;
    m_added = 0;
}

void JournalLedger::rolledBack()
{
    m_index.rolledBack();
    m_blocks.clear();
    m_change = 0;
    m_added = 0;
}

} // namespace reveille
