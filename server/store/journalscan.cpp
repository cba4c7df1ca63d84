// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journalscan.h"

#include "store/journalindex.h"
#include "store/journalrows.h"
#include "store/sqlconnection.h"
#include "store/sqlrow.h"
#include "store/subscriberrows.h"

#include <QElapsedTimer>

#include <algorithm>
#include <limits>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestFilter = 1000;
constexpr int mostRows = 1000;

struct IdRange {
    qint64 first = 0;
    qint64 last = 0; ///< inclusive
    qint64 size() const { return last - first + 1; }
};

/// The part of WHERE that is not about ids, and the rarest value asked for, which the index leads to.
class Filter {
public:
    explicit Filter(const JournalQuery &query)
    {
        equals(JournalKey::Push, u"push_id"_s, query.push);
        equals(JournalKey::Wake, u"wake_id"_s, query.wake);
        if (!query.device.isEmpty()) {
            const Result<DeviceId> device = DeviceId::parse(query.device);
            m_impossible = !device;
            equals(JournalKey::Device, u"device_key"_s, deviceKey(device.valueOr({})));
        }
        equals(JournalKey::User, u"user_id"_s, query.user);
        if (query.kind)
            equals(JournalKey::Kind, u"kind"_s, QString::fromLatin1(toText(*query.kind)));
        const qsizetype values = m_values.size();
        if (query.from.isSet())
            add(u"time >= ?"_s, query.from.ms);
        if (query.until.isSet())
            add(u"time < ?"_s, query.until.ms);
        const qsizetype times = m_values.size() - values;
        if (!query.text.isEmpty()) {
            addText(query.text);
            m_impossible = m_impossible || query.text.size() > longestFilter;
        }
        m_timeOnly = m_values.size() == times;
        m_keyOnly = m_key && m_values.size() == times + 1;
        m_long = m_key || !query.text.isEmpty();
    }

    bool isImpossible() const { return m_impossible; } ///< no row can hold
    bool isTimeOnly() const { return m_timeOnly; }     ///< or nothing at all
    bool isKeyOnly() const { return m_keyOnly; }       ///< and time
    bool isLong() const { return m_long; }             ///< may look at many rows for one that holds
    const std::optional<JournalKey> &key() const { return m_key; }
    QString sql() const { return m_sql; } ///< "" or " AND …"
    const QVariantList &values() const { return m_values; }

private:
    void equals(JournalKey::Column key, const QString &column, const QString &value)
    {
        if (value.isEmpty())
            return;
        if (!m_key)
            m_key = JournalKey{key, value};
        add(column + u" = ?"_s, value);
    }
    /// Ids stand in columns of their own: only what else a row says, and what has no lower case in SQL, is in `search`.
    void addText(const QString &text)
    {
        QString pattern = searchable(text);
        pattern.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
        pattern = u'%' + pattern + u'%';
        QStringList places;
        for (const auto &column : {u"search"_s, u"LOWER(user_id)"_s, u"LOWER(device_id)"_s, u"LOWER(push_id)"_s, u"LOWER(wake_id)"_s}) {
            places.append(column + u" LIKE ? ESCAPE '\\'"_s);
            m_values.append(pattern);
        }
        m_sql += u" AND ("_s + places.join(u" OR "_s) + u')';
    }
    void add(const QString &condition, const QVariant &value)
    {
        m_sql += u" AND "_s + condition;
        m_values.append(value);
    }

    QString m_sql;
    QVariantList m_values;
    std::optional<JournalKey> m_key;
    bool m_impossible = false;
    bool m_timeOnly = false;
    bool m_keyOnly = false;
    bool m_long = false;
};

struct Block {
    IdRange ids;
    qint64 rows = 0;
    bool whole = true; ///< every row of it is within the time asked for
    bool indexed = false;
    qint64 number() const { return ids.first / journalBlockSize; }
};

/// A walk over id ranges in steps short enough to be stopped between, with the progress told.
class Walk {
public:
    Walk(const QVector<IdRange> &ranges, ReadControl *control)
        : m_control(control)
    {
        for (const IdRange &range : ranges)
            m_total += range.size();
    }
    Walk(const QVector<Block> &blocks, ReadControl *control)
        : m_control(control)
    {
        for (const Block &block : blocks)
            m_total += block.ids.size();
    }
    qint64 window() const { return m_window; }
    bool isCancelled() const { return m_control && m_control->cancelled; }
    void stepStarts() { m_timer.start(); }
    void stepDone(qint64 ids)
    {
        const qint64 took = m_timer.elapsed();
        m_window = took < 5    ? std::min(m_window * 2, qint64(1) << 22)
                   : took > 30 ? std::max(m_window / 2, qint64(512))
                               : m_window;
        passed(ids);
    }
    void passed(qint64 ids)
    {
        m_seen += ids;
        if (m_control && m_total > 0)
            m_control->permille = int(std::min<qint64>(1000, m_seen * 1000 / m_total));
    }

private:
    ReadControl *m_control;
    QElapsedTimer m_timer;
    qint64 m_window = journalBlockSize;
    qint64 m_seen = 0;
    qint64 m_total = 0;
};

Result<QVector<Block>> blocksOf(SqlConnection &connection, const JournalQuery &query)
{
    const qint64 from = query.from.isSet() ? query.from.ms : std::numeric_limits<qint64>::min();
    const qint64 until = query.until.isSet() ? query.until.ms : std::numeric_limits<qint64>::max();
    QVector<Block> blocks;
    const Result<Done> read =
        connection.each(u"SELECT block, row_count, first_time, last_time, indexed FROM journal_blocks "
                        "WHERE last_time >= ? AND first_time < ? ORDER BY block"_s,
                        {from, until}, [&](SqlRow &row) {
                            Block block;
                            const qint64 number = row.number();
                            block.ids = {number * journalBlockSize, (number + 1) * journalBlockSize - 1};
                            block.rows = row.number();
                            block.whole = row.number() >= from;
                            block.whole = row.number() < until && block.whole;
                            block.indexed = row.number() == indexedBlock;
                            blocks.append(block);
                        });
    if (!read)
        return read.error();
    return blocks;
}

/// The ids a query may find, ascending.
Result<QVector<IdRange>> rangesOf(SqlConnection &connection, const JournalQuery &query)
{
    if (!query.from.isSet() && !query.until.isSet()) {
        const auto first = connection.number(u"SELECT MIN(id) FROM journal"_s, {}, 1);
        const auto last = connection.number(u"SELECT MAX(id) FROM journal"_s);
        if (!first || !last)
            return first ? last.error() : first.error();
        return QVector<IdRange>{{*first, *last}};
    }
    const auto blocks = blocksOf(connection, query);
    if (!blocks)
        return blocks.error();
    QVector<IdRange> ranges;
    for (const Block &block : *blocks) {
        if (!ranges.isEmpty() && ranges.last().last + 1 == block.ids.first)
            ranges.last().last = block.ids.last;
        else
            ranges.append(block.ids);
    }
    return ranges;
}

/// What is left of a range behind the last row that was read.
IdRange keepAfter(IdRange range, const JournalQuery &query)
{
    const qint64 after = qint64(query.after.number);
    if (query.after.isSet() && query.ascending)
        range.first = std::max(range.first, after + 1);
    else if (query.after.isSet())
        range.last = std::min(range.last, after - 1);
    return range;
}

void keepAfter(QVector<IdRange> &ranges, const JournalQuery &query)
{
    for (IdRange &range : ranges)
        range = keepAfter(range, query);
    ranges.removeIf([](const IdRange &range) { return range.size() <= 0; });
}

const Error cancelled{"store-cancelled", {}};

/// Reads what a query finds, from one end of the journal.
class Scan {
public:
    Scan(SqlConnection &connection, const JournalQuery &query, ReadControl *control)
        : m_connection(connection)
        , m_query(query)
        , m_filter(query)
        , m_control(control)
        , m_limit(std::clamp(query.limit, 0, mostRows))
        , m_select(u"SELECT "_s + journalColumns() + u" FROM journal WHERE "_s)
        , m_order(query.ascending ? u" ORDER BY id LIMIT ?"_s : u" ORDER BY id DESC LIMIT ?"_s)
    {
    }

    Result<QVector<JournalEntry>> run()
    {
        if (m_filter.isImpossible() || m_limit == 0)
            return std::move(m_found);
        if (const auto done = m_filter.key() ? throughIndex() : throughRows(); !done)
            return done.error();
        return std::move(m_found);
    }

private:
    bool isEnough() const { return m_found.size() >= m_limit; }

    Result<Done> throughRows()
    {
        auto ranges = rangesOf(m_connection, m_query);
        if (!ranges)
            return ranges.error();
        keepAfter(*ranges, m_query);
        if (!m_query.ascending)
            std::reverse(ranges->begin(), ranges->end());
        Walk walk(*ranges, m_control);
        for (const IdRange &range : std::as_const(*ranges)) {
            if (const Result<Done> done = rowsOf(range, walk); !done || isEnough())
                return done;
        }
        return Done{};
    }

    Result<Done> throughIndex()
    {
        auto blocks = blocksOf(m_connection, m_query);
        if (!blocks)
            return blocks.error();
        if (!m_query.ascending)
            std::reverse(blocks->begin(), blocks->end());
        for (Block &block : *blocks)
            block.ids = keepAfter(block.ids, m_query);
        blocks->removeIf([](const Block &block) { return block.ids.size() <= 0; });
        Walk walk(*blocks, m_control);
        for (const Block &block : std::as_const(*blocks)) {
            if (const Result<Done> done = block.indexed ? listed(block, walk) : rowsOf(block.ids, walk); !done || isEnough())
                return done;
        }
        return Done{};
    }

    /// The rows that the index of a block lists.
    Result<Done> listed(const Block &block, Walk &walk)
    {
        if (walk.isCancelled())
            return cancelled;
        const Result<IndexedRows> rows = readIndex(m_connection, block.number(), *m_filter.key());
        if (!rows)
            return rows.error();
        if (rows->count > 0 && !rows->ids)
            return rowsOf(block.ids, walk);
        QVector<qint64> ids = rows->ids.value_or(QVector<qint64>());
        if (!m_query.ascending)
            std::reverse(ids.begin(), ids.end());
        for (const qint64 id : std::as_const(ids)) {
            if (isEnough())
                break;
            if (id < block.ids.first || id > block.ids.last)
                continue;
            if (const Result<Done> read = add(u"id = ?"_s + m_filter.sql(), QVariantList{id} + m_filter.values()); !read)
                return read;
        }
        walk.passed(block.ids.size());
        return Done{};
    }

    /// Those of a range, looked at one by one, in steps.
    Result<Done> rowsOf(IdRange rest, Walk &walk)
    {
        while (rest.size() > 0 && !isEnough()) {
            if (walk.isCancelled())
                return cancelled;
            IdRange step = rest;
            if (m_filter.isLong() && step.size() > walk.window()) {
                if (m_query.ascending)
                    step.last = step.first + walk.window() - 1;
                else
                    step.first = step.last - walk.window() + 1;
            }
            walk.stepStarts();
            const Result<Done> read =
                add(u"id >= ? AND id <= ?"_s + m_filter.sql() + m_order,
                    QVariantList{step.first, step.last} + m_filter.values() + QVariantList{m_limit - m_found.size()});
            if (!read)
                return read;
            walk.stepDone(step.size());
            if (m_query.ascending)
                rest.first = step.last + 1;
            else
                rest.last = step.first - 1;
        }
        return Done{};
    }

    Result<Done> add(const QString &condition, const QVariantList &values)
    {
        return m_connection.each(m_select + condition, values, [&](SqlRow &row) { m_found.append(journalEntryFrom(row)); });
    }

    SqlConnection &m_connection;
    const JournalQuery &m_query;
    const Filter m_filter;
    ReadControl *m_control;
    const qsizetype m_limit;
    const QString m_select;
    const QString m_order;
    QVector<JournalEntry> m_found;
};

/// Counts the rows of some ranges that hold, in steps.
Result<qint64> countRows(SqlConnection &connection, const Filter &filter, const QVector<IdRange> &ranges, Walk &walk)
{
    const QString sql = u"SELECT COUNT(*) FROM journal WHERE id >= ? AND id <= ?"_s + filter.sql();
    qint64 count = 0;
    for (IdRange rest : ranges) {
        while (rest.size() > 0) {
            if (walk.isCancelled())
                return cancelled;
            const IdRange step{rest.first, std::min(rest.last, rest.first + walk.window() - 1)};
            walk.stepStarts();
            const Result<qint64> rows =
                connection.number(sql, QVariantList{step.first, step.last} + filter.values());
            if (!rows)
                return rows;
            count += *rows;
            walk.stepDone(step.size());
            rest.first = step.last + 1;
        }
    }
    return count;
}

/// How many rows of an indexed block hold; none where they have to be looked at.
Result<std::optional<qint64>> countListed(SqlConnection &connection, const Filter &filter, const Block &block)
{
    const Result<IndexedRows> rows = readIndex(connection, block.number(), *filter.key());
    if (!rows)
        return rows.error();
    if (rows->count == 0 || (filter.isKeyOnly() && block.whole))
        return std::optional(rows->count);
    return std::optional<qint64>();
}

} // namespace

Result<QVector<JournalEntry>> scanJournal(SqlConnection &connection, const JournalQuery &query,
                                          ReadControl *control)
{
    return Scan(connection, query, control).run();
}

Result<qint64> countJournal(SqlConnection &connection, const JournalQuery &query, ReadControl *control)
{
    const Filter filter(query);
    if (filter.isImpossible())
        return qint64(0);
    if (!filter.isTimeOnly() && !filter.key()) {
        const auto ranges = rangesOf(connection, query);
        if (!ranges)
            return ranges.error();
        Walk walk(*ranges, control);
        return countRows(connection, filter, *ranges, walk);
    }
    const auto blocks = blocksOf(connection, query);
    if (!blocks)
        return blocks.error();
    qint64 count = 0;
    Walk walk(*blocks, control);
    for (const Block &block : *blocks) {
        std::optional<qint64> known;
        if (walk.isCancelled())
            return cancelled;
        if (filter.isTimeOnly() && block.whole) {
            known = block.rows;
        } else if (filter.key() && block.indexed) {
            const auto listed = countListed(connection, filter, block);
            if (!listed)
                return listed.error();
            known = *listed;
        }
        if (known) {
            walk.passed(block.ids.size());
        } else {
            const Result<qint64> rows = countRows(connection, filter, {block.ids}, walk);
            if (!rows)
                return rows;
            known = *rows;
        }
        count += *known;
    }
    return count;
}

} // namespace reveille
