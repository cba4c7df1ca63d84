// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/userpage.h"

#include "gui/selection.h"
#include "gui/statemark.h"
#include "models/plaintip.h"
#include "models/roles.h"
#include "models/sentences.h"
#include "models/verdict.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace reveille {

UserPage::UserPage(GuiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_title(new QLabel), m_summary(new QLabel), m_devices(new QTreeWidget)
{
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setBold(true);
    m_title->setFont(large);
    m_title->setMinimumWidth(10 * theme::grid);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_summary->setWordWrap(true);
    auto *send = new QPushButton(theme::icon(QStringLiteral("push")), tr("Send push"));
    connect(send, &QPushButton::clicked, this, &UserPage::sendWanted);
    auto *edit = new QPushButton(tr("Edit…"));
    connect(edit, &QPushButton::clicked, this, &UserPage::editWanted);
    auto *add = new QPushButton(theme::icon(QStringLiteral("add")), tr("Add device…"));
    connect(add, &QPushButton::clicked, this, &UserPage::addDeviceWanted);
    auto *first = new QHBoxLayout;
    first->addWidget(m_title);
    first->addStretch();
    first->addWidget(send);
    first->addWidget(add);
    first->addWidget(edit);

    m_devices->setHeaderLabels({tr("Device"), tr("State"), tr("Verdict")});
    m_devices->setRootIsDecorated(false);
    m_devices->setAlternatingRowColors(true);
    m_devices->setAccessibleName(tr("Devices of this user"));
    m_devices->setItemDelegate(new RowDelegate(m_devices));
    m_devices->setItemDelegateForColumn(1, new StateDelegate(StateDelegate::Of::Liveness, m_devices));
    m_devices->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    connect(m_devices, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        const Result<DeviceId> id = DeviceId::parse(item->data(0, Role::Id).toString());
        if (id)
            m_context.selection->selectDevice(m_user, *id);
    });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * theme::grid, 2 * theme::grid, 2 * theme::grid, theme::grid);
    layout->setSpacing(theme::grid);
    layout->addLayout(first);
    layout->addWidget(m_summary);
    layout->addWidget(m_devices, 1);
    connect(context.subscribers, &SubscriberModel::countsChanged, this, &UserPage::refresh);
    connect(context.subscribers, &SubscriberModel::deviceChanged, this, [this](const DeviceId &id) {
        const std::optional<DeviceSnapshot> snapshot = m_context.subscribers->device(id);
        if (snapshot && snapshot->device.user == m_user)
            refresh();
    });
}

void UserPage::showUser(const PublicUserId &id)
{
    m_user = id;
    refresh();
}

void UserPage::refresh()
{
    const std::optional<UserSnapshot> user = m_context.subscribers->user(m_user);
    if (!user)
        return;
    const Timestamp now{QDateTime::currentMSecsSinceEpoch()};
    m_title->setText(user->user.name.isEmpty() ? m_user.toString() : user->user.name + QStringLiteral(" — ") + m_user.toString());
    const QVector<DeviceId> devices = m_context.subscribers->devicesOf(m_user);
    int up = 0;
    while (m_devices->topLevelItemCount() > devices.size())
        delete m_devices->takeTopLevelItem(m_devices->topLevelItemCount() - 1);
    for (int i = 0; i < devices.size(); ++i) {
        const std::optional<DeviceSnapshot> snapshot = m_context.subscribers->device(devices[i]);
        if (!snapshot)
            continue;
        const Liveness &liveness = snapshot->liveness;
        const bool known = !snapshot->connections.isEmpty();
        up += known && liveness.state() == LivenessState::Up;
        QTreeWidgetItem *item = m_devices->topLevelItem(i);
        if (!item) {
            item = new QTreeWidgetItem;
            m_devices->addTopLevelItem(item);
        }
        item->setText(0, snapshot->device.name.isEmpty() ? Sentences::shortened(devices[i].toString()) : snapshot->device.name);
        item->setText(1, known ? Sentences::stateAndReason(liveness.state(), liveness.reason()) : tr("Never registered"));
        item->setText(2, Sentences::verdict(verdictOf(*snapshot, now), now));
        item->setToolTip(2, plainTip(item->text(2)));
        item->setData(0, Role::Id, devices[i].toString());
        item->setData(1, Role::State, int(liveness.state()));
        item->setData(1, Role::HasState, known);
    }
    QString summary = devices.isEmpty() ? tr("No device has registered for this user yet.")
                                        : tr("%1 of %n device(s) reachable now.", nullptr, int(devices.size())).arg(up);
    summary += u' ' + (user->hasPassword ? tr("A password is set.") : tr("No password is set."));
    m_summary->setText(summary);
}

} // namespace reveille
