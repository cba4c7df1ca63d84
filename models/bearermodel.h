// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"
#include "models/roles.h"
#include "models/timedisplay.h"

#include <QAbstractTableModel>
#include <QHash>

#include <optional>

namespace reveille {

/// The configured bearers with their health, counts, and what a test of them found, by name. Role::State is a
/// BearerState. GUI thread.
class BearerModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    explicit BearerModel(QObject *parent = nullptr);

    void apply(const ServerChanges &changes);
    void clear();
    const BearerSnapshot *bearerAt(int row) const; ///< nullptr outside
    int rowOf(const QString &name) const;          ///< -1 if there is none
    void setTimeDisplay(const TimeDisplay &display);
    static BearerState stateOf(const BearerHealth &health);

    /// A test as the row shows it.
    struct TestFacts {
        bool running = false;
        BearerTest result; ///< once it does not run
        Timestamp at;      ///< of the result
    };
    void setTest(const QString &name, const TestFacts &facts);
    std::optional<TestFacts> testOf(const QString &name) const; ///< nothing: never tested

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QVariant number(const BearerHealth &health, int column) const;
    QString text(const BearerSnapshot &bearer, int column) const;
    QString testText(const QString &name) const;

    QVector<BearerSnapshot> m_bearers;
    QHash<QString, TestFacts> m_tests;
    TimeDisplay m_times;
};

} // namespace reveille
