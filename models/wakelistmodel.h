// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"
#include "models/recentlist.h"
#include "models/roles.h"
#include "models/timedisplay.h"

#include <QAbstractTableModel>

#include <functional>

namespace reveille {

/// Wake-up operations, newest first, of everybody or of one device; at most rowLimit() are held in all. GUI thread.
class WakeListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using NameFunction = std::function<QString(const DeviceId &)>;

    explicit WakeListModel(QObject *parent = nullptr);

    void apply(const ServerChanges &changes);
    void clear();
    void setNames(NameFunction names);
    void setTimeDisplay(const TimeDisplay &display);
    /// Only wake-ups of this device; empty = all.
    void setDevice(const DeviceId &device);
    const DeviceId &device() const { return m_device; }
    static constexpr int rowLimit = 5000;

    const WakeUp *wakeAt(int row) const; ///< nullptr outside
    const WakeUp *wakeUp(const WakeId &id) const;
    int rowOf(const WakeId &id) const; ///< -1 if it is not shown

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    bool takes(const WakeUp &wake) const;
    void refill();
    QString text(const WakeUp &wake, int column) const;
    static QString sirText(const WakeUp &wake);

    RecentList<WakeUp> m_all{rowLimit};
    QVector<RecentList<WakeUp>::Order> m_shown; ///< newest first, that is falling
    DeviceId m_device;
    NameFunction m_names;
    TimeDisplay m_times;
};

} // namespace reveille
