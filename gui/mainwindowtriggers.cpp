// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/actions.h"
#include "gui/bulksenddialog.h"
#include "gui/composer.h"
#include "gui/composerform.h"
#include "gui/mainwindow.h"
#include "gui/selection.h"
#include "gui/subscriberpanel.h"
#include "gui/triggerpanel.h"
#include "gui/triggertree.h"
#include "models/plaintip.h"

#include <QComboBox>
#include <QDockWidget>
#include <QMenu>
#include <QSet>
#include <QStatusBar>
#include <QToolButton>

namespace reveille {

/// The commands about triggers, and about sending to many; the window around them is in mainwindow.cpp.

void MainWindow::connectTriggerActions()
{
    const Actions &a = *m_actions;
    m_triggers->setActions({a.sendTrigger, a.openTrigger, a.newFolder, a.importTriggers, a.exportTriggers});
    connect(a.triggers, &QAction::triggered, this, [this] { raiseDock(m_triggersDock, m_triggers->tree()); });
    connect(a.saveTrigger, &QAction::triggered, this, [this] {
        raiseDock(m_composerDock, nullptr);
        m_composer->saveTrigger();
    });
    connect(a.sendTrigger, &QAction::triggered, this, [this] { sendTrigger(false); });
    connect(a.sendTriggerAsking, &QAction::triggered, this, [this] { sendTrigger(true); });
    for (const auto &[action, slot] : {std::pair(a.openTrigger, &TriggerPanel::open), {a.newFolder, &TriggerPanel::addFolder},
                                       {a.renameTrigger, &TriggerPanel::rename}, {a.duplicateTrigger, &TriggerPanel::duplicate},
                                       {a.moveTrigger, &TriggerPanel::moveToFolder}, {a.removeTrigger, &TriggerPanel::remove},
                                       {a.restoreTrigger, &TriggerPanel::restore}, {a.importTriggers, &TriggerPanel::importFile}}) {
        connect(action, &QAction::triggered, this, [this, slot = slot] {
            raiseDock(m_triggersDock, nullptr);
            (m_triggers->*slot)();
        });
    }
    connect(a.exportTriggers, &QAction::triggered, this, [this] { m_triggers->exportFile(true); });
    connect(a.exportTrigger, &QAction::triggered, this, [this] { m_triggers->exportFile(false); });
    connect(a.bulkSend, &QAction::triggered, this, &MainWindow::sendToMany);
    connect(m_triggers, &TriggerPanel::openWanted, this, [this](quint64 id) {
        m_composer->loadTrigger(id);
        sendPush();
    });
    connect(m_triggers, &TriggerPanel::composeWanted, a.send, &QAction::trigger);
    connect(m_triggers, &TriggerPanel::menuWanted, this, [this](const QPoint &at) {
        QMenu menu(this);
        menu.addActions(m_actions->triggerActions());
        menu.exec(at);
    });
    connect(m_triggers, &TriggerPanel::pushWanted, this, [this](const PushId &id) {
        const Push *push = m_context.pushes->push(id);
        if (push && !push->deliveries.isEmpty())
            m_context.selection->selectPush(push->user, push->deliveries.first().device, id);
        else if (push)
            m_context.selection->selectUser(push->user);
    });
    connect(m_triggers, &TriggerPanel::chosenChanged, this, &MainWindow::updateTriggerActions);
    connect(m_composer, &Composer::triggerSaved, m_triggers, &TriggerPanel::choose);
    // The library may stand behind another panel when it can no longer be saved.
    m_libraryTrouble = new QToolButton;
    m_libraryTrouble->setObjectName(QStringLiteral("libraryTrouble"));
    m_libraryTrouble->setText(tr("Triggers are not saved"));
    m_libraryTrouble->setAutoRaise(true);
    statusBar()->addPermanentWidget(m_libraryTrouble);
    connect(m_libraryTrouble, &QToolButton::clicked, a.triggers, &QAction::trigger);
    connect(m_context.triggers, &TriggerLibrary::troubleChanged, this, &MainWindow::showLibraryTrouble);
    showLibraryTrouble();
    updateTriggerActions();
}

void MainWindow::showLibraryTrouble()
{
    const QString why = m_triggers->trouble();
    m_libraryTrouble->setToolTip(plainTip(why));
    m_libraryTrouble->setAccessibleDescription(why);
    m_libraryTrouble->setVisible(m_context.triggers->trouble().lasts());
}

void MainWindow::updateTriggerActions()
{
    m_actions->setTriggerState(m_context.host->state() == ServerHost::State::Running, m_triggers->chosen() != 0, m_triggers->hasTrigger(),
                               m_context.triggers->model().restorable());
}

/// From anywhere in the window: what becomes of it is shown where it was chosen.
void MainWindow::sendTrigger(bool ask)
{
    raiseDock(m_triggersDock, nullptr);
    m_triggers->send(ask);
}

void MainWindow::sendToMany()
{
    QVector<Recipient> recipients;
    const QVector<PublicUserId> users = m_subscribers->selectedUsers();
    const QSet<PublicUserId> chosen(users.begin(), users.end());
    for (const PublicUserId &user : users)
        recipients.append({0, user.toString(), {}, {}});
    for (const DeviceId &id : m_subscribers->selectedDevices()) {
        const std::optional<DeviceSnapshot> device = m_context.subscribers->device(id);
        if (device && !chosen.contains(device->device.user)) // a push for the user reaches this one too
            recipients.append({0, id.toString(), {}, {}});
    }
    auto *dialog = new BulkSendDialog(m_context, m_composer->form()->trigger(), recipients, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (m_triggers->hasTrigger() && m_triggers->isAncestorOf(focusWidget()))
        dialog->trigger()->setCurrentIndex(dialog->trigger()->findData(m_triggers->chosen()));
    dialog->show();
}

} // namespace reveille
