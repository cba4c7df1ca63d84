// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/batchmerge.h"

#include <QSet>

#include <algorithm>

namespace reveille {

namespace {

template <typename T>
void addOlder(QVector<T> &newer, const QVector<T> &older)
{
    QSet<QString> known;
    for (const T &fact : newer)
        known.insert(keyOf(fact));
    QVector<T> merged;
    merged.reserve(newer.size() + older.size());
    for (const T &fact : older) {
        if (!known.contains(keyOf(fact)))
            merged.append(fact);
    }
    newer = merged + newer;
}

template <typename T>
void dropKnown(QVector<T> &older, const QVector<T> &written)
{
    QSet<QString> known;
    for (const T &fact : written)
        known.insert(keyOf(fact));
    older.removeIf([&](const T &fact) { return known.contains(keyOf(fact)); });
}

QSet<QString> keysOf(const QVector<StoredBinding> &bindings)
{
    QSet<QString> keys;
    for (const StoredBinding &binding : bindings)
        keys.insert(keyOf(binding));
    return keys;
}

QSet<QString> keysOf(const QVector<std::pair<DeviceId, QString>> &bindings)
{
    QSet<QString> keys;
    for (const auto &[device, flow] : bindings)
        keys.insert(bindingKey(device, flow));
    return keys;
}

} // namespace

QString bindingKey(const DeviceId &device, const QString &flow)
{
    return u'b' + device.toString() + u'\n' + flow;
}

QString keyOf(const User &user) { return u'u' + user.id.toString(); }
QString keyOf(const Device &device) { return u'd' + device.id.toString(); }
QString keyOf(const StoredBinding &binding) { return bindingKey(binding.device, binding.flow); }
QString keyOf(const Push &push) { return u'p' + push.id.text(); }
QString keyOf(const WakeUp &wake) { return u'w' + wake.id.text(); }
QString keyOf(const NetworkKey &key) { return u'n' + key.prefix.toString() + u'\n' + QLatin1StringView(toText(key.transport)); }
QString keyOf(const LearnedNetwork &network) { return keyOf(network.key()); }

void mergeOlder(StoreBatch &newer, const StoreBatch &older)
{
    const QSet<QString> boundAgain = keysOf(newer.bindings);
    for (const auto &[device, flow] : older.removedBindings) {
        if (!boundAgain.contains(bindingKey(device, flow)))
            newer.removedBindings.prepend({device, flow});
    }
    const QSet<QString> removedSince = keysOf(newer.removedBindings);
    QVector<StoredBinding> olderBindings = older.bindings;
    olderBindings.removeIf([&](const StoredBinding &binding) { return removedSince.contains(keyOf(binding)); });

    QVector<LearnedNetwork> olderNetworks = older.networks;
    olderNetworks.removeIf([&](const LearnedNetwork &network) { return newer.removedNetworks.contains(network.key()); });
    for (const NetworkKey &removed : older.removedNetworks) {
        const bool knownAgain = std::any_of(newer.networks.cbegin(), newer.networks.cend(),
                                            [&](const LearnedNetwork &network) { return network.key() == removed; });
        if (!knownAgain)
            newer.removedNetworks.prepend(removed);
    }

    addOlder(newer.users, older.users);
    addOlder(newer.devices, older.devices);
    addOlder(newer.bindings, olderBindings);
    addOlder(newer.pushes, older.pushes);
    addOlder(newer.wakes, older.wakes);
    addOlder(newer.networks, olderNetworks);
    newer.journal = older.journal + newer.journal;
}

void dropWritten(StoreBatch &older, const StoreBatch &written)
{
    dropKnown(older.users, written.users);
    dropKnown(older.devices, written.devices);
    dropKnown(older.bindings, written.bindings);
    dropKnown(older.pushes, written.pushes);
    dropKnown(older.wakes, written.wakes);
    dropKnown(older.networks, written.networks);
    const auto isGone = [&](const DeviceId &device) { return written.removedDevices.contains(device); };
    const QSet<QString> bound = keysOf(written.bindings), unbound = keysOf(written.removedBindings);
    older.users.removeIf([&](const User &user) { return written.removedUsers.contains(user.id); });
    older.devices.removeIf([&](const Device &device) {
        return isGone(device.id) || written.removedUsers.contains(device.user);
    });
    older.bindings.removeIf([&](const StoredBinding &binding) {
        return isGone(binding.device) || written.removedUsers.contains(binding.user) || unbound.contains(keyOf(binding));
    });
    older.removedBindings.removeIf([&](const auto &removed) { return bound.contains(bindingKey(removed.first, removed.second)); });
    older.networks.removeIf([&](const LearnedNetwork &network) { return written.removedNetworks.contains(network.key()); });
    older.removedNetworks.removeIf([&](const NetworkKey &removed) {
        return std::any_of(written.networks.cbegin(), written.networks.cend(),
                           [&](const LearnedNetwork &network) { return network.key() == removed; });
    });
}

} // namespace reveille
