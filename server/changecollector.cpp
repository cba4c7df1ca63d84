// SPDX-License-Identifier: GPL-3.0-or-later
#include "changecollector.h"

#include <utility>

namespace reveille {

ChangeCollector::ChangeCollector(Engine &engine, QObject *parent) : QObject(parent), m_engine(engine)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &ChangeCollector::flush);
    m_countersTimer.setInterval(countersInterval);
    connect(&m_countersTimer, &QTimer::timeout, this, [this] {
        m_countersDue = true;
        arm();
    });
    m_countersTimer.start();
    m_sentJournal = engine.journal().last();

    Registry &registry = engine.registry();
    connect(&registry, &Registry::userChanged, this, [this](const PublicUserId &id) {
        m_users.insert(id);
        arm();
    });
    connect(&registry, &Registry::userRemoved, this, [this](const PublicUserId &id) {
        m_users.remove(id);
        m_removedUsers.insert(id);
        arm();
    });
    connect(&registry, &Registry::deviceChanged, this, [this](const DeviceId &id) {
        m_devices.insert(id);
        arm();
    });
    connect(&registry, &Registry::deviceRemoved, this, [this](const DeviceId &id) {
        m_devices.remove(id);
        m_removedDevices.insert(id);
        arm();
    });
    connect(&engine.pushes(), &PushDispatcher::pushChanged, this, [this](const PushId &id) {
        m_pushes.insert(id);
        arm();
    });
    connect(&engine.wakes(), &WakeService::wakeChanged, this, [this](const WakeId &id) {
        m_wakes.insert(id);
        arm();
    });
    connect(&engine.wakes(), &WakeService::bearersChanged, this, [this] {
        m_bearers = true;
        arm();
    });
    connect(&engine.faults(), &FaultPlan::changed, this, [this] {
        m_faults = true;
        arm();
    });
    const auto markNetwork = [this](const NetworkKey &key) {
        m_networks.insert(key);
        arm();
    };
    connect(&engine.pinholes(), &PinholeLearner::networkChanged, this,
            [markNetwork](const LearnedNetwork &network) { markNetwork(network.key()); });
    connect(&engine.pinholes(), &PinholeLearner::networkForgotten, this, markNetwork);
    connect(&engine.journal(), &Journal::added, this, &ChangeCollector::arm);
}

void ChangeCollector::sendAll()
{
    const Registry &registry = m_engine.registry();
    QString after;
    for (;;) {
        const QVector<PublicUserId> page = registry.users({}, after, deviceCap);
        for (const PublicUserId &user : page) {
            m_users.insert(user);
            for (const DeviceId &device : registry.devicesOf(user))
                m_devices.insert(device);
        }
        if (page.size() < deviceCap)
            break;
        after = page.last().toString();
    }
    for (const Push &push : m_engine.pushes().recent(deviceCap))
        m_pushes.insert(push.id);
    for (const WakeUp &wake : m_engine.wakes().recent(deviceCap))
        m_wakes.insert(wake.id);
    for (const LearnedNetwork &network : m_engine.pinholes().networks())
        m_networks.insert(network.key());
    m_bearers = true;
    m_faults = true;
    m_countersDue = true;
    arm();
}

void ChangeCollector::arm()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void ChangeCollector::flush()
{
    ServerChanges changes;
    for (const PublicUserId &id : std::exchange(m_users, {})) {
        if (const auto snapshot = m_engine.userSnapshot(id)) {
            changes.users.append(*snapshot);
            m_removedUsers.remove(id);
        }
    }
    while (!m_devices.isEmpty() && changes.devices.size() < deviceCap) {
        const DeviceId id = *m_devices.cbegin();
        m_devices.erase(m_devices.cbegin());
        if (const auto snapshot = m_engine.deviceSnapshot(id)) {
            changes.devices.append(*snapshot);
            m_removedDevices.remove(id);
        }
    }
    const QSet<PublicUserId> removedUsers = std::exchange(m_removedUsers, {});
    changes.removedUsers = QVector<PublicUserId>(removedUsers.cbegin(), removedUsers.cend());
    const QSet<DeviceId> removedDevices = std::exchange(m_removedDevices, {});
    changes.removedDevices = QVector<DeviceId>(removedDevices.cbegin(), removedDevices.cend());
    for (const PushId &id : std::exchange(m_pushes, {})) {
        if (const auto push = m_engine.pushes().push(id))
            changes.pushes.append(*push);
    }
    for (const WakeId &id : std::exchange(m_wakes, {})) {
        if (const auto wake = m_engine.wakes().wakeUp(id))
            changes.wakes.append(*wake);
    }
    for (const NetworkKey &key : std::exchange(m_networks, {})) {
        if (const auto network = m_engine.pinholes().network(key))
            changes.networks.append(*network);
        else
            changes.removedNetworks.append(key);
    }
    bool complete = true;
    changes.journal = m_engine.journal().since(m_sentJournal, &complete);
    changes.journalSkipped = !complete || changes.journal.size() > ServerChanges::journalCap;
    if (changes.journal.size() > ServerChanges::journalCap)
        changes.journal.remove(0, changes.journal.size() - ServerChanges::journalCap);
    m_sentJournal = m_engine.journal().last();
    changes.counters = m_engine.counters();

    const bool nothing = changes.users.isEmpty() && changes.devices.isEmpty() && changes.removedUsers.isEmpty()
        && changes.removedDevices.isEmpty() && changes.pushes.isEmpty() && changes.wakes.isEmpty()
        && changes.journal.isEmpty() && changes.networks.isEmpty() && changes.removedNetworks.isEmpty() && !m_bearers && !m_faults;
    if (nothing && (!std::exchange(m_countersDue, false) || changes.counters == m_lastCounters))
        return;
    if (std::exchange(m_bearers, false) || !changes.wakes.isEmpty())
        changes.bearers = m_engine.wakes().bearers();
    if (std::exchange(m_faults, false))
        changes.faults = m_engine.faults().rules();
    m_lastCounters = changes.counters;
    Q_EMIT collected(changes);
    if (!m_devices.isEmpty())
        arm();
}

} // namespace reveille
