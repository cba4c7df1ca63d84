// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config.h"
#include "domain/deviceedit.h"
#include "domain/devicehistory.h"
#include "engine/snapshots.h"
#include "engine/subscriberexport.h"
#include "engine/subscriberimport.h"

#include <QFuture>
#include <QMap>
#include <QObject>

#include <memory>
#include <optional>

namespace reveille {

/// The one handle of the console on a server in a worker thread (style 9 to 12). Lives on the GUI thread; every
/// command returns at once with a future that finishes on the server thread (use .then(context, …)); what happens comes
/// back as changed(), at most 20 times a second. Values only.
class ServerHost : public QObject
{
    Q_OBJECT
public:
    enum class State { Stopped, Starting, Running, Stopping, Failed };
    Q_ENUM(State)

    explicit ServerHost(QObject *parent = nullptr);
    ~ServerHost() override; ///< stops and waits

    /// Starts asynchronously; stateChanged says what came of it. Ignored unless Stopped or Failed.
    void start(const Config &config, const QString &dataDir);
    void stop();

    State state() const;
    Error failure() const;                          ///< why Failed
    QMap<QString, QString> boundAddresses() const;  ///< while Running
    QString dataDir() const;
    QString databaseFile() const;                   ///< for the read side of the store; empty if not SQLite

    QFuture<Result<PushId>> submit(const PushRequest &request);
    QFuture<Result<Explanation>> explain(const PushRequest &request);       ///< dry run
    QFuture<Result<Explanation>> explanation(const PushId &id);
    QFuture<Result<PushPage>> pushes(const PushQuery &query);               ///< of all time, newest first; see listPushes()
    QFuture<Result<Push>> push(const PushId &id);                           ///< with its body
    QFuture<Result<QVector<Initiator>>> initiators();                       ///< application servers, by name; without hashes of tokens
    QFuture<Result<Done>> cancelPush(const PushId &id);
    QFuture<Result<QVector<Push>>> queue(const DeviceId &id);               ///< what waits for it, in order of sending
    QFuture<Result<WakeId>> wake(const DeviceId &device, const WakeOrder &order);
    QFuture<Result<WakePreview>> previewWake(const DeviceId &device, const WakeOrder &order);
    QFuture<Result<Done>> cancelWake(const WakeId &id);
    /// The same order once more, by hand, or an active one over another bearer; see WakeService::repeat.
    QFuture<Result<WakeId>> repeatWake(const WakeId &id, const QString &bearer = {});
    QFuture<Result<BearerTest>> testBearer(const QString &name); ///< wakes nobody; error bearer-unknown
    QFuture<Result<Done>> deregister(const DeviceId &id);
    QFuture<Result<Done>> probe(const DeviceId &id);
    QFuture<Result<Done>> putUser(const PublicUserId &id, const QString &name, const QString &password); ///< empty password = keep
    QFuture<Result<Done>> removeUser(const PublicUserId &id);
    QFuture<Result<Done>> putDevice(const Device &device);
    QFuture<Result<Done>> removeDevice(const DeviceId &id);
    /// Several users and devices at once; the answer takes it back (Registry::change).
    QFuture<Result<SubscriberChange>> change(const SubscriberChange &change);
    /// What was edited of a device, applied to the device as it stands now; the answer takes it back, of the same fields only.
    /// An edit that changes nothing writes nothing. Errors: device-unknown where it was removed meanwhile,
    /// device-belongs-to-other-user, of the store.
    QFuture<Result<DeviceEdit>> changeDevice(const DeviceEdit &edit);
    /// As putUser, and what wakes the user's devices; an empty rule keeps the one there is.
    QFuture<Result<SubscriberChange>> changeUser(const PublicUserId &id, const QString &name, const QString &password,
                                                 std::optional<WakeRule> wakeRule);
    /// A file of subscribers; what is under way can be watched and stopped by `progress`.
    QFuture<Result<ImportReport>> importSubscribers(const QByteArray &csv, const ImportOptions &options,
                                                    std::shared_ptr<ImportProgress> progress);
    /// Users after `after`; a page of at most 10,000 rows.
    QFuture<Result<ExportPage>> exportSubscribers(const QString &after);
    QFuture<Result<DeviceHistory>> history(const DeviceId &id);             ///< its lifeline
    QFuture<Result<QVector<LearnedNetwork>>> networks();
    QFuture<Result<Done>> forgetNetwork(const IpNetwork &prefix, PathTransport transport); ///< error network-unknown

    /// Puts a fault in the way for `life`; see Engine::addFault. Those in force come with changed().
    QFuture<Result<FaultId>> addFault(const FaultRule &rule, Milliseconds life);
    QFuture<Result<Done>> removeFault(const FaultId &id); ///< error fault-unknown
    QFuture<Result<int>> clearFaults();                   ///< how many there were

Q_SIGNALS:
    void stateChanged(reveille::ServerHost::State state);
    /// After start, the first batch holds everything there is.
    void changed(const reveille::ServerChanges &changes);

private:
    class Worker;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace reveille
