// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journalscan.h"

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

/// The part of WHERE that is not about ids. The condition on the rarest value comes first and may use its
/// index; the others are written so that no index of theirs is chosen instead.
class Filter {
public:
    explicit Filter(const JournalQuery &query)
    {
        equals(u"push_id"_s, query.push);
        equals(u"wake_id"_s, query.wake);
        if (!query.device.isEmpty()) {
            const Result<DeviceId> device = DeviceId::parse(query.device);
            m_impossible = !device;
            equals(u"device_key"_s, deviceKey(device.valueOr({})));
        }
        equals(u"user_id"_s, query.user);
        if (query.kind)
            equals(u"kind"_s, QString::fromLatin1(toText(*query.kind)));
        m_indexed = m_conditions > 0;
        if (query.from.isSet())
            add(u"time >= ?"_s, query.from.ms);
        if (query.until.isSet())
            add(u"time < ?"_s, query.until.ms);
        if (!query.text.isEmpty()) {
            QString pattern = searchable(query.text);
            pattern.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
            add(u"search LIKE ? ESCAPE '\\'"_s, u'%' + pattern + u'%');
            m_impossible = m_impossible || query.text.size() > longestFilter;
        }
        m_timeOnly = !m_indexed && query.text.isEmpty();
        m_long = !query.text.isEmpty() || m_conditions > 1;
    }

    bool isImpossible() const { return m_impossible; } ///< no row can hold
    bool isTimeOnly() const { return m_timeOnly; }     ///< or nothing at all
    bool isLong() const { return m_long; }             ///< may look at many rows for one that holds
    QString sql() const { return m_sql; }              ///< "" or " AND …"
    const QVariantList &values() const { return m_values; }

private:
    void equals(const QString &column, const QString &value)
    {
        if (value.isEmpty())
            return;
        if (m_conditions == 0)
            add(column == u"kind" ? u"kind = ?"_s : column + u" = ? AND "_s + column + u" <> ''"_s, value);
        else
            add(column + u" || '' = ?"_s, value);
    }
    void add(const QString &condition, const QVariant &value)
    {
        m_sql += u" AND "_s + condition;
        m_values.append(value);
        ++m_conditions;
    }

    QString m_sql;
    QVariantList m_values;
    int m_conditions = 0;
    bool m_indexed = false;
    bool m_impossible = false;
    bool m_timeOnly = false;
    bool m_long = false;
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
    qint64 window() const { return m_window; }
    bool isCancelled() const { return m_control && m_control->cancelled; }
    void stepStarts() { m_timer.start(); }
    void stepDone(qint64 ids)
    {
        const qint64 took = m_timer.elapsed();
        m_window = took < 5    ? std::min(m_window * 2, qint64(1) << 22)
                   : took > 30 ? std::max(m_window / 2, qint64(512))
                               : m_window;
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

struct Block {
    IdRange ids;
    qint64 rows = 0;
    bool whole = true; ///< every row of it is within the time asked for
};

Result<QVector<Block>> blocksOf(SqlConnection &connection, const JournalQuery &query)
{
    const qint64 from = query.from.isSet() ? query.from.ms : std::numeric_limits<qint64>::min();
    const qint64 until = query.until.isSet() ? query.until.ms : std::numeric_limits<qint64>::max();
    QVector<Block> blocks;
    const Result<Done> read =
        connection.each(u"SELECT block, row_count, first_time, last_time FROM journal_blocks "
                        "WHERE last_time >= ? AND first_time < ? ORDER BY block"_s,
                        {from, until}, [&](SqlRow &row) {
                            Block block;
                            const qint64 number = row.number();
                            block.ids = {number * journalBlockSize, (number + 1) * journalBlockSize - 1};
                            block.rows = row.number();
                            block.whole = row.number() >= from;
                            block.whole = row.number() < until && block.whole;
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

void keepAfter(QVector<IdRange> &ranges, const JournalQuery &query)
{
    if (!query.after.isSet())
        return;
    const qint64 after = qint64(query.after.number);
    for (IdRange &range : ranges) {
        if (query.ascending)
            range.first = std::max(range.first, after + 1);
        else
            range.last = std::min(range.last, after - 1);
    }
    ranges.removeIf([](const IdRange &range) { return range.size() <= 0; });
}

const Error cancelled{"store-cancelled", {}};

} // namespace

Result<QVector<JournalEntry>> scanJournal(SqlConnection &connection, const JournalQuery &query,
                                          ReadControl *control)
{
    QVector<JournalEntry> found;
    const Filter filter(query);
    const qsizetype limit = std::clamp(query.limit, 0, mostRows);
    if (filter.isImpossible() || limit == 0)
        return found;
    auto known = rangesOf(connection, query);
    if (!known)
        return known.error();
    QVector<IdRange> ranges = *std::move(known);
    keepAfter(ranges, query);
    if (!query.ascending)
        std::reverse(ranges.begin(), ranges.end());

    const QString sql = u"SELECT "_s + journalColumns() + u" FROM journal WHERE id >= ? AND id <= ?"_s +
                        filter.sql() +
                        (query.ascending ? u" ORDER BY id LIMIT ?"_s : u" ORDER BY id DESC LIMIT ?"_s);
    Walk walk(ranges, control);
    for (IdRange rest : std::as_const(ranges)) {
        while (rest.size() > 0 && found.size() < limit) {
            if (walk.isCancelled())
                return cancelled;
            IdRange step = rest;
            if (filter.isLong() && step.size() > walk.window()) {
                if (query.ascending)
                    step.last = step.first + walk.window() - 1;
                else
                    step.first = step.last - walk.window() + 1;
            }
            walk.stepStarts();
            const Result<Done> read = connection.each(
                sql,
                QVariantList{step.first, step.last} + filter.values() + QVariantList{limit - found.size()},
                [&](SqlRow &row) { found.append(journalEntryFrom(row)); });
            if (!read)
                return read.error();
            walk.stepDone(step.size());
            if (query.ascending)
                rest.first = step.last + 1;
            else
                rest.last = step.first - 1;
        }
    }
    return found;
}

Result<qint64> countJournal(SqlConnection &connection, const JournalQuery &query, ReadControl *control)
{
    const Filter filter(query);
    if (filter.isImpossible())
        return qint64(0);
    qint64 count = 0;
    QVector<IdRange> ranges;
    if (filter.isTimeOnly()) {
        const auto blocks = blocksOf(connection, query);
        if (!blocks)
            return blocks.error();
        for (const Block &block : *blocks) {
            if (block.whole)
                count += block.rows;
            else
                ranges.append(block.ids);
        }
    } else {
        auto known = rangesOf(connection, query);
        if (!known)
            return known.error();
        ranges = *std::move(known);
    }

    const QString sql = u"SELECT COUNT(*) FROM journal WHERE id >= ? AND id <= ?"_s + filter.sql();
    Walk walk(ranges, control);
    for (IdRange rest : std::as_const(ranges)) {
        while (rest.size() > 0) {
            if (walk.isCancelled())
                return cancelled;
            const IdRange step{rest.first, std::min(rest.last, rest.first + walk.window() - 1)};
            walk.stepStarts();
            const Result<qint64> rows =
                connection.number(sql, QVariantList{step.first, step.last} + filter.values());
            if (!rows)
                return rows.error();
            count += *rows;
            walk.stepDone(step.size());
            rest.first = step.last + 1;
        }
    }
    return count;
}

} // namespace reveille
