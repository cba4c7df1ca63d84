// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QStackedWidget;
class QTreeView;

namespace reveille {

class ChipRow;
class ElidedLabel;
class EmptyState;

/// Users, their devices and connections, with the one search box over every identifier and the state chips. What is
/// chosen here is the Selection, and the other way round. GUI thread.
class SubscriberPanel : public QWidget
{
    Q_OBJECT
public:
    explicit SubscriberPanel(GuiContext &context, QWidget *parent = nullptr);

    void focusSearch();
    QLineEdit *searchBox() const { return m_search; }
    QTreeView *tree() const { return m_tree; }
    QVector<DeviceId> selectedDevices() const;
    /// Those, and every device of the users selected, each once.
    QVector<DeviceId> devicesToWake() const;
    QVector<PublicUserId> selectedUsers() const; ///< rows of users, not of their devices

Q_SIGNALS:
    void menuWanted(const QPoint &globalPosition);
    void addUserWanted();
    void demoWanted();
    void activated(); ///< a device or user was opened (Return, double click)

private:
    void applyFilter();
    void showCounts();
    void followSelection();
    void choose(const QModelIndex &index);

    GuiContext &m_context;
    QLineEdit *m_search;
    ChipRow *m_chips;
    ElidedLabel *m_counts;
    QTreeView *m_tree;
    QStackedWidget *m_stack;
    EmptyState *m_nothingThere;
    EmptyState *m_nothingFound;
    QTimer m_searchDelay;
    bool m_following = false;
};

} // namespace reveille
