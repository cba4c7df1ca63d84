// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journalmodel.h"

#include "models/journalsource.h"
#include "models/plaintip.h"
#include "models/sentences.h"

#include <QDateTime>
#include <QPointer>
#include <QScopedValueRollback>
#include <QTimer>

#include <algorithm>

namespace reveille {

namespace {

constexpr int gapRetry = 500; ///< ms a row left out of a batch is given to reach the store
constexpr int gapTries = 3;
constexpr std::size_t recentRows = 1000;

bool isNewer(const JournalEntry &entry, JournalId id)
{
    return entry.id > id;
}

} // namespace

JournalModel::JournalModel(QObject *parent) : QAbstractTableModel(parent) {}

JournalModel::~JournalModel()
{
    if (m_source)
        m_source->cancel();
}

void JournalModel::setSource(JournalSource *source)
{
    if (m_source)
        m_source->cancel();
    m_source = source;
    restart();
}

void JournalModel::setFilter(const JournalFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    restart();
}

void JournalModel::setNames(NameFunction names)
{
    m_names = std::move(names);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, JournalColumn::Who), index(rowCount() - 1, JournalColumn::Who));
}

void JournalModel::setTimeDisplay(const TimeDisplay &display)
{
    m_times = display;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, JournalColumn::Time), index(rowCount() - 1, JournalColumn::Time));
}

void JournalModel::setRowLimit(int rows)
{
    m_rowLimit = std::max(1, rows);
    trim();
    Q_EMIT statusChanged();
}

void JournalModel::clear()
{
    m_newestSeen = {};
    m_recent.clear();
    restart();
}

/// Rows of the new filter take the place of all others; whether they stood there before does not matter to a view that
/// finds its selection again by id.
void JournalModel::restart()
{
    ++m_generation;
    {
        const QScopedValueRollback changing(m_changing, true);
        beginResetModel();
        m_rows.clear();
        m_heldBack.clear();
        m_heldBackCount = 0;
        endResetModel();
    }
    m_failure = {};
    m_atEnd = m_source == nullptr;
    m_reading = false;
    if (m_source)
        readOlder();
    else
        insertOlder(withRecent({}, true));
    Q_EMIT statusChanged();
}

void JournalModel::readOlder()
{
    if (!m_source || m_reading || m_atEnd || isFull())
        return;
    m_reading = true;
    const JournalId before = m_rows.empty() ? JournalId{} : m_rows.back().id;
    const int limit = std::min(pageSize, m_rowLimit - int(m_rows.size()));
    m_source->read(m_filter, before, {}, limit,
                   [this, guard = QPointer<JournalModel>(this), generation = m_generation, before](const auto &page) {
                       if (!guard || generation != m_generation)
                           return;
                       m_reading = false;
                       if (page) {
                           m_failure = {};
                           m_atEnd = page->atEnd;
                           insertOlder(before.isSet() ? page->entries : withRecent(page->entries, page->atEnd));
                       } else {
                           m_failure = page.error();
                           m_atEnd = true;
                       }
                       Q_EMIT statusChanged();
                   });
}

/// The first page with the live rows that were not durable when it was read.
QVector<JournalEntry> JournalModel::withRecent(const QVector<JournalEntry> &page, bool atEnd) const
{
    QVector<JournalEntry> rows = page;
    const JournalId oldest = page.isEmpty() || atEnd ? JournalId{} : page.last().id;
    for (const JournalEntry &entry : m_recent) {
        if (entry.id > oldest && m_filter.takes(entry))
            rows.append(entry);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.id > b.id; });
    rows.erase(std::unique(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.id == b.id; }),
               rows.end());
    if (rows.size() > m_rowLimit)
        rows.resize(m_rowLimit);
    return rows;
}

void JournalModel::insertOlder(const QVector<JournalEntry> &falling)
{
    // Live rows may have come in while an empty model read its first page.
    QVector<JournalEntry> older;
    for (const JournalEntry &entry : falling) {
        if (m_rows.empty() || entry.id < m_rows.back().id)
            older.append(entry);
    }
    if (older.size() < falling.size() && !m_rows.empty())
        insertInside(falling);
    if (!falling.isEmpty())
        m_newestSeen = std::max(m_newestSeen, falling.first().id);
    if (older.isEmpty())
        return;
    const int first = int(m_rows.size());
    const QScopedValueRollback changing(m_changing, true);
    beginInsertRows({}, first, first + int(older.size()) - 1);
    m_rows.insert(m_rows.end(), older.begin(), older.end());
    endInsertRows();
}

/// Rows between others; each goes where its id belongs, known ones are left alone.
void JournalModel::insertInside(const QVector<JournalEntry> &falling)
{
    for (const JournalEntry &entry : falling) {
        const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), entry.id, isNewer);
        if (at == m_rows.end() || at->id == entry.id)
            continue;
        const int row = int(at - m_rows.begin());
        const QScopedValueRollback changing(m_changing, true);
        beginInsertRows({}, row, row);
        m_rows.insert(at, entry);
        endInsertRows();
    }
    trim();
}

void JournalModel::apply(const ServerChanges &changes)
{
    QVector<JournalEntry> fresh;
    JournalId newest = m_newestSeen;
    for (const JournalEntry &entry : changes.journal) {
        if (entry.id <= newest)
            continue;
        newest = entry.id;
        m_recent.push_back(entry);
        if (m_filter.takes(entry))
            fresh.append(entry);
    }
    while (m_recent.size() > recentRows)
        m_recent.pop_front();
    const JournalId above = m_newestSeen;
    m_newestSeen = newest;
    if (fresh.isEmpty() && !changes.journalSkipped)
        return;
    if (m_following) {
        addNewer(fresh);
    } else if (!fresh.isEmpty()) {
        m_heldBackCount += fresh.size();
        m_heldBack += fresh;
        if (m_heldBack.size() > m_rowLimit)
            m_heldBack.remove(0, m_heldBack.size() - m_rowLimit);
        Q_EMIT statusChanged();
    }
    if (changes.journalSkipped && m_source && above.isSet()) {
        const JournalId below = changes.journal.isEmpty() ? JournalId{} : changes.journal.first().id;
        readGap(above, below, gapTries);
    }
}

/// Rows a batch left out, read from the store once they are there. Only the newest of a gap longer than what can be held.
void JournalModel::readGap(JournalId above, JournalId below, int triesLeft)
{
    const auto again = [this, above, below, generation = m_generation](int tries) {
        QTimer::singleShot(gapRetry, this, [this, above, below, generation, tries] {
            if (generation == m_generation && m_source)
                readGap(above, below, tries);
        });
    };
    if (m_reading)
        return again(triesLeft);
    m_reading = true;
    m_source->read(m_filter, below, above, std::min(m_rowLimit, 1000),
                   [this, guard = QPointer<JournalModel>(this), generation = m_generation, above, triesLeft,
                    again](const auto &page) {
                       if (!guard || generation != m_generation)
                           return;
                       m_reading = false;
                       if (page && !m_rows.empty())
                           insertInside(page->entries);
                       else if (page)
                           insertOlder(page->entries);
                       const bool complete = page && !page->atEnd;
                       const bool maybeLate = page && page->atEnd && page->entries.isEmpty();
                       if (!complete && maybeLate && triesLeft > 1)
                           again(triesLeft - 1);
                       Q_EMIT statusChanged();
                   });
}

void JournalModel::addNewer(const QVector<JournalEntry> &rising)
{
    if (rising.isEmpty())
        return;
    const qsizetype count = std::min<qsizetype>(rising.size(), m_rowLimit);
    const QScopedValueRollback changing(m_changing, true);
    beginInsertRows({}, 0, int(count) - 1);
    for (qsizetype i = rising.size() - count; i < rising.size(); ++i)
        m_rows.push_front(rising[i]);
    endInsertRows();
    trim();
}

void JournalModel::trim()
{
    if (int(m_rows.size()) <= m_rowLimit)
        return;
    const QScopedValueRollback changing(m_changing, true);
    beginRemoveRows({}, m_rowLimit, int(m_rows.size()) - 1);
    m_rows.erase(m_rows.begin() + m_rowLimit, m_rows.end());
    endRemoveRows();
    m_atEnd = m_source == nullptr;
    Q_EMIT statusChanged();
}

void JournalModel::setFollowing(bool following)
{
    if (following == m_following)
        return;
    m_following = following;
    if (following) {
        const bool tooMany = m_heldBackCount > m_heldBack.size();
        const QVector<JournalEntry> rows = std::exchange(m_heldBack, {});
        m_heldBackCount = 0;
        if (tooMany)
            restart();
        else
            addNewer(rows);
    }
    Q_EMIT statusChanged();
}

const JournalEntry *JournalModel::entryAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[std::size_t(row)] : nullptr;
}

int JournalModel::rowOf(JournalId id) const
{
    const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), id, isNewer);
    return at != m_rows.end() && at->id == id ? int(at - m_rows.begin()) : -1;
}

int JournalModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int JournalModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(JournalColumn::Count);
}

bool JournalModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_source && !m_atEnd && !m_reading && !m_changing && !isFull();
}

void JournalModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        readOlder();
}

QVariant JournalModel::data(const QModelIndex &index, int role) const
{
    const JournalEntry *entry = index.isValid() && index.model() == this ? entryAt(index.row()) : nullptr;
    if (!entry)
        return {};
    switch (role) {
    case Role::Id: return QString::number(entry->id.number);
    case Role::UserId: return entry->user.toString();
    case Role::DeviceId: return entry->device.toString();
    case Role::PushId: return entry->push.text();
    case Role::WakeId: return entry->wake.text();
    case Role::Kind: return int(entry->kind);
    case Role::Time:
    case Role::Sort: return entry->time.ms;
    case Role::Entry: return QVariant::fromValue(*entry);
    case Role::Raw: return index.column() == JournalColumn::Event ? QVariant(entry->event) : QVariant();
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: break;
    default: return {};
    }
    const bool full = role == Qt::ToolTipRole;
    const auto tip = [full](const QString &text) { return full ? plainTip(text) : text; };
    switch (index.column()) {
    case JournalColumn::Time:
        return full ? m_times.dateTime(entry->time)
                    : m_times.shortTime(entry->time, Timestamp{QDateTime::currentMSecsSinceEpoch()});
    case JournalColumn::Kind: return Sentences::journalKind(entry->kind);
    case JournalColumn::Event: return tip(Sentences::event(entry->event));
    case JournalColumn::Who: {
        if (entry->device.isEmpty() || full)
            return tip(entry->device.isEmpty() ? entry->user.toString() : entry->device.toString());
        const QString name = m_names ? m_names(entry->device) : QString();
        return name.isEmpty() ? Sentences::shortened(entry->device.toString()) : name;
    }
    case JournalColumn::What: {
        const QString &what = entry->push.isEmpty() ? entry->wake.text() : entry->push.text();
        return full ? tip(what) : Sentences::shortened(what, 12);
    }
    case JournalColumn::Details: return tip(Sentences::journal(*entry));
    default: return {};
    }
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case JournalColumn::Time: return tr("Time");
    case JournalColumn::Kind: return tr("Kind");
    case JournalColumn::Event: return tr("Event");
    case JournalColumn::Who: return tr("Who");
    case JournalColumn::What: return tr("Operation");
    case JournalColumn::Details: return tr("Details");
    default: return {};
    }
}

} // namespace reveille
