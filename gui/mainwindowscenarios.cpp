// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariolibrary.h"
#include "gui/actions.h"
#include "gui/devicepage.h"
#include "gui/edithistory.h"
#include "gui/journalpanel.h"
#include "gui/lifelinestrip.h"
#include "gui/lifelineview.h"
#include "gui/mainwindow.h"
#include "gui/scenario/scenariopanel.h"
#include "gui/scenario/scenariosentences.h"
#include "gui/scenario/scenariosteplist.h"
#include "gui/selection.h"

#include <QComboBox>
#include <QDockWidget>
#include <QMenu>
#include <QPushButton>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>

#include <utility>

namespace reveille {

/// Scenarios in the window: their commands, the device of the step that runs, and whose server is shown.

void MainWindow::addScenarioButton(QToolBar *bar)
{
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("scenarioButton"));
    button->setText(tr("Scenario"));
    button->setIcon(m_actions->playScenario->icon());
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setToolTip(tr("Choose a scenario and play it"));
    button->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(button);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        m_scenarios->fillMenu(menu);
        for (QAction *action : menu->actions())
            connect(action, &QAction::triggered, this, &MainWindow::showScenarios);
        menu->addSeparator();
        menu->addActions(m_actions->scenarioActions());
    });
    button->setMenu(menu);
    bar->addWidget(button);
}

/// For the command palette.
QVector<QAction *> MainWindow::scenarioChoices()
{
    delete std::exchange(m_scenarioChoices, new QMenu(this));
    m_scenarios->fillMenu(m_scenarioChoices);
    for (QAction *action : m_scenarioChoices->actions()) {
        action->setText(tr("Choose scenario: %1").arg(action->text()));
        connect(action, &QAction::triggered, this, &MainWindow::showScenarios);
    }
    return m_scenarioChoices->actions();
}

void MainWindow::connectScenarioActions()
{
    const Actions &a = *m_actions;
    connect(a.scenarios, &QAction::triggered, this, [this] { raiseDock(m_scenarioDock, m_scenarios->playButton()); });
    connect(a.demo, &QAction::triggered, this, [this] {
        showScenarios();
        if (m_scenarios->open(shippedScenarioPath(ScenarioShelf::usual)))
            m_scenarios->play();
    });
    connect(a.openScenario, &QAction::triggered, this, [this] {
        showScenarios();
        m_scenarios->askForFile();
    });
    connect(a.playScenario, &QAction::triggered, this, [this] {
        showScenarios();
        m_scenarios->play();
    });
    connect(a.nextStep, &QAction::triggered, m_scenarios, &ScenarioPanel::play);
    connect(a.holdSteps, &QAction::toggled, m_scenarios, &ScenarioPanel::setHolding);
    connect(a.stopScenario, &QAction::triggered, m_scenarios, &ScenarioPanel::stop);
    connect(a.resetScenario, &QAction::triggered, m_scenarios, &ScenarioPanel::reset);
    connect(a.presenter, &QAction::toggled, this, [this](bool presenting) {
        if (presenting)
            showScenarios();
        m_scenarios->setPresenting(presenting);
    });
    connect(a.copyScenarioReport, &QAction::triggered, m_scenarios, &ScenarioPanel::copyReport);
    connect(a.saveScenarioText, &QAction::triggered, m_scenarios, [this] { m_scenarios->askForReport(false); });
    connect(a.saveScenarioJunit, &QAction::triggered, m_scenarios, [this] { m_scenarios->askForReport(true); });
    connect(a.copyScenarioLine, &QAction::triggered, this, [this] {
        m_scenarios->copyLine();
        statusBar()->showMessage(tr("Copied the command that plays the chosen scenario."), 10000);
    });
    connect(a.copyScenario, &QAction::triggered, m_scenarios, &ScenarioPanel::askForCopy);

    connect(m_scenarios, &ScenarioPanel::changed, this, &MainWindow::updateScenarioActions);
    connect(m_scenarios, &ScenarioPanel::presentingChanged, this, [this](bool presenting) {
        m_actions->presenter->setChecked(presenting);
        resizeDocks({m_scenarioDock}, {presenting ? int(width() * 0.45) : m_scenarios->sizeHint().width()}, Qt::Horizontal);
    });
    connect(m_scenarios, &ScenarioPanel::spotlight, this, [this](const PublicUserId &user, const DeviceId &device) {
        m_wantedDevice = device;
        m_wantedUser = user;
        lightDevice();
    });
    connect(m_scenarios, &ScenarioPanel::journalWanted, this,
            [this](const PublicUserId &user, const DeviceId &device, Timestamp from, Timestamp until) {
                if (!device.isEmpty() && m_context.subscribers->indexOf(device).isValid())
                    m_context.selection->selectDevice(user, device);
                else
                    m_context.selection->clear();
                raiseJournal();
                m_journal->showMoment(from, until);
            });
    connect(m_context.host, &ServerHost::changed, this, &MainWindow::lightDevice);
    connect(&m_tools.loan, &ServerLoan::lentChanged, this, &MainWindow::followLoan);
    connect(&m_tools.player, &ScenarioPlayer::reportReplaced, this, &MainWindow::showWhoseServer);
    showWhoseServer();
    updateScenarioActions();
}

void MainWindow::showScenarios()
{
    raiseDock(m_scenarioDock, nullptr);
}

void MainWindow::updateScenarioActions()
{
    const ScenarioPlayer &player = m_tools.player;
    m_actions->setScenarioState(m_scenarios->canPlay(), player.isBusy() && player.state() != ScenarioPlayer::State::Clearing,
                                m_scenarios->isHeld(), player.state() == ScenarioPlayer::State::Idle, m_scenarios->hasReport());
    m_actions->holdSteps->setChecked(player.isHolding());
}

/// A step may be about a device that has yet to register.
void MainWindow::lightDevice()
{
    if (m_wantedDevice.isEmpty() || !m_context.subscribers->indexOf(m_wantedDevice).isValid())
        return;
    const DeviceId device = std::exchange(m_wantedDevice, DeviceId());
    if (m_context.selection->device() == device)
        return;
    m_context.selection->selectDevice(m_wantedUser, device);
    if (!m_tools.loan.isLent())
        return;
    // A story takes about a minute: its lifeline shows all of it, as it comes.
    m_devicePage->lifeline()->showTable(false);
    m_devicePage->lifeline()->strip()->setSpan(std::chrono::minutes(1));
    m_devicePage->lifeline()->strip()->follow();
}

/// The server shown becomes another one: what was chosen and done in one has no meaning in the other.
void MainWindow::followLoan(bool lent)
{
    Selection &selection = *m_context.selection;
    if (lent) {
        m_homeUser = selection.user();
        m_homeDevice = selection.device();
        m_wantedDevice = {};
    }
    selection.clear();
    m_journal->showMoment({}, {});
    if (m_context.history)
        m_context.history->clear();
    if (!lent) {
        m_wantedUser = m_homeUser;
        m_wantedDevice = m_homeDevice;
    }
    showWhoseServer();
}

void MainWindow::showWhoseServer()
{
    const QString title = m_tools.player.scenario().title.in(ScenarioSentences::language());
    setWindowTitle(m_tools.loan.isLent() ? tr("Scenario: %1 – Reveille").arg(title) : tr("Reveille"));
    showState(m_context.host->state());
}

} // namespace reveille
