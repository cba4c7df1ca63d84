// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipregistrar.h"

#include "connections/sip/sipconnection.h"
#include "connections/sip/sipoutbox.h"
#include "connections/sip/siprefusaljournal.h"
#include "connections/sip/sipregisteranswer.h"

#include <QPointer>

namespace reveille {

namespace {

QString hostText(const QByteArray &host)
{
    return QString::fromLatin1(host);
}

QString nameFor(const SipMessage &request, const SipPlannedContact &planned)
{
    if (!planned.displayName.isEmpty())
        return planned.displayName;
    if (!request.from().displayName.isEmpty())
        return QString::fromUtf8(request.from().displayName).left(100);
    return QString::fromUtf8(request.header("user-agent")).left(100);
}

} // namespace

SipRegistrar::SipRegistrar(const SipSettings &settings, Engine &engine, SipBindings &bindings,
                           SipOutbox &outbox, SipAuthenticator &authenticator, const SipGruu &gruu,
                           SipRefusalJournal &journal)
    : m_settings(settings)
    , m_engine(engine)
    , m_bindings(bindings)
    , m_outbox(outbox)
    , m_authenticator(authenticator)
    , m_gruu(gruu)
    , m_journal(journal)
    , m_serial(quint64(engine.clock().now().ms))
{
}

bool SipRegistrar::serves(const QByteArray &host) const
{
    if (!m_settings.digest && m_settings.domains.isEmpty())
        return !host.isEmpty();
    const QString text = hostText(host);
    return !host.isEmpty() && (text.compare(m_settings.realm, Qt::CaseInsensitive) == 0 ||
                               m_settings.domains.contains(text, Qt::CaseInsensitive));
}

Result<PublicUserId, SipRefusal> SipRegistrar::addressOfRecord(const SipMessage &request) const
{
    QByteArrayList unsupported;
    const QVector<QByteArrayView> required = request.require();
    for (const QByteArrayView option : required) {
        if (!SipRegisterAnswer::extensions().contains(option.toByteArray().toLower()))
            unsupported.append(option.toByteArray());
    }
    if (!unsupported.isEmpty())
        return SipRefusal{420, "extension-unknown", {{"Unsupported", unsupported.join(", ")}}};
    if (!request.to().uri.isSip() || !serves(request.to().uri.host))
        return SipRefusal{404, "user-not-served", {}};
    const Result<PublicUserId> to = request.to().uri.publicUserId();
    if (!to || to->localPart().isEmpty())
        return SipRefusal{404, "user-not-served", {}};
    const bool same = request.from().uri.text == request.to().uri.text;
    if (!same && request.from().uri.publicUserId().valueOr({}) != *to)
        return SipRefusal{403, "third-party", {}};
    return *to;
}

void SipRegistrar::handle(const SipExchange &exchange)
{
    const SipMessage &request = exchange.request();
    const Result<PublicUserId, SipRefusal> user = addressOfRecord(request);
    if (!user)
        return refuse(exchange, {}, user.error());
    SipAuthenticator::Proof proof;
    if (m_settings.digest && !authenticate(exchange, *user, &proof))
        return;

    // A copy: what is done to one contact changes the list the next is judged by.
    const Timestamp now = m_engine.clock().now();
    const SipBindings::List known = m_bindings.of(*user, now);
    const Result<QVector<SipPlannedContact>, SipRefusal> plan =
        SipContactPlan(m_settings, m_engine.registry(), *user, known, now, m_contactLogs)
            .make(request, exchange.flow(), acceptedPath(exchange));
    if (!plan)
        return refuse(exchange, *user, plan.error());

    const bool isKnown = std::all_of(plan->cbegin(), plan->cend(), [&](const SipPlannedContact &planned) {
        return planned.remove || knownPath(*user, planned.binding);
    });
    if (!isKnown && m_engine.writes().isOverloaded([&] { return exchange.flow().peer(); })) {
        const Milliseconds pause = m_engine.writes().retryAfter();
        return refuse(exchange, *user,
                      {503, "store-behind", {{"Retry-After", QByteArray::number(pause.count() / 1000)}}});
    }

    bool fresh = false;
    Milliseconds longest{0};
    for (const SipPlannedContact &planned : *plan) {
        longest = std::max(longest, planned.remove ? Milliseconds(0) : planned.binding.until - now);
        if (planned.remove) {
            m_engine.registry().unbind(planned.binding.connection);
            m_bindings.remove(*user, planned.binding.connection);
            fresh = true;
        } else if (const Result<Done, SipRefusal> done = bind(exchange, *user, planned, &fresh); !done) {
            return refuse(exchange, *user, done.error());
        }
    }
    const QByteArray info = m_settings.digest ? m_authenticator.info(proof, longest) : QByteArray();
    if (!fresh)
        return answer(exchange, *user, info);
    m_engine.writes().commit(
        [guard = QPointer<SipRegistrar>(this), exchange, id = *user, info](const Result<Done> &) {
            if (guard)
                guard->answer(exchange, id, info);
        });
}

bool SipRegistrar::authenticate(const SipExchange &exchange, const PublicUserId &user,
                                SipAuthenticator::Proof *proof)
{
    using Verdict = SipAuthenticator::Verdict;
    const Verdict verdict = m_authenticator.check(exchange.request(), user, m_engine.registry().user(user),
                                                  exchange.flow().host(), proof);
    switch (verdict) {
    case Verdict::Proven:
        return true;
    case Verdict::Challenge:
    case Verdict::Stale: {
        SipResponse response = exchange.answer(401);
        m_authenticator.challenge(response, verdict == Verdict::Stale);
        exchange.send(401, response);
        return false;
    }
    case Verdict::Wrong:
        refuse(exchange, user, {403, "credentials", {}});
        return false;
    case Verdict::Wait:
        refuse(exchange, user,
               {403,
                "credentials-wait",
                {{"Retry-After", QByteArray::number(m_settings.loginPause.count() / 1000)}}});
        return false;
    case Verdict::Malformed:
        refuse(exchange, user, {400, "credentials-syntax", {}});
        return false;
    }
    return false;
}

/// What keeps the flow open is the business of whoever is at its other end: behind an edge proxy, of that.
int SipRegistrar::flowTimerFor(const SipBinding &binding) const
{
    if (binding.regId == 0 || !binding.path.isEmpty())
        return 0;
    if (m_settings.flowTimer > 0)
        return m_settings.flowTimer;
    const Milliseconds interval = m_engine.pinholes().keepAliveInterval(
        binding.flow.ip(), binding.flow.isStream() ? PathTransport::Tcp : PathTransport::Udp);
    return int(interval.count() / 1000);
}

LivenessPolicy SipRegistrar::policyFor(const SipBinding &binding) const
{
    const bool udp = binding.flow.transport == SipTransport::Udp;
    const SipLivenessSettings &settings = udp ? m_settings.udpLiveness : m_settings.tcpLiveness;
    LivenessPolicy policy;
    policy.keepAliveInterval = std::chrono::seconds(binding.flowTimer);
    policy.keepAliveGrace = settings.keepAliveGrace;
    policy.pinholeLifetime = settings.silence;
    policy.silenceMeans = udp ? LossReason::PinholeClosed : LossReason::Interrupted;
    return m_engine.pinholes().policyFor(policy, binding.flow.peer(), toText(binding.flow.transport));
}

QByteArrayList SipRegistrar::acceptedPath(const SipExchange &exchange) const
{
    QByteArrayList path;
    if (!anyContains(m_settings.pathFrom, exchange.flow().ip()))
        return path;
    const QVector<QByteArrayView> values = exchange.request().path();
    for (const QByteArrayView value : values)
        path.append(value.toByteArray());
    return path.size() > 4 ? QByteArrayList() : path;
}

Registration SipRegistrar::registrationFor(const SipExchange &exchange, const PublicUserId &user,
                                           const SipPlannedContact &planned) const
{
    const SipBinding &binding = planned.binding;
    Registration registration;
    registration.user = user;
    registration.device = binding.device;
    registration.deviceName = nameFor(exchange.request(), planned);
    registration.flow = binding.flowKey;
    if (!binding.instance.isEmpty())
        registration.gruu = QString::fromUtf8(SipGruu::publicGruu(user, binding.instance));
    registration.routes = planned.routes;
    for (const WakeRoute &route : planned.routes) {
        if (route.port.isSet())
            registration.clientPort = route.port;
        if (route.bearer == u"sms" || route.bearer == u"ussd") {
            if (const Result<Msisdn> number = Msisdn::parse(route.address); number)
                registration.msisdn = *number;
        }
    }
    if (!planned.subscriptions.isEmpty())
        registration.subscriptions = planned.subscriptions;
    registration.until = binding.until;
    registration.policy = policyFor(binding);
    registration.state = binding.state();
    return registration;
}

/// What is there over the same path already; nullptr where nothing is.
const SipBinding *SipRegistrar::knownPath(const PublicUserId &user, const SipBinding &binding) const
{
    const SipBinding *old = m_bindings.find(user, binding.device, binding.flowKey);
    const bool samePath =
        old && old->flow == binding.flow && old->uri == binding.uri && old->path == binding.path;
    return samePath && m_engine.registry().connection(old->connection) ? old : nullptr;
}

Result<Done, SipRefusal> SipRegistrar::bind(const SipExchange &exchange, const PublicUserId &user,
                                            const SipPlannedContact &planned, bool *fresh)
{
    Registry &registry = m_engine.registry();
    SipPlannedContact next = planned;
    SipBinding &binding = next.binding;
    binding.flowTimer = flowTimerFor(binding);
    binding.temporarySerial = ++m_serial;
    const Registration registration = registrationFor(exchange, user, next);

    if (const SipBinding *old = knownPath(user, binding)) {
        binding.connection = old->connection;
        Registry::News news;
        if (registry.refresh(binding.connection, registration, &news)) {
            *fresh |= news.facts;
            m_bindings.put(user, binding);
            return Done{};
        }
    }
    auto connection = std::make_unique<SipConnection>(m_outbox, user, binding);
    SipConnection *bound = connection.get();
    const Result<ConnectionId> id = registry.bind(registration, std::move(connection));
    if (!id)
        return SipRefusal{403, id.error().code, {}};
    bound->setId(*id);
    forgetOldestUnnamed(user, exchange.flow());
    binding.connection = *id;
    m_bindings.put(user, binding);
    *fresh = true;
    return Done{};
}

void SipRegistrar::forgetOldestUnnamed(const PublicUserId &user, const SipFlow &flow)
{
    Registry &registry = m_engine.registry();
    const QVector<DeviceId> devices = registry.devicesOf(user);
    const Device *oldest = nullptr;
    for (const DeviceId &id : devices) {
        const Device *device = registry.device(id);
        const bool unnamed =
            id.kind() == DeviceId::Kind::Uri && device && device->provisionedRoutes.isEmpty();
        if (unnamed && !registry.usableConnection(id) && (!oldest || device->lastSeen < oldest->lastSeen))
            oldest = device;
    }
    if (devices.size() <= m_settings.manyDevices || !oldest)
        return;
    m_contactLogs.manyDevices.reached([&] { return flow.peer(); });
    registry.removeDevice(DeviceId(oldest->id), [](const Result<Done> &) {});
}

void SipRegistrar::answer(const SipExchange &exchange, const PublicUserId &user, const QByteArray &info)
{
    const Timestamp now = m_engine.clock().now();
    SipResponse response =
        SipRegisterAnswer(m_settings, m_gruu, user, now).make(exchange, m_bindings.of(user, now));
    if (!info.isEmpty())
        response.header("Authentication-Info", info);
    exchange.send(200, response);
}

void SipRegistrar::refuse(const SipExchange &exchange, const PublicUserId &user, SipRefusal refusal)
{
    if (refusal.status == 555) {
        for (const QString &service : m_settings.pushServices)
            refusal.headers.append({"Feature-Caps", "*;+sip.pns=\"" + service.toUtf8() + '"'});
    }
    m_journal.note(exchange, user, refusal);
    exchange.refuse(refusal);
}

} // namespace reveille
