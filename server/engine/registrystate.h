// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limitlog.h"
#include "engine/parkedtable.h"
#include "engine/registry.h"

#include <QHash>

#include <map>
#include <unordered_map>

namespace reveille {

/// "reveille.registry"
Q_DECLARE_LOGGING_CATEGORY(registryLog)

/// Private parts of the Registry, shared by its source files.

/// The path to take first.
bool isBetter(const Liveness &a, const Liveness &b);

/// A row about a path, with its evidence.
JournalEntry connectionEntry(const QString &event, const Device &device, const ConnectionFacts &facts,
                             const Liveness &liveness);

struct Registry::Path {
    ConnectionId id;
    DeviceId device;
    QString flow;
    std::unique_ptr<Connection> connection; ///< none for a path kept for its history
    ConnectionFacts facts;
    Liveness liveness;
    QByteArray state;
    Timestamp storedAt; ///< when the binding was last handed to the store
    int probesLost = 0;
};

struct Registry::Entry {
    Device device;
    QVector<ConnectionId> paths;
    LivenessState counted = LivenessState::Lost; ///< the state it is counted under
    quint32 order = 0;   ///< among all devices: rising
    quint32 touched = 0; ///< the sweep before which it was last asked for
};

struct Registry::State {
    struct UserEntry {
        User user;
        QVector<DeviceId> devices;   ///< also those put away
        quint32 touched = 0;
    };
    template <typename Id>
    struct Hash {
        size_t operator()(const Id &id) const { return qHash(id); }
    };

    Clock &clock;
    Timers &timers;
    Journal &journal;
    WriteBehind &store;

    std::unordered_map<PublicUserId, UserEntry, Hash<PublicUserId>> users{};
    std::unordered_map<DeviceId, Entry, Hash<DeviceId>> devices{};
    std::unordered_map<ConnectionId, Path, Hash<ConnectionId>> paths{};
    std::map<QString, PublicUserId> userOrder{};   ///< by text, for paging
    std::map<QString, DeviceId> deviceOrder{};
    QMultiHash<Msisdn, DeviceId> byMsisdn{};
    QHash<QString, DeviceId> bySession{};
    std::function<int(const DeviceId &)> pendingOf{};
    quint64 lastConnection = 0;
    qint64 inState[int(LivenessState::Unreachable) + 1] = {};

    // --- idle devices (registryparking.cpp)
    ParkedTable parked{};
    QHash<QString, IdleProtocol> protocols{};
    std::function<bool(const DeviceId &)> isBusy{};
    ParkingLimits limits{};
    RegistryLimits taken{}; ///< how much is taken in
    LimitLog devicesLog{registryLog, "maxDevices"}, flowsLog{registryLog, "maxFlows"};
    QVector<ConnectionId> revived{}; ///< not announced yet
    TimerId sweepTimer = 0;
    quint32 sweeps = 0;
    quint32 lastOrder = 0;
    qint64 parkedUsers = 0;          ///< users that have no entry, only devices put away
    size_t deviceCursor = 0, userCursor = 0;
    size_t expiryCursor = 0, idleExpiryCursor = 0;
    qint64 untrimmed = 0;

    /// From the maps, or back from the records.
    Entry *entry(const DeviceId &id);
    Path *path(ConnectionId id);
    UserEntry *userEntry(const PublicUserId &id);
    Entry &revive(ParkedTable::Record record);
    bool isParkable(const Entry &entry) const;
    /// The ids of its paths; empty where it stays.
    QVector<ConnectionId> park(Entry &entry);
    void parkUser(const PublicUserId &id);
    void shrink(); ///< what the maps keep for more than they hold
    bool isRush() const { return qint64(devices.size()) > limits.alwaysAtHand * 10; }
    /// `touched` may lie ahead, for what is not to be looked at for a while.
    bool isUntouched(quint32 touched) const;
    bool sweepsUser(const UserEntry &user) const;
    Timestamp writeAgainAt(Timestamp storedAt, Timestamp until, Timestamp now) const;
    IdleDevice idleDevice(const Entry &entry, const User &user) const;

    Path *pathOfFlow(Entry &entry, const QString &flow);
    const Path *best(const Entry &entry) const;
    QVector<const Path *> ranked(const Entry &entry) const;

    UserEntry &addUser(const User &user);
    Entry &addDevice(const Device &device);
    void updateDevice(Entry &entry, const Device &device);
    void dropPath(Entry &entry, ConnectionId id, CloseReason reason);
    void recount(Entry &entry);
    void indexSession(const Path &path);
    void forgetSession(const Path &path);
    /// Whether a registration of this device with this session has not run out.
    bool holdsSession(const DeviceId &id, const QString &session, Timestamp now);
    /// The row of a device that came back: what it has again, and what its best path was before.
    JournalEntry restoredEntry(const Device &device, const Path &after, const Liveness &before,
                               const ConnectionFacts &beforeFacts) const;
    JournalEntry movedEntry(const Device &device, const Path &path, const QString &before) const;
    /// Paths whose wake-up is over since the device came back over another one: back to Lost, for the reason they were.
    void endWakes(Entry &entry, ConnectionId except);
    StoredBinding binding(const Path &path, const Device &device) const;
    void stageBinding(Path &path, const Device &device);
};

} // namespace reveille
