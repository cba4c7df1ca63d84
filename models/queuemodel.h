// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"
#include "models/timedisplay.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>

namespace reveille {

/// What waits for one device, in order of sending: read once from the server, then kept up by what changes. At most
/// rowLimit rows; isCut() says that there are more. GUI thread.
class QueueModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { State, Place, Priority, Waiting, Expires, Why, Application, ContentType, Size, Others, Id, ColumnCount };
    static constexpr int rowLimit = 10000;

    explicit QueueModel(QObject *parent = nullptr);

    /// Empty until setQueue(); what changes before that is in the queue already.
    void setDevice(const DeviceId &device);
    const DeviceId &device() const { return m_device; }
    void setQueue(const QVector<Push> &queue);
    void apply(const ServerChanges &changes);
    /// The order of the server, where several came at once; what is not in it goes last.
    void arrange(const QVector<Push> &queue);
    void setTimeDisplay(const TimeDisplay &display) { m_times = display; }
    bool isRead() const { return m_read; }
    bool isUnsure() const { return m_unsure; } ///< several came at once: arrange() is needed
    bool isCut() const { return m_cut; }
    const Push *pushAt(int row) const; ///< nullptr outside
    int rowOf(const PushId &id) const; ///< -1 if it does not wait

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    const Delivery *waiting(const Push &push) const; ///< its delivery to the device, if that waits
    void insert(const Push &push);
    void removeAt(int row);
    QString text(const Push &push, int row, int column) const;

    DeviceId m_device;
    QVector<Push> m_pushes;
    QSet<PushId> m_ids;
    TimeDisplay m_times;
    bool m_read = false;
    bool m_cut = false;
    bool m_unsure = false;
};

} // namespace reveille
