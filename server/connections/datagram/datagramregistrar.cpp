// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/datagramregistrar.h"

#include "wire/jsonreturned.h"

#include "connections/datagram/datagramconnection.h"
#include "connections/datagram/datagramlog.h"
#include "connections/datagram/registrationkey.h"

#include <QVarLengthArray>
#include <QtEndian>

namespace reveille {

namespace {

namespace Option = CoapOptionNumber;

constexpr qsizetype stateSize = 14;
constexpr char stateVersion = 1;
constexpr qsizetype longestPushId = 64; ///< octets; ours have 22

/// StoredBinding::state: version, whether the device named the address, key, lifetime.
QByteArray stateOf(const RegistrationTable::Entry &entry)
{
    QByteArray state(stateSize, Qt::Uninitialized);
    state[0] = stateVersion;
    state[1] = char(entry.fixed);
    qToBigEndian(entry.key, state.data() + 2);
    qToBigEndian(entry.lifetime, state.data() + 10);
    return state;
}

bool readState(const QByteArray &state, RegistrationTable::Entry *entry)
{
    if (state.size() != stateSize || state[0] != stateVersion)
        return false;
    entry->fixed = state[1] != 0;
    entry->key = qFromBigEndian<quint64>(state.constData() + 2);
    entry->lifetime = qFromBigEndian<quint32>(state.constData() + 10);
    return entry->key != 0;
}

QByteArray grantText(const RegistrationTable::Entry &entry, const PinholeLearner::Advice &advice)
{
    return CoapRegistrationAnswer{int(advice.keepAlive.count() / 1000), entry.lifetime}.toText();
}

/// What the registry says no with, as a CoAP code.
quint8 codeFor(const Error &error)
{
    return error.is("session-of-other-device") ? CoapCode::Conflict : CoapCode::Forbidden;
}

quint8 codeForConfirmation(const Error &error)
{
    if (error.is("push-unknown"))
        return CoapCode::NotFound;
    return QByteArrayView(error.code).startsWith("store-") ? CoapCode::ServiceUnavailable : CoapCode::Conflict;
}

} // namespace

DatagramRegistrar::DatagramRegistrar(const DatagramSettings &settings, Engine &engine, CoapEndpoint &endpoint,
                                     RegistrationTable &table, std::shared_ptr<DatagramOutbox> outbox,
                                     const DatagramIdentities &identities)
    : m_settings(settings)
    , m_engine(engine)
    , m_endpoint(endpoint)
    , m_table(table)
    , m_outbox(std::move(outbox))
    , m_identities(identities)
    , m_journal(engine.clock(), engine.journal())
    , m_fullLog(datagramLog, "maxSessions")
    , m_lifetimeLog(datagramLog, "maxLifetime", QtInfoMsg)
    , m_owedLog(datagramLog, "maxOwed")
{
    engine.registry().setProtocol(
        QStringLiteral("datagram"),
        {[this, alive = m_alive](const StoredBinding &binding, ConnectionId) { return *alive ? connect(binding) : nullptr; }});
}

DatagramRegistrar::~DatagramRegistrar()
{
    *m_alive = false;
}

bool DatagramRegistrar::serves(const PublicUserId &user) const
{
    if (m_engine.registry().user(user))
        return true;
    if (!m_settings.open || user.host().isEmpty())
        return false;
    return m_settings.domains.isEmpty() || user.host().compare(m_settings.realm, Qt::CaseInsensitive) == 0
        || m_settings.domains.contains(user.host(), Qt::CaseInsensitive);
}

Result<DatagramRequest, CoapRefusal> DatagramRegistrar::admit(const CoapCall &call, const CoapMessage &message) const
{
    if (m_settings.needsDtls && !call.peer.secure)
        return CoapRefusal{CoapCode::Unauthorized, "dtls-needed"};
    const auto request = DatagramRequest::parse(message, call.peer.address(), m_settings);
    if (!request)
        return request.error();
    if (call.peer.secure) {
        const PublicUserId *identity = m_identities.userOf(call.peer);
        if (!identity || *identity != request->user)
            return CoapRefusal{CoapCode::Unauthorized, "identity-differs"};
        if (request->base)
            return CoapRefusal{CoapCode::BadRequest, "base-over-dtls"};
    }
    if (!serves(request->user))
        return CoapRefusal{CoapCode::Forbidden, "user-not-served"};
    return *request;
}

void DatagramRegistrar::create(const CoapCall &call, const CoapMessage &message)
{
    const auto request = admit(call, message);
    if (!request)
        return refuse(call, message, request.error());
    const Result<Bound, CoapRefusal> bound = bind(call, *request);
    if (!bound)
        return refuse(call, message, bound.error());
    const quint64 key = bound->key;
    if (!bound->hasNews && !m_unwritten.contains(key))
        return answerCreated(call, key);
    if (m_endpoint.owesMost())
        return refuse(call, message, owedRefusal(call));
    m_endpoint.answerLater(call);
    ++m_unwritten[key];
    m_engine.writes().commit([this, alive = m_alive, call, key](const Result<Done> &) {
        if (!*alive)
            return;
        if (--m_unwritten[key] <= 0)
            m_unwritten.remove(key);
        answerCreated(call, key);
    });
}

/// 4.04: it was replaced or removed before it could be answered.
void DatagramRegistrar::answerCreated(const CoapCall &call, quint64 key)
{
    const auto entry = m_table.find(key);
    if (!entry)
        return m_endpoint.answer(call, CoapCode::NotFound);
    CoapBuilder reply = CoapEndpoint::builder(call, CoapCode::Created);
    reply.add(Option::LocationPath, QByteArrayView("rd"));
    reply.add(Option::LocationPath, QByteArrayView(textOfKey(key)));
    reply.add(Option::ContentFormat, quint32(0));
    reply.payload(grantText(*entry, adviceFor(entry->peer)));
    m_endpoint.answer(call, reply, true);
}

/// Too many wait for their answers.
CoapRefusal DatagramRegistrar::owedRefusal(const CoapCall &call)
{
    m_owedLog.reached([&] { return call.peer.text(); });
    return {CoapCode::ServiceUnavailable, "answers-owed", m_engine.writes().retryAfter()};
}

Result<DatagramRegistrar::Bound, CoapRefusal> DatagramRegistrar::bind(const CoapCall &call, const DatagramRequest &request)
{
    Registry &registry = m_engine.registry();
    RegistrationTable::Entry entry;
    entry.peer = request.base ? DatagramPeer::of(request.base->address, request.base->port, false) : call.peer;
    entry.fixed = request.base.has_value();
    entry.lifetime = request.lifetime;
    const QString flow = QStringLiteral("datagram/") + request.session;

    const ConnectionId knownId = registry.connectionOf(request.device, flow);
    const Device *device = registry.device(request.device);
    // Paths under this flow key are all ours.
    const auto *known = device && device->user == request.user
        ? dynamic_cast<DatagramConnection *>(registry.connection(knownId)) : nullptr;
    if (known && known->peer() == entry.peer && known->application() == request.application.toUtf8())
        entry.key = known->key();
    else if (m_table.size() >= m_settings.maxSessions && !known) {
        m_fullLog.reached([&] { return call.peer.text(); });
        return CoapRefusal{CoapCode::ServiceUnavailable, "sessions-too-many"};
    }
    if (request.lifetimeCut)
        m_lifetimeLog.reached([&] { return call.peer.text(); });
    const bool renews = entry.key != 0;
    if (!renews && m_engine.writes().isOverloaded([&] { return call.peer.text(); }))
        return CoapRefusal{CoapCode::ServiceUnavailable, "store-behind", m_engine.writes().retryAfter()};
    if (!renews && m_endpoint.owesMost())
        return owedRefusal(call);
    if (!renews)
        entry.key = m_table.newKey();

    Registration registration = renewal(entry);
    registration.user = request.user;
    registration.device = request.device;
    registration.deviceName = request.name;
    registration.flow = flow;
    registration.msisdn = request.msisdn;
    registration.clientPort = request.port;
    registration.routes = request.routes;
    if (renews) {
        m_table.update(entry);
        Registry::News news;
        registry.refresh(knownId, registration, &news);
        return Bound{entry.key, news.facts || news.state};
    }
    const Result<ConnectionId> id = registry.bind(
        registration, std::make_unique<DatagramConnection>(m_outbox, entry.key, entry.peer, request.session, request.application));
    if (!id)
        return CoapRefusal{codeFor(id.error()), id.error().code};
    entry.connection = *id;
    if (!m_table.add(entry)) {
        registry.unbind(*id);
        m_fullLog.reached([&] { return call.peer.text(); });
        return CoapRefusal{CoapCode::ServiceUnavailable, "sessions-too-many"};
    }
    return Bound{entry.key, true};
}

Timestamp DatagramRegistrar::untilOf(const RegistrationTable::Entry &entry) const
{
    return m_engine.clock().now() + Milliseconds(qint64(entry.lifetime) * 1000);
}

Registration DatagramRegistrar::renewal(const RegistrationTable::Entry &entry) const
{
    Registration registration;
    registration.until = untilOf(entry);
    registration.policy = policyFor(adviceFor(entry.peer));
    registration.state = stateOf(entry);
    return registration;
}

PinholeLearner::Advice DatagramRegistrar::adviceFor(const DatagramPeer &peer) const
{
    return m_engine.pinholes().advice(peer.address(), PathTransport::Udp);
}

LivenessPolicy DatagramRegistrar::policyFor(const PinholeLearner::Advice &advice) const
{
    LivenessPolicy policy;
    policy.keepAliveInterval = advice.keepAlive;
    policy.keepAliveGrace = m_settings.keepAliveGrace;
    policy.pinholeLifetime = advice.lifetime.count() > 0 ? advice.lifetime : m_settings.udpPinhole;
    policy.silenceMeans = LossReason::PinholeClosed;
    // Coarse, so that a million idle devices share few policies.
    const auto coarse = [](Milliseconds time, Milliseconds step) { return time / step * step; };
    policy.keepAliveInterval = coarse(policy.keepAliveInterval, Milliseconds(1000));
    if (policy.pinholeLifetime > Milliseconds(60000))
        policy.pinholeLifetime = coarse(policy.pinholeLifetime, Milliseconds(5000));
    return policy;
}

std::optional<RegistrationTable::Entry> DatagramRegistrar::entryFor(const CoapCall &call, QByteArrayView key) const
{
    const auto entry = m_table.find(keyOfText(key));
    if (!entry || entry->peer.secure != call.peer.secure)
        return std::nullopt;
    if (!call.peer.secure)
        return entry;
    const PublicUserId *identity = m_identities.userOf(call.peer);
    const std::optional<DeviceId> id = m_engine.registry().deviceOf(entry->connection);
    const Device *device = id ? m_engine.registry().device(*id) : nullptr;
    return identity && device && device->user == *identity ? entry : std::nullopt;
}

void DatagramRegistrar::expect(std::span<const CoapMessage> requests) const
{
    QVarLengthArray<quint64, 64> keys;
    for (const CoapMessage &message : requests) {
        if (const auto key = message.childOf("rd"))
            keys.append(keyOfText(*key));
    }
    m_engine.registry().prefetch(m_table.prefetch(keys));
}

void DatagramRegistrar::refresh(const CoapCall &call, const CoapMessage &message, QByteArrayView key)
{
    const auto known = entryFor(call, key);
    if (!known)
        return m_endpoint.answer(call, CoapCode::NotFound);
    bool cut = false;
    const auto lifetime = DatagramRequest::lifetimeOf(message, m_settings, &cut);
    if (cut)
        m_lifetimeLog.reached([&] { return call.peer.text(); });
    const auto base = DatagramRequest::baseOf(message, m_settings);
    if (!lifetime || !base || (*base && call.peer.secure))
        return refuse(call, message, !lifetime ? lifetime.error() : base ? CoapRefusal{CoapCode::BadRequest, "base-over-dtls"} : base.error());
    RegistrationTable::Entry entry = *known;
    entry.lifetime = lifetime->value_or(entry.lifetime);
    if (*base) {
        entry.fixed = true;
        entry.peer = DatagramPeer::of((*base)->address, (*base)->port, false);
    } else if (!entry.fixed) {
        entry.peer = call.peer;
    }
    const PinholeLearner::Advice advice = adviceFor(entry.peer);
    Registry &registry = m_engine.registry();
    bool isThere = false;
    if (entry == *known && !*lifetime && !*base) {
        isThere = registry.renew(entry.connection, untilOf(entry), policyFor(advice));
    } else {
        change(*known, entry);
        isThere = registry.refresh(entry.connection, renewal(entry));
    }
    if (!isThere) {
        m_table.remove(entry.key);
        return m_endpoint.answer(call, CoapCode::NotFound);
    }
    CoapBuilder reply = CoapEndpoint::builder(call, CoapCode::Changed);
    reply.add(Option::ContentFormat, quint32(0));
    reply.payload(grantText(entry, advice));
    m_endpoint.answer(call, reply, true);
}

/// Where its address is another one now, as after a NAT has rebound, pushes go there from here on.
void DatagramRegistrar::change(const RegistrationTable::Entry &before, const RegistrationTable::Entry &after)
{
    m_table.update(after);
    if (before.peer == after.peer)
        return;
    Registry &registry = m_engine.registry();
    if (auto *connection = dynamic_cast<DatagramConnection *>(registry.connection(after.connection)))
        connection->setPeer(after.peer);
    registry.observe(after.connection, {LivenessEvent::Kind::AddressChanged,
                                        before.peer.text() + QStringLiteral(" > ") + after.peer.text(), 0, {}});
}

void DatagramRegistrar::remove(const CoapCall &call, QByteArrayView key)
{
    const auto entry = entryFor(call, key);
    if (!entry)
        return m_endpoint.answer(call, CoapCode::NotFound);
    if (m_endpoint.owesMost())
        return m_endpoint.answer(call, CoapCode::ServiceUnavailable);
    m_engine.registry().unbind(entry->connection);
    m_table.remove(keyOfText(key));
    m_endpoint.answerLater(call);
    m_engine.writes().commit([this, alive = m_alive, call](const Result<Done> &) {
        if (!*alive)
            return;
        CoapBuilder reply = CoapEndpoint::builder(call, CoapCode::Deleted);
        m_endpoint.answer(call, reply, true);
    });
}

void DatagramRegistrar::confirm(const CoapCall &call, const CoapMessage &message, QByteArrayView key)
{
    const auto entry = entryFor(call, key);
    const auto device = entry ? m_engine.registry().deviceOf(entry->connection) : std::nullopt;
    if (!device)
        return m_endpoint.answer(call, CoapCode::NotFound);
    const auto id = message.query("id"), by = message.query("by");
    if (!id || id->isEmpty() || id->size() > longestPushId)
        return refuse(call, message, {CoapCode::BadRequest, "confirmation-push"});
    if (by && *by != "user" && *by != "application")
        return refuse(call, message, {CoapCode::BadRequest, "confirmation-by"});
    PushConfirmation word{PushId(QString::fromUtf8(*id)), *device, PushConfirmation::By::Application, QStringLiteral("coap")};
    if (by && *by == "user")
        word.by = PushConfirmation::By::User;
    m_endpoint.answerLater(call);
    m_engine.pushes().confirm(word, [this, alive = m_alive, call](const Result<Done> &done) {
        if (!*alive)
            return;
        CoapBuilder reply = CoapEndpoint::builder(call, done ? quint8(CoapCode::Changed) : codeForConfirmation(done.error()));
        if (!done)
            reply.payload(done.error().code);
        m_endpoint.answer(call, reply, true);
    });
}

void DatagramRegistrar::refuse(const CoapCall &call, const CoapMessage &message, const CoapRefusal &refusal)
{
    m_journal.note(call, message, refusal);
    if (const auto before = m_refusedLog.pass())
        qCInfo(datagramLog) << "registration refused" << call.peer.text() << refusal.reason << "and" << *before << "times before";
    CoapBuilder reply = CoapEndpoint::builder(call, refusal.code);
    if (refusal.code == CoapCode::ServiceUnavailable)
        reply.add(Option::MaxAge, quint32(refusal.retryAfter.count() / 1000));
    reply.payload(refusal.reason);
    m_endpoint.answer(call, reply);
}

void DatagramRegistrar::takeReturned(const CoapCall &call, const CoapMessage &message)
{
    if (m_settings.needsDtls && !call.peer.secure)
        return refuse(call, message, {CoapCode::Unauthorized, "dtls-needed"});
    const bool isRefusal = message.query("refusal").has_value();
    const auto told = returnedFromJson(message.payload(), isRefusal ? ReturnedKind::Refusal : ReturnedKind::Information);
    if (!told)
        return refuse(call, message, {CoapCode::BadRequest, told.error().code});
    const PublicUserId *identity = call.peer.secure ? m_identities.userOf(call.peer) : nullptr;
    if (call.peer.secure && (!identity || *identity != told->user))
        return refuse(call, message, {CoapCode::Unauthorized, "identity-differs"});
    if (m_endpoint.owesMost())
        return refuse(call, message, owedRefusal(call));
    m_endpoint.answerLater(call);
    m_engine.wakes().takeReturned(*told, QStringLiteral("coap"),
                                  [this, alive = m_alive, call](const Result<Done> &done) {
                                      if (!*alive)
                                          return;
                                      CoapBuilder reply = CoapEndpoint::builder(
                                          call, done ? CoapCode::Changed
                                                     : done.error().is("device-unknown") ? CoapCode::NotFound : CoapCode::BadRequest);
                                      if (!done)
                                          reply.payload(done.error().code);
                                      m_endpoint.answer(call, reply, true);
                                  });
}

/// For a device that was put away while it was idle.
std::unique_ptr<Connection> DatagramRegistrar::connect(const StoredBinding &binding) const
{
    RegistrationTable::Entry stored;
    const auto entry = readState(binding.state, &stored) ? m_table.find(stored.key) : std::nullopt;
    if (!entry)
        return nullptr;
    return std::make_unique<DatagramConnection>(m_outbox, entry->key, entry->peer, binding.session, binding.application);
}

void DatagramRegistrar::restore(const StoredBinding &binding)
{
    Registry &registry = m_engine.registry();
    const bool secure = binding.transport == u"dtls";
    RegistrationTable::Entry entry;
    const bool readable = readState(binding.state, &entry) && DatagramPeer::fromText(binding.peer, secure, &entry.peer);
    if (!readable)
        qCWarning(datagramLog) << "stored registration cannot be read" << binding.device.toString() << binding.flow;
    const LivenessPolicy policy = policyFor(adviceFor(entry.peer));
    const bool allowed = readable && m_endpoint.isAllowed(entry.peer.address()) && !m_settings.needsDtls;
    if (secure || !allowed || m_table.find(entry.key)) {
        registry.restore(binding, policy, nullptr);
        return;
    }
    auto connection = std::make_unique<DatagramConnection>(m_outbox, entry.key, entry.peer, binding.session, binding.application);
    entry.connection = registry.restore(binding, policy, std::move(connection));
    if (registry.hasPath(entry.connection) && !m_table.add(entry))
        m_fullLog.reached([&] { return entry.peer.text(); });
}

} // namespace reveille
