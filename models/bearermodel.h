// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"
#include "models/roles.h"

#include <QAbstractTableModel>

namespace reveille {

/// The configured bearers with their health and counts, by name. GUI thread.
class BearerModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    explicit BearerModel(QObject *parent = nullptr);

    void apply(const ServerChanges &changes);
    void clear();
    const BearerSnapshot *bearerAt(int row) const; ///< nullptr outside
    int rowOf(const QString &name) const;          ///< -1 if there is none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QVector<BearerSnapshot> m_bearers;
};

} // namespace reveille
