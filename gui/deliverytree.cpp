// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/deliverytree.h"

#include "gui/statemark.h"
#include "models/plaintip.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QHeaderView>

#include <algorithm>

namespace reveille {

DeliveryTree::DeliveryTree(GuiContext &context, Steps steps, QWidget *parent)
    : QTreeWidget(parent), m_context(context), m_steps(steps)
{
    setAccessibleName(tr("Life of the push"));
    setHeaderLabels({tr("Device"), tr("State"), tr("Since"), tr("Why"), tr("Attempts"), tr("Wake-up")});
    setItemDelegateForColumn(State, new StateDelegate(StateDelegate::Of::Push, this));
    setRootIsDecorated(steps == Steps::Shown);
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setHighlightSections(false);
}

void DeliveryTree::clear()
{
    m_items.clear();
    m_shown.clear();
    QTreeWidget::clear();
}

void DeliveryTree::showDeliveries(const Push &push)
{
    if (push.deliveries == m_shown)
        return;
    m_shown = push.deliveries;
    for (const Delivery &delivery : push.deliveries)
        showDelivery(delivery);
}

void DeliveryTree::showDelivery(const Delivery &delivery)
{
    QTreeWidgetItem *&item = m_items[delivery.device];
    if (!item) {
        item = new QTreeWidgetItem(this);
        item->setText(Device, m_context.subscribers->deviceLabel(delivery.device));
        item->setToolTip(Device, plainTip(delivery.device.toString()));
        item->setData(Device, Role::DeviceId, delivery.device.toString());
        item->setData(State, Role::State, -1);
        item->setTextAlignment(Attempts, Qt::AlignRight | Qt::AlignVCenter);
        item->setExpanded(true);
    }
    const QString state = Sentences::pushState(delivery.state);
    const QString since = m_context.times.clock(delivery.changedAt);
    const QString why = Sentences::outcome(delivery.reason);
    if (m_steps == Steps::Shown && item->data(State, Role::State).toInt() != int(delivery.state)) {
        auto *step = new QTreeWidgetItem(item, {QString(), state, since, why});
        step->setData(State, Role::State, int(delivery.state));
    }
    item->setData(State, Role::State, int(delivery.state));
    item->setText(State, state);
    item->setText(Since, since);
    item->setToolTip(Since, m_context.times.dateTime(delivery.changedAt));
    item->setText(Why, why);
    item->setToolTip(Why, plainTip(why));
    item->setText(Attempts, QString::number(delivery.attempts));
    item->setText(Wake, Sentences::shortened(delivery.wake.text(), 12));
    item->setToolTip(Wake, plainTip(delivery.wake.text()));
    item->setData(Wake, Role::WakeId, delivery.wake.text());
}

DeviceId DeliveryTree::chosenDevice() const
{
    const QTreeWidgetItem *item = currentItem();
    while (item && item->parent())
        item = item->parent();
    return item ? DeviceId::parse(item->data(Device, Role::DeviceId).toString()).valueOr({}) : DeviceId();
}

WakeId DeliveryTree::chosenWake() const
{
    const DeviceId device = chosenDevice();
    const QTreeWidgetItem *item = m_items.value(device);
    return item ? WakeId(item->data(Wake, Role::WakeId).toString()) : WakeId();
}

} // namespace reveille
