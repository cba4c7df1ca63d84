// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registrystate.h"

#include <QPointer>
#include <QSet>

namespace reveille {

/// A change of users and devices: judged whole, written whole, then done here.

namespace {

bool names(const QVector<User> &users, const PublicUserId &id)
{
    return std::any_of(users.begin(), users.end(), [&](const User &user) { return user.id == id; });
}

/// What a client says of itself at registration, and what it was seen to do, taken from `known`.
Device withClientFacts(Device device, const Device &known)
{
    device.id = known.id;
    device.clientRoutes = known.clientRoutes;
    device.gruu = known.gruu;
    device.returned = known.returned;
    device.createdAt = known.createdAt;
    device.lastSeen = known.lastSeen;
    return device;
}

} // namespace

Result<Done> Registry::judge(const SubscriberChange &change)
{
    for (const PublicUserId &id : change.removedUsers) {
        if (!d->userEntry(id))
            return Error{"user-unknown", id.toString()};
    }
    for (const DeviceId &id : change.removedDevices) {
        if (!d->entry(id))
            return Error{"device-unknown", id.toString()};
    }
    QHash<PublicUserId, qsizetype> more;
    for (const Device &device : change.devices) {
        const State::UserEntry *user = d->userEntry(device.user);
        if (!user && !names(change.users, device.user))
            return Error{"user-unknown", device.user.toString()};
        const Entry *known = d->entry(device.id);
        if (known && known->device.user != device.user)
            return Error{"device-belongs-to-other-user", device.id.toString()};
        if (!known && (user ? user->devices.size() : 0) + ++more[device.user] > d->taken.maxDevices)
            return Error{"devices-too-many", device.user.toString()};
    }
    return Done{};
}

/// What takes `change` back, as things are now.
SubscriberChange Registry::inverse(const SubscriberChange &change)
{
    SubscriberChange back;
    for (const User &user : change.users) {
        if (const State::UserEntry *known = d->userEntry(user.id))
            back.users.append(known->user);
        else
            back.removedUsers.append(user.id);
    }
    for (const Device &device : change.devices) {
        if (const Entry *known = d->entry(device.id))
            back.devices.append(known->device);
        else if (!back.removedUsers.contains(device.user))
            back.removedDevices.append(device.id);
    }
    QSet<DeviceId> removed(change.removedDevices.begin(), change.removedDevices.end());
    for (const PublicUserId &id : change.removedUsers) {
        back.users.append(d->userEntry(id)->user);
        const QVector<DeviceId> devices = devicesOf(id);
        removed.unite(QSet<DeviceId>(devices.begin(), devices.end()));
    }
    for (const DeviceId &id : std::as_const(removed))
        back.devices.append(d->entry(id)->device);
    return back;
}

void Registry::change(const SubscriberChange &change, ChangeCallback done)
{
    if (const Result<Done> judged = judge(change); !judged)
        return done(judged.error());
    const SubscriberChange back = inverse(change);
    StoreBatch batch;
    batch.users = change.users;
    for (const Device &device : change.devices) {
        const Entry *known = d->entry(device.id);
        Device stored = known ? withClientFacts(device, known->device) : device;
        if (!stored.createdAt.isSet())
            stored.createdAt = d->clock.now();
        batch.devices.append(stored);
    }
    batch.pushResources = change.pushResources;
    batch.removedUsers = change.removedUsers;
    batch.removedDevices = change.removedDevices;
    for (const PublicUserId &id : change.removedUsers)
        batch.removedDevices += devicesOf(id);
    d->store.commitOrRefuse(batch, [this, guard = QPointer<Registry>(this), batch, back, done](const Result<Done> &result) {
        if (!result)
            return done(result.error());
        if (guard)
            take(batch);
        done(back);
    });
}

/// The device as it is to be kept now: what it said of itself, and when, is not for others to change.
bool Registry::keep(const Device &stored)
{
    Entry *entry = d->entry(stored.id);
    bool otherTerms = false;
    if (!entry) {
        d->addDevice(stored);
        Q_EMIT userChanged(stored.user);
    } else {
        const Device merged = withClientFacts(stored, entry->device);
        otherTerms = merged.wakeRule != entry->device.wakeRule || merged.wakeRoutes() != entry->device.wakeRoutes()
            || merged.preferences != entry->device.preferences;
        d->updateDevice(*entry, merged);
        if (merged != stored)
            d->store.stage(merged); // it registered while this was being written
    }
    Q_EMIT deviceChanged(stored.id);
    return otherTerms;
}

void Registry::forgetUser(const PublicUserId &id)
{
    for (const DeviceId &device : devicesOf(id))
        forgetDevice(device);
    d->users.erase(id);
    d->userOrder.erase(id.toString());
    Q_EMIT userRemoved(id);
}

void Registry::take(const StoreBatch &batch)
{
    QVector<DeviceId> otherTerms;
    for (const User &user : batch.users) {
        if (State::UserEntry *known = d->userEntry(user.id)) {
            if (known->user.wakeRule != user.wakeRule)
                otherTerms += known->devices;
            known->user = user;
        } else {
            d->addUser(user);
        }
        Q_EMIT userChanged(user.id);
    }
    for (const Device &device : batch.devices) {
        if (d->userEntry(device.user) && keep(device) && !otherTerms.contains(device.id))
            otherTerms.append(device.id);
    }
    for (const DeviceId &id : batch.removedDevices)
        forgetDevice(id);
    for (const PublicUserId &id : batch.removedUsers)
        forgetUser(id);
    for (const DeviceId &id : otherTerms)
        Q_EMIT wakeTermsChanged(id);
}

} // namespace reveille
