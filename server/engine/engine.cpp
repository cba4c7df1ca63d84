// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"

#include "engine/idmaker.h"
#include "engine/secrettoken.h"

#include <QPointer>
#include <QSet>

#include <algorithm>

namespace reveille {

namespace {

bool equalInConstantTime(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    int difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

} // namespace

Engine::Engine(Clock &clock, Timers &timers, Store &store, Settings settings, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_timers(timers)
    , m_writes(store, clock, timers, settings.writes)
    , m_journal(clock, m_writes)
    , m_registry(clock, timers, m_journal, m_writes)
    , m_faults(clock, timers, m_journal, std::move(settings.faults))
    , m_wakes(clock, timers, m_journal, m_writes, m_registry, m_faults, std::move(settings.wake))
    , m_pushes(clock, timers, m_journal, m_writes, m_registry, m_wakes, m_faults, settings.pushes)
    , m_automatic(settings.automatic, clock, timers, m_registry, m_wakes)
    , m_pinholes(settings.pinholes, clock)
    , m_histories(settings.histories, clock, m_writes, m_registry)
    , m_monitor(clock, timers, m_registry)
    , m_pushResources(clock, m_writes, m_registry, settings.pushResources)
{
    m_registry.setLimits(settings.registry);
    m_registry.setPendingCounter([this](const DeviceId &id) { return m_pushes.pendingFor(id); });
    connect(&m_registry, &Registry::answered, &m_pinholes, &PinholeLearner::learnFrom);
    connect(&m_pinholes, &PinholeLearner::intervalChanged, this, &Engine::noteInterval);
    connect(&m_pinholes, &PinholeLearner::networkChanged, this,
            [this](const LearnedNetwork &network) { m_writes.stage(network); });
    connect(&m_pinholes, &PinholeLearner::networkForgotten, this,
            [this](const NetworkKey &key) { m_writes.removeNetwork(key); });
    connect(&m_pushResources, &PushResources::changed, &m_registry, &Registry::deviceChanged);
    m_registry.setBusyCheck([this](const DeviceId &id) {
        return m_pushes.pendingFor(id) > 0 || !m_wakes.activeFor(id).isEmpty();
    });
}

Engine::~Engine() = default;

void Engine::noteInterval(const LearnedNetwork &network, Milliseconds before)
{
    JournalEntry row;
    row.kind = JournalKind::Connection;
    row.event = before.count() > 0 ? QStringLiteral("interval-lowered") : QStringLiteral("interval-learned");
    row.fields = {{QStringLiteral("network"), network.prefix.toString()},
                  {QStringLiteral("transport"), QString::fromLatin1(toText(network.transport))},
                  {QStringLiteral("before_ms"), QString::number(before.count())},
                  {QStringLiteral("after_ms"), QString::number(network.keepAlive.count())},
                  {QStringLiteral("confidence"), QString::number(network.confidence)}};
    m_journal.add(row);
}

void Engine::load(const StoredState &state)
{
    m_journal.continueAfter(state.lastJournalId);
    for (const Initiator &initiator : state.initiators)
        m_initiators.insert(initiator.id, initiator);
    m_pushResources.load(state.pushResources);
    m_registry.expect(state.deviceCount);
    m_wakes.load(state.wakes, state.lastWake);
    m_pushes.load(state.pushes, state.lastPush);
    m_pinholes.load(state.networks);
}

void Engine::load(const StoredSubscribers &subscribers)
{
    m_registry.load(subscribers.users, subscribers.devices);
}

void Engine::resume()
{
    m_wakes.resume();
    m_pushes.resume();
}

void Engine::probe(const DeviceId &id, std::function<void(Result<Done>)> done)
{
    if (!m_registry.device(id))
        return done(Error{"device-unknown", id.toString()});
    ConnectionId connectionId;
    if (!m_registry.usableConnection(id, &connectionId))
        return done(Error{"not-connected", id.toString()});
    m_registry.probe(connectionId, [this, guard = QPointer<Engine>(this), id, connectionId, done](const SendOutcome &outcome) {
        if (!guard)
            return;
        const bool answered = outcome.kind != SendOutcome::Kind::Unanswered && outcome.kind != SendOutcome::Kind::Broken;
        const QString code = QString::fromLatin1(outcome.code);
        m_registry.observe(connectionId, {answered ? LivenessEvent::Kind::Proof : LivenessEvent::Kind::RequestUnanswered,
                                          answered ? code : outcome.request, 0, {}});
        done(answered ? Result<Done>(Done{}) : Result<Done>(Error{"probe-unanswered", id.toString()}));
    });
}

Result<FaultId> Engine::addFault(const FaultRule &rule, Milliseconds life)
{
    if (!m_faults.isAllowed())
        return Error{"faults-not-allowed", {}};
    if (!rule.device.isEmpty() && !m_registry.device(rule.device))
        return Error{"device-unknown", rule.device.toString()};
    if (const Result<Done> known = m_wakes.checkBearer(rule.bearer); !known)
        return known.error();
    return m_faults.add(rule, life);
}

void Engine::addInitiator(const QString &name, const InitiatorRights &rights,
                          std::function<void(Result<std::pair<InitiatorId, QByteArray>>)> made)
{
    if (name.trimmed().isEmpty() || name.size() > 100)
        return made(Error{"initiator-name", name.left(100)});
    if (const Result<Done> good = checkRights(rights); !good)
        return made(good.error());
    for (const Initiator &known : std::as_const(m_initiators)) {
        if (known.name == name)
            return made(Error{"initiator-exists", name});
    }
    const QByteArray token = makeToken();
    const Initiator initiator{InitiatorId(makeId('i')), name, tokenHash(token), m_clock.now(), rights};
    StoreBatch batch;
    batch.initiators = {initiator};
    m_writes.commitOrRefuse(batch, [this, initiator, token, made](const Result<Done> &result) {
        if (!result)
            return made(result.error());
        m_initiators.insert(initiator.id, initiator);
        made(std::pair(initiator.id, token));
    });
}

void Engine::setInitiatorRights(const InitiatorId &id, const InitiatorRights &rights, std::function<void(Result<Done>)> done)
{
    if (!m_initiators.contains(id))
        return done(Error{"initiator-unknown", id.text()});
    if (const Result<Done> good = checkRights(rights); !good)
        return done(good.error());
    Initiator changed = m_initiators[id];
    changed.rights = rights;
    StoreBatch batch;
    batch.initiators = {changed};
    m_writes.commitOrRefuse(batch, [this, changed, done](const Result<Done> &result) {
        if (result && m_initiators.contains(changed.id))
            m_initiators.insert(changed.id, changed);
        done(result);
    });
}

void Engine::removeInitiator(const InitiatorId &id, std::function<void(Result<Done>)> done)
{
    if (!m_initiators.contains(id))
        return done(Error{"initiator-unknown", id.text()});
    // At once: nobody may change it while it goes, and so bring it back.
    const Initiator removed = m_initiators.take(id);
    StoreBatch batch;
    batch.removedInitiators = {id};
    m_writes.commitOrRefuse(batch, [this, removed, done](const Result<Done> &result) {
        if (!result)
            m_initiators.insert(removed.id, removed);
        done(result);
    });
}

const Initiator *Engine::initiatorOfToken(const QByteArray &token) const
{
    const QByteArray hash = tokenHash(token);
    const Initiator *found = nullptr;
    for (const Initiator &initiator : m_initiators) {
        if (equalInConstantTime(initiator.tokenSha256, hash))
            found = &initiator;
    }
    return found;
}

QVector<Initiator> Engine::initiators() const
{
    QVector<Initiator> all(m_initiators.cbegin(), m_initiators.cend());
    std::sort(all.begin(), all.end(), [](const Initiator &a, const Initiator &b) { return a.name < b.name; });
    return all;
}

std::optional<Initiator> Engine::initiator(const InitiatorId &id) const
{
    const auto found = m_initiators.constFind(id);
    return found == m_initiators.cend() ? std::nullopt : std::optional(*found);
}

void Engine::changeSubscribers(const SubscriberChange &change, std::function<void(Result<SubscriberChange>)> done)
{
    SubscriberChange judged = change;
    judged.pushResources = m_pushResources.restorable(change.pushResources);
    QSet<DeviceId> going(change.removedDevices.begin(), change.removedDevices.end());
    for (const PublicUserId &user : change.removedUsers) {
        const QVector<DeviceId> devices = m_registry.devicesOf(user);
        going.unite(QSet<DeviceId>(devices.begin(), devices.end()));
    }
    QVector<PushResource> gone; // with their devices, before anybody knows of the change
    for (const DeviceId &device : std::as_const(going))
        gone += m_pushResources.of(device);
    m_registry.change(judged, [guard = QPointer<Engine>(this), judged, gone, done](const Result<SubscriberChange> &back) {
        if (!back)
            return done(back.error());
        if (guard)
            guard->m_pushResources.restore(judged.pushResources);
        SubscriberChange whole = *back;
        whole.pushResources = gone;
        done(whole);
    });
}

std::optional<DeviceSnapshot> Engine::deviceSnapshot(const DeviceId &id) const
{
    std::optional<DeviceView> view = m_registry.view(id);
    if (!view)
        return std::nullopt;
    DeviceSnapshot snapshot;
    snapshot.device = std::move(view->device);
    snapshot.liveness = view->liveness;
    snapshot.connections = std::move(view->connections);
    snapshot.pendingPushes = m_pushes.pendingFor(id);
    snapshot.activeWake = m_wakes.activeFor(id);
    snapshot.pushResources = m_pushResources.of(id);
    for (PushResource &resource : snapshot.pushResources)
        resource.tokenSha256.clear();
    snapshot.readyRoutes = m_wakes.readyRoutes(snapshot.device);
    return snapshot;
}

std::optional<UserSnapshot> Engine::userSnapshot(const PublicUserId &id) const
{
    UserSnapshot snapshot;
    const std::optional<User> user = m_registry.viewUser(id, &snapshot.devices);
    if (!user)
        return std::nullopt;
    snapshot.hasPassword = user->hasPassword();
    snapshot.user = *user;
    snapshot.user.ha1Md5.clear();
    snapshot.user.ha1Sha256.clear();
    return snapshot;
}

ServerCounters Engine::counters() const
{
    ServerCounters c;
    c.users = m_registry.userCount();
    c.devices = m_registry.deviceCount();
    c.up = m_registry.inState(LivenessState::Up);
    c.suspect = m_registry.inState(LivenessState::Suspect);
    c.lost = m_registry.inState(LivenessState::Lost);
    c.waking = m_registry.inState(LivenessState::Waking);
    c.unreachable = m_registry.inState(LivenessState::Unreachable);
    c.pushesAccepted = m_pushes.counters().accepted;
    c.pushesDelivered = m_pushes.counters().delivered;
    c.pushesFailed = m_pushes.counters().failed;
    c.pushesConfirmed = m_pushes.counters().confirmed;
    c.pushesAwaited = m_pushes.awaitedTotal();
    c.pushesPending = m_pushes.pendingTotal();
    c.wakesActive = m_wakes.active();
    c.wakesSucceeded = m_wakes.counters().succeeded;
    c.wakesFailed = m_wakes.counters().failed;
    c.sirsSent = m_wakes.counters().sirsSent;
    const DeviceHistories::Counters &paths = m_histories.counters();
    c.probesSent = paths.probesSent;
    c.probesAnswered = paths.probesAnswered;
    c.probesLost = paths.probesLost;
    c.addressChanges = paths.addressChanges;
    c.networksLearned = m_pinholes.count();
    c.faultsActive = m_faults.rules().size();
    c.faultsStruck = m_faults.struck();
    c.store = m_writes.store().facts();
    return c;
}

} // namespace reveille
