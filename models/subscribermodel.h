// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"
#include "models/roles.h"
#include "models/subscriberfilter.h"
#include "models/timedisplay.h"

#include <QAbstractItemModel>
#include <QSet>

#include <functional>
#include <memory>
#include <optional>

namespace reveille {

/// The tree users -> devices -> connections, sorted by user id, then device name and id, kept current by batches.
///
/// Holds a million devices and never blocks: batches and searches are worked off in slices of a few milliseconds on the
/// event loop (small batches at once, inside apply()). Rows are inserted, moved, changed and removed one by one; there
/// is no reset, so that selection and expansion stay. What a view sees is a window onto the users that pass the filter:
/// it begins at the first of them, or where reveal() or moveWindow() put it, and grows by a page with every fetchMore() of
/// the view, up to rowLimit() users (a QTreeView costs time in proportion to its rows, whenever any row comes or goes). All
/// lookups and counters are about everything there is, shown or not. GUI thread.
class SubscriberModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    using NowFunction = std::function<Timestamp()>;

    explicit SubscriberModel(QObject *parent = nullptr);
    ~SubscriberModel() override;

    void apply(const ServerChanges &changes);
    /// The server stopped: everything goes (in slices too).
    void clear();

    void setFilter(const SubscriberFilter &filter);
    const SubscriberFilter &filter() const;
    bool isSearching() const;    ///< users remain that were not looked at for this filter
    bool isSettled() const;      ///< no batch and no search is waiting
    qint64 totalUsers() const;
    qint64 totalDevices() const;
    qint64 matchedUsers() const; ///< found so far; final when not searching
    qint64 matchedDevices() const;
    int shownUsers() const;

    /// Where ages are counted from; the system clock unless set (tests).
    void setNow(NowFunction now);
    void setTimeDisplay(const TimeDisplay &display);
    /// Devices that injected faults name (canonical ids); their rows say so.
    void setStruckDevices(const QSet<QString> &ids);
    /// Users shown at most. A view states it ("row cap stated").
    static constexpr int defaultRowLimit = 2000;
    void setRowLimit(int users);
    int rowLimit() const;
    static constexpr int pageSize = 500; ///< users a fetchMore() adds

    /// Everything known of a device; nothing for an unknown one. Also for devices that are not shown.
    std::optional<DeviceSnapshot> device(const DeviceId &id) const;
    std::optional<UserSnapshot> user(const PublicUserId &id) const;
    QVector<DeviceId> devicesOf(const PublicUserId &id) const; ///< in the order of the tree
    /// "alice's phone": device name and local part of its user, or the shortened id of a device without a name or unknown.
    QString deviceLabel(const DeviceId &id) const;

    /// Rows of something; not valid while it is outside the window or does not pass the filter.
    QModelIndex indexOf(const PublicUserId &id) const;
    QModelIndex indexOf(const DeviceId &id) const;
    QModelIndex indexOf(const DeviceId &id, ConnectionId connection) const;
    /// Moves the window so that this user, or the user of this device, is in it. False if it is unknown or filtered out.
    bool reveal(const PublicUserId &id);
    bool reveal(const DeviceId &id);
    /// Lets the window begin at the user with this place among all users in order (filtered out or not); for a scroll
    /// bar over everything. Rows that stay in the window keep their place, selection and expansion.
    void moveWindow(qint64 firstUser);
    qint64 windowStart() const; ///< place of the first user the window may show
    void showFirst() { moveWindow(0); }

    NodeKind kindOf(const QModelIndex &index) const;
    PublicUserId userOf(const QModelIndex &index) const;
    DeviceId deviceOf(const QModelIndex &index) const;
    ConnectionId connectionOf(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    QModelIndex sibling(int row, int column, const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    /// How long a slice may take, and how much was done; tests hold against these, not against wall time.
    void setSliceBudget(Milliseconds budget);
    struct WorkFacts {
        qint64 slices = 0;       ///< turns of the event loop used
        qint64 units = 0;        ///< users, devices and rows worked on
        qint64 mostUnits = 0;    ///< in one slice
        qint64 longestNs = 0;    ///< longest slice
    };
    WorkFacts workFacts() const;

Q_SIGNALS:
    /// totals, matches, searching or the window changed; at most once a slice.
    void countsChanged();
    /// No batch and no search is waiting any more.
    void settled();
    /// Facts of a device changed, or it came (also when not shown); for pages that show one device.
    void deviceChanged(const reveille::DeviceId &id);
    void deviceRemoved(const reveille::DeviceId &id);
    void userRemoved(const reveille::PublicUserId &id);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace reveille
