// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "domain/initiator.h"
#include "domain/journalentry.h"
#include "domain/learnednetwork.h"
#include "domain/notice.h"
#include "domain/push.h"
#include "domain/pushquery.h"
#include "domain/pushresource.h"
#include "domain/wakeup.h"

#include <functional>
#include <optional>

namespace reveille {

/// A registration as kept over restarts (reliability R1). `state` is the protocol's own note to itself.
struct StoredBinding {
    DeviceId device;
    PublicUserId user;
    QString flow;            ///< key within the device: "sip/1" (kind / reg-id), "datagram/SESSION", "ota_http"
    QString kind;            ///< ConnectionFacts::kind
    QString transport;
    QString peer;
    QString local;
    QString address;         ///< ConnectionFacts::address
    QString session;         ///< ConnectionFacts::session
    QString application;     ///< ConnectionFacts::application
    Timestamp until;
    Timestamp lastPacket;
    QByteArray state;        ///< opaque to everyone but the protocol (Call-ID, CSeq, Path …)
    friend bool operator==(const StoredBinding &, const StoredBinding &) = default;
};

/// Facts to be made durable together. Applied in the order of the members; a removal of a user removes its devices,
/// their bindings, their push resources and nothing else (pushes and journal are history). What belongs to something
/// removed before is left out: a device whose user is not there, a binding or push resource whose device is not there.
struct StoreBatch {
    QVector<Initiator> initiators;
    QVector<InitiatorId> removedInitiators;
    QVector<User> users;
    QVector<Device> devices;
    QVector<StoredBinding> bindings;
    QVector<std::pair<DeviceId, QString>> removedBindings; ///< device, flow
    QVector<PushResource> pushResources;
    QVector<PushResourceId> removedPushResources;
    QVector<DeviceId> removedDevices;
    QVector<PublicUserId> removedUsers;
    QVector<Push> pushes; ///< their requests never change, and none loses a delivery
    QVector<WakeUp> wakes;
    QVector<LearnedNetwork> networks;
    QVector<NetworkKey> removedNetworks;
    QVector<Notice> notices;
    QStringList removedNotices; ///< ids
    QVector<JournalEntry> journal;

    bool isEmpty() const
    {
        return initiators.isEmpty() && removedInitiators.isEmpty() && users.isEmpty() && devices.isEmpty()
            && bindings.isEmpty() && removedBindings.isEmpty() && pushResources.isEmpty()
            && removedPushResources.isEmpty() && removedDevices.isEmpty() && removedUsers.isEmpty()
            && pushes.isEmpty() && wakes.isEmpty() && networks.isEmpty() && removedNetworks.isEmpty()
            && notices.isEmpty() && removedNotices.isEmpty() && journal.isEmpty();
    }
};

/// Some users with all of their devices and of the registrations of those: a portion of what there is, so that a start
/// with very many holds few of them at a time.
struct StoredSubscribers {
    QVector<User> users;
    QVector<Device> devices;
    QVector<StoredBinding> bindings;   ///< also those that ran out; the engine judges
};

/// What else the engine needs to go on after a restart.
struct StoredState {
    QVector<Initiator> initiators;
    QVector<PushResource> pushResources;
    QVector<Push> pushes;              ///< not in a final state, or awaiting a confirmation
    QVector<WakeUp> wakes;             ///< not in a final state
    QVector<LearnedNetwork> networks;
    QVector<Notice> notices;           ///< oldest first
    JournalId lastJournalId;
    PushId lastPush;                   ///< the highest of all ids there are, also of those in a final state
    WakeId lastWake;
    qint64 deviceCount = 0;            ///< how many there are to be read
};

struct StoreFacts {
    qint64 queued = 0;             ///< batches not yet durable
    qint64 commits = 0;
    Milliseconds lastCommit{0};    ///< how long the last transaction took
    QByteArray trouble;            ///< code of what keeps it from writing; empty = well
    friend bool operator==(const StoreFacts &, const StoreFacts &) = default;
};

/// Durable facts behind one interface (design "Four interfaces"). Called on the server thread; every callback comes
/// back on the server thread, later, in the order of the calls. Errors: store-full (disk full), store-locked,
/// store-corrupt, store-read-only, store-missing-folder, store-newer (made by a newer version), store-foreign (a database, but
/// of another program), store-failed, store-closed.
class Store
{
public:
    virtual ~Store() = default;
    /// Opens, migrates, checks and reads all but the subscribers. Blocks; called once, at start-up.
    virtual Result<StoredState> open() = 0;
    /// Reads every user once, in the order of ids, and calls `take` with portion after portion. Blocks; called once after
    /// open(), before anything is committed. After an error the store is closed, so that nothing is written to one that
    /// could not be read whole.
    virtual Result<Done> readSubscribers(const std::function<void(const StoredSubscribers &)> &take) = 0;
    /// Durable when `done` is called with a value: written, and synced to the disk. Batches queued together share one
    /// transaction (group commit). After an error nothing of the batch is there.
    virtual void commit(StoreBatch batch, std::function<void(Result<Done>)> done) = 0;
    virtual void readJournal(const JournalQuery &query,
                             std::function<void(Result<QVector<JournalEntry>>)> done) = 0;
    virtual void readPush(const PushId &id, std::function<void(Result<std::optional<Push>>)> done) = 0;
    /// Every push that this initiator gave this name, in order of id.
    virtual void readPushesByReference(const InitiatorId &initiator, const QString &reference,
                                       std::function<void(Result<QVector<Push>>)> done) = 0;
    /// A page of all pushes, newest first: in falling order of ids, which rise with the time of acceptance. Looks at a bounded
    /// number of pushes, so that a page may be short. A state that is not final stands for all of those: which of them it
    /// is now, the engine knows.
    virtual void readPushes(const PushQuery &query, std::function<void(Result<PushPage>)> done) = 0;
    virtual void readWake(const WakeId &id, std::function<void(Result<std::optional<WakeUp>>)> done) = 0;
    virtual StoreFacts facts() const = 0;
    /// Writes what is queued and closes. Blocks; afterwards every call fails with store-closed.
    virtual void close() = 0;
};

} // namespace reveille
