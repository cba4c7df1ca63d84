// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registrystate.h"

#include <algorithm>

namespace reveille {

namespace {

int rank(LivenessState state)
{
    switch (state) {
    case LivenessState::Up:
        return 0;
    case LivenessState::Suspect:
        return 1;
    case LivenessState::Waking:
        return 2;
    case LivenessState::Lost:
        return 3;
    case LivenessState::Unreachable:
        return 4;
    }
    return 5;
}

} // namespace

bool isBetter(const Liveness &a, const Liveness &b)
{
    const int ra = rank(a.state()), rb = rank(b.state());
    return ra != rb ? ra < rb : a.lastPacket() > b.lastPacket();
}

Registry::Path *Registry::State::pathOfFlow(Entry &entry, const QString &flow)
{
    for (const ConnectionId id : entry.paths) {
        Path *candidate = path(id);
        if (candidate->flow == flow)
            return candidate;
    }
    return nullptr;
}

QVector<const Registry::Path *> Registry::State::ranked(const Entry &entry) const
{
    QVector<const Path *> list;
    for (const ConnectionId id : entry.paths)
        list.append(&paths.at(id));
    std::stable_sort(list.begin(), list.end(),
                     [](const Path *a, const Path *b) { return isBetter(a->liveness, b->liveness); });
    return list;
}

const Registry::Path *Registry::State::best(const Entry &entry) const
{
    if (entry.paths.size() == 1)
        return &paths.at(entry.paths.first());
    const QVector<const Path *> list = ranked(entry);
    return list.isEmpty() ? nullptr : list.first();
}

void Registry::State::dropPath(Entry &entry, ConnectionId id, CloseReason reason)
{
    const auto found = paths.find(id);
    if (found == paths.end())
        return;
    const std::unique_ptr<Connection> connection = std::move(found->second.connection);
    entry.paths.removeAll(id);
    forgetSession(found->second);
    paths.erase(found);
    if (connection)
        connection->close(reason);
}

void Registry::State::recount(Entry &entry)
{
    const Path *path = best(entry);
    const LivenessState state = path ? path->liveness.state() : LivenessState::Lost;
    --inState[int(entry.counted)];
    ++inState[int(state)];
    entry.counted = state;
}

StoredBinding Registry::State::binding(const Path &path, const Device &device) const
{
    StoredBinding binding;
    binding.device = device.id;
    binding.user = device.user;
    binding.flow = path.flow;
    binding.kind = path.facts.kind;
    binding.transport = path.facts.transport;
    binding.peer = path.facts.peer;
    binding.local = path.facts.local;
    binding.address = path.facts.address;
    binding.session = path.facts.session;
    binding.application = path.facts.application;
    binding.until = path.liveness.registeredUntil();
    binding.lastPacket = path.liveness.lastPacket();
    binding.state = path.state;
    return binding;
}

void Registry::State::stageBinding(Path &path, const Device &device)
{
    path.storedAt = clock.now();
    store.stage(binding(path, device));
}

ConnectionId Registry::connectionOf(const DeviceId &device, const QString &flow) const
{
    Entry *entry = d->entry(device);
    const Path *path = entry ? d->pathOfFlow(*entry, flow) : nullptr;
    return path && path->connection ? path->id : ConnectionId{};
}

const User *Registry::user(const PublicUserId &id) const
{
    const State::UserEntry *found = d->userEntry(id);
    return found ? &found->user : nullptr;
}

const Device *Registry::device(const DeviceId &id) const
{
    const Entry *entry = d->entry(id);
    return entry ? &entry->device : nullptr;
}

QVector<DeviceId> Registry::devicesOf(const PublicUserId &user) const
{
    const State::UserEntry *found = d->userEntry(user);
    return found ? found->devices : QVector<DeviceId>();
}

std::optional<PublicUserId> Registry::userOfMsisdn(const Msisdn &msisdn) const
{
    const auto found = d->byMsisdn.constFind(msisdn);
    if (found != d->byMsisdn.cend())
        return d->entry(*found)->device.user;
    if (const ParkedTable::Record record = d->parked.ofMsisdn(msisdn))
        return d->parked.userId(record);
    const Result<PublicUserId> tel = PublicUserId::parse(QStringLiteral("tel:") + msisdn.toString());
    if (tel && (d->users.count(*tel) > 0 || d->parked.hasUser(*tel)))
        return *tel;
    return std::nullopt;
}

std::optional<DeviceId> Registry::deviceOfSession(const QString &session) const
{
    const auto found = d->bySession.constFind(session);
    if (found != d->bySession.cend())
        return *found;
    const ParkedTable::Record record = d->parked.ofSession(session);
    return record ? std::optional(d->parked.deviceId(record)) : std::nullopt;
}

void Registry::State::indexSession(const Path &path)
{
    if (path.facts.session.isEmpty())
        return;
    const Timestamp until = path.liveness.registeredUntil();
    const auto held = bySession.constFind(path.facts.session);
    const bool ranOut = until.isSet() && until <= clock.now();
    // One that ran out takes the session from nobody.
    if (held == bySession.cend() || *held == path.device || !ranOut)
        bySession.insert(path.facts.session, path.device);
}

void Registry::State::forgetSession(const Path &path)
{
    const auto found = bySession.constFind(path.facts.session);
    if (found == bySession.cend() || *found != path.device)
        return;
    // The device may have it over a newer path already.
    if (!holdsSession(path.device, path.facts.session, clock.now()))
        bySession.erase(found);
}

bool Registry::State::holdsSession(const DeviceId &id, const QString &session, Timestamp now)
{
    const Entry *holder = entry(id);
    return holder && std::any_of(holder->paths.begin(), holder->paths.end(), [&](ConnectionId path) {
        const Path &held = paths.at(path);
        return held.facts.session == session && held.liveness.registeredUntil() > now;
    });
}

Connection *Registry::usableConnection(const DeviceId &id, ConnectionId *connectionId) const
{
    return usableConnection(id, PathWish(), connectionId);
}

Connection *Registry::usableConnection(const DeviceId &id, const PathWish &wish, ConnectionId *connectionId) const
{
    const Entry *entry = d->entry(id);
    if (!entry)
        return nullptr;
    for (const Path *path : d->ranked(*entry)) {
        if (path->connection && path->liveness.isUsable() && wish.isMetBy(path->facts)) {
            if (connectionId)
                *connectionId = path->id;
            return path->connection.get();
        }
    }
    return nullptr;
}

Connection *Registry::connection(ConnectionId id) const
{
    const Path *path = d->path(id);
    return path ? path->connection.get() : nullptr;
}

std::optional<Liveness> Registry::liveness(const DeviceId &id) const
{
    const Entry *entry = d->entry(id);
    const Path *path = entry ? d->best(*entry) : nullptr;
    return path ? std::optional(path->liveness) : std::nullopt;
}

const Liveness *Registry::livenessOf(ConnectionId id) const
{
    const Path *path = d->path(id);
    return path ? &path->liveness : nullptr;
}

std::optional<DeviceId> Registry::deviceOf(ConnectionId id) const
{
    const auto found = d->paths.find(id);
    if (found != d->paths.end())
        return found->second.device;
    const ParkedTable::Record record = d->parked.ofConnection(id);
    return record ? std::optional(d->parked.deviceId(record)) : std::nullopt;
}

QString Registry::lastTransport(const DeviceId &id) const
{
    const Entry *entry = d->entry(id);
    const Path *path = entry ? d->best(*entry) : nullptr;
    return path && !path->facts.kind.isEmpty() ? path->facts.kind + u'-' + path->facts.transport : QString();
}

QVector<ConnectionSnapshot> Registry::connections(const DeviceId &id) const
{
    QVector<ConnectionSnapshot> list;
    if (const Entry *entry = d->entry(id)) {
        for (const Path *path : d->ranked(*entry)) {
            if (!path->facts.kind.isEmpty())
                list.append({path->id, path->flow, path->facts, path->liveness, path->connection != nullptr, path->probesLost});
        }
    }
    return list;
}

qint64 Registry::userCount() const
{
    return qint64(d->users.size()) + d->parkedUsers;
}

qint64 Registry::deviceCount() const
{
    return qint64(d->devices.size()) + d->parked.size();
}

qint64 Registry::inState(LivenessState state) const
{
    return d->inState[int(state)];
}

} // namespace reveille
