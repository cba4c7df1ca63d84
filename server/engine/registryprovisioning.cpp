// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registrystate.h"

#include <QPointer>

namespace reveille {

namespace {

constexpr quint32 longUntouched = 1U << 30; ///< sweeps: what was loaded may be put away at once

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
    StoreBatch batch;
    batch.users = {user};
    d->store.commitOrRefuse(batch, [this, guard = QPointer<Registry>(this), user, done](const Result<Done> &result) {
        if (guard && result) {
            if (State::UserEntry *known = d->userEntry(user.id))
                known->user = user;
            else
                d->addUser(user);
            Q_EMIT userChanged(user.id);
        }
        done(result);
    });
}

void Registry::removeUser(const PublicUserId &id, DoneCallback done)
{
    if (!d->userEntry(id))
        return done(Error{"user-unknown", id.toString()});
    StoreBatch batch;
    batch.removedDevices = devicesOf(id);
    batch.removedUsers = {id};
    d->store.commitOrRefuse(batch, [this, guard = QPointer<Registry>(this), id, done](const Result<Done> &result) {
        if (guard && result) {
            for (const DeviceId &device : devicesOf(id))
                forgetDevice(device);
            d->users.erase(id);
            d->userOrder.erase(id.toString());
            Q_EMIT userRemoved(id);
        }
        done(result);
    });
}

void Registry::putDevice(const Device &device, DoneCallback done)
{
    if (!d->userEntry(device.user))
        return done(Error{"user-unknown", device.user.toString()});
    const Entry *known = d->entry(device.id);
    if (known && known->device.user != device.user)
        return done(Error{"device-belongs-to-other-user", device.id.toString()});
    Device stored = device;
    stored.createdAt = known ? known->device.createdAt : d->clock.now();
    stored.lastSeen = known ? known->device.lastSeen : Timestamp{};
    StoreBatch batch;
    batch.devices = {stored};
    d->store.commitOrRefuse(batch, [this, guard = QPointer<Registry>(this), stored, done](const Result<Done> &result) {
        if (guard && result && d->userEntry(stored.user)) {
            if (Entry *entry = d->entry(stored.id)) {
                d->updateDevice(*entry, stored);
            } else {
                d->addDevice(stored);
                Q_EMIT userChanged(stored.user);
            }
            Q_EMIT deviceChanged(stored.id);
        }
        done(result);
    });
}

void Registry::removeDevice(const DeviceId &id, DoneCallback done)
{
    if (!d->entry(id))
        return done(Error{"device-unknown", id.toString()});
    StoreBatch batch;
    batch.removedDevices = {id};
    d->store.commitOrRefuse(batch, [this, guard = QPointer<Registry>(this), id, done](const Result<Done> &result) {
        if (guard && result)
            forgetDevice(id);
        done(result);
    });
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
