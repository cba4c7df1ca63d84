// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/actions.h"
#include "gui/banner.h"
#include "gui/composer.h"
#include "gui/confirmation.h"
#include "gui/devicepage.h"
#include "gui/mainwindow.h"
#include "gui/pushespage.h"
#include "gui/queuepage.h"
#include "gui/selection.h"
#include "models/sentences.h"

#include <QClipboard>
#include <QDockWidget>
#include <QGuiApplication>
#include <QMenu>
#include <QStatusBar>
#include <QTableView>

namespace reveille {

/// The commands about pushes that were sent; those about triggers are in mainwindowtriggers.cpp.

void MainWindow::connectPushActions()
{
    const Actions &a = *m_actions;
    connect(a.pushes, &QAction::triggered, this, [this] { raiseDock(m_pushesDock, m_pushes->table()); });
    connect(a.exportPushes, &QAction::triggered, m_pushes, &PushesPage::exportCsv);
    connect(a.reusePush, &QAction::triggered, this, [this] {
        withChosenPush([this](const Push &push) {
            m_composer->loadPush(push);
            sendPush();
        });
    });
    connect(a.resendPush, &QAction::triggered, this, [this] { withChosenPush([this](const Push &push) { resend(push); }); });
    connect(a.copyPushLine, &QAction::triggered, this, [this] { copyPush(PushText::Reveillectl); });
    connect(a.copyPushCurl, &QAction::triggered, this, [this] { copyPush(PushText::Curl); });
    connect(a.copyPushHttp, &QAction::triggered, this, [this] { copyPush(PushText::Http); });
    connect(a.copyPushId, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(m_context.selection->push().text()); });
    connect(a.waiting, &QAction::triggered, m_devicePage, &DevicePage::showQueue);
    connect(a.cancelWaiting, &QAction::triggered, m_devicePage, [this] {
        m_devicePage->showQueue();
        m_devicePage->queue()->cancelSelected();
    });
    const auto openPushMenu = [this](const QPoint &at) {
        QMenu menu(this);
        menu.addActions(m_actions->pushActions());
        menu.exec(at);
    };
    connect(m_devicePage, &DevicePage::pushMenuWanted, this, openPushMenu);
    connect(m_pushes, &PushesPage::menuWanted, this, openPushMenu);
    connect(m_pushes, &PushesPage::inspectWanted, a.inspect, &QAction::trigger);
    connect(m_pushes, &PushesPage::sendWanted, a.send, &QAction::trigger);
    // Beside the list there is little room.
    a.resendPush->setIconText(tr("Send again…"));
    a.reusePush->setIconText(tr("Compose"));
    a.inspect->setIconText(tr("Journal"));
    m_pushes->setActions({a.resendPush, a.reusePush, a.inspect});
}

/// From memory, or, where it has left that, from the store.
void MainWindow::withChosenPush(const std::function<void(const Push &)> &use)
{
    const PushId id = m_context.selection->push();
    if (id.isEmpty()) {
        statusBar()->showMessage(tr("Choose a push first, among all pushes, those of a device or in the journal."), 10000);
        return;
    }
    if (const Push *known = m_context.pushes->push(id)) {
        const Push push = *known; // it may go while a question is asked
        return use(push);
    }
    m_context.host->push(id).then(this, [this, use](const Result<Push> &push) {
        if (push)
            use(*push);
        else
            m_banner->showMessage(tr("The push could not be read."), Sentences::error(push.error()));
    });
}

/// The same content for the same target, as staff: what its initiator said of it for itself is left out.
void MainWindow::resend(const Push &push)
{
    if (!confirm(this, *m_context.settings, QStringLiteral("resend"), tr("Send the push %1 again?").arg(push.id.text()),
                 tr("%1 gets the same content once more, as a push of staff. To change it first, open it in the composer.").arg(push.user.toString()),
                 tr("Send again")))
        return;
    PushRequest request = push.request;
    request.initiator = {};
    request.reference.clear();
    request.notBefore = {};
    request.notifyTo.clear();
    request.terms.clear();
    m_context.host->submit(request).then(this, [this, push](const Result<PushId> &id) {
        if (!id) {
            m_banner->showMessage(tr("The push %1 could not be sent again.").arg(push.id.text()), Sentences::error(id.error()));
            return;
        }
        statusBar()->showMessage(tr("Sent again as %1.").arg(id->text()), 10000);
        const DeviceId device = push.deliveries.size() == 1 ? push.deliveries.first().device : DeviceId();
        m_context.selection->selectPush(push.user, device, *id);
    });
}

void MainWindow::copyPush(PushText how)
{
    if (m_context.selection->push().isEmpty()) {
        raiseDock(m_composerDock, nullptr);
        return m_composer->copyAs(how);
    }
    withChosenPush([this, how](const Push &push) {
        const QString text = pushAs(how, push.request, staffAddress(*m_context.host));
        if (text.isEmpty()) {
            statusBar()->showMessage(tr("reveillectl cannot name a session; copy it as an HTTP request."), 10000);
            return;
        }
        QGuiApplication::clipboard()->setText(text);
        statusBar()->showMessage(how == PushText::Reveillectl ? tr("Copied %1 as a command.").arg(push.id.text())
                                                              : tr("Copied %1. REVEILLE_TOKEN stands where the token belongs.").arg(push.id.text()),
                                 10000);
    });
}

} // namespace reveille
