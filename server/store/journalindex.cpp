// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journalindex.h"

#include "store/journalrows.h"
#include "store/sqlconnection.h"
#include "store/sqlrow.h"
#include "store/storelog.h"
#include "store/subscriberrows.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

/// With more rows of a key than this, its block is gone through instead.
constexpr qsizetype mostListed = 256;

qint64 blockOf(qint64 id)
{
    return id / journalBlockSize;
}

QString text(const JournalKey &key)
{
    return QLatin1Char(key.column) + key.value;
}

QString toText(const QVector<qint64> &ids)
{
    if (ids.size() > mostListed)
        return u'*' + QString::number(ids.size());
    QString text;
    text.reserve(ids.size() * 5);
    for (const qint64 id : ids) {
        if (!text.isEmpty())
            text += u',';
        text += QString::number(id % journalBlockSize);
    }
    return text;
}

/// A line of the index; false where it says something that never was written.
bool parse(qint64 block, QStringView text, IndexedRows &rows)
{
    bool isNumber = false;
    if (text.startsWith(u'*')) {
        rows.count = text.mid(1).toLongLong(&isNumber);
        return isNumber && rows.count > 0 && rows.count <= journalBlockSize;
    }
    QVector<qint64> ids;
    for (const QStringView &part : text.split(u',')) {
        const qint64 place = part.toLongLong(&isNumber);
        if (!isNumber || place < 0 || place >= journalBlockSize)
            return false;
        ids.append(block * journalBlockSize + place);
    }
    if (!std::is_sorted(ids.cbegin(), ids.cend(), std::less_equal<>()))
        return false;
    rows.count = ids.size();
    rows.ids = std::move(ids);
    return true;
}

bool isFullBefore(qint64 open, qint64 id)
{
    return blockOf(id) < open;
}

} // namespace

Result<IndexedRows> readIndex(SqlConnection &connection, qint64 block, const JournalKey &key)
{
    IndexedRows rows;
    const Result<Done> read = connection.each(u"SELECT ids FROM journal_index WHERE block = ? AND key = ?"_s,
                                              {block, text(key)}, [&](SqlRow &row) {
                                                  if (!parse(block, row.text(), rows))
                                                      row.refuse();
                                              });
    if (!read)
        return read.error();
    return rows;
}

Result<Done> JournalIndex::load()
{
    const auto newest = m_connection.number(u"SELECT MAX(block) FROM journal_blocks"_s);
    if (!newest)
        return newest.error();
    m_open = m_newest = *newest;
    QVector<qint64> blocks;
    const Result<Done> read = m_connection.each(u"SELECT block FROM journal_blocks WHERE indexed = 0 ORDER BY block"_s,
                                                {}, [&](SqlRow &row) { blocks.append(row.number()); });
    if (!read)
        return read;
    if (blocks.size() > 2)
        qCInfo(lcStore) << "indexing" << blocks.size() << "blocks of the journal in" << m_connection.file();
    for (const qint64 block : std::as_const(blocks)) {
        Result<Done> done = take(block);
        if (done)
            done = m_connection.run(u"BEGIN IMMEDIATE"_s);
        if (!done)
            return done;
        done = finish();
        if (done)
            done = m_connection.run(u"COMMIT"_s);
        if (!done) {
            (void)m_connection.run(u"ROLLBACK"_s);
            return done;
        }
        committed();
    }
    return Done{};
}

/// What is in the rows of a block.
Result<Done> JournalIndex::take(qint64 block)
{
    return m_connection.each(
        u"SELECT id, kind, user_id, device_key, push_id, wake_id FROM journal WHERE id >= ? AND id < ? ORDER BY id"_s,
        {block * journalBlockSize, (block + 1) * journalBlockSize}, [&](SqlRow &row) {
            const qint64 id = row.number();
            for (const JournalKey::Column column :
                 {JournalKey::Kind, JournalKey::User, JournalKey::Device, JournalKey::Push, JournalKey::Wake}) {
                if (QString value = row.text(); !value.isEmpty())
                    m_added.push_back({id, {column, std::move(value)}});
            }
        });
}

void JournalIndex::add(const JournalEntry &entry)
{
    const qint64 id = qint64(entry.id.number);
    const auto put = [&](JournalKey::Column column, QString value) {
        if (!value.isEmpty())
            m_added.push_back({id, {column, std::move(value)}});
    };
    put(JournalKey::Kind, QString::fromLatin1(reveille::toText(entry.kind)));
    put(JournalKey::User, entry.user.toString());
    put(JournalKey::Device, deviceKey(entry.device));
    put(JournalKey::Push, entry.push.text());
    put(JournalKey::Wake, entry.wake.text());
    m_newest = std::max(m_newest, blockOf(id));
}

Result<Done> JournalIndex::finish()
{
    std::map<qint64, Lines> full;
    if (m_newest > m_open && !m_lines.empty())
        full.emplace(m_open, m_lines);
    for (const Place &place : m_added) {
        if (isFullBefore(m_newest, place.id))
            full[blockOf(place.id)][place.key].append(place.id);
    }
    for (auto &[block, lines] : full) {
        if (const Result<Done> written = writeFull(block, std::move(lines)); !written)
            return written;
    }
    return Done{};
}

Result<Done> JournalIndex::writeFull(qint64 block, Lines lines)
{
    const auto state = m_connection.number(u"SELECT indexed FROM journal_blocks WHERE block = ?"_s, {block}, goingBlock);
    if (!state || *state == goingBlock)
        return state ? Result<Done>(Done{}) : state.error();
    // In the order of the table, where neighbours share a page.
    std::vector<Lines::value_type *> ordered;
    ordered.reserve(lines.size());
    std::transform(lines.begin(), lines.end(), std::back_inserter(ordered), [](Lines::value_type &line) { return &line; });
    std::sort(ordered.begin(), ordered.end(), [](const Lines::value_type *a, const Lines::value_type *b) {
        return std::tie(a->first.column, a->first.value) < std::tie(b->first.column, b->first.value);
    });
    for (Lines::value_type *line : ordered) {
        QVector<qint64> &ids = line->second;
        if (!std::is_sorted(ids.cbegin(), ids.cend()))
            std::sort(ids.begin(), ids.end());
        if (const Result<Done> written = writeLine(block, line->first, std::move(ids), *state == indexedBlock); !written)
            return written;
    }
    const auto marked = m_connection.write(u"UPDATE journal_blocks SET indexed = ? WHERE block = ? AND indexed = ?"_s,
                                           {indexedBlock, block, openBlock});
    return marked ? Result<Done>(Done{}) : marked.error();
}

Result<Done> JournalIndex::writeLine(qint64 block, const JournalKey &key, QVector<qint64> ids, bool joins)
{
    QString line = toText(ids);
    if (joins) {
        Result<IndexedRows> there = readIndex(m_connection, block, key);
        if (!there)
            return there.error();
        if (there->count > 0 && !there->ids) {
            line = u'*' + QString::number(there->count + ids.size());
        } else if (there->ids) {
            ids += *there->ids;
            std::sort(ids.begin(), ids.end());
            line = toText(ids);
        }
    }
    const auto written = m_connection.write(u"INSERT INTO journal_index (block, key, ids) VALUES (?, ?, ?) "
                                            "ON CONFLICT (block, key) DO UPDATE SET ids = excluded.ids"_s,
                                            {block, text(key), line});
    return written ? Result<Done>(Done{}) : written.error();
}

Result<Done> JournalIndex::remove(qint64 block)
{
    const auto removed = m_connection.write(u"DELETE FROM journal_index WHERE block <= ?"_s, {block});
    return removed ? Result<Done>(Done{}) : removed.error();
}

void JournalIndex::committed()
{
    if (m_newest > m_open)
        m_lines.clear();
    for (Place &place : m_added) {
        if (!isFullBefore(m_newest, place.id))
            m_lines[std::move(place.key)].append(place.id);
    }
    m_added.clear();
    m_open = m_newest;
}

void JournalIndex::rolledBack()
{
    m_added.clear();
    m_newest = m_open;
}

} // namespace reveille
