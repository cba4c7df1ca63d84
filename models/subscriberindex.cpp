// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscribermodel_p.h"

#include <algorithm>

namespace reveille {

namespace {

constexpr quintptr kindMask = 3;
constexpr quintptr userTag = 0, deviceTag = 1, connectionTag = 2;

quintptr tagged(const void *node, quintptr tag)
{
    return reinterpret_cast<quintptr>(node) | tag;
}

} // namespace

NodeKind SubscriberModel::kindOf(const QModelIndex &index) const
{
    if (!index.isValid() || index.model() != this)
        return NodeKind::None;
    switch (index.internalId() & kindMask) {
    case userTag: return NodeKind::User;
    case deviceTag: return NodeKind::Device;
    default: return NodeKind::Connection;
    }
}

UserNode *SubscriberModel::Private::userNode(const QModelIndex &index)
{
    return reinterpret_cast<UserNode *>(index.internalId() & ~kindMask);
}

DeviceNode *SubscriberModel::Private::deviceNode(const QModelIndex &index)
{
    return reinterpret_cast<DeviceNode *>(index.internalId() & ~kindMask);
}

PublicUserId SubscriberModel::userOf(const QModelIndex &index) const
{
    return PublicUserId::parse(data(index, Role::UserId).toString()).valueOr({});
}

DeviceId SubscriberModel::deviceOf(const QModelIndex &index) const
{
    const NodeKind kind = kindOf(index);
    if (kind != NodeKind::Device && kind != NodeKind::Connection)
        return {};
    return Private::deviceNode(index)->record.deviceId();
}

ConnectionId SubscriberModel::connectionOf(const QModelIndex &index) const
{
    if (kindOf(index) != NodeKind::Connection)
        return {};
    return Private::deviceNode(index)->rows[std::size_t(index.row())];
}

QModelIndex SubscriberModel::Private::indexOf(UserNode *user, int column) const
{
    if (!shown.contains(user))
        return {};
    return q->createIndex(int(shown.rowOf(user)), column, tagged(user, userTag));
}

QModelIndex SubscriberModel::Private::indexOf(DeviceNode *device, int column) const
{
    const auto &rows = device->user->rows;
    const auto found = std::find(rows.begin(), rows.end(), device);
    if (found == rows.end() || !shown.contains(device->user))
        return {};
    return q->createIndex(int(found - rows.begin()), column, tagged(device, deviceTag));
}

QModelIndex SubscriberModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= SubscriberColumn::Count || row >= rowCount(parent))
        return {};
    switch (kindOf(parent)) {
    case NodeKind::None:
        return createIndex(row, column, tagged(d->shown.at(row), userTag));
    case NodeKind::User:
        return createIndex(row, column, tagged(Private::userNode(parent)->rows[std::size_t(row)], deviceTag));
    default:
        return createIndex(row, column, tagged(Private::deviceNode(parent), connectionTag));
    }
}

QModelIndex SubscriberModel::parent(const QModelIndex &child) const
{
    switch (kindOf(child)) {
    case NodeKind::Device: return d->indexOf(Private::deviceNode(child)->user);
    case NodeKind::Connection: return d->indexOf(Private::deviceNode(child));
    default: return {};
    }
}

QModelIndex SubscriberModel::sibling(int row, int column, const QModelIndex &index) const
{
    if (index.isValid() && row == index.row() && column >= 0 && column < SubscriberColumn::Count)
        return createIndex(row, column, index.internalId());
    return this->index(row, column, parent(index));
}

int SubscriberModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    if (!parent.isValid())
        return shownUsers();
    switch (kindOf(parent)) {
    case NodeKind::User: return int(Private::userNode(parent)->rows.size());
    case NodeKind::Device: return int(Private::deviceNode(parent)->rows.size());
    default: return 0;
    }
}

int SubscriberModel::columnCount(const QModelIndex &) const
{
    return SubscriberColumn::Count;
}

bool SubscriberModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

QVariant SubscriberModel::data(const QModelIndex &index, int role) const
{
    switch (kindOf(index)) {
    case NodeKind::User: return d->userData(*Private::userNode(index), index.column(), role);
    case NodeKind::Device: return d->deviceData(*Private::deviceNode(index), index.column(), role);
    case NodeKind::Connection:
        return d->connectionData(*Private::deviceNode(index), connectionOf(index), index.column(), role);
    case NodeKind::None: break;
    }
    return {};
}

bool SubscriberModel::canFetchMore(const QModelIndex &parent) const
{
    if (parent.isValid() || d->target >= d->rowLimit || d->pruneRow >= 0 || !d->isFillDone())
        return false;
    if (!d->matcher.filter().isEmpty() && d->start.isEmpty() && d->isEvaluated())
        return d->shown.size() < d->matchedUsers;
    return !d->isFilledToEnd();
}

void SubscriberModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    d->target = std::min(d->rowLimit, std::max(d->target, shownUsers()) + pageSize);
    if (d->working)
        d->schedule();
    else
        d->work();
}

} // namespace reveille
