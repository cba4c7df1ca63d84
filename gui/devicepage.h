// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QTabWidget;
class QTableView;
class QToolButton;

namespace reveille {

class ConnectionsPage;
class ElidedLabel;
class LifelineView;
class MessagesPage;
class OverviewPage;
class QueuePage;
class StateLabel;
class WakesPanel;

/// Everything about the selected device, in the order people ask: what is the state, how do you know, show me. GUI thread.
class DevicePage : public QWidget
{
    Q_OBJECT
public:
    explicit DevicePage(GuiContext &context, QWidget *parent = nullptr);
    ~DevicePage() override;

    void showDevice(const DeviceId &id);
    const DeviceId &device() const { return m_device; }
    QString verdictText() const;
    QString faultText() const; ///< empty where no injected fault names the device
    QTabWidget *tabs() const { return m_tabs; }
    LifelineView *lifeline() const { return m_lifeline; }
    OverviewPage *overview() const { return m_overview; }
    ConnectionsPage *connections() const { return m_connections; }
    MessagesPage *messages() const { return m_messages; }
    QueuePage *queue() const { return m_queue; }
    QTableView *pushes() const { return m_pushes; }
    void showQueue();
    void showPush(const PushId &id); ///< its row among the pushes
    WakesPanel *wakes() const { return m_wakes; }

Q_SIGNALS:
    void sendWanted();
    void wakeWanted();
    void editWanted();
    void pushMenuWanted(const QPoint &globalPosition);

private:
    void refresh();
    void showFaults();

    GuiContext &m_context;
    PushListModel m_devicePushes;
    WakeListModel m_deviceWakes;
    DeviceId m_device;
    ElidedLabel *m_title;
    QLabel *m_ids;
    StateLabel *m_state;
    QLabel *m_verdict;
    QLabel *m_fault; ///< that an injected fault strikes what goes to it
    LifelineView *m_lifeline;
    QTabWidget *m_tabs;
    OverviewPage *m_overview;
    ConnectionsPage *m_connections;
    QTableView *m_pushes;
    QueuePage *m_queue;
    WakesPanel *m_wakes;
    MessagesPage *m_messages;
    QTimer m_second; ///< ages and countdowns move on
};

} // namespace reveille
