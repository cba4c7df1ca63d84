// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/wakeroute.h"

#include <QStringList>
#include <QWidget>

class QTableWidget;

namespace reveille {

/// Wake-up routes of a device, one a row: bearer, address, port. What is wrong is marked in its cell, with the reason.
/// GUI thread.
class RouteTable : public QWidget
{
    Q_OBJECT
public:
    /// `bearers` are offered; any other may be written.
    explicit RouteTable(QStringList bearers, QWidget *parent = nullptr);

    void setRoutes(const QVector<WakeRoute> &routes);
    /// In the order of the rows; rows without any text are left out. Marks wrong cells and returns the first error:
    /// bearer-missing, those of ClientPort and of checkedRoute().
    Result<QVector<WakeRoute>> routes();
    QTableWidget *table() const { return m_table; }

public Q_SLOTS:
    void addRow();
    void removeRow();

Q_SIGNALS:
    void changed();

private:
    void appendRow(const WakeRoute &route);
    QString text(int row, int column) const;
    void mark(int row, int column, const QString &error);

    QStringList m_bearers;
    QTableWidget *m_table;
};

} // namespace reveille
