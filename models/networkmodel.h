// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"
#include "models/timedisplay.h"

#include <QAbstractTableModel>

namespace reveille {

/// What was learned of how long networks keep a quiet path open: a row per prefix and transport, in order of coming.
/// Role::Sort gives what to sort a column by. GUI thread.
class NetworkModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { Prefix, Transport, Estimate, KeepAlive, Confidence, Samples, Changed, ColumnCount };

    explicit NetworkModel(QObject *parent = nullptr);

    void apply(const ServerChanges &changes);
    void put(const QVector<LearnedNetwork> &networks);
    void remove(const IpNetwork &prefix, PathTransport transport);
    void clear();
    void setTimeDisplay(const TimeDisplay &display);

    const LearnedNetwork *networkAt(int row) const; ///< nullptr outside
    int rowOf(const IpNetwork &prefix, PathTransport transport) const; ///< -1 if there is none
    /// What is known of the network of a peer, "203.0.113.7:4012", over "udp", "dtls", "tcp" or "tls"; nullptr if nothing.
    const LearnedNetwork *networkOf(const QString &peer, const QString &transport) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QVector<LearnedNetwork> m_networks;
    TimeDisplay m_times;
};

} // namespace reveille
