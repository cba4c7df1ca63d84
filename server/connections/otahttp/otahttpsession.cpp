// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttpsession.h"

#include "wire/jsonreturned.h"

#include "connections/otahttp/otahttpconnection.h"
#include "connections/otahttp/otahttpidentity.h"
#include "connections/otahttp/otahttplog.h"

#include <QPointer>

#include <algorithm>

namespace reveille {

namespace {

constexpr Milliseconds lastWordTime{2000};   ///< a terminal that is turned away is given to answer
constexpr Milliseconds shortestSample{5000}; ///< a shorter silence says nothing about a pinhole

Capabilities capabilitiesOf(const OtaCpi &cpi, int sirVersion)
{
    Capabilities capabilities;
    capabilities.contentTypes = cpi.contentTypes;
    capabilities.maxMessageSize = cpi.maxMessageSize;
    capabilities.sirVersion = sirVersion;
    return capabilities;
}

} // namespace

OtaHttpSession::OtaHttpSession(OtaHttpCore &core, QTcpSocket *socket, bool tls, QObject *parent)
    : QObject(parent)
    , m_core(core)
    , m_tls(tls)
    , m_channel(socket, core.settings, core.engine.clock(), core.engine.timers(), core.logs, this)
    , m_pushes(m_channel, core.settings, core.engine.clock(), core.engine.timers(), this)
{
    connect(&m_channel, &OtaHttpChannel::ended, this, &OtaHttpSession::ended);
    connect(&m_channel, &OtaHttpChannel::heard, this, [this] {
        m_core.engine.registry().observe(m_id, {LivenessEvent::Kind::Packet, QStringLiteral("HTTP"), 0, {}});
    });
    connect(&m_pushes, &OtaHttpPushes::capabilitiesChanged, this, &OtaHttpSession::lookAtCapabilities);
    connect(&m_pushes, &OtaHttpPushes::confirmed, this, &OtaHttpSession::takeConfirmed);
    connect(&m_pushes, &OtaHttpPushes::silenceEnded, this, &OtaHttpSession::sample);
}

OtaHttpSession::~OtaHttpSession()
{
    m_core.engine.timers().cancel(m_timer);
}

QString OtaHttpSession::transport() const
{
    return m_tls ? QStringLiteral("tls") : QStringLiteral("tcp");
}

/// A Basic password is readable on the way: only inside TLS, on this machine, or in networks the operator vouches for.
bool OtaHttpSession::mayAskForPassword() const
{
    const IpAddress &peer = m_channel.peerAddress();
    return m_tls || peer.isLoopback() || anyContains(m_core.settings.allowedNetworks, peer);
}

/// Learned of the terminal's network, or the silence that is taken for normal.
Milliseconds OtaHttpSession::keepAlive() const
{
    const Milliseconds learned = m_core.engine.pinholes().keepAliveInterval(m_channel.peerAddress(), PathTransport::Tcp);
    return learned.count() > 0 ? learned : m_core.settings.silence;
}

void OtaHttpSession::start(std::function<void(Result<Done>)> registered)
{
    m_registered = std::move(registered);
    if (m_core.settings.needsPassword && !mayAskForPassword())
        return refuse("authentication-needs-tls");
    ask(OtaChallenge::Refusal::None);
}

OtaRequest OtaHttpSession::options() const
{
    OtaRequest request;
    request.date = m_core.engine.clock().now();
    request.keepAlive = keepAlive();
    return request;
}

void OtaHttpSession::ask(OtaChallenge::Refusal refusal)
{
    OtaRequest request = options();
    if (m_core.settings.needsPassword)
        request.authenticate = OtaChallenge{OtaChallenge::Scheme::Basic, m_core.settings.realm.toUtf8(), {}, refusal}.toValue();
    const bool isLast = refusal == OtaChallenge::Refusal::Final;
    m_channel.request(request.toBytes(), isLast ? lastWordTime : std::chrono::seconds(m_core.settings.idleSeconds),
                      [this, isLast](const OtaHttpReply &reply) {
                          if (isLast)
                              finish(Error{"credentials", m_channel.peer()});
                          else
                              judge(reply);
                      });
}

void OtaHttpSession::judge(const OtaHttpReply &reply)
{
    if (reply.kind != OtaHttpReply::Kind::Answer) {
        if (reply.kind == OtaHttpReply::Kind::Silent)
            m_core.logs.idleSeconds.reached(m_channel.peer());
        else if (const auto before = m_core.logs.notRegistered.pass())
            qCInfo(otaHttpLog) << "terminal did not register" << m_channel.peer() << reply.code << "and" << *before << "times before";
        const char *code = reply.kind == OtaHttpReply::Kind::Silent ? "timeout" : "closed";
        return finish(Error{code, m_channel.peer()});
    }
    const OtaAnswer answer = OtaAnswer::read(reply.response);
    const QByteArray octets = serialise(reply.response);
    m_registering = reply.response;
    const OtaStatus &status = answer.status;
    if (answer.http == 412)
        return refuse("authentication-refused", {}, answer, octets);
    if (status.code == 600)
        return refuse("ota-version", {}, answer, octets);
    if (status.code == 300 && ++m_tries < m_core.settings.registrationTries) {
        m_timer = m_core.engine.timers().start(m_core.settings.registrationPause, [this] {
            m_timer = 0;
            ask(OtaChallenge::Refusal::None);
        });
        return;
    }
    if (status.code == 300)
        m_core.logs.registrationTries.reached(m_channel.peer());
    if (status.code == 302)
        return refuse("provisioning-context", {}, answer, octets);
    if (status.rejectsRegistration())
        return refuse("registration-rejected", {}, answer, octets);
    if (!status.acceptsRegistration())
        return refuse("status-missing", {}, answer, octets);
    authenticate(answer, octets);
}

void OtaHttpSession::authenticate(const OtaAnswer &answer, const QByteArray &octets)
{
    Registry &registry = m_core.engine.registry();
    const QString &realm = m_core.settings.realm;
    if (!m_core.settings.needsPassword) {
        const Result<OtaHttpSubscriber> who = identifyTerminal(registry, answer, nullptr, realm);
        return who ? bind(*who, answer, octets) : refuse(who.error().code, {}, answer, octets);
    }
    if (answer.authorization.isEmpty())
        return refuse("credentials-missing", {}, answer, octets);
    const Result<OtaCredentials> credentials = OtaCredentials::parse(answer.authorization);
    if (!credentials || credentials->scheme != OtaChallenge::Scheme::Basic)
        return refuse("credentials-syntax", {}, answer, octets);

    const Result<OtaHttpSubscriber> who = identifyTerminal(registry, answer, &*credentials, realm);
    const OtaHttpSubscriber subscriber = who.valueOr({});
    const QString name = who ? subscriber.user.toString() : QString::fromUtf8(credentials->username.left(255));
    const QString address = m_channel.peerAddress().toString();
    const Timestamp now = m_core.engine.clock().now();
    if (m_core.guard.mustWait(name, address, now))
        return refuseLogin("credentials-wait", subscriber.user, false, answer, octets);
    const bool proven = provesTerminal(*credentials, subscriber, answer.terminal,
                                       who ? registry.user(subscriber.user) : nullptr, realm);
    if (!proven) {
        m_core.guard.failed(name, address, now);
        const bool again = ++m_logins < m_core.settings.loginTries;
        if (!again)
            m_core.logs.loginTries.reached(m_channel.peer());
        // Nobody learns without a password which terminals and users there are.
        return refuseLogin("credentials", subscriber.user, again, answer, octets);
    }
    m_core.guard.succeeded(name, address);
    bind(subscriber, answer, octets);
}

void OtaHttpSession::refuseLogin(const char *code, const PublicUserId &user, bool again, const OtaAnswer &answer,
                                 const QByteArray &octets)
{
    note(code, user, answer, octets);
    ask(again ? OtaChallenge::Refusal::Retry : OtaChallenge::Refusal::Final);
}

void OtaHttpSession::bind(const OtaHttpSubscriber &subscriber, const OtaAnswer &answer, const QByteArray &octets)
{
    Registration &registration = m_registration;
    registration.user = subscriber.user;
    registration.device = subscriber.device;
    registration.flow = QStringLiteral("ota_http");
    registration.msisdn = subscriber.msisdn;
    registration.routes = answer.routes;
    for (const WakeRoute &route : answer.routes) {
        if (route.port.isSet() && !registration.clientPort)
            registration.clientPort = route.port;
    }
    if (!answer.terminal.isEmpty())
        registration.deviceName = answer.terminal.toString().left(100);
    learn(answer);

    const QString address = answer.terminal.isEmpty() ? subscriber.device.toString() : answer.terminal.toString();
    auto connection = std::make_unique<OtaHttpConnection>(
        *this,
        ConnectionFacts{QStringLiteral("ota_http"), transport(), m_channel.peer(), m_channel.local(), address, {}, {}},
        m_core.engine.timers());
    const OtaHttpConnection *bound = connection.get();
    const Result<ConnectionId> id = m_core.engine.registry().bind(registration, std::move(connection));
    if (!id)
        return refuse(id.error().code, subscriber.user, answer, octets);
    m_id = *id;
    m_connection = bound;
    watchSilence();
    takeReturned(std::exchange(m_registering, {}));
    takeConfirmed(answer.confirmed);
    if (const auto registered = std::exchange(m_registered, nullptr))
        registered(Done{});
}

/// What an answer to OPTIONS says of the terminal, into the registration and to the pushes.
void OtaHttpSession::learn(const OtaAnswer &answer)
{
    const Device *device = m_core.engine.registry().device(m_registration.device);
    const bool isOurs = !answer.user.isEmpty() || !answer.device.isEmpty() || !answer.routes.isEmpty();
    if (answer.cpi) {
        const int sirVersion = isOurs ? 2 : device ? device->capabilities.sirVersion : 1;
        m_registration.capabilities = capabilitiesOf(*answer.cpi, sirVersion);
        m_registration.subscriptions = answer.cpi->subscriptions();
        m_tag = answer.cpiTag;
        m_pushes.setCpi(*answer.cpi, m_tag);
    } else if (answer.status.code == 501 && !answer.cpiTag.isEmpty()) {
        m_tag = answer.cpiTag; // all values are the defaults
        m_registration.capabilities = capabilitiesOf({}, device ? device->capabilities.sirVersion : 1);
        m_registration.subscriptions = QStringList();
        m_pushes.setCpi({}, m_tag);
    }
    LivenessPolicy &policy = m_registration.policy;
    policy.keepAliveInterval = keepAlive();
    policy.keepAliveGrace = m_core.settings.keepAliveGrace;
    policy.silenceMeans = LossReason::Interrupted;
    m_pushes.setKeepAlive(policy.keepAliveInterval);
}

void OtaHttpSession::push(const PushMessage &message, std::function<void(SendOutcome)> done)
{
    m_pushes.send(message, std::move(done));
}

void OtaHttpSession::probe(std::function<void(SendOutcome)> done)
{
    OtaRequest request = options();
    request.cpiTag = m_tag;
    const QByteArray octets = request.toBytes();
    m_channel.request(octets, m_core.settings.requestTimeout,
                      [this, guard = QPointer<OtaHttpSession>(this), head = otaHeadForJournal(octets),
                       done = std::move(done)](const OtaHttpReply &reply) {
        SendOutcome outcome{SendOutcome::Kind::Broken, reply.code, head, QStringLiteral("OPTIONS")};
        OtaAnswer answer;
        if (reply.kind == OtaHttpReply::Kind::Answer) {
            answer = OtaAnswer::read(reply.response);
            outcome.kind = SendOutcome::Kind::Delivered; // any answer shows that it is there
            outcome.code = answer.status.code ? QByteArray::number(answer.status.code)
                                              : "http-" + QByteArray::number(answer.http);
        } else if (reply.kind == OtaHttpReply::Kind::Silent) {
            outcome.kind = SendOutcome::Kind::Unanswered;
        }
        if (guard && reply.kind != OtaHttpReply::Kind::Gone)
            sample(reply.silence, reply.kind == OtaHttpReply::Kind::Answer);
        if (guard && answer.status.acceptsRegistration() && m_connection) {
            learn(answer);
            m_core.engine.registry().refresh(m_id, m_registration);
            takeReturned(reply.response);
        }
        if (guard)
            takeConfirmed(answer.confirmed);
        done(outcome);
        if (guard && answer.status.rejectsRegistration() && m_connection)
            m_core.engine.registry().unbind(m_id);
    });
}

/// Without a tag, so that the terminal tells all.
void OtaHttpSession::lookAtCapabilities()
{
    if (std::exchange(m_looking, true))
        return;
    m_channel.request(options().toBytes(), m_core.settings.requestTimeout, [this](const OtaHttpReply &reply) {
        m_looking = false;
        if (reply.kind == OtaHttpReply::Kind::Gone)
            return;
        const OtaAnswer answer =
            reply.kind == OtaHttpReply::Kind::Answer ? OtaAnswer::read(reply.response) : OtaAnswer();
        if (answer.status.acceptsRegistration() && m_connection) {
            learn(answer);
            m_core.engine.registry().refresh(m_id, m_registration);
            takeReturned(reply.response);
        }
        takeConfirmed(answer.confirmed);
        m_pushes.resume();
    });
}

/// A terminal cannot say anything by itself: what a SIR asked it for comes with an answer to OPTIONS.
void OtaHttpSession::takeReturned(const HttpResponse &response)
{
    const ReturnedKind kind = returnedKindOf(response.headers.value("Content-Type"));
    if (kind == ReturnedKind::None)
        return;
    const Result<ReturnedMessage> message = returnedFromJson(response.body, kind);
    if (!message || message->user != m_registration.user || message->device != m_registration.device) {
        if (const auto before = m_core.logs.notTaken.pass())
            qCInfo(otaHttpLog) << "what the terminal returned is not taken" << m_channel.peer()
                               << (message ? "identity-differs" : message.error().code) << "and" << *before << "times before";
        return;
    }
    m_core.engine.wakes().takeReturned(
        *message, QStringLiteral("ota_http"), [core = &m_core, guard = QPointer<OtaHttpSession>(this)](const Result<Done> &done) {
            if (!guard || done)
                return;
            if (const auto before = core->logs.notTaken.pass())
                qCInfo(otaHttpLog) << "what the terminal returned is not taken" << guard->m_channel.peer() << done.error().code
                                   << "and" << *before << "times before";
        });
}

/// Nor what its applications have of pushes.
void OtaHttpSession::takeConfirmed(const QVector<OtaConfirmation> &confirmed)
{
    if (!m_connection)
        return;
    for (const OtaConfirmation &one : confirmed) {
        const auto by = one.byUser ? PushConfirmation::By::User : PushConfirmation::By::Application;
        m_core.engine.pushes().confirm({PushId(QString::fromLatin1(one.push)), m_registration.device, by, QStringLiteral("ota_http")},
                                       [](const Result<Done> &) {});
    }
}

void OtaHttpSession::sample(Milliseconds silence, bool open)
{
    if (silence < shortestSample)
        return;
    m_core.engine.pinholes().sample(m_channel.peerAddress(), PathTransport::Tcp, silence, open,
                                    open ? PinholeSample::Source::Traffic : PinholeSample::Source::Missed);
}

/// Asks before the silence gets so long that the path might close. A terminal cannot say anything by itself.
void OtaHttpSession::watchSilence()
{
    Timers &timers = m_core.engine.timers();
    timers.cancel(m_timer);
    const Milliseconds interval = keepAlive();
    const Milliseconds silence = m_core.engine.clock().monotonic() - m_channel.lastHeard();
    if (interval.count() <= 0 || !m_connection)
        return;
    if (silence >= interval && m_channel.owed() == 0)
        probe([](const SendOutcome &) {});
    const Milliseconds next = silence >= interval ? interval : interval - silence;
    m_timer = timers.start(std::max(next, Milliseconds(1000)), [this] {
        m_timer = 0;
        watchSilence();
    });
}

void OtaHttpSession::note(const char *code, const PublicUserId &user, const OtaAnswer &answer, const QByteArray &octets)
{
    m_core.refusals.note({QStringLiteral("ota_http/") + transport(), m_channel.peer(), user, code,
                          octets.isEmpty() ? 0 : (answer.status.code ? answer.status.code : answer.http), octets});
}

void OtaHttpSession::refuse(const char *code, const PublicUserId &user, const OtaAnswer &answer, const QByteArray &octets)
{
    note(code, user, answer, octets);
    finish(Error{code, m_channel.peer()});
}

void OtaHttpSession::ended(bool reset, const QString &what)
{
    m_endCode = reset ? "reset" : "closed";
    using Kind = LivenessEvent::Kind;
    const bool gaveUp = what == OtaHttpChannel::gaveUp();
    const Kind kind = gaveUp ? Kind::UserTimeout : reset ? Kind::Reset : Kind::Closed;
    if (m_connection)
        m_core.engine.registry().observe(m_id, {kind, what, 0, {}});
    finish(Error{reset ? "reset" : "closed", m_channel.peer()});
}

void OtaHttpSession::release(const OtaHttpConnection &connection)
{
    if (m_connection != &connection)
        return;
    m_connection = nullptr;
    finish(Error{"closed", m_channel.peer()});
}

void OtaHttpSession::finish(Result<Done> outcome)
{
    if (std::exchange(m_finished, true))
        return;
    m_core.engine.timers().cancel(m_timer);
    m_channel.closeGently();
    m_channel.fail(m_endCode);
    m_pushes.fail(m_endCode);
    if (const auto registered = std::exchange(m_registered, nullptr))
        registered(std::move(outcome));
    Q_EMIT finished();
}

} // namespace reveille
