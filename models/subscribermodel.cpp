// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscribermodel.h"

#include "models/sentences.h"
#include "models/subscribermodel_p.h"

#include <QDateTime>

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

SubscriberModel::SubscriberModel(QObject *parent)
    : QAbstractItemModel(parent), d(std::make_unique<Private>(this))
{
    d->now = [] { return Timestamp{QDateTime::currentMSecsSinceEpoch()}; };
    d->timer.setSingleShot(true);
    d->timer.setInterval(0);
    connect(&d->timer, &QTimer::timeout, this, [this] { d->work(); });
}

SubscriberModel::~SubscriberModel() = default;

SubscriberModel::Private::~Private()
{
    doomed.push_back(std::move(all));
    for (UserOrder &order : doomed) {
        for (auto users = order.takeLastChunk(); !users.empty(); users = order.takeLastChunk())
            qDeleteAll(users);
    }
}

void SubscriberModel::apply(const ServerChanges &changes)
{
    if (changes.users.isEmpty() && changes.removedUsers.isEmpty() && changes.devices.isEmpty()
        && changes.removedDevices.isEmpty())
        return;
    Private::Job job;
    job.changes.users = changes.users;
    job.changes.removedUsers = changes.removedUsers;
    job.changes.devices = changes.devices;
    job.changes.removedDevices = changes.removedDevices;
    d->jobs.push_back(std::move(job));
    if (!d->timer.isActive())
        d->work();
}

void SubscriberModel::clear()
{
    while (d->jobs.size() > (d->working ? 1u : 0u))
        d->jobs.pop_back();
    if (d->working && !d->jobs.empty())
        d->jobs.front().phase = Private::Job::done;
    Private::Job job;
    job.clears = true;
    d->jobs.push_back(std::move(job));
    d->work();
}

void SubscriberModel::setFilter(const SubscriberFilter &filter)
{
    if (filter == this->filter())
        return;
    d->wanted = filter;
    d->work();
}

const SubscriberFilter &SubscriberModel::filter() const
{
    return d->wanted ? *d->wanted : d->matcher.filter();
}

bool SubscriberModel::isSearching() const
{
    return d->wanted || d->pruneRow >= 0 || !d->isEvaluated();
}

bool SubscriberModel::isSettled() const
{
    return !d->hasWork();
}

qint64 SubscriberModel::totalUsers() const
{
    return d->all.size();
}

qint64 SubscriberModel::totalDevices() const
{
    return d->deviceCount;
}

qint64 SubscriberModel::matchedUsers() const
{
    return d->matcher.filter().isEmpty() ? totalUsers() : d->matchedUsers;
}

qint64 SubscriberModel::matchedDevices() const
{
    return d->matcher.filter().isEmpty() ? totalDevices() : d->matchedDevices;
}

int SubscriberModel::shownUsers() const
{
    return int(d->shown.size());
}

void SubscriberModel::setNow(NowFunction now)
{
    d->now = std::move(now);
}

void SubscriberModel::setTimeDisplay(const TimeDisplay &display)
{
    d->times = display;
    for (int row = 0; row < shownUsers(); ++row) {
        for (DeviceNode *device : d->shown.at(row)->rows)
            d->announce(device);
    }
}

void SubscriberModel::setRowLimit(int users)
{
    d->rowLimit = std::max(1, users);
    d->target = std::min(d->target, d->rowLimit);
    d->trimmed = false;
    d->work();
}

int SubscriberModel::rowLimit() const
{
    return d->rowLimit;
}

std::optional<DeviceSnapshot> SubscriberModel::device(const DeviceId &id) const
{
    const DeviceNode *node = d->find(id);
    if (!node)
        return std::nullopt;
    return d->snapshot(node);
}

std::optional<UserSnapshot> SubscriberModel::user(const PublicUserId &id) const
{
    const UserNode *node = d->all.find(id.toString().toUtf8());
    if (!node)
        return std::nullopt;
    UserSnapshot snapshot;
    snapshot.user.id = id;
    snapshot.user.name = QString::fromUtf8(node->name);
    snapshot.user.createdAt = node->createdAt;
    snapshot.hasPassword = node->hasPassword;
    snapshot.devices = int(node->devices.size());
    return snapshot;
}

QVector<DeviceId> SubscriberModel::devicesOf(const PublicUserId &id) const
{
    QVector<DeviceId> devices;
    if (const UserNode *node = d->all.find(id.toString().toUtf8())) {
        for (const auto &device : node->devices)
            devices.append(device->record.deviceId());
    }
    return devices;
}

QString SubscriberModel::deviceLabel(const DeviceId &id) const
{
    const DeviceNode *node = d->find(id);
    if (!node)
        return Sentences::shortened(id.toString());
    const PublicUserId user = PublicUserId::parse(QString::fromUtf8(node->user->id)).valueOr({});
    return Sentences::deviceLabel(node->record.name(), user, id);
}

QModelIndex SubscriberModel::indexOf(const PublicUserId &id) const
{
    UserNode *node = d->shown.find(id.toString().toUtf8());
    return node ? d->indexOf(node) : QModelIndex();
}

QModelIndex SubscriberModel::indexOf(const DeviceId &id) const
{
    DeviceNode *node = d->find(id);
    return node ? d->indexOf(node) : QModelIndex();
}

QModelIndex SubscriberModel::indexOf(const DeviceId &id, ConnectionId connection) const
{
    DeviceNode *node = d->find(id);
    const QModelIndex parent = node ? d->indexOf(node) : QModelIndex();
    if (!parent.isValid())
        return {};
    const auto found = std::find(node->rows.begin(), node->rows.end(), connection);
    return found == node->rows.end() ? QModelIndex() : index(int(found - node->rows.begin()), 0, parent);
}

bool SubscriberModel::reveal(const PublicUserId &id)
{
    UserNode *user = d->all.find(id.toString().toUtf8());
    if (!user)
        return false;
    if (d->shown.contains(user))
        return true;
    std::vector<DeviceNode *> devices;
    int count = 0;
    if (d->working || d->wanted || !d->matcher.match(*user, &devices, &count))
        return false;
    constexpr qsizetype usersBefore = 50;
    d->start = d->all.at(std::max<qsizetype>(0, d->all.rowOf(user) - usersBefore))->id;
    d->filledTo.reset();
    d->target = std::min(pageSize, d->rowLimit);
    d->trimmed = false;
    if (const qsizetype before = d->shown.rowFrom(d->start); before > 0)
        d->hide(0, before - 1);
    d->show(user, std::move(devices));
    d->work();
    return d->shown.contains(user);
}

bool SubscriberModel::reveal(const DeviceId &id)
{
    const DeviceNode *node = d->find(id);
    return node && reveal(PublicUserId::parse(QString::fromUtf8(node->user->id)).valueOr({}))
        && indexOf(id).isValid();
}

void SubscriberModel::showFirst()
{
    if (d->start.isEmpty())
        return;
    d->start.clear();
    d->filledTo.reset();
    d->target = std::min(pageSize, d->rowLimit);
    d->trimmed = false;
    d->work();
}

bool SubscriberModel::windowStartsLater() const
{
    return !d->start.isEmpty() && d->all.rowFrom(d->start) > 0;
}

void SubscriberModel::setSliceBudget(Milliseconds budget)
{
    d->budgetNs = std::chrono::nanoseconds(budget).count();
}

SubscriberModel::WorkFacts SubscriberModel::workFacts() const
{
    return d->facts;
}

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
