// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "domain/explanation.h"
#include "domain/faultrule.h"
#include "domain/journalentry.h"
#include "domain/learnednetwork.h"
#include "domain/liveness.h"
#include "domain/push.h"
#include "domain/pushresource.h"
#include "domain/wakepolicy.h"
#include "domain/wakeup.h"
#include "engine/bearer.h"
#include "engine/connection.h"
#include "engine/store.h"

#include <QMap>
#include <QMetaType>

namespace reveille {

/// A connection as it is shown; copies cross threads.
struct ConnectionSnapshot {
    ConnectionId id;
    QString flow;
    ConnectionFacts facts;
    Liveness liveness;
    bool live = false;      ///< there is a path to send over; false for one kept for its history
    int probesLost = 0;     ///< on this path, since it came about or was last put away as idle
};

/// A device with everything a person asks about it.
struct DeviceSnapshot {
    Device device;
    Liveness liveness;                       ///< of its best connection
    QVector<ConnectionSnapshot> connections; ///< best first
    int pendingPushes = 0;
    WakeId activeWake;
    QVector<PushResource> pushResources;     ///< without hashes of tokens, oldest first
    QVector<WakeRoute> readyRoutes;          ///< wake routes a configured, healthy bearer can serve, in order of choice
};

struct UserSnapshot {
    User user;              ///< secrets cleared: hasPassword is kept in `hasPassword`
    bool hasPassword = false;
    int devices = 0;
};

/// Exactly what a wake-up would do, without doing it (dry run).
struct WakePreview {
    QString bearer;         ///< NAME; empty when there is no route
    WakeRoute route;
    SirPlan plan;
    SessionRequest sir;
    QByteArray sirBytes;
    QByteArray wireBytes;   ///< what the bearer would send
    QString wireFormat;
    WakeBudget budget;
    QVector<Check> checks;  ///< why this route
};

struct BearerSnapshot {
    BearerFacts facts;
    BearerHealth health;
};

/// Numbers of the whole server.
struct ServerCounters {
    qint64 users = 0, devices = 0;
    qint64 up = 0, suspect = 0, lost = 0, waking = 0, unreachable = 0;
    qint64 pushesAccepted = 0, pushesDelivered = 0, pushesPending = 0, pushesFailed = 0;
    qint64 pushesConfirmed = 0; ///< of those delivered
    qint64 pushesAwaited = 0;   ///< delivered, and may still be confirmed
    qint64 wakesActive = 0, wakesSucceeded = 0, wakesFailed = 0;
    qint64 sirsSent = 0;
    qint64 probesSent = 0, probesAnswered = 0, probesLost = 0, addressChanges = 0;
    qint64 networksLearned = 0;
    qint64 faultsActive = 0, faultsStruck = 0;
    StoreFacts store;
    friend bool operator==(const ServerCounters &, const ServerCounters &) = default;
};

/// What changed since the last batch; at most 20 a second. Each id appears once, with its newest value.
struct ServerChanges {
    QVector<UserSnapshot> users;
    QVector<PublicUserId> removedUsers;
    QVector<DeviceSnapshot> devices;
    QVector<DeviceId> removedDevices;
    QVector<Push> pushes;
    QVector<WakeUp> wakes;
    QVector<JournalEntry> journal;   ///< in order of id, newest last; at most journalCap a batch, the rest is read from the store
    bool journalSkipped = false;     ///< rows were left out of this batch
    QVector<BearerSnapshot> bearers; ///< all of them whenever one changed
    QVector<LearnedNetwork> networks;     ///< those that were learned something new of
    QVector<NetworkKey> removedNetworks;  ///< forgotten
    std::optional<QVector<FaultRule>> faults; ///< all of them whenever one began, struck or ended
    ServerCounters counters;

    static constexpr int journalCap = 500;
};

} // namespace reveille

Q_DECLARE_METATYPE(reveille::DeviceSnapshot)
Q_DECLARE_METATYPE(reveille::ServerChanges)
Q_DECLARE_METATYPE(reveille::WakePreview)
