// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registrystate.h"

#include <algorithm>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace reveille {

namespace {

constexpr Milliseconds sweepInterval{250};
constexpr int revivedAtOnce = 2000;          ///< by deadlines, a sweep
constexpr size_t looksAtLeast = 200, looksAtMost = 20000;
constexpr qint64 trimAfter = 20000;          ///< devices put away
constexpr Milliseconds writeAtLeast{30000}, writeAtMost{3600000};

bool isBare(const User &user)
{
    return user.name.isEmpty() && !user.hasPassword() && user.wakeRule == WakeRule::Inherit;
}

/// Goes round a hash map a few buckets at a time, so that everything is seen every few seconds.
template <typename Map, typename Look>
void lookAround(const Map &map, size_t &cursor, bool hurry, Look look)
{
    size_t left = std::clamp(map.size() / (hurry ? 4 : 20), looksAtLeast, looksAtMost);
    for (size_t buckets = std::min(map.bucket_count(), left * 4); buckets > 0 && left > 0; --buckets) {
        cursor = cursor + 1 < map.bucket_count() ? cursor + 1 : 0;
        for (auto it = map.begin(cursor); it != map.end(cursor); ++it) {
            look(*it);
            left -= left > 0 ? 1 : 0;
        }
    }
}

} // namespace

void Registry::setProtocol(const QString &kind, IdleProtocol protocol)
{
    d->protocols.insert(kind, std::move(protocol));
    if (!d->sweepTimer)
        d->sweepTimer = d->timers.start(sweepInterval, [this] { sweep(); });
}

void Registry::setParkingLimits(const ParkingLimits &limits)
{
    d->limits = limits;
}

void Registry::setBusyCheck(std::function<bool(const DeviceId &)> isBusy)
{
    d->isBusy = std::move(isBusy);
}

qint64 Registry::parkedCount() const
{
    return d->parked.size();
}

bool Registry::hasPath(ConnectionId id) const
{
    const auto found = d->paths.find(id);
    return found != d->paths.end() ? found->second.connection != nullptr : d->parked.isLive(id);
}

size_t Registry::parkedMemory() const
{
    return d->parked.memory();
}

void Registry::sweep()
{
    d->sweepTimer = d->timers.start(sweepInterval, [this] { sweep(); });
    ++d->sweeps;
    const QVector<ParkedTable::Record> due = d->parked.due(d->clock.now(), revivedAtOnce);
    for (const ParkedTable::Record record : due)
        d->revive(record);
    const QVector<ConnectionId> revived = std::exchange(d->revived, {});
    for (const ConnectionId id : revived) {
        if (d->paths.find(id) != d->paths.end())
            Q_EMIT connectionChanged(id);
    }

    QVector<DeviceId> idle;
    if (qint64(d->devices.size()) > d->limits.alwaysAtHand) {
        lookAround(d->devices, d->deviceCursor, d->isRush(), [&](const auto &known) {
            if (d->isUntouched(known.second.touched) && d->isParkable(known.second))
                idle.append(known.first);
        });
    }
    for (const DeviceId &id : std::as_const(idle)) {
        if (qint64(d->devices.size()) <= d->limits.alwaysAtHand)
            break;
        const QVector<ConnectionId> parked = d->park(d->devices.find(id)->second);
        for (const ConnectionId path : parked)
            Q_EMIT connectionParked(path);
        d->untrimmed += parked.isEmpty() ? 0 : 1;
    }
    if (d->parked.size() > 0) {
        QVector<PublicUserId> gone;
        lookAround(d->users, d->userCursor, d->isRush(), [&](const auto &known) {
            if (d->sweepsUser(known.second))
                gone.append(known.first);
        });
        for (const PublicUserId &id : std::as_const(gone))
            d->parkUser(id);
    }
#ifdef __GLIBC__
    if (d->untrimmed >= trimAfter && idle.size() < qsizetype(looksAtLeast)) {
        d->untrimmed = 0;
        d->shrink();
        ::malloc_trim(0);
    }
#endif
}

Registry::Entry *Registry::State::entry(const DeviceId &id)
{
    const auto found = devices.find(id);
    if (found != devices.end()) {
        found->second.touched = sweeps;
        return &found->second;
    }
    const ParkedTable::Record record = parked.ofDevice(id);
    return record ? &revive(record) : nullptr;
}

Registry::Path *Registry::State::path(ConnectionId id)
{
    auto found = paths.find(id);
    if (found == paths.end()) {
        const ParkedTable::Record record = parked.ofConnection(id);
        if (!record)
            return nullptr;
        revive(record);
        found = paths.find(id);
    }
    return &found->second;
}

Registry::State::UserEntry *Registry::State::userEntry(const PublicUserId &id)
{
    const auto found = users.find(id);
    if (found != users.end()) {
        found->second.touched = sweeps;
        return &found->second;
    }
    const QVector<ParkedTable::Record> records = parked.ofUser(id);
    if (records.isEmpty())
        return nullptr;
    User user;
    user.id = id;
    user.createdAt = parked.read(records.first()).userCreatedAt;
    UserEntry &entry = addUser(user);
    entry.touched = sweeps;
    for (const ParkedTable::Record record : records)
        entry.devices.append(parked.deviceId(record));
    --parkedUsers;
    return &entry;
}

Registry::Entry &Registry::State::revive(ParkedTable::Record record)
{
    const IdleDevice idle = parked.read(record);
    userEntry(idle.device.user); // while the record still tells of it
    parked.remove(record);
    const DeviceId &id = idle.device.id;
    Entry &entry = devices[id];
    entry.device = idle.device;
    entry.order = idle.order;
    entry.touched = sweeps;
    deviceOrder.emplace(id.toString(), id);
    if (!idle.device.msisdn.isEmpty())
        byMsisdn.insert(idle.device.msisdn, id);
    for (const IdlePath &old : idle.paths) {
        Path path;
        path.id = old.id;
        path.device = id;
        path.flow = old.flow;
        path.facts = old.facts;
        path.liveness = old.liveness;
        path.state = old.state;
        path.storedAt = old.storedAt;
        const auto protocol = protocols.constFind(old.facts.kind);
        if (old.live && protocol != protocols.cend())
            path.connection = protocol->connect(old.binding(idle.device), old.id);
        if (old.namesSession)
            bySession.insert(old.facts.session, id);
        paths.emplace(old.id, std::move(path));
        entry.paths.append(old.id);
        revived.append(old.id);
    }
    const Path *shown = best(entry);
    entry.counted = shown ? shown->liveness.state() : LivenessState::Lost;
    return entry;
}

bool Registry::State::isParkable(const Entry &entry) const
{
    if (entry.paths.isEmpty() || (isBusy && isBusy(entry.device.id)))
        return false;
    return std::all_of(entry.paths.begin(), entry.paths.end(), [this](ConnectionId id) {
        const Path &path = paths.at(id);
        const LivenessState state = path.liveness.state();
        const bool notAsked = path.liveness.evidence().rule == EvidenceRule::ServerRestarted;
        const bool settled = state == LivenessState::Up || state == LivenessState::Unreachable
            || (state == LivenessState::Lost && !path.connection) || (state == LivenessState::Suspect && notAsked);
        return settled && protocols.contains(path.facts.kind) && (!path.connection || path.connection->isIdle());
    });
}

IdleDevice Registry::State::idleDevice(const Entry &entry, const User &user) const
{
    IdleDevice idle;
    idle.device = entry.device;
    idle.userCreatedAt = user.createdAt;
    idle.order = entry.order;
    for (const ConnectionId id : entry.paths) {
        const Path &path = paths.at(id);
        const bool namesSession = !path.facts.session.isEmpty() && bySession.value(path.facts.session) == path.device;
        idle.paths.append({path.id, path.flow, path.facts, path.liveness, path.state, path.storedAt,
                           path.connection != nullptr, namesSession});
    }
    return idle;
}

QVector<ConnectionId> Registry::State::park(Entry &entry)
{
    const DeviceId id = entry.device.id;
    const PublicUserId user = entry.device.user;
    const UserEntry &owner = users.at(user);
    const IdleDevice idle = idleDevice(entry, owner.user);
    if (!parked.add(idle, clock.now())) {
        entry.touched = sweeps + 2400; // it will hardly fit soon
        return {};
    }
    QVector<ConnectionId> gone;
    for (const IdlePath &path : idle.paths) {
        if (path.namesSession)
            bySession.remove(path.facts.session);
        paths.erase(path.id);
        gone.append(path.id);
    }
    byMsisdn.remove(entry.device.msisdn, id);
    deviceOrder.erase(id.toString());
    devices.erase(id);
    if (sweepsUser(owner))
        parkUser(user);
    return gone;
}

bool Registry::State::isUntouched(quint32 touched) const
{
    const Milliseconds wanted = isRush() ? limits.untouchedInRush : limits.untouched;
    return qint32(sweeps - touched) >= wanted / sweepInterval;
}

bool Registry::State::sweepsUser(const UserEntry &user) const
{
    return isBare(user.user) && !user.devices.isEmpty() && isUntouched(user.touched)
        && std::all_of(user.devices.begin(), user.devices.end(),
                       [this](const DeviceId &id) { return devices.find(id) == devices.end(); });
}

void Registry::State::shrink()
{
    devices.rehash(0);
    paths.rehash(0);
    users.rehash(0);
    byMsisdn.squeeze();
    bySession.squeeze();
}

void Registry::State::parkUser(const PublicUserId &id)
{
    const QString text = id.toString();
    users.erase(PublicUserId(id));
    userOrder.erase(text);
    ++parkedUsers;
}

/// Renewals need not be written each time: what is stored runs out a little early, and a restart puts every path to the
/// question anyway.
Timestamp Registry::State::writeAgainAt(Timestamp storedAt, Timestamp until, Timestamp now) const
{
    const Milliseconds lifetime = until.isSet() ? until - now : writeAtMost * 2;
    return storedAt + std::clamp(lifetime / 2, writeAtLeast, writeAtMost);
}

QVector<DeviceId> Registry::expiringBefore(Timestamp at)
{
    const Timestamp now = d->clock.now();
    QVector<DeviceId> found;
    const auto isDue = [&](Timestamp until) { return until.isSet() && until > now && until < at; };
    lookAround(d->devices, d->expiryCursor, true, [&](const auto &known) {
        Timestamp until;
        for (const ConnectionId id : known.second.paths) {
            const Liveness &liveness = d->paths.at(id).liveness;
            if (liveness.isUsable())
                until = std::max(until, liveness.registeredUntil());
        }
        if (isDue(until))
            found.append(known.first);
    });
    d->parked.lookAround(d->idleExpiryCursor, [&](ParkedTable::Record record) {
        if (isDue(d->parked.registeredUntil(record)))
            found.append(d->parked.deviceId(record));
    });
    return found;
}

void Registry::prefetch(std::span<const ConnectionId> ids) const
{
    d->parked.prefetch(ids);
}

bool Registry::renew(ConnectionId id, Timestamp until, const LivenessPolicy &policy)
{
    const Timestamp now = d->clock.now();
    LivenessEvent registered;
    registered.kind = LivenessEvent::Kind::Registered;
    registered.until = until;
    if (d->parked.heard(id, registered, &policy, now)) {
        if (d->writeAgainAt(d->parked.storedAt(id), until, now) <= now) {
            const IdleDevice idle = d->parked.read(d->parked.ofConnection(id));
            for (const IdlePath &path : idle.paths) {
                if (path.id == id)
                    d->store.stage(path.binding(idle.device));
            }
            d->parked.setStoredAt(id, now);
        }
        return true;
    }
    Path *path = d->path(id);
    if (!path)
        return false;
    d->entry(path->device)->device.lastSeen = now;
    path->liveness.setPolicy(policy);
    observe(id, registered);
    if (d->writeAgainAt(path->storedAt, until, now) <= now)
        d->stageBinding(*path, d->entry(path->device)->device);
    return true;
}

} // namespace reveille
