// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "gui/copyline.h"
#include "gui/scenario/scenariopanel.h"

#include <QMainWindow>

#include <functional>

class QDockWidget;
class QLabel;
class QMenu;
class QStackedWidget;
class QToolBar;
class QToolButton;

namespace reveille {

struct FaultOrder;
class Actions;
class Banner;
class BearersPage;
class Composer;
class Demo;
class DevicePage;
class EmptyState;
class FaultBanner;
class FaultsPage;
class JournalPanel;
class NetworksPage;
class PushesPage;
class SubscriberPanel;
class TriggerPanel;
class UserPage;
class WakesPanel;

/// The console (console.md): subscribers, the chosen one, the journal; each a dock that can be moved, hidden and reset.
/// Shows and steers; the ServerHost does. GUI thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(GuiContext &context, Demo &demo, const ScenarioTools &tools, QWidget *parent = nullptr);
    ~MainWindow() override;

    Actions &actions() const { return *m_actions; }
    SubscriberPanel *subscriberPanel() const { return m_subscribers; }
    JournalPanel *journalPanel() const { return m_journal; }
    DevicePage *devicePage() const { return m_devicePage; }
    Composer *composer() const { return m_composer; }
    Banner *banner() const { return m_banner; }
    BearersPage *bearersPage() const { return m_bearers; }
    FaultsPage *faultsPage() const { return m_faults; }
    FaultBanner *faultBanner() const { return m_faultBanner; }
    TriggerPanel *triggerPanel() const { return m_triggers; }
    PushesPage *pushesPage() const { return m_pushes; }
    WakesPanel *wakesPanel() const { return m_wakes; }
    ScenarioPanel *scenarioPanel() const { return m_scenarios; }
    void showScenarios();

Q_SIGNALS:
    void startWanted();
    void startOnFreePortsWanted();
    void stopWanted();
    void themeChosen(const QString &theme);
    void languageChosen(const QString &language);
    void scaleChosen(double scale);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildDocks();
    void connectActions();
    void connectSelectionActions();
    void connectWakeActions();
    void connectTriggerActions();
    void connectPushActions();
    void withChosenPush(const std::function<void(const Push &)> &use);
    void resend(const Push &push);
    void copyPush(PushText how);
    QVector<QAction *> scenarioChoices();
    void addScenarioButton(QToolBar *bar);
    void connectScenarioActions();
    void updateScenarioActions();
    void lightDevice();
    void followLoan(bool lent);
    void showWhoseServer();
    void buildFaultBar();
    void connectFaultActions();
    void updateFaultBar();
    void injectFault(const FaultOrder &like);
    void updateTriggerActions();
    void showLibraryTrouble();
    void sendTrigger(bool ask);
    void sendToMany();
    void showState(ServerHost::State state);
    void showFailure();
    void showCounters(const ServerCounters &counters);
    void followSelection();
    void updateActions();
    void openMenu(const QPoint &at);
    void openWakeMenu(const QPoint &at);
    void sendPush();
    void wakeDevices();
    void repeatWakeUp(const QString &bearer);
    void fillRepeatOver();
    const WakeUp *chosenWake() const;
    QVector<QAction *> paletteActions();
    void editSelection();
    void deregister();
    void remove();
    void connectHistory();
    void takeBack(bool again);
    void cancelSelected();
    void raiseJournal();
    void raiseDock(QDockWidget *dock, QWidget *focused);
    void report(const QString &what, const Result<Done> &result);
    void setScale(double scale);
    void restoreLayout();
    void resetLayout();
    void lockLayout(bool locked);

    GuiContext &m_context;
    ScenarioTools m_tools;
    Actions *m_actions;
    QVector<QDockWidget *> m_docks;
    QDockWidget *m_subscriberDock = nullptr, *m_journalDock = nullptr, *m_composerDock = nullptr, *m_scenarioDock = nullptr,
                *m_pushesDock = nullptr, *m_networksDock = nullptr, *m_bearersDock = nullptr, *m_faultsDock = nullptr,
                *m_wakesDock = nullptr, *m_triggersDock = nullptr;
    QToolButton *m_serving;
    Banner *m_banner;
    QStackedWidget *m_pages;
    EmptyState *m_welcome;
    DevicePage *m_devicePage;
    UserPage *m_userPage;
    SubscriberPanel *m_subscribers;
    JournalPanel *m_journal;
    Composer *m_composer;
    PushesPage *m_pushes;
    NetworksPage *m_networks;
    BearersPage *m_bearers;
    FaultsPage *m_faults;
    FaultBanner *m_faultBanner = nullptr;
    QToolBar *m_faultBar = nullptr;
    WakesPanel *m_wakes;
    TriggerPanel *m_triggers;
    ScenarioPanel *m_scenarios;
    QMenu *m_scenarioChoices = nullptr;
    PublicUserId m_wantedUser; ///< to be selected once the device is known
    DeviceId m_wantedDevice;
    PublicUserId m_homeUser; ///< selected before a scenario had the server
    DeviceId m_homeDevice;
    QLabel *m_counters;
    QLabel *m_store;
    QLabel *m_zone;
    QToolButton *m_libraryTrouble = nullptr;
    double m_scale = 1.0;
};

} // namespace reveille
