// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"
#include "models/timedisplay.h"

#include <QAbstractTableModel>

namespace reveille {

/// The connections of one device, of every kind, best first; a path kept only for its history has Role::Live false.
/// GUI thread.
class ConnectionModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int {
        Path, State, Peer, Local, LastPacket, LastProof, KeepAlive, Deadline, RegisteredUntil, Instance, Evidence, ColumnCount
    };

    explicit ConnectionModel(QObject *parent = nullptr);

    /// What `now` is decides what ages say. Rows come, go and move; a row is known by its connection id.
    void show(const QVector<ConnectionSnapshot> &connections, Timestamp now);
    void setTimeDisplay(const TimeDisplay &display) { m_times = display; }
    const ConnectionSnapshot *connectionAt(int row) const; ///< nullptr outside
    /// Every fact of a row, one a line, for the clipboard.
    QString text(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString shown(const ConnectionSnapshot &connection, int column) const;
    QString full(const ConnectionSnapshot &connection, int column) const;

    QVector<ConnectionSnapshot> m_connections;
    Timestamp m_now;
    TimeDisplay m_times;
};

} // namespace reveille
