// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"
#include "models/timedisplay.h"

#include <QAbstractTableModel>
#include <QHash>

#include <functional>
#include <memory>
#include <vector>

namespace reveille {

/// All pushes there were that a query asks for, newest first: read page by page from a source as far as somebody looks, and
/// kept up by what changes. At most rowLimit rows; older ones go as newer ones come. GUI thread.
class PushHistoryModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Accepted, State, Done, To, Initiator, Application, ContentType, Size, Left, Id, ColumnCount };
    static constexpr int rowLimit = 100000;
    static constexpr int pageSize = 200;
    /// Answers later, on the GUI thread.
    using Answer = std::function<void(const Result<PushPage> &)>;
    using Source = std::function<void(const PushQuery &, Answer)>;
    using NameFunction = std::function<QString(const DeviceId &)>;

    explicit PushHistoryModel(QObject *parent = nullptr);

    /// Where pages come from; none = there are no rows, and nothing is read.
    void setSource(Source source);
    /// Reads anew; `before` and `limit` of it do not count. What is shown stays until the first page is there.
    void setQuery(const PushQuery &query);
    const PushQuery &query() const { return m_query; }
    void reload();
    void apply(const ServerChanges &changes);
    void setDeviceNames(NameFunction names) { m_deviceNames = std::move(names); }
    void setInitiatorNames(const QHash<InitiatorId, QString> &names);
    void setTimeDisplay(const TimeDisplay &display);

    bool isReading() const { return m_reading; }
    bool isWhole() const { return m_read && m_next.isEmpty(); } ///< nothing older is left to be read
    bool isCut() const { return int(m_rows.size()) >= rowLimit && !isWhole(); }
    const Error &error() const { return m_error; } ///< of the last read; its code is empty where that went well
    const ListedPush *pushAt(int row) const; ///< nullptr outside
    int rowOf(const PushId &id) const;       ///< -1 if it is not here
    QString initiatorName(const InitiatorId &id) const;
    /// "sip:alice@lab.example · phone": whom it was for, as its initiator named it.
    QString target(const Push &push) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void statusChanged(); ///< reading, whole, cut or error

private:
    void readOn();
    void take(const PushPage &page);
    void removeAllBut(const QVector<ListedPush> &kept);
    bool reaches(const PushId &id) const; ///< whether what is that old has been read
    int placeOf(const PushId &id) const;  ///< of the first row that is not newer
    void insert(std::vector<ListedPush> pushes);
    void removeRowsAt(std::vector<int> rows);
    void tellChanged(std::vector<int> rows);
    void tellAllChanged();
    void dropOldest();
    QString text(const ListedPush &item, int column) const;

    std::vector<std::unique_ptr<ListedPush>> m_rows; ///< in falling order of ids
    Source m_source;
    PushQuery m_query;
    PushId m_next;        ///< before this one nothing was read
    bool m_read = false;  ///< at least one page
    bool m_reading = false;
    Error m_error;
    quint64 m_question = 0; ///< answers to an earlier one are dropped
    NameFunction m_deviceNames;
    QHash<InitiatorId, QString> m_initiators;
    TimeDisplay m_times;
};

} // namespace reveille
