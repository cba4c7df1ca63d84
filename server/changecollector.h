// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace reveille {

/// Watches an engine and turns what happens into batches of snapshots, at most 20 a second; a thing that changed a
/// hundred times in between is in the batch once. Server thread.
class ChangeCollector : public QObject
{
    Q_OBJECT
public:
    explicit ChangeCollector(Engine &engine, QObject *parent = nullptr);

    /// Everything there is, in batches of bounded size, before anything else.
    void sendAll();

Q_SIGNALS:
    void collected(const reveille::ServerChanges &changes);

private:
    void arm();
    void flush();

    static constexpr int interval = 50;            ///< milliseconds
    static constexpr int countersInterval = 1000;
    static constexpr int deviceCap = 2000;         ///< snapshots a batch

    Engine &m_engine;
    QTimer m_timer;
    QTimer m_countersTimer;
    QSet<PublicUserId> m_users;
    QSet<PublicUserId> m_removedUsers;
    QSet<DeviceId> m_devices;
    QSet<DeviceId> m_removedDevices;
    QSet<PushId> m_pushes;
    QSet<WakeId> m_wakes;
    QSet<NetworkKey> m_networks; ///< changed or forgotten
    bool m_bearers = false;
    bool m_faults = false;
    bool m_countersDue = false;
    JournalId m_sentJournal;
    ServerCounters m_lastCounters;
};

} // namespace reveille
