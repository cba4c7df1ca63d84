// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/learnednetwork.h"
#include "engine/registry.h"
#include "engine/registrystate.h"

#include <QPointer>

namespace reveille {

Q_LOGGING_CATEGORY(registryLog, "reveille.registry")

namespace {

constexpr Milliseconds bindingWriteInterval{30000};

bool isGone(LivenessState state)
{
    return state == LivenessState::Lost || state == LivenessState::Waking || state == LivenessState::Unreachable;
}

/// The same path from another address: a datagram path whose NAT gave it a new one. A stream is a new path each time.
bool hasMoved(const ConnectionFacts &before, const ConnectionFacts &after)
{
    return !before.peer.isEmpty() && before.peer != after.peer && before.transport == after.transport
        && pathTransportOf(after.transport) == PathTransport::Udp;
}

/// What the client says of itself, put over what was known.
Device withRegistration(Device device, const Registration &registration)
{
    if (device.name.isEmpty())
        device.name = registration.deviceName;
    if (!registration.gruu.isEmpty())
        device.gruu = registration.gruu;
    if (registration.msisdn)
        device.msisdn = *registration.msisdn;
    if (registration.clientPort)
        device.clientPort = *registration.clientPort;
    if (!registration.routes.isEmpty())
        device.clientRoutes = registration.routes;
    if (registration.capabilities)
        device.capabilities = *registration.capabilities;
    if (registration.subscriptions)
        device.subscriptions = *registration.subscriptions;
    return device;
}

} // namespace

Registry::Registry(Clock &clock, Timers &timers, Journal &journal, WriteBehind &store, QObject *parent)
    : QObject(parent), d(new State{clock, timers, journal, store})
{
}

const RegistryLimits &Registry::limits() const
{
    return d->taken;
}

void Registry::setLimits(const RegistryLimits &limits)
{
    d->taken = limits;
}

Registry::~Registry()
{
    d->timers.cancel(d->sweepTimer);
}

Result<ConnectionId> Registry::bind(const Registration &registration, std::unique_ptr<Connection> connection)
{
    const Timestamp now = d->clock.now();
    Entry *entry = d->entry(registration.device);
    if (entry && entry->device.user != registration.user)
        return Error{"device-belongs-to-other-user", registration.device.toString()};
    const QString session = connection->facts().session;
    const std::optional<DeviceId> holder = session.isEmpty() ? std::nullopt : deviceOfSession(session);
    if (holder && *holder != registration.device && d->holdsSession(*holder, session, now))
        return Error{"session-of-other-device", session.left(100)};
    if (!entry) {
        const State::UserEntry *known = d->userEntry(registration.user);
        if (known && known->devices.size() >= d->taken.maxDevices) {
            d->devicesLog.reached(connection->facts().peer);
            return Error{"devices-too-many", registration.user.toString()};
        }
        if (!known) {
            User user;
            user.id = registration.user;
            user.createdAt = now;
            d->store.stage(d->addUser(user).user);
        }
        Device device;
        device.id = registration.device;
        device.user = registration.user;
        device.createdAt = now;
        entry = &d->addDevice(device);
        Q_EMIT userChanged(registration.user);
    }

    Path *old = d->pathOfFlow(*entry, registration.flow);
    const Path *bestBefore = d->best(*entry);
    const bool wasKnown = bestBefore != nullptr;
    const bool wasGone = !wasKnown || isGone(bestBefore->liveness.state());
    const Liveness livenessBefore = bestBefore ? bestBefore->liveness : Liveness();
    const ConnectionFacts factsBefore = bestBefore ? bestBefore->facts : ConnectionFacts();
    const ConnectionFacts oldFacts = old && old->liveness.isUsable() ? old->facts : ConnectionFacts();
    Liveness liveness = old ? old->liveness : (wasKnown && wasGone ? bestBefore->liveness : Liveness());

    // Closed at the end: what was under way over it then finds the new path.
    const std::unique_ptr<Connection> evicted = old ? std::move(old->connection) : nullptr;
    const QVector<ConnectionId> others = entry->paths;
    for (const ConnectionId other : others) {
        // A path kept for its history goes, unless it stands for another application instance.
        const Path &kept = *d->path(other);
        if (!kept.connection && (kept.flow == registration.flow || kept.facts.session.isEmpty()
                                 || kept.facts.session == session || entry->paths.size() >= d->taken.maxFlows)) {
            if (kept.flow != registration.flow)
                d->store.removeBinding(registration.device, kept.flow);
            d->dropPath(*entry, other, CloseReason::Lost);
            Q_EMIT connectionRemoved(other);
        }
    }
    if (entry->paths.size() >= d->taken.maxFlows) {
        d->flowsLog.reached(connection->facts().peer);
        return Error{"flows-too-many", registration.device.toString()};
    }

    Device device = withRegistration(entry->device, registration);
    device.lastSeen = now;
    d->updateDevice(*entry, device);
    d->store.stage(device);

    Path path;
    path.id = ConnectionId{++d->lastConnection};
    path.device = registration.device;
    path.flow = registration.flow;
    path.facts = connection->facts();
    path.connection = std::move(connection);
    path.state = registration.state;
    liveness.setPolicy(registration.policy);
    LivenessEvent registered;
    registered.kind = LivenessEvent::Kind::Registered;
    registered.until = registration.until;
    liveness.advance(registered, now);
    path.liveness = liveness;
    const ConnectionId id = path.id;
    Path &kept = d->paths.emplace(id, std::move(path)).first->second;
    d->indexSession(kept);
    entry->paths.prepend(id);
    d->stageBinding(kept, device);
    d->endWakes(*entry, id);
    d->recount(*entry);

    if (wasKnown && wasGone)
        d->journal.add(d->restoredEntry(device, kept, livenessBefore, factsBefore));
    else
        d->journal.add(connectionEntry(QStringLiteral("registered"), device, kept.facts, kept.liveness));
    Q_EMIT noted({id, registration.device, registered,
                  {livenessBefore.state(), kept.liveness.state(), LossReason::None, wasGone}, !wasKnown});
    if (hasMoved(oldFacts, kept.facts))
        noteAddress(id, oldFacts.peer);
    Q_EMIT deviceChanged(registration.device);
    Q_EMIT connectionChanged(id);
    announceReturn(registration.device);
    if (evicted)
        evicted->close(CloseReason::Replaced);
    return id;
}

/// The path goes on under another address: told and written down, its liveness is moved by what was heard.
void Registry::noteAddress(ConnectionId id, const QString &before)
{
    Path &path = *d->path(id);
    const Device &device = d->entry(path.device)->device;
    LivenessEvent moved;
    moved.kind = LivenessEvent::Kind::AddressChanged;
    moved.subject = before + QStringLiteral(" > ") + path.facts.peer;
    d->journal.add(d->movedEntry(device, path, before));
    d->stageBinding(path, device);
    Q_EMIT noted({id, path.device, moved, {path.liveness.state(), path.liveness.state(), path.liveness.reason(), false}});
}

bool Registry::refresh(ConnectionId id, const Registration &registration, News *news)
{
    Path *path = d->path(id);
    if (!path)
        return false;
    Entry &entry = *d->entry(path->device);
    const Timestamp now = d->clock.now();
    const Device device = withRegistration(entry.device, registration);
    if (news)
        *news = {device != entry.device, path->state != registration.state};
    if (device != entry.device) {
        d->updateDevice(entry, device);
        d->store.stage(device);
    }
    entry.device.lastSeen = now;
    const bool isNew = path->state != registration.state;
    path->state = registration.state;
    path->liveness.setPolicy(registration.policy);
    const ConnectionFacts factsBefore = path->facts;
    path->facts = path->connection ? path->connection->facts() : path->facts;
    if (hasMoved(factsBefore, path->facts))
        noteAddress(id, factsBefore.peer);
    LivenessEvent registered;
    registered.kind = LivenessEvent::Kind::Registered;
    registered.until = registration.until;
    observe(id, registered);
    if (isNew || now - path->storedAt >= bindingWriteInterval)
        d->stageBinding(*path, entry.device);
    return true;
}

void Registry::observe(ConnectionId id, const LivenessEvent &event)
{
    if (d->paths.find(id) == d->paths.end() && d->parked.heard(id, event, nullptr, d->clock.now()))
        return;
    Path *path = d->path(id);
    if (!path)
        return;
    Entry &entry = *d->entry(path->device);
    const DeviceId device = path->device;
    const Timestamp now = d->clock.now();
    const Liveness before = path->liveness;
    path->probesLost += event.kind == LivenessEvent::Kind::ProbeLost;
    const Liveness::Change change = path->liveness.advance(event, now);
    if (path->liveness.lastPacket() > before.lastPacket())
        entry.device.lastSeen = path->liveness.lastPacket();
    if (event.kind == LivenessEvent::Kind::AddressChanged) {
        QString peerBefore = path->facts.peer;
        path->facts = path->connection ? path->connection->facts() : path->facts;
        if (path->facts.peer == peerBefore && event.subject.contains(QStringLiteral(" > "))) {
            // The connection took the new address before it told.
            peerBefore = event.subject.section(QStringLiteral(" > "), 0, 0);
            path->facts.peer = event.subject.section(QStringLiteral(" > "), 1);
        }
        noteAddress(id, peerBefore);
    }
    if (!change.changed) {
        if (event.kind != LivenessEvent::Kind::AddressChanged)
            Q_EMIT noted({id, device, event, change});
        Q_EMIT deviceChanged(device);
        return;
    }

    const bool cameBack = isGone(change.before) && path->liveness.isUsable();
    QString name = QString::fromLatin1(toText(change.after));
    if (change.after == LivenessState::Lost && change.reason == LossReason::Expired)
        name = QStringLiteral("expired");
    const bool routine = isRoutineDoubt(path->liveness)
        || (isRoutineDoubt(before) && change.after == LivenessState::Up);
    if (cameBack)
        d->journal.add(d->restoredEntry(entry.device, *path, before, path->facts));
    else if (!routine)
        d->journal.add(connectionEntry(name, entry.device, path->facts, path->liveness));

    if (change.after == LivenessState::Lost) {
        const bool pathGone = event.kind == LivenessEvent::Kind::Closed || event.kind == LivenessEvent::Kind::Reset
            || event.kind == LivenessEvent::Kind::UserTimeout;
        const bool over = change.reason == LossReason::Expired;
        if ((pathGone || over) && path->connection) {
            const std::unique_ptr<Connection> gone = std::move(path->connection);
            gone->close(CloseReason::Lost);
        }
        // An application instance stays known by its session, so that it can still be woken and named (R7).
        if (over && path->facts.session.isEmpty())
            d->store.removeBinding(device, path->flow);
        else if (over)
            d->stageBinding(*path, entry.device);
        d->store.stage(entry.device);
    }
    if (cameBack) {
        d->stageBinding(*path, entry.device);
        d->store.stage(entry.device);
    }
    d->recount(entry);
    const bool deviceIsLost = entry.counted == LivenessState::Lost;
    Q_EMIT noted({id, device, event, change});
    Q_EMIT deviceChanged(device);
    Q_EMIT connectionChanged(id);
    if (cameBack)
        announceReturn(device);
    else if (change.after == LivenessState::Lost && deviceIsLost)
        Q_EMIT deviceLost(device);
}

void Registry::unbind(ConnectionId id)
{
    Path *path = d->path(id);
    if (!path)
        return;
    Entry &entry = *d->entry(path->device);
    LivenessEvent event;
    event.kind = LivenessEvent::Kind::Unregistered;
    const Liveness::Change change = path->liveness.advance(event, d->clock.now());
    if (path->connection) {
        const std::unique_ptr<Connection> gone = std::move(path->connection);
        gone->close(CloseReason::Deregistered);
    }
    d->forgetSession(*path);
    d->store.removeBinding(path->device, path->flow);
    d->journal.add(connectionEntry(QStringLiteral("unregistered"), entry.device, path->facts, path->liveness));
    d->recount(entry);
    const DeviceId device = path->device;
    Q_EMIT noted({id, device, event, change});
    Q_EMIT deviceChanged(device);
    Q_EMIT connectionChanged(id);
    if (entry.counted == LivenessState::Lost)
        Q_EMIT deviceLost(device);
}

ConnectionId Registry::restore(const StoredBinding &binding, const LivenessPolicy &policy,
                               std::unique_ptr<Connection> connection)
{
    Entry *entry = d->entry(binding.device);
    if (!entry)
        return {};
    const Timestamp now = d->clock.now();
    Path path;
    path.id = ConnectionId{++d->lastConnection};
    path.device = binding.device;
    path.flow = binding.flow;
    path.facts = connection ? connection->facts()
                            : ConnectionFacts{binding.kind, binding.transport, binding.peer, binding.local,
                                              binding.address, binding.session, binding.application};
    path.connection = std::move(connection);
    path.state = binding.state;
    path.storedAt = now;
    path.liveness = Liveness::restored(policy, binding.until, binding.lastPacket, now);
    if (!path.connection && path.liveness.isUsable()) {
        LivenessEvent closed;
        closed.kind = LivenessEvent::Kind::Reset;
        closed.subject = QStringLiteral("server restart");
        path.liveness.advance(closed, now);
    }
    if (!path.liveness.isUsable() && path.connection) {
        path.connection->close(CloseReason::Lost);
        path.connection.reset();
    }
    const QString session = path.facts.session;
    const std::optional<DeviceId> holder = session.isEmpty() ? std::nullopt : deviceOfSession(session);
    if (holder && *holder != binding.device) {
        d->entry(*holder); // out of the records: there, a session leads to one device only
        entry = d->entry(binding.device);
    }
    const ConnectionId id = path.id;
    d->indexSession(d->paths.emplace(id, std::move(path)).first->second);
    entry->paths.append(id);
    d->recount(*entry);
    // Where there are many, they wait as records to be asked for, instead of being asked all at once.
    const bool many = qint64(d->devices.size()) > d->limits.alwaysAtHand;
    if (many && d->isParkable(*entry) && !d->park(*entry).isEmpty()) {
        ++d->untrimmed;
        return id;
    }
    Q_EMIT deviceChanged(binding.device);
    Q_EMIT connectionChanged(id);
    return id;
}

Result<Done> Registry::deregister(const DeviceId &id)
{
    Entry *entry = d->entry(id);
    if (!entry)
        return Error{"device-unknown", id.toString()};
    const QVector<ConnectionId> all = entry->paths;
    for (const ConnectionId path : all) {
        if (d->path(path)->connection)
            unbind(path);
    }
    return Done{};
}

void Registry::observeDevice(const DeviceId &id, const LivenessEvent &event)
{
    Entry *entry = d->entry(id);
    if (!entry)
        return;
    if (entry->paths.isEmpty()) {
        // Nothing is known of how it was connected; its wake-ups still have a state to be seen in.
        Path path;
        path.id = ConnectionId{++d->lastConnection};
        path.device = id;
        entry->paths.append(path.id);
        d->paths.emplace(path.id, std::move(path));
    }
    observe(d->best(*entry)->id, event);
}

void Registry::closeAll(CloseReason reason)
{
    for (auto &[id, path] : d->paths) {
        if (path.connection) {
            d->stageBinding(path, d->entry(path.device)->device);
            const std::unique_ptr<Connection> gone = std::move(path.connection);
            gone->close(reason);
        }
    }
}

void Registry::announceReturn(const DeviceId &id)
{
    // Later, so that the answer to the registration leaves before the pushes that waited for it.
    d->timers.start(Milliseconds(0), [this, guard = QPointer<Registry>(this), id] {
        if (guard)
            Q_EMIT deviceReturned(id);
    });
}

} // namespace reveille
