// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"
#include "models/timedisplay.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimer>

#include <functional>

namespace reveille {

/// The injected faults in force, oldest first, with the time each has left and how often it struck. Rows come and go one by
/// one, so that a selection stays. GUI thread.
class FaultModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { What, Struck, Left, Until, Note, Who, Since, LastStruck, Id, ColumnCount };

    explicit FaultModel(QObject *parent = nullptr);

    void apply(const ServerChanges &changes);
    void clear(); ///< the server stopped, and with it every fault
    /// What devices are called; their shortened identity unless set.
    void setNames(std::function<QString(const DeviceId &)> names);
    /// Where the time left is counted from; the system clock unless set (tests).
    void setNow(std::function<Timestamp()> now);
    void setTimeDisplay(const TimeDisplay &display);

    const FaultRule *faultAt(int row) const; ///< nullptr outside
    int rowOf(const FaultId &id) const;      ///< -1 if there is none
    QString sentence(const FaultRule &rule) const; ///< "Wake-ups over wsp are dropped"
    QString left(const FaultRule &rule) const;     ///< "9 min"
    QSet<QString> devices() const; ///< canonical ids of those that faults name
    Timestamp nextEnd() const;     ///< not set where no fault is in force

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// Faults came, struck or went, or a second has passed while there are any.
    void changed();

private:
    QString text(const FaultRule &rule, int column) const;
    QString struck(const FaultRule &rule) const;
    QVariant sortValue(const FaultRule &rule, int column) const;
    void tell(int firstColumn, int lastColumn);

    QVector<FaultRule> m_faults;
    std::function<QString(const DeviceId &)> m_names;
    std::function<Timestamp()> m_now;
    TimeDisplay m_times;
    QTimer m_second;
};

} // namespace reveille
