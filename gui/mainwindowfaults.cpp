// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/actions.h"
#include "gui/banner.h"
#include "gui/bearerspage.h"
#include "gui/faultbanner.h"
#include "gui/faultdialog.h"
#include "gui/faultspage.h"
#include "gui/mainwindow.h"
#include "gui/selection.h"
#include "models/faultmodel.h"
#include "models/sentences.h"

#include <QDockWidget>
#include <QLayout>
#include <QStatusBar>
#include <QTableView>
#include <QToolBar>

namespace reveille {

/// Injected faults; the window around them is in mainwindow.cpp.

void MainWindow::buildFaultBar()
{
    m_faultBanner = new FaultBanner(*m_context.faults);
    m_faultBar = new QToolBar(tr("Injected faults"));
    m_faultBar->setObjectName(QStringLiteral("faultBar"));
    m_faultBar->setMovable(false);
    m_faultBar->setStyleSheet(QStringLiteral("#faultBar { border: 0; padding: 0; spacing: 0; }"));
    m_faultBar->toggleViewAction()->setVisible(false); // nobody hides it while a fault is in force
    m_faultBar->layout()->setContentsMargins(0, 0, 0, 0);
    m_faultBanner->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_faultBar->addWidget(m_faultBanner);
    addToolBarBreak();
    addToolBar(m_faultBar);
    m_faultBar->hide();
}

void MainWindow::connectFaultActions()
{
    const Actions &a = *m_actions;
    const auto show = [this] { raiseDock(m_faultsDock, m_faults->table()); };
    connect(a.faults, &QAction::triggered, this, show);
    connect(a.injectFault, &QAction::triggered, this, [this] {
        FaultOrder order = usualFault();
        order.rule.device = m_context.selection->device();
        injectFault(order);
    });
    connect(a.endFaults, &QAction::triggered, m_faults, &FaultsPage::endAll);
    connect(m_faults, &FaultsPage::injectWanted, this, &MainWindow::injectFault);
    connect(m_faults, &FaultsPage::failed, m_banner,
            [this](const QString &what, const Error &error) { m_banner->showMessage(what, Sentences::error(error)); });
    connect(m_bearers, &BearersPage::faultWanted, this, [this](const QString &bearer) {
        FaultOrder order = usualFault();
        order.rule.scope = FaultScope::Wakes;
        order.rule.bearer = bearer;
        injectFault(order);
    });
    connect(m_faultBanner, &FaultBanner::showWanted, this, show);
    connect(m_faultBanner, &FaultBanner::endAllWanted, m_faults, &FaultsPage::endAll);
    connect(m_faultBanner, &FaultBanner::neededChanged, this, [this] { updateFaultBar(); });
    connect(m_context.faults, &FaultModel::changed, this, [this] { m_context.subscribers->setStruckDevices(m_context.faults->devices()); });
    updateFaultBar();
}

/// Also after the layout was restored, which brings bars back as they were.
void MainWindow::updateFaultBar()
{
    m_faultBar->setVisible(m_faultBanner->isNeeded());
    m_actions->endFaults->setEnabled(m_faultBanner->isNeeded());
}

void MainWindow::injectFault(const FaultOrder &like)
{
    auto *dialog = new FaultDialog(m_context, like, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &FaultDialog::injected, this, [this](const FaultId &id) {
        statusBar()->showMessage(tr("The fault is in force."), 10000);
        m_faults->chooseFault(id);
    });
    dialog->open();
}

} // namespace reveille
