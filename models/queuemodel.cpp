// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/queuemodel.h"

#include "models/plaintip.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace reveille {

namespace {

Timestamp now()
{
    return Timestamp{QDateTime::currentMSecsSinceEpoch()};
}

} // namespace

QueueModel::QueueModel(QObject *parent) : QAbstractTableModel(parent) {}

const Delivery *QueueModel::waiting(const Push &push) const
{
    const auto found = std::find_if(push.deliveries.begin(), push.deliveries.end(), [this](const Delivery &delivery) {
        return delivery.device == m_device && !isTerminal(delivery.state);
    });
    return found == push.deliveries.end() ? nullptr : &*found;
}

void QueueModel::setDevice(const DeviceId &device)
{
    beginResetModel();
    m_device = device;
    m_pushes.clear();
    m_ids.clear();
    m_read = m_cut = m_unsure = false;
    endResetModel();
}

void QueueModel::setQueue(const QVector<Push> &queue)
{
    beginResetModel();
    m_pushes = queue.first(std::min<qsizetype>(queue.size(), rowLimit));
    m_pushes.removeIf([this](const Push &push) { return !waiting(push); });
    m_cut = queue.size() > rowLimit;
    m_ids.clear();
    for (const Push &push : std::as_const(m_pushes))
        m_ids.insert(push.id);
    m_read = true;
    endResetModel();
}

void QueueModel::insert(const Push &push)
{
    if (m_pushes.size() >= rowLimit) {
        m_cut = true;
        return;
    }
    // As the server queues: a more urgent push overtakes what is not being sent.
    auto row = m_pushes.size();
    while (row > 0 && m_pushes[row - 1].request.priority < push.request.priority && waiting(m_pushes[row - 1])
           && waiting(m_pushes[row - 1])->state != PushState::Sending)
        --row;
    beginInsertRows({}, int(row), int(row));
    m_pushes.insert(row, push);
    m_ids.insert(push.id);
    endInsertRows();
}

void QueueModel::arrange(const QVector<Push> &queue)
{
    m_unsure = false;
    QHash<PushId, qsizetype> places;
    for (const Push &push : queue)
        places.insert(push.id, places.size());
    QVector<Push> sorted = m_pushes;
    std::stable_sort(sorted.begin(), sorted.end(), [&](const Push &a, const Push &b) {
        return places.value(a.id, queue.size()) < places.value(b.id, queue.size());
    });
    if (sorted == m_pushes)
        return;
    Q_EMIT layoutAboutToBeChanged();
    const QVector<Push> before = std::exchange(m_pushes, sorted);
    const QModelIndexList old = persistentIndexList();
    QModelIndexList now;
    for (const QModelIndex &index : old)
        now.append(createIndex(rowOf(before[index.row()].id), index.column()));
    changePersistentIndexList(old, now);
    Q_EMIT layoutChanged();
}

void QueueModel::removeAt(int row)
{
    beginRemoveRows({}, row, row);
    m_ids.remove(m_pushes[row].id);
    m_pushes.removeAt(row);
    endRemoveRows();
}

void QueueModel::apply(const ServerChanges &changes)
{
    if (!m_read)
        return;
    bool moved = false;
    int came = 0;
    for (const Push &push : changes.pushes) {
        const bool waits = waiting(push);
        const int row = rowOf(push.id);
        if (row < 0 && waits) {
            insert(push);
            moved = true;
            m_unsure = m_unsure || ++came > 1;
        } else if (row >= 0 && !waits) {
            removeAt(row);
            moved = true;
        } else if (row >= 0) {
            m_pushes[row] = push;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
    if (moved && !m_pushes.isEmpty())
        Q_EMIT dataChanged(index(0, Place), index(rowCount() - 1, Place));
}

const Push *QueueModel::pushAt(int row) const
{
    return row >= 0 && row < m_pushes.size() ? &m_pushes[row] : nullptr;
}

int QueueModel::rowOf(const PushId &id) const
{
    if (!m_ids.contains(id))
        return -1;
    const auto found = std::find_if(m_pushes.begin(), m_pushes.end(), [&id](const Push &push) { return push.id == id; });
    return int(found - m_pushes.begin());
}

int QueueModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_pushes.size());
}

int QueueModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString QueueModel::text(const Push &push, int row, int column) const
{
    const Delivery *delivery = waiting(push);
    switch (column) {
    case Place: return QString::number(row + 1);
    case State: return Sentences::pushState(delivery ? delivery->state : push.state);
    case Why: return delivery ? Sentences::outcome(delivery->reason) : QString();
    case Priority: return Sentences::priority(push.request.priority);
    case Waiting: return TimeDisplay::duration(now() - push.acceptedAt);
    case Expires: return TimeDisplay::relative(push.expiresAt, now());
    case Application: return push.request.application;
    case ContentType: return push.request.contentType;
    case Size: return QString::number(push.request.body.size());
    case Others: {
        const auto others = std::count_if(push.deliveries.begin(), push.deliveries.end(), [this](const Delivery &other) {
            return other.device != m_device && !isTerminal(other.state);
        });
        return others == 0 ? QString() : tr("%Ln more device(s)", nullptr, int(others));
    }
    case Id: return Sentences::shortened(push.id.text(), 12);
    default: return {};
    }
}

QVariant QueueModel::data(const QModelIndex &index, int role) const
{
    const Push *push = index.isValid() ? pushAt(index.row()) : nullptr;
    if (!push)
        return {};
    const Delivery *delivery = waiting(*push);
    switch (role) {
    case Role::Id:
    case Role::PushId: return push->id.text();
    case Role::UserId: return push->user.toString();
    case Role::DeviceId: return m_device.toString();
    case Role::WakeId: return delivery ? delivery->wake.text() : QString();
    case Role::State: return int(delivery ? delivery->state : push->state);
    case Role::Time: return push->acceptedAt.ms;
    case Qt::TextAlignmentRole: {
        const bool number = index.column() == Size || index.column() == Place;
        return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return text(*push, index.row(), index.column());
    case Qt::ToolTipRole:
        if (index.column() == Waiting)
            return tr("since %1").arg(m_times.dateTime(push->acceptedAt));
        if (index.column() == Expires)
            return m_times.dateTime(push->expiresAt);
        return plainTip(index.column() == Id ? push->id.text() : text(*push, index.row(), index.column()));
    default: return {};
    }
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Place: return tr("Place");
    case State: return tr("State");
    case Why: return tr("Why");
    case Priority: return tr("Priority");
    case Waiting: return tr("Waiting for");
    case Expires: return tr("Expires");
    case Application: return tr("Application");
    case ContentType: return tr("Content type");
    case Size: return tr("Octets");
    case Others: return tr("Also for");
    case Id: return tr("Id");
    default: return {};
    }
}

} // namespace reveille
