// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock.h"
#include "engine/connection.h"
#include "engine/journal.h"
#include "engine/pathnotes.h"
#include "engine/snapshots.h"
#include "engine/subscriberchange.h"
#include "engine/writebehind.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace reveille {

/// What a protocol knows of a device that registers with it.
struct Registration {
    PublicUserId user;
    DeviceId device;
    QString deviceName;               ///< display name or User-Agent, used only if the device has no name yet
    QString flow;                     ///< key within the device; a new registration with the same key evicts the old
    QString gruu;
    std::optional<Msisdn> msisdn;     ///< as the client says
    std::optional<ClientPort> clientPort;
    QVector<WakeRoute> routes;        ///< as the client says (RFC 8599 parameters)
    std::optional<Capabilities> capabilities;
    std::optional<QStringList> subscriptions;
    Timestamp until;
    LivenessPolicy policy;
    QByteArray state;                 ///< StoredBinding::state
};

/// How the Registry puts away idle paths of a protocol and gets them back (requirement N5). A protocol that names none of
/// this keeps every path it has.
struct IdleProtocol {
    /// Makes the connection of a path anew; nullptr where it cannot serve any more. Called when somebody asks for it.
    std::function<std::unique_ptr<Connection>(const StoredBinding &, ConnectionId)> connect;
};

/// When devices with idle paths are put away.
struct ParkingLimits {
    qint64 alwaysAtHand = 1000;      ///< so many devices stay as they are however idle
    Milliseconds untouched{5000};    ///< not asked for and not heard of for so long
    Milliseconds untouchedInRush{1000}; ///< same, when ten times as many as those are at hand
};

/// How much of one user the registry takes in.
struct RegistryLimits {
    int maxDevices = 64; ///< of one user
    int maxFlows = 8;    ///< live paths of one device
};

/// A device as it is shown.
struct DeviceView {
    Device device;
    Liveness liveness;                       ///< of its best connection
    QVector<ConnectionSnapshot> connections; ///< best first
};

/// Users, their devices, and the live paths to them (style 15): per user a set of devices, per device at most one live
/// connection of a flow key; newer evicts older; removal needs the matching connection id, so that a late disconnect
/// of an old connection removes nothing of the new. Owns the connections. Server thread.
class Registry : public QObject
{
    Q_OBJECT
public:
    Registry(Clock &clock, Timers &timers, Journal &journal, WriteBehind &store, QObject *parent = nullptr);
    ~Registry() override;

    // --- protocols
    /// Takes a device in: makes the user and the device where they are new, evicts an older connection with the same
    /// flow key, starts its liveness, journals "registered" (or "restored" after a loss) and tells deviceReturned.
    /// Errors: device-belongs-to-other-user, devices-too-many, flows-too-many (RegistryLimits).
    Result<ConnectionId> bind(const Registration &registration, std::unique_ptr<Connection> connection);
    /// Renews a registration on the same path. False if the connection is not known any more. `news` tells whether it
    /// brought more than time: facts of the device, or another state of the protocol. Those are promised once the store
    /// has them; how long it lasts is written behind, within half a minute.
    struct News {
        bool facts = false, state = false;
    };
    bool refresh(ConnectionId id, const Registration &registration, News *news = nullptr);
    /// The same where nothing but the time moved on, and the policy perhaps: costs least, and leaves an idle device idle.
    bool renew(ConnectionId id, Timestamp until, const LivenessPolicy &policy);
    /// For those that are renewed next: fetches what is kept of them while idle into the caches, all at once.
    void prefetch(std::span<const ConnectionId> ids) const;
    /// Something was heard or missed on a connection. Ignored for an id not known.
    void observe(ConnectionId id, const LivenessEvent &event);
    /// The device removed its registration: closes the path, forgets the binding, keeps device and wake routes.
    void unbind(ConnectionId id);
    /// After a restart: a binding of the store, with a path to it (UDP) or without (TCP: gone with the server). Where there
    /// are many, one of a protocol that takes part in parking is put away at once, and `connection` ends without close().
    ConnectionId restore(const StoredBinding &binding, const LivenessPolicy &policy,
                         std::unique_ptr<Connection> connection);
    /// Sends over a path, or probes it, telling sent() and answered(). `done` is called exactly once, later; Broken for a
    /// path that is gone.
    using AnswerCallback = std::function<void(SendOutcome)>;
    void send(ConnectionId id, const PushMessage &message, AnswerCallback done);
    void probe(ConnectionId id, AnswerCallback done);
    /// How many pushes wait for a device, for the journal.
    void setPendingCounter(std::function<int(const DeviceId &)> counter);
    /// The connection of a flow, not set if there is none.
    ConnectionId connectionOf(const DeviceId &device, const QString &flow) const;

    /// From now on idle devices with paths of this kind only are put away as small records and come back as soon as they
    /// are asked for, under the same ids. Their Connection objects end without close().
    void setProtocol(const QString &kind, IdleProtocol protocol);
    void setParkingLimits(const ParkingLimits &limits);
    /// Devices something outside is under way for are not put away.
    void setBusyCheck(std::function<bool(const DeviceId &)> isBusy);
    qint64 parkedCount() const;
    size_t parkedMemory() const; ///< octets

    // --- facts
    const User *user(const PublicUserId &id) const;
    const Device *device(const DeviceId &id) const;
    QVector<DeviceId> devicesOf(const PublicUserId &user) const;
    std::optional<PublicUserId> userOfMsisdn(const Msisdn &msisdn) const;
    /// The device whose application instance registered with this session identifier, also after that registration
    /// ended by running out; the newest where several did.
    std::optional<DeviceId> deviceOfSession(const QString &session) const;
    /// The connection to send over now, best liveness first, among those that meet the wish; nullptr where none is
    /// usable.
    Connection *usableConnection(const DeviceId &id, ConnectionId *connectionId = nullptr) const;
    Connection *usableConnection(const DeviceId &id, const PathWish &wish, ConnectionId *connectionId = nullptr) const;
    Connection *connection(ConnectionId id) const;
    bool hasPath(ConnectionId id) const;  ///< there is a connection to send over, be it put away; disturbs no idle device
    std::optional<Liveness> liveness(const DeviceId &id) const;          ///< of its best connection
    const Liveness *livenessOf(ConnectionId id) const;
    std::optional<DeviceId> deviceOf(ConnectionId id) const;
    QString lastTransport(const DeviceId &id) const;                     ///< "sip-udp" of its newest connection
    QVector<ConnectionSnapshot> connections(const DeviceId &id) const;   ///< best first
    /// Copies for showing; they disturb no idle device.
    std::optional<DeviceView> view(const DeviceId &id) const;
    std::optional<User> viewUser(const PublicUserId &id, int *devices = nullptr) const;
    QVector<DeviceId> viewDevices(const PublicUserId &user) const;
    qint64 userCount() const;
    qint64 deviceCount() const;
    /// Some of the devices with a registration that runs out before `at` and that have no longer one; all of them were
    /// looked at after a few calls. Disturbs no idle device.
    QVector<DeviceId> expiringBefore(Timestamp at);
    /// How many devices are in each state; kept, not counted.
    qint64 inState(LivenessState state) const;
    /// Page of users / devices in order of id, greater than `after`; `query` matches any identifier or name, without case.
    QVector<PublicUserId> users(const QString &query, const QString &after, int limit) const;
    QVector<DeviceId> devices(const QString &query, const QString &after, int limit) const;

    // --- provisioning (durable when `done` says so)
    using DoneCallback = std::function<void(Result<Done>)>;
    void putUser(const User &user, DoneCallback done);
    /// Removes the user with all devices and closes their connections. Error user-unknown.
    void removeUser(const PublicUserId &id, DoneCallback done);
    /// Adds or changes provisioned facts; registers nothing. Errors device-belongs-to-other-user, user-unknown.
    void putDevice(const Device &device, DoneCallback done);
    void removeDevice(const DeviceId &id, DoneCallback done);
    /// What a device itself told of itself; there at once, written behind. Ignored for one that is not known.
    void amend(const Device &device);
    /// Several of these at once: all of it becomes durable, or nothing. What a device said of itself is kept where it is
    /// known (requirement R3). The answer is the change that takes it back; registrations do not come back. Errors:
    /// user-unknown, device-unknown, device-belongs-to-other-user, devices-too-many.
    using ChangeCallback = std::function<void(Result<SubscriberChange>)>;
    void change(const SubscriberChange &change, ChangeCallback done);
    const RegistryLimits &limits() const;
    void setLimits(const RegistryLimits &limits);
    /// Staff: closes every connection of the device and forgets its bindings.
    Result<Done> deregister(const DeviceId &id);

    // --- start-up
    /// So many devices are going to be loaded: makes room for them at once.
    void expect(qint64 devices);
    /// Users with all of their devices. May be called again with others.
    void load(const QVector<User> &users, const QVector<Device> &devices);
    void closeAll(CloseReason reason);

    /// For WakeService: wake events move the liveness of the device's newest connection.
    void observeDevice(const DeviceId &id, const LivenessEvent &event);

Q_SIGNALS:
    void userChanged(const reveille::PublicUserId &id);
    void userRemoved(const reveille::PublicUserId &id);
    void deviceChanged(const reveille::DeviceId &id);   ///< anything shown about it, often
    void deviceRemoved(const reveille::DeviceId &id);
    /// A new or renewed path works: pending pushes may go, wake-ups are over.
    void deviceReturned(const reveille::DeviceId &id);
    /// Staff changed its wake rule, that of its user, its wake routes or its preferences: what waits may go now.
    void wakeTermsChanged(const reveille::DeviceId &id);
    /// Its best state became Lost.
    void deviceLost(const reveille::DeviceId &id);
    /// A connection's liveness moved; LivenessMonitor listens.
    void connectionChanged(reveille::ConnectionId id);
    void connectionRemoved(reveille::ConnectionId id);
    /// It was put away with its device; nobody needs to watch it.
    void connectionParked(reveille::ConnectionId id);

    /// Everything that happens on a path, every packet too: direct connections only.
    void noted(const reveille::PathNote &note);
    void sent(const reveille::PathExchange &exchange);
    void answered(const reveille::PathExchange &exchange);

private:
    void sweep();
    struct Path;
    void noteAddress(ConnectionId id, const QString &before);
    PathExchange exchangeOf(const Path &path, PathExchange::What what) const;
    template <typename Start>
    void exchange(ConnectionId id, PathExchange::What what, AnswerCallback done, Start start);
    Result<Done> judge(const SubscriberChange &change);
    SubscriberChange inverse(const SubscriberChange &change);
    void take(const StoreBatch &batch);
    /// Whether its wake rule or its wake routes became other ones.
    bool keep(const Device &stored);
    void forgetUser(const PublicUserId &id);
    void announceReturn(const DeviceId &id);
    void forgetDevice(const DeviceId &id);

    struct Entry;
    struct State;
    std::unique_ptr<State> d;
};

} // namespace reveille
