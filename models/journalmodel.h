// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"
#include "models/journalfilter.h"
#include "models/roles.h"
#include "models/timedisplay.h"

#include <QAbstractTableModel>

#include <deque>
#include <functional>
#include <optional>

namespace reveille {

class JournalSource;

/// Rows of the journal, newest on top, over any number of them: what a view scrolls to is read in pages from a
/// JournalSource, what happens now comes from the batches. At most rowLimit() rows are held; beyond it the newest stay
/// (or, looking back with `until` set, reading stops) and isFull() says so. A row is known by its JournalId for ever.
/// GUI thread.
class JournalModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    /// What people call a device; the id itself unless set.
    using NameFunction = std::function<QString(const DeviceId &)>;

    explicit JournalModel(QObject *parent = nullptr);
    ~JournalModel() override;

    /// Not owned, may be nullptr (live rows only); outlives the model or is set to nullptr before. Reads the first page.
    void setSource(JournalSource *source);
    void setFilter(const JournalFilter &filter);
    const JournalFilter &filter() const { return m_filter; }
    void setNames(NameFunction names);
    void setTimeDisplay(const TimeDisplay &display);

    /// Live rows. Those below an id already shown and not there are dropped silently only if filtered out.
    void apply(const ServerChanges &changes);
    /// Forgets every row, for another server or data folder.
    void clear();

    /// While not following, new rows are held back and counted, so that nothing moves under the pointer; following again
    /// shows them. True at first.
    void setFollowing(bool following);
    bool isFollowing() const { return m_following; }
    qint64 heldBack() const { return m_heldBackCount; }

    static constexpr int defaultRowLimit = 50000;
    static constexpr int pageSize = 500;
    void setRowLimit(int rows);
    int rowLimit() const { return m_rowLimit; }
    bool isFull() const { return int(m_rows.size()) >= m_rowLimit; }
    bool isReading() const { return m_reading; }
    bool isAtEnd() const { return m_atEnd; }    ///< the oldest row there is, is shown
    const Error &failure() const { return m_failure; } ///< of the last read; empty code = none

    const JournalEntry *entryAt(int row) const; ///< nullptr outside
    int rowOf(JournalId id) const;              ///< -1 if it is not held

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    /// Reading, end, fullness, failure, held back or following changed.
    void statusChanged();

private:
    void restart();
    void readOlder();
    void readGap(JournalId above, JournalId below, int triesLeft);
    void addNewer(const QVector<JournalEntry> &rising);
    void insertOlder(const QVector<JournalEntry> &falling);
    void insertInside(const QVector<JournalEntry> &falling);
    void trim();
    QVector<JournalEntry> withRecent(const QVector<JournalEntry> &page, bool atEnd) const;

    JournalSource *m_source = nullptr;
    JournalFilter m_filter;
    NameFunction m_names;
    TimeDisplay m_times;
    std::deque<JournalEntry> m_rows; ///< newest first
    std::deque<JournalEntry> m_recent; ///< rising, unfiltered: live rows that the source may not have yet
    QVector<JournalEntry> m_heldBack; ///< rising, at most m_rowLimit
    qint64 m_heldBackCount = 0;
    JournalId m_newestSeen;
    Error m_failure;
    quint64 m_generation = 0;        ///< answers of an older one are dropped
    int m_rowLimit = defaultRowLimit;
    bool m_following = true;
    bool m_reading = false;
    bool m_atEnd = false;
    bool m_changing = false;         ///< who hears of a change may not fetch before it is complete
};

} // namespace reveille
