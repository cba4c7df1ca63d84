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

bool matches(const QString &query, std::initializer_list<QStringView> texts)
{
    return query.isEmpty() || std::any_of(texts.begin(), texts.end(), [&](QStringView text) {
               return text.contains(query, Qt::CaseInsensitive);
           });
}

} // namespace

Registry::Entry *Registry::State::entry(const DeviceId &id)
{
    const auto found = devices.find(id);
    return found == devices.end() ? nullptr : &found->second;
}

Registry::Path *Registry::State::path(ConnectionId id)
{
    const auto found = paths.find(id);
    return found == paths.end() ? nullptr : &found->second;
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
    std::stable_sort(list.begin(), list.end(), [](const Path *a, const Path *b) {
        const int ra = rank(a->liveness.state()), rb = rank(b->liveness.state());
        return ra != rb ? ra < rb : a->liveness.lastPacket() > b->liveness.lastPacket();
    });
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
    const auto found = d->users.find(id);
    return found == d->users.end() ? nullptr : &found->second.user;
}

const Device *Registry::device(const DeviceId &id) const
{
    const Entry *entry = d->entry(id);
    return entry ? &entry->device : nullptr;
}

QVector<DeviceId> Registry::devicesOf(const PublicUserId &user) const
{
    const auto found = d->users.find(user);
    return found == d->users.end() ? QVector<DeviceId>() : found->second.devices;
}

std::optional<PublicUserId> Registry::userOfMsisdn(const Msisdn &msisdn) const
{
    const auto found = d->byMsisdn.constFind(msisdn);
    if (found != d->byMsisdn.cend())
        return d->entry(*found)->device.user;
    const Result<PublicUserId> tel = PublicUserId::parse(QStringLiteral("tel:") + msisdn.toString());
    if (tel && d->users.count(*tel) > 0)
        return *tel;
    return std::nullopt;
}

std::optional<DeviceId> Registry::deviceOfSession(const QString &session) const
{
    const auto found = d->bySession.constFind(session);
    return found == d->bySession.cend() ? std::nullopt : std::optional(*found);
}

void Registry::State::indexSession(const Path &path)
{
    if (!path.facts.session.isEmpty())
        bySession.insert(path.facts.session, path.device);
}

void Registry::State::forgetSession(const Path &path)
{
    const auto found = bySession.constFind(path.facts.session);
    if (found != bySession.cend() && *found == path.device)
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
    const Path *path = d->path(id);
    return path ? std::optional(path->device) : std::nullopt;
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
                list.append({path->id, path->flow, path->facts, path->liveness, path->connection != nullptr});
        }
    }
    return list;
}

qint64 Registry::userCount() const
{
    return qint64(d->users.size());
}

qint64 Registry::deviceCount() const
{
    return qint64(d->devices.size());
}

qint64 Registry::inState(LivenessState state) const
{
    return d->inState[int(state)];
}

QVector<PublicUserId> Registry::users(const QString &query, const QString &after, int limit) const
{
    QVector<PublicUserId> page;
    for (auto it = d->userOrder.upper_bound(after); it != d->userOrder.end() && page.size() < limit; ++it) {
        const State::UserEntry &user = d->users.at(it->second);
        if (matches(query, {it->first, user.user.name}))
            page.append(it->second);
    }
    return page;
}

QVector<DeviceId> Registry::devices(const QString &query, const QString &after, int limit) const
{
    QVector<DeviceId> page;
    for (auto it = d->deviceOrder.upper_bound(after); it != d->deviceOrder.end() && page.size() < limit; ++it) {
        const Entry &entry = d->devices.at(it->second);
        const Device &device = entry.device;
        const QString number = device.msisdn.toString();
        bool found = matches(query, {it->first, device.name, device.user.toString(), number, device.gruu});
        for (qsizetype i = 0; !found && i < entry.paths.size(); ++i) {
            const ConnectionFacts &facts = d->path(entry.paths[i])->facts;
            found = matches(query, {facts.peer, facts.address});
        }
        if (found)
            page.append(it->second);
    }
    return page;
}

} // namespace reveille
