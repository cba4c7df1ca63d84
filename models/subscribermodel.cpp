// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscribermodel.h"

#include "models/sentences.h"
#include "models/subscribermodel_p.h"

#include <QDateTime>

#include <algorithm>

namespace reveille {

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

void SubscriberModel::setStruckDevices(const QSet<QString> &ids)
{
    const QSet<QString> before = std::exchange(d->struck, ids);
    for (const QString &id : before + ids) {
        if (before.contains(id) == ids.contains(id))
            continue;
        const QModelIndex row = indexOf(DeviceId::parse(id).valueOr({}));
        if (row.isValid())
            Q_EMIT dataChanged(row, row);
    }
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
    snapshot.user.wakeRule = node->wakeRule;
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
    d->startWindowAt(d->all.rowOf(user) - usersBefore);
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

void SubscriberModel::moveWindow(qint64 firstUser)
{
    if (d->working || d->all.size() == 0)
        return;
    d->startWindowAt(std::min<qint64>(firstUser, d->all.size() - 1));
    d->work();
}

qint64 SubscriberModel::windowStart() const
{
    return d->start.isEmpty() ? 0 : d->all.rowFrom(d->start);
}

void SubscriberModel::setSliceBudget(Milliseconds budget)
{
    d->budgetNs = std::chrono::nanoseconds(budget).count();
}

SubscriberModel::WorkFacts SubscriberModel::workFacts() const
{
    return d->facts;
}

} // namespace reveille
