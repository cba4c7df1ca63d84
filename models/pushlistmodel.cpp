// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pushlistmodel.h"

#include "models/plaintip.h"
#include "models/sentences.h"

#include <QDateTime>

#include <algorithm>
#include <functional>

namespace reveille {

using namespace Qt::StringLiterals;

PushListModel::PushListModel(QObject *parent) : QAbstractTableModel(parent) {}

void PushListModel::apply(const ServerChanges &changes)
{
    QVector<Push> pushes = changes.pushes;
    std::stable_sort(pushes.begin(), pushes.end(),
                     [](const Push &a, const Push &b) { return a.acceptedAt < b.acceptedAt; });
    for (const Push &push : pushes) {
        const auto put = m_all.put(push);
        if (put.dropped != 0 && !m_shown.isEmpty() && m_shown.last() == put.dropped) {
            const int gone = rowCount() - 1;
            beginRemoveRows({}, gone, gone);
            m_shown.removeLast();
            endRemoveRows();
        }
        const int row = put.isNew ? -1 : rowOf(push.id);
        if (row >= 0) {
            Q_EMIT dataChanged(index(row, 0), index(row, PushColumn::Count - 1));
        } else if (put.isNew && takes(push)) {
            beginInsertRows({}, 0, 0);
            m_shown.prepend(put.order);
            endInsertRows();
        } else if (!put.isNew && takes(push)) {
            refill(); // a delivery to the chosen device came to an old push
        }
    }
}

void PushListModel::clear()
{
    m_all.clear();
    refill();
}

void PushListModel::setNames(NameFunction names)
{
    m_names = std::move(names);
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, PushColumn::Count - 1));
}

void PushListModel::setTimeDisplay(const TimeDisplay &display)
{
    m_times = display;
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, PushColumn::Count - 1));
}

void PushListModel::setDevice(const DeviceId &device)
{
    if (device == m_device)
        return;
    m_device = device;
    refill();
}

bool PushListModel::takes(const Push &push) const
{
    if (m_device.isEmpty())
        return true;
    return std::any_of(push.deliveries.begin(), push.deliveries.end(),
                       [this](const Delivery &delivery) { return delivery.device == m_device; });
}

void PushListModel::refill()
{
    beginResetModel();
    m_shown.clear();
    m_all.newestFirst([this](RecentList<Push>::Order order, const Push &push) {
        if (takes(push))
            m_shown.append(order);
    });
    endResetModel();
}

const Push *PushListModel::pushAt(int row) const
{
    return row >= 0 && row < m_shown.size() ? m_all.at(m_shown[row]) : nullptr;
}

const Push *PushListModel::push(const PushId &id) const
{
    return m_all.find(id);
}

int PushListModel::rowOf(const PushId &id) const
{
    const RecentList<Push>::Order order = m_all.orderOf(id);
    const auto at = std::lower_bound(m_shown.cbegin(), m_shown.cend(), order, std::greater<>());
    return order != 0 && at != m_shown.cend() && *at == order ? int(at - m_shown.cbegin()) : -1;
}

int PushListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int PushListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(PushColumn::Count);
}

QVariant PushListModel::data(const QModelIndex &index, int role) const
{
    const Push *push = index.isValid() ? pushAt(index.row()) : nullptr;
    if (!push)
        return {};
    switch (role) {
    case Role::Id:
    case Role::PushId: return push->id.text();
    case Role::UserId: return push->user.toString();
    case Role::DeviceId:
        return push->deliveries.size() == 1 ? push->deliveries.first().device.toString() : m_device.toString();
    case Role::WakeId: {
        for (const Delivery &delivery : push->deliveries) {
            if (!delivery.wake.isEmpty())
                return delivery.wake.text();
        }
        return QString();
    }
    case Role::State: return int(push->state);
    case Role::Time: return push->acceptedAt.ms;
    case Role::Sort:
        return index.column() == PushColumn::Size ? QVariant(push->request.body.size())
            : index.column() == PushColumn::Accepted ? QVariant(push->acceptedAt.ms) : QVariant(text(*push, index.column()));
    case Qt::TextAlignmentRole:
        return int((index.column() == PushColumn::Size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return text(*push, index.column());
    case Qt::ToolTipRole:
        if (index.column() == PushColumn::Accepted)
            return m_times.dateTime(push->acceptedAt);
        return plainTip(index.column() == PushColumn::Id ? push->id.text() : text(*push, index.column()));
    default: return {};
    }
}

QString PushListModel::text(const Push &push, int column) const
{
    const Timestamp now{QDateTime::currentMSecsSinceEpoch()};
    switch (column) {
    case PushColumn::Accepted: return m_times.shortTime(push.acceptedAt, now);
    case PushColumn::State: return Sentences::pushState(push.state);
    case PushColumn::To: return push.user.toString();
    case PushColumn::Application: return push.request.application;
    case PushColumn::ContentType: return push.request.contentType;
    case PushColumn::Size: return QString::number(push.request.body.size());
    case PushColumn::Expires: return m_times.shortTime(push.expiresAt, now);
    case PushColumn::Deliveries: {
        QStringList parts;
        for (const Delivery &delivery : push.deliveries) {
            const QString name = m_names ? m_names(delivery.device) : Sentences::shortened(delivery.device.toString());
            const QString state = Sentences::pushState(delivery.state);
            parts.append(delivery.reason.isEmpty()
                             ? tr("%1: %2").arg(name, state)
                             : tr("%1: %2 (%3)").arg(name, state, Sentences::outcome(delivery.reason)));
        }
        return parts.join(u"; "_s);
    }
    case PushColumn::Id: return Sentences::shortened(push.id.text(), 12);
    default: return {};
    }
}

QVariant PushListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PushColumn::Accepted: return tr("Accepted");
    case PushColumn::State: return tr("State");
    case PushColumn::To: return tr("For");
    case PushColumn::Application: return tr("Application");
    case PushColumn::ContentType: return tr("Content type");
    case PushColumn::Size: return tr("Octets");
    case PushColumn::Expires: return tr("Valid until");
    case PushColumn::Deliveries: return tr("Deliveries");
    case PushColumn::Id: return tr("Id");
    default: return {};
    }
}

} // namespace reveille
