// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/actions.h"
#include "gui/banner.h"
#include "gui/confirmation.h"
#include "gui/edithistory.h"
#include "gui/importdialog.h"
#include "gui/mainwindow.h"
#include "gui/selection.h"
#include "gui/subscriberpanel.h"
#include "models/sentences.h"

#include <QStatusBar>

#include <algorithm>

namespace reveille {

/// Removing, taking back, files: what changes many subscribers at once.

void MainWindow::connectHistory()
{
    auto *history = new EditHistory(*m_context.host, this);
    m_context.history = history;
    const Actions &a = *m_actions;
    connect(a.remove, &QAction::triggered, this, &MainWindow::remove);
    connect(a.undo, &QAction::triggered, this, [this] { takeBack(false); });
    connect(a.redo, &QAction::triggered, this, [this] { takeBack(true); });
    connect(a.importSubscribers, &QAction::triggered, this, [this] { importSubscribers(m_context, this); });
    connect(a.exportSubscribers, &QAction::triggered, this, [this] {
        exportSubscribers(m_context, this, [this](const Result<qint64> &rows) {
            if (rows)
                statusBar()->showMessage(tr("%Ln row(s) exported.", nullptr, int(*rows)), 10000);
            else
                m_banner->showMessage(tr("The subscribers could not be exported."), Sentences::error(rows.error()));
        });
    });
    const auto show = [this, history] {
        m_actions->undo->setEnabled(history->canUndo());
        m_actions->redo->setEnabled(history->canRedo());
        m_actions->undo->setText(history->canUndo() ? tr("&Undo: %1").arg(history->undoText()) : tr("&Undo"));
        m_actions->redo->setText(history->canRedo() ? tr("&Redo: %1").arg(history->redoText()) : tr("&Redo"));
    };
    connect(history, &EditHistory::changed, this, show);
    connect(history, &EditHistory::failed, this, [this](const QString &what, const Error &error) {
        m_banner->showMessage(tr("It could not be taken back or done again: %1.").arg(what), Sentences::error(error));
    });
}

/// Whatever removes something reaches the network, so it is asked about.
void MainWindow::takeBack(bool again)
{
    EditHistory &history = *m_context.history;
    const SubscriberChange next = again ? history.nextRedo() : history.nextUndo();
    const QString what = again ? history.redoText() : history.undoText();
    if (!next.removedUsers.isEmpty() || !next.removedDevices.isEmpty()) {
        if (!confirm(this, *m_context.settings, QStringLiteral("undoRemoves"), again ? tr("Do again: %1?").arg(what) : tr("Take back: %1?").arg(what),
                     tr("This removes users or devices with their registrations."), tr("Remove")))
            return;
    }
    if (again)
        history.redo();
    else
        history.undo();
}

void MainWindow::remove()
{
    const Selection &s = *m_context.selection;
    SubscriberChange order;
    order.removedUsers = m_subscribers->selectedUsers();
    for (const DeviceId &id : m_subscribers->selectedDevices()) {
        const std::optional<DeviceSnapshot> device = m_context.subscribers->device(id);
        if (device && !order.removedUsers.contains(device->device.user))
            order.removedDevices.append(id);
    }
    if (order.isEmpty()) {
        if (s.device().isEmpty())
            order.removedUsers = {s.user()};
        else
            order.removedDevices = {s.device()};
    }
    const qsizetype count = order.removedUsers.size() + order.removedDevices.size();
    const QString name = count > 1 ? tr("%Ln users and devices", nullptr, int(count))
        : order.removedDevices.isEmpty() ? order.removedUsers.first().toString()
                                         : m_context.subscribers->deviceLabel(order.removedDevices.first());
    const QString consequence = order.removedUsers.isEmpty()
        ? tr("Their registrations end now, and the wake routes go. Pushes and journal stay. Undo brings back what was provisioned, not the registrations.")
        : tr("Users go with all their devices; registrations end now. Pushes and journal stay. Undo brings back what was provisioned, not the registrations.");
    if (!confirm(this, *m_context.settings, QStringLiteral("remove"), tr("Remove %1?").arg(name), consequence, tr("Remove")))
        return;
    m_context.host->change(order).then(this, [this, name](const Result<SubscriberChange> &back) {
        if (!back) {
            report(tr("%1 could not be removed.").arg(name), back.error());
            return;
        }
        m_context.history->add(tr("removal of %1").arg(name), *back);
        statusBar()->showMessage(tr("%1 removed. Ctrl+Z brings back what was provisioned.").arg(name), 10000);
    });
}

} // namespace reveille
