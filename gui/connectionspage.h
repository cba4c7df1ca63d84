// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "models/connectionmodel.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTableView;

namespace reveille {

struct DeviceHistory;
class EmptyState;

/// Every connection of the selected device, of each kind, with what is known of it and why. GUI thread.
class ConnectionsPage : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionsPage(GuiContext &context, QWidget *parent = nullptr);
    ~ConnectionsPage() override;

    void show(const DeviceSnapshot &snapshot, Timestamp now);
    /// Its totals stand above the table.
    void showTotals(const DeviceHistory &history);
    QTableView *table() const { return m_table; }
    QString totals() const;
    void copyRow();

Q_SIGNALS:
    void probeWanted();
    void deregisterWanted();
    void journalWanted(const QString &peer); ///< rows that name this address

private:
    void openMenu(const QPoint &at);
    QString currentPeer() const;

    GuiContext &m_context;
    ConnectionModel m_model;
    QLabel *m_totals;
    QTableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace reveille
