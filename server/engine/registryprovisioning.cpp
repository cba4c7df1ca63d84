// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registrystate.h"

namespace reveille {

namespace {

constexpr quint32 longUntouched = 1U << 30; ///< sweeps: what was loaded may be put away at once

Result<Done> doneOf(const Result<SubscriberChange> &made)
{
    return made ? Result<Done>(Done{}) : Result<Done>(made.error());
}

} // namespace

Registry::State::UserEntry &Registry::State::addUser(const User &user)
{
    UserEntry &entry = users[user.id];
    entry.user = user;
    userOrder.emplace(user.id.toString(), user.id);
    return entry;
}

Registry::Entry &Registry::State::addDevice(const Device &device)
{
    Entry &entry = devices[device.id];
    entry.device = device;
    entry.order = ++lastOrder;
    entry.touched = sweeps;
    deviceOrder.emplace(device.id.toString(), device.id);
    userEntry(device.user)->devices.append(device.id);
    if (!device.msisdn.isEmpty())
        byMsisdn.insert(device.msisdn, device.id);
    ++inState[int(entry.counted)];
    return entry;
}

void Registry::State::updateDevice(Entry &entry, const Device &device)
{
    if (entry.device.msisdn != device.msisdn) {
        byMsisdn.remove(entry.device.msisdn, device.id);
        if (!device.msisdn.isEmpty())
            byMsisdn.insert(device.msisdn, device.id);
    }
    entry.device = device;
}

void Registry::expect(qint64 devices)
{
    if (devices > d->limits.alwaysAtHand)
        d->parked.reserve(devices);
}

void Registry::load(const QVector<User> &users, const QVector<Device> &devices)
{
    for (const User &user : users)
        d->addUser(user);
    for (const Device &device : devices) {
        if (d->users.count(device.user) > 0)
            d->addDevice(device);
    }
    for (const User &user : users)
        d->users.at(user.id).touched = d->sweeps - longUntouched;
}

void Registry::putUser(const User &user, DoneCallback done)
{
    SubscriberChange order;
    order.users = {user};
    change(order, [done](const Result<SubscriberChange> &made) { done(doneOf(made)); });
}

void Registry::removeUser(const PublicUserId &id, DoneCallback done)
{
    SubscriberChange order;
    order.removedUsers = {id};
    change(order, [done](const Result<SubscriberChange> &made) { done(doneOf(made)); });
}

void Registry::putDevice(const Device &device, DoneCallback done)
{
    SubscriberChange order;
    order.devices = {device};
    change(order, [done](const Result<SubscriberChange> &made) { done(doneOf(made)); });
}

void Registry::removeDevice(const DeviceId &id, DoneCallback done)
{
    SubscriberChange order;
    order.removedDevices = {id};
    change(order, [done](const Result<SubscriberChange> &made) { done(doneOf(made)); });
}

void Registry::amend(const Device &device)
{
    Entry *entry = d->entry(device.id);
    if (!entry || entry->device.user != device.user)
        return;
    d->updateDevice(*entry, device);
    d->store.stage(device);
    Q_EMIT deviceChanged(device.id);
}

void Registry::forgetDevice(const DeviceId &id)
{
    Entry *entry = d->entry(id);
    if (!entry)
        return;
    const QVector<ConnectionId> paths = entry->paths;
    for (const ConnectionId path : paths) {
        d->store.removeBinding(id, d->path(path)->flow);
        d->dropPath(*entry, path, CloseReason::Deregistered);
        Q_EMIT connectionRemoved(path);
    }
    const PublicUserId user = entry->device.user;
    d->byMsisdn.remove(entry->device.msisdn, id);
    --d->inState[int(entry->counted)];
    d->userEntry(user)->devices.removeAll(id);
    d->deviceOrder.erase(id.toString());
    d->devices.erase(id);
    Q_EMIT deviceRemoved(id);
    Q_EMIT userChanged(user);
}

} // namespace reveille
