// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/actions.h"
#include "gui/banner.h"
#include "gui/bearerspage.h"
#include "gui/devicepage.h"
#include "gui/mainwindow.h"
#include "gui/selection.h"
#include "gui/subscriberpanel.h"
#include "gui/wakedialog.h"
#include "gui/wakemanydialog.h"
#include "gui/wakerepeat.h"
#include "gui/wakespanel.h"
#include "models/sentences.h"

#include <QCursor>
#include <QDockWidget>
#include <QMenu>
#include <QStatusBar>
#include <QTableView>

#include <algorithm>

namespace reveille {

/// The commands about wake-ups and bearers; the window around them is in mainwindow.cpp.

void MainWindow::connectWakeActions()
{
    const Actions &a = *m_actions;
    connect(a.wake, &QAction::triggered, this, &MainWindow::wakeDevices);
    connect(a.wakes, &QAction::triggered, this, [this] { raiseDock(m_wakesDock, m_wakes->table()); });
    connect(a.repeat, &QAction::triggered, this, [this] { repeatWakeUp({}); });
    connect(a.repeatOver->menu(), &QMenu::aboutToShow, this, &MainWindow::fillRepeatOver);
    connect(a.repeatOver, &QAction::triggered, this, [this] { m_actions->repeatOver->menu()->popup(QCursor::pos()); });
    connect(a.copyWakes, &QAction::triggered, this, [this] {
        WakesPanel *ofDevice = m_devicePage->wakes();
        (ofDevice->isVisible() && !m_wakes->isVisible() ? ofDevice : m_wakes)->copyRows();
    });
    for (WakesPanel *panel : {m_wakes, m_devicePage->wakes()}) {
        connect(panel, &WakesPanel::menuWanted, this, &MainWindow::openWakeMenu);
        connect(panel, &WakesPanel::inspectWanted, a.inspect, &QAction::trigger);
    }
    connect(m_wakes, &WakesPanel::wakeWanted, a.wake, &QAction::trigger);
    connect(m_context.host, &ServerHost::changed, this, [this](const ServerChanges &changes) {
        const WakeId &chosen = m_context.selection->wake();
        if (!chosen.isEmpty() && std::any_of(changes.wakes.begin(), changes.wakes.end(), [&](const WakeUp &wake) { return wake.id == chosen; }))
            updateActions();
    });

    connect(a.bearers, &QAction::triggered, this, [this] { raiseDock(m_bearersDock, m_bearers->table()); });
    connect(a.testBearer, &QAction::triggered, this, [this] {
        raiseDock(m_bearersDock, m_bearers->table());
        m_bearers->test();
    });
    connect(m_bearers, &BearersPage::testWanted, this, [this](const QString &name) {
        m_context.host->testBearer(name).then(
            m_bearers, [this, name](const Result<BearerTest> &result) { m_bearers->showTest(name, result); });
    });
}

void MainWindow::openWakeMenu(const QPoint &at)
{
    QMenu menu(this);
    menu.addActions(m_actions->wakeActions());
    menu.exec(at);
}

const WakeUp *MainWindow::chosenWake() const
{
    return m_context.selection->wake().isEmpty() ? nullptr : m_context.wakes->wakeUp(m_context.selection->wake());
}

void MainWindow::wakeDevices()
{
    QVector<DeviceId> devices = m_subscribers->devicesToWake();
    QDialog *dialog = nullptr;
    if (devices.size() > 1)
        dialog = new WakeManyDialog(m_context, devices, this);
    else if (const DeviceId device = m_context.selection->device(); !device.isEmpty())
        dialog = new WakeDialog(m_context, device, this);
    else if (devices.size() == 1)
        dialog = new WakeDialog(m_context, devices.first(), this);
    if (!dialog) {
        statusBar()->showMessage(tr("Choose a device on the left, or several, and then wake."), 10000);
        return;
    }
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::repeatWakeUp(const QString &bearer)
{
    const WakeUp *wake = chosenWake();
    if (!wake)
        return;
    m_context.host->repeatWake(wake->id, bearer).then(this, [this, user = wake->user, device = wake->device](const Result<WakeId> &started) {
        if (started)
            m_context.selection->selectWake(user, device, *started);
        else
            m_banner->showMessage(tr("The wake-up could not be repeated."), Sentences::error(started.error()));
    });
}

void MainWindow::fillRepeatOver()
{
    QMenu *menu = m_actions->repeatOver->menu();
    if (const WakeUp *wake = chosenWake())
        fillRepeatMenu(m_context, menu, *wake, [this](const QString &bearer) { repeatWakeUp(bearer); });
    else
        menu->clear();
}

QVector<QAction *> MainWindow::paletteActions()
{
    QVector<QAction *> actions = m_actions->all();
    if (m_actions->repeatOver->isEnabled()) {
        fillRepeatOver();
        actions += m_actions->repeatOver->menu()->actions().toVector();
    }
    return actions + scenarioChoices();
}

} // namespace reveille
