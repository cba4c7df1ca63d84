// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscribermodel_p.h"

#include <algorithm>

namespace reveille {

namespace {

bool comesBefore(const std::unique_ptr<DeviceNode> &a, const std::unique_ptr<DeviceNode> &b)
{
    const int byName = a->record.identifier(DeviceRecord::Name).compare(b->record.identifier(DeviceRecord::Name));
    if (byName != 0)
        return byName < 0;
    return a->record.identifier(DeviceRecord::Id).compare(b->record.identifier(DeviceRecord::Id)) < 0;
}

} // namespace

DeviceNode *SubscriberModel::Private::find(const DeviceId &id) const
{
    const QByteArray text = id.toString().toUtf8();
    for (DeviceNode *node = byHash.value(qHash(id)); node; node = node->sameHash) {
        if (node->record.identifier(DeviceRecord::Id) == QByteArrayView(text) || node->record.deviceId() == id)
            return node;
    }
    return nullptr;
}

UserNode *SubscriberModel::Private::ensureUser(const QByteArray &id)
{
    if (UserNode *known = all.find(id))
        return known;
    auto *user = new UserNode;
    user->id = id;
    all.insert(user);
    return user;
}

void SubscriberModel::Private::putUser(const UserSnapshot &snapshot)
{
    UserNode *user = ensureUser(snapshot.user.id.toString().toUtf8());
    user->name = snapshot.user.name.toUtf8();
    user->createdAt = snapshot.user.createdAt;
    user->hasPassword = snapshot.hasPassword;
    user->wakeRule = snapshot.user.wakeRule;
    user->provisioned = true;
    sync(user);
    announce(user);
}

void SubscriberModel::Private::removeUser(const PublicUserId &id)
{
    UserNode *user = all.find(id.toString().toUtf8());
    if (!user)
        return;
    QVector<DeviceId> devices;
    for (const auto &device : user->devices)
        devices.append(device->record.deviceId());
    deleteUser(user);
    for (const DeviceId &device : devices)
        Q_EMIT q->deviceRemoved(device);
    Q_EMIT q->userRemoved(id);
}

void SubscriberModel::Private::deleteUser(UserNode *user)
{
    if (shown.contains(user)) {
        const qsizetype row = shown.rowOf(user);
        hide(row, row);
    }
    if (isCounted(user)) {
        matchedUsers -= user->matched ? 1 : 0;
        matchedDevices -= user->matchedDevices;
    }
    for (const auto &device : user->devices)
        detach(device.get());
    all.erase(user);
    delete user;
}

/// Out of the index; the node itself stays.
void SubscriberModel::Private::detach(DeviceNode *node)
{
    if (cachedNode == node)
        cachedNode = nullptr;
    const auto head = byHash.find(node->hash);
    DeviceNode **link = &head.value();
    while (*link != node)
        link = &(*link)->sameHash;
    *link = node->sameHash;
    if (!head.value())
        byHash.erase(head);
    --deviceCount;
}

void SubscriberModel::Private::putDevice(const DeviceSnapshot &snapshot)
{
    const DeviceId &id = snapshot.device.id;
    const QByteArray userId = snapshot.device.user.toString().toUtf8();
    DeviceNode *node = find(id);
    if (node && node->user->id != userId) {
        removeDevice(id);
        node = nullptr;
    }
    UserNode *user = node ? node->user : ensureUser(userId);
    DeviceRecord record(snapshot);
    bool inOrder = true;
    if (node) {
        inOrder = node->record.identifier(DeviceRecord::Name) == record.identifier(DeviceRecord::Name)
            && node->record.identifier(DeviceRecord::Id) == record.identifier(DeviceRecord::Id);
        node->record = std::move(record);
        if (cachedNode == node)
            cachedNode = nullptr;
    } else {
        auto fresh = std::make_unique<DeviceNode>();
        node = fresh.get();
        node->user = user;
        node->record = std::move(record);
        node->hash = qHash(id);
        DeviceNode *&head = byHash[node->hash];
        node->sameHash = head;
        head = node;
        ++deviceCount;
        user->devices.insert(std::upper_bound(user->devices.begin(), user->devices.end(), fresh, comesBefore),
                             std::move(fresh));
    }
    if (!inOrder)
        std::stable_sort(user->devices.begin(), user->devices.end(), comesBefore);
    sync(user);
    announce(node);
    Q_EMIT q->deviceChanged(id);
}

void SubscriberModel::Private::removeDevice(const DeviceId &id)
{
    DeviceNode *node = find(id);
    if (!node)
        return;
    UserNode *user = node->user;
    detach(node);
    const auto place = std::find_if(user->devices.begin(), user->devices.end(),
                                    [node](const auto &device) { return device.get() == node; });
    const std::unique_ptr<DeviceNode> keptForNow = std::move(*place);
    user->devices.erase(place);
    if (user->devices.empty() && !user->provisioned) {
        deleteUser(user);
    } else {
        sync(user);
        announce(user);
    }
    Q_EMIT q->deviceRemoved(id);
}

/// Brings counts and rows of a user in line with its facts and the filter.
void SubscriberModel::Private::sync(UserNode *user)
{
    const bool counted = isCounted(user);
    const bool isShown = shown.contains(user);
    const bool mayShow = isShown || isInWindow(user);
    if (!counted && !mayShow)
        return;
    std::vector<DeviceNode *> devices;
    int count = 0;
    const bool matches = matcher.match(*user, mayShow ? &devices : nullptr, &count);
    if (counted) {
        matchedUsers += int(matches) - int(user->matched);
        matchedDevices += count - user->matchedDevices;
        user->matched = matches;
        user->matchedDevices = count;
    }
    user->goes = user->goes && !matches;
    if (isShown && matches) {
        syncDevices(user, devices);
    } else if (isShown) {
        const qsizetype row = shown.rowOf(user);
        hide(row, row);
    } else if (matches && mayShow) {
        show(user, std::move(devices));
    }
}

void SubscriberModel::Private::show(UserNode *user, std::vector<DeviceNode *> devices)
{
    user->rows = std::move(devices);
    for (DeviceNode *device : user->rows)
        syncConnections(device);
    const int row = int(shown.rowAfter(user->id));
    q->beginInsertRows({}, row, row);
    shown.insert(user);
    q->endInsertRows();
    if (shown.size() > std::min(target + pageSize, rowLimit))
        trimmed = false;
}

void SubscriberModel::Private::hide(qsizetype first, qsizetype last)
{
    q->beginRemoveRows({}, int(first), int(last));
    for (qsizetype row = last; row >= first; --row) {
        UserNode *user = shown.at(row);
        shown.erase(user);
        user->goes = false;
        for (DeviceNode *device : user->rows)
            device->rows = {};
        user->rows = {};
    }
    q->endRemoveRows();
    if (pruneRow > last)
        pruneRow -= last - first + 1;
}

/// Every row that a new filter does not take, neighbours together, from the last to the first.
void SubscriberModel::Private::hideGoing()
{
    qsizetype last = shown.size() - 1;
    while (last >= 0) {
        if (!shown.at(last)->goes) {
            --last;
            continue;
        }
        qsizetype first = last;
        while (first > 0 && shown.at(first - 1)->goes)
            --first;
        hide(first, last);
        last = first - 1;
    }
}

void SubscriberModel::Private::syncDevices(UserNode *user, const std::vector<DeviceNode *> &devices)
{
    std::vector<DeviceNode *> &rows = user->rows;
    const QModelIndex parent = indexOf(user);
    for (int row = int(rows.size()) - 1; row >= 0; --row) {
        DeviceNode *device = rows[std::size_t(row)];
        if (std::find(devices.begin(), devices.end(), device) != devices.end())
            continue;
        q->beginRemoveRows(parent, row, row);
        rows.erase(rows.begin() + row);
        device->rows = {};
        q->endRemoveRows();
    }
    for (int row = 0; row < int(devices.size()); ++row) {
        DeviceNode *device = devices[std::size_t(row)];
        const auto at = rows.begin() + row;
        const auto found = std::find(at, rows.end(), device);
        if (found == rows.end()) {
            syncConnections(device);
            q->beginInsertRows(parent, row, row);
            rows.insert(at, device);
            q->endInsertRows();
        } else {
            if (found != at) {
                const int from = int(found - rows.begin());
                q->beginMoveRows(parent, from, from, parent, row);
                std::rotate(at, found, found + 1);
                q->endMoveRows();
            }
            syncConnections(device);
        }
    }
}

void SubscriberModel::Private::syncConnections(DeviceNode *device)
{
    std::vector<ConnectionId> &rows = device->rows;
    const DeviceRecord &record = device->record;
    const QModelIndex parent = indexOf(device);
    if (!parent.isValid()) {
        rows.clear();
        for (int place = 0; place < record.connectionCount(); ++place)
            rows.push_back(record.connectionId(place));
        return;
    }
    for (int row = int(rows.size()) - 1; row >= 0; --row) {
        if (record.placeOf(rows[std::size_t(row)]) >= 0)
            continue;
        q->beginRemoveRows(parent, row, row);
        rows.erase(rows.begin() + row);
        q->endRemoveRows();
    }
    for (int row = 0; row < record.connectionCount(); ++row) {
        const ConnectionId id = record.connectionId(row);
        const auto at = rows.begin() + row;
        const auto found = std::find(at, rows.end(), id);
        if (found == rows.end()) {
            q->beginInsertRows(parent, row, row);
            rows.insert(at, id);
            q->endInsertRows();
        } else if (found != at) {
            const int from = int(found - rows.begin());
            q->beginMoveRows(parent, from, from, parent, row);
            std::rotate(at, found, found + 1);
            q->endMoveRows();
        }
    }
}

void SubscriberModel::Private::announce(DeviceNode *device)
{
    const QModelIndex row = indexOf(device);
    if (row.isValid()) {
        Q_EMIT q->dataChanged(row, row.siblingAtColumn(SubscriberColumn::Count - 1));
        if (!device->rows.empty()) {
            Q_EMIT q->dataChanged(q->index(0, 0, row),
                                  q->index(int(device->rows.size()) - 1, SubscriberColumn::Count - 1, row));
        }
    }
    announce(device->user);
}

void SubscriberModel::Private::announce(UserNode *user)
{
    const QModelIndex row = indexOf(user);
    if (row.isValid())
        Q_EMIT q->dataChanged(row, row.siblingAtColumn(SubscriberColumn::Count - 1));
}

} // namespace reveille
