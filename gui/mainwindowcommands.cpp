// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/actions.h"
#include "gui/banner.h"
#include "gui/composer.h"
#include "gui/confirmation.h"
#include "gui/connectionspage.h"
#include "gui/devicepage.h"
#include "gui/journalpanel.h"
#include "gui/lifelineview.h"
#include "gui/mainwindow.h"
#include "gui/networkspage.h"
#include "gui/selection.h"
#include "gui/subscriberdialogs.h"
#include "gui/subscriberpanel.h"
#include "models/sentences.h"

#include <QClipboard>
#include <QDockWidget>
#include <QGuiApplication>
#include <QMenu>
#include <QStatusBar>
#include <QTableView>

namespace reveille {

/// The commands that work on the selection; the window around them is in mainwindow.cpp.

void MainWindow::connectSelectionActions()
{
    const Actions &a = *m_actions;
    connect(a.send, &QAction::triggered, this, &MainWindow::sendPush);
    connect(a.edit, &QAction::triggered, this, &MainWindow::editSelection);
    connect(a.deregister, &QAction::triggered, this, &MainWindow::deregister);
    connect(a.cancel, &QAction::triggered, this, &MainWindow::cancelSelected);
    connect(a.inspect, &QAction::triggered, this, &MainWindow::raiseJournal);
    connect(a.addUser, &QAction::triggered, this, [this] {
        auto *dialog = new UserDialog(m_context, {}, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(a.addDevice, &QAction::triggered, this, [this] {
        auto *dialog = new DeviceDialog(m_context, m_context.selection->user(), {}, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(a.probe, &QAction::triggered, this, [this] {
        const DeviceId device = m_context.selection->device();
        const QString name = m_context.subscribers->deviceLabel(device);
        statusBar()->showMessage(tr("Asking %1 whether it is there…").arg(name), 10000);
        m_context.host->probe(device).then(this, [this, name](const Result<Done> &result) {
            if (result)
                statusBar()->showMessage(tr("%1 answered: the path works both ways.").arg(name), 10000);
            else
                report(tr("%1 was probed.").arg(name), result);
        });
    });
    connect(a.copyId, &QAction::triggered, this, [this] {
        const Selection &s = *m_context.selection;
        QGuiApplication::clipboard()->setText(s.device().isEmpty() ? s.user().toString() : s.device().toString());
    });
    connect(a.lifelineTable, &QAction::toggled, m_devicePage->lifeline(), &LifelineView::showTable);
    connect(m_devicePage->lifeline(), &LifelineView::tableShown, a.lifelineTable, &QAction::setChecked);
    connect(a.copyLifeline, &QAction::triggered, m_devicePage->lifeline(), &LifelineView::copyText);
    connect(m_devicePage->lifeline(), &LifelineView::momentChosen, this, [this](Timestamp from, Timestamp until) {
        raiseJournal();
        m_journal->showMoment(from, until);
    });
    connect(m_devicePage->connections(), &ConnectionsPage::journalWanted, this, [this](const QString &peer) {
        raiseJournal();
        m_journal->showText(peer);
    });
    connect(m_devicePage->connections(), &ConnectionsPage::probeWanted, a.probe, &QAction::trigger);
    connect(m_devicePage->connections(), &ConnectionsPage::deregisterWanted, a.deregister, &QAction::trigger);
    connect(a.networks, &QAction::triggered, this, [this] { raiseDock(m_networksDock, m_networks->table()); });
    connect(a.exportNetworks, &QAction::triggered, m_networks, &NetworksPage::exportCsv);
    connect(m_networks, &NetworksPage::failed, m_banner,
            [this](const QString &what, const Error &error) { m_banner->showMessage(what, Sentences::error(error)); });
    connect(a.copyVerdict, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(m_devicePage->verdictText()); });
}

void MainWindow::raiseDock(QDockWidget *dock, QWidget *focused)
{
    dock->show();
    dock->raise();
    if (focused)
        focused->setFocus();
}

void MainWindow::raiseJournal()
{
    raiseDock(m_journalDock, nullptr);
}

void MainWindow::report(const QString &what, const Result<Done> &result)
{
    if (!result)
        m_banner->showMessage(what, Sentences::error(result.error()));
}

void MainWindow::openMenu(const QPoint &at)
{
    QMenu menu(this);
    menu.addActions(m_actions->selectionActions());
    menu.exec(at);
}

void MainWindow::sendPush()
{
    m_composerDock->show();
    m_composerDock->raise();
    m_composer->focusBody();
}

void MainWindow::editSelection()
{
    const Selection &s = *m_context.selection;
    QDialog *dialog = nullptr;
    if (s.device().isEmpty())
        dialog = new UserDialog(m_context, s.user(), this);
    else
        dialog = new DeviceDialog(m_context, s.user(), s.device(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::deregister()
{
    QVector<DeviceId> devices = m_subscribers->selectedDevices();
    if (devices.isEmpty())
        devices = {m_context.selection->device()};
    const QString question = devices.size() == 1
        ? tr("Deregister %1?").arg(m_context.subscribers->deviceLabel(devices.first()))
        : tr("Deregister %n device(s)?", nullptr, int(devices.size()));
    if (!confirm(this, *m_context.settings, QStringLiteral("deregister"), question,
                 tr("Its connections are closed and its registration is forgotten. It stays known and can be woken; it may register again at any time."),
                 tr("Deregister")))
        return;
    for (const DeviceId &device : std::as_const(devices)) {
        m_context.host->deregister(device).then(this, [this](const Result<Done> &result) {
            report(tr("A device could not be deregistered."), result);
        });
    }
}

void MainWindow::cancelSelected()
{
    const Selection &s = *m_context.selection;
    QFuture<Result<Done>> done = s.push().isEmpty() ? m_context.host->cancelWake(s.wake()) : m_context.host->cancelPush(s.push());
    done.then(this, [this](const Result<Done> &result) { report(tr("It could not be cancelled."), result); });
}

} // namespace reveille
