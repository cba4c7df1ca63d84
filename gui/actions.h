// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QObject>
#include <QVector>

class QMenu;
class QMenuBar;
class QToolBar;
class QWidget;

namespace reveille {

/// Every action of the window, once: in the menus, on the toolbar, with its key, and in the command palette. Whoever can
/// do the work connects to triggered(). GUI thread.
class Actions : public QObject
{
    Q_OBJECT
public:
    explicit Actions(QWidget *window);

    QAction *start, *stop, *importSubscribers, *exportSubscribers, *exportJournal, *quit;
    QAction *undo, *redo, *copy, *find, *clearSelection;
    QAction *light, *dark, *systemTheme, *utc, *larger, *smaller, *normalSize;
    QAction *follow, *lockLayout, *resetLayout;
    QAction *english, *spanish, *systemLanguage;
    QAction *addUser, *addDevice, *edit, *probe, *deregister, *remove, *copyId, *copyVerdict;
    QAction *lifelineTable, *copyLifeline;
    QAction *networks, *exportNetworks;
    QAction *bearers, *testBearer;
    QAction *faults, *injectFault, *endFaults;
    QAction *wakes, *inspect, *repeat, *repeatOver, *copyWakes;
    QAction *pushes, *exportPushes, *resendPush, *copyPushId;
    QAction *send, *wake, *cancel, *reusePush, *copyPushLine, *copyPushCurl, *copyPushHttp;
    QAction *triggers, *saveTrigger, *sendTrigger, *sendTriggerAsking, *openTrigger;
    QAction *bulkSend, *waiting, *cancelWaiting;
    QAction *newFolder, *renameTrigger, *duplicateTrigger, *moveTrigger, *removeTrigger, *restoreTrigger;
    QAction *importTriggers, *exportTriggers, *exportTrigger;
    QAction *palette, *demo;
    QAction *scenarios, *openScenario, *playScenario, *nextStep, *holdSteps, *stopScenario, *resetScenario, *presenter;
    QAction *copyScenarioReport, *saveScenarioText, *saveScenarioJunit, *copyScenarioLine, *copyScenario;
    QAction *help, *shortcuts, *about;

    /// `docks` are the toggle actions of the docks.
    void fillMenus(QMenuBar *bar, const QVector<QAction *> &docks);
    void fillToolBar(QToolBar *bar);
    /// What can be done with the selection, in the same order everywhere.
    QVector<QAction *> selectionActions() const;
    /// The same order, for a wake-up.
    QVector<QAction *> wakeActions() const;
    /// The same order, for a push.
    QVector<QAction *> pushActions() const;
    /// What can be done with a scenario.
    QVector<QAction *> scenarioActions() const;
    void setScenarioState(bool canPlay, bool isBusy, bool isHeld, bool isIdle, bool hasReport);
    /// What can be done with a saved trigger.
    QVector<QAction *> triggerActions() const;
    /// All of them with a text, for the palette and the page of shortcuts.
    QVector<QAction *> all() const { return m_all; }
    /// Enables what the state allows; the tool tip of a disabled one says why.
    void setState(bool serving, bool canStart, bool hasUser, bool hasDevice, bool hasPush, bool hasWake);
    /// What can be done with the chosen wake-up; one under way cannot be repeated, for a second one would join it.
    void setWakeState(bool serving, bool hasWake, bool isOver);
    /// What can be done with what is chosen in the trigger library, a trigger or a folder; `restorable` is the name of what
    /// was deleted last.
    void setTriggerState(bool serving, bool hasAny, bool hasTrigger, const QString &restorable);

private:
    void makeTriggerActions();
    void makeScenarioActions();
    void fillScenarioMenu(QMenu *menu);
    void fillTriggerMenu(QMenu *menu);
    QAction *make(const QString &name, const QString &text, const QKeySequence &key, const QString &icon, const QString &tip);

    QWidget *m_window;
    QVector<QAction *> m_all;
};

} // namespace reveille
