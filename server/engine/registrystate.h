// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry.h"

#include <QHash>

#include <map>
#include <unordered_map>

namespace reveille {

/// Private parts of the Registry, shared by its three source files.

struct Registry::Path {
    ConnectionId id;
    DeviceId device;
    QString flow;
    std::unique_ptr<Connection> connection; ///< none for a path kept for its history
    ConnectionFacts facts;
    Liveness liveness;
    QByteArray state;
    Timestamp storedAt; ///< when the binding was last handed to the store
};

struct Registry::Entry {
    Device device;
    QVector<ConnectionId> paths;
    LivenessState counted = LivenessState::Lost; ///< the state it is counted under
};

struct Registry::State {
    struct UserEntry {
        User user;
        QVector<DeviceId> devices;
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
    quint64 lastConnection = 0;
    qint64 inState[int(LivenessState::Unreachable) + 1] = {};

    Entry *entry(const DeviceId &id);
    Path *path(ConnectionId id);
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
    StoredBinding binding(const Path &path, const Device &device) const;
    void stageBinding(Path &path, const Device &device);
};

} // namespace reveille
