// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipcore.h"

#include "connections/sip/siplog.h"

#include <QCryptographicHash>

namespace reveille {

namespace {

/// Methods there are, of which the server serves some; any other gets 501.
bool isKnown(QByteArrayView method)
{
    static const QByteArrayList known{"INVITE",   "ACK",     "BYE",    "CANCEL",   "OPTIONS",
                                      "REGISTER", "MESSAGE", "NOTIFY", "PUBLISH",  "INFO",
                                      "UPDATE",   "PRACK",   "REFER",  "SUBSCRIBE"};
    return known.contains(method.toByteArray());
}

/// Separate keys for separate uses.
QByteArray derived(const QByteArray &key, const char *use)
{
    return QCryptographicHash::hash(key + use, QCryptographicHash::Sha256);
}

SipRefusal notAllowed(const QByteArray &allowed)
{
    return {405, "method-not-allowed", {{"Allow", allowed}}};
}

} // namespace

SipCore::SipCore(const SipSettings &settings, Engine &engine, const QByteArray &key)
    : m_settings(settings)
    , m_engine(engine)
    , m_transports(settings, engine.clock(), engine.timers(), *this,
                   [this](const SipFlow &flow) { return m_bindings.isInUse(flow); })
    , m_server(settings, engine.timers(),
               [this](const SipFlow &to, const QByteArray &bytes) { m_transports.send(to, bytes); })
    , m_client(settings, engine.timers(),
               [this](const SipFlow &to, const QByteArray &bytes) { return m_transports.send(to, bytes); })
    , m_invites(settings, engine.timers(),
                [this](const SipFlow &to, const QByteArray &bytes) { return m_transports.send(to, bytes); })
    , m_outbox(settings, engine.clock(), m_transports, m_client, m_bindings, engine.registry())
    , m_sessions({settings, engine.timers(), m_transports, m_client, m_invites}, engine.clock(), m_bindings, engine.registry())
    , m_authenticator(settings, engine.clock(), derived(key, "nonce"))
    , m_gruu(derived(key, "gruu"))
    , m_refusals(engine.clock(), engine.journal())
    , m_registrar(settings, engine, m_bindings, m_outbox, m_authenticator, m_gruu, m_refusals)
    , m_wakes({settings, engine.clock(), m_transports, m_client, m_gruu, engine.registry()})
    , m_notifications(engine, m_bindings)
{
}

void SipCore::setMsrp(MsrpService *service)
{
    m_sessions.setMsrp(service);
    m_outbox.setSessions(service ? &m_sessions : nullptr);
}

QByteArray SipCore::allowed() const
{
    return m_sessions.isThere() ? QByteArrayLiteral("OPTIONS, REGISTER, INVITE, ACK, BYE, CANCEL, UPDATE")
                                : QByteArrayLiteral("OPTIONS, REGISTER, ACK, CANCEL");
}

void SipCore::observe(const SipBindings::Connections &connections, const LivenessEvent &event)
{
    for (const ConnectionId id : connections)
        m_engine.registry().observe(id, event);
}

void SipCore::keepAliveReceived(const SipFlow &flow)
{
    observe(m_bindings.heardOn(flow, [] { return PublicUserId(); }),
            {LivenessEvent::Kind::KeepAlive, QStringLiteral("keep-alive"), 0, {}});
}

void SipCore::flowLost(const SipFlow &flow, const LivenessEvent &event, const QByteArray &code)
{
    const SipBindings::Connections connections = m_bindings.onFlow(flow);
    m_bindings.detach(flow); // until they register again
    observe(connections, event);
    m_client.failFlow(flow, code);
    m_sessions.calls().failFlow(flow, code);
}

void SipCore::streamClosed(const SipFlow &flow, bool reset)
{
    flowLost(flow,
             {reset ? LivenessEvent::Kind::Reset : LivenessEvent::Kind::Closed,
              QString::fromLatin1(viaName(flow.transport)),
              0,
              {}},
             reset ? QByteArrayLiteral("reset") : QByteArrayLiteral("closed"));
}

void SipCore::unreachable(const SipFlow &flow, const QString &what)
{
    // The registrations stay on the flow: when the network has its way to the device again, they are heard on it.
    observe(m_bindings.onFlow(flow), {LivenessEvent::Kind::IcmpUnreachable, what, 0, {}});
    m_client.failFlow(flow, QByteArrayLiteral("icmp"));
    m_sessions.calls().failFlow(flow, QByteArrayLiteral("icmp"));
}

void SipCore::messageReceived(const SipFlow &flow, const QByteArray &bytes)
{
    const Result<SipMessage, SipRejection> message = SipMessage::parse(bytes);
    if (!message) {
        const SipRejection &rejection = message.error();
        if (const auto before = m_refusedLog.pass())
            qCInfo(sipLog) << "message refused" << flow.peer() << rejection.error.code << "and" << *before << "times before";
        if (rejection.status != 0 && rejection.request.answerable) {
            SipResponse response(rejection.request, rejection.status);
            response.header("Warning",
                            "399 " + m_transports.sentBy(flow).first + " \"" + rejection.error.code + '"');
            answerWithoutTransaction(flow, response);
        }
        return;
    }
    const auto sender = [&message] {
        return message->isRequest() ? message->from().uri.publicUserId().valueOr({}) : PublicUserId();
    };
    observe(m_bindings.heardOn(flow, sender),
            {LivenessEvent::Kind::Packet, QString::fromLatin1(message->method()), 0, {}});
    if (message->isRequest())
        take(*message, flow);
    else if (!m_client.take(*message) && !m_sessions.calls().takeResponse(*message, flow))
        qCDebug(sipLog) << "answer to nothing" << flow.peer() << message->statusCode();
}

void SipCore::answerWithoutTransaction(const SipFlow &flow, SipResponse response)
{
    response.source(flow.host().toLatin1(), flow.port).toTag(newSipTag());
    m_transports.send(flow, response.bytes());
}

void SipCore::take(const SipMessage &request, const SipFlow &flow)
{
    if (request.method() == "ACK") {
        m_server.acknowledge(request);
        return m_sessions.calls().acknowledge(request, flow);
    }
    switch (m_server.take(request, flow)) {
    case SipServerTransactions::Taken::Repeated:
        return;
    case SipServerTransactions::Taken::Full: {
        SipResponse response(request, 503);
        response.header("Retry-After", QByteArray::number(m_settings.retryAfter));
        return answerWithoutTransaction(SipServerTransactions::answerFlow(request, flow), response);
    }
    case SipServerTransactions::Taken::Merged:
        return SipExchange(request, flow, m_server, m_transports.sentBy(flow).first).refuse({482, "merged", {}});
    case SipServerTransactions::Taken::New:
        handle(SipExchange(request, flow, m_server, m_transports.sentBy(flow).first));
    }
}

bool SipCore::isForUs(const SipUri &uri) const
{
    return m_registrar.serves(uri.host) || m_transports.isOwnHost(uri.host);
}

void SipCore::handle(const SipExchange &exchange)
{
    const SipMessage &request = exchange.request();
    const QByteArrayView method = request.method();
    if (!isKnown(method))
        return exchange.refuse({501, "method-unknown", {{"Allow", allowed()}}});
    if (method == "CANCEL") {
        if (m_server.hasInviteOf(request))
            return exchange.send(200, exchange.answer(200));
        return exchange.refuse({481, "transaction-unknown", {}});
    }
    if (!request.toTag().isEmpty() && method != "REGISTER" && m_sessions.calls().take(exchange))
        return;
    const bool outsideDialogue = method == "REGISTER" || method == "OPTIONS" || method == "MESSAGE";
    if (method == "BYE" || (!outsideDialogue && !request.toTag().isEmpty()))
        return exchange.refuse({481, "dialogue-unknown", {}});
    if (method == "INVITE" && m_sessions.isThere())
        return handleInvite(exchange);
    if (!outsideDialogue)
        return exchange.refuse(notAllowed(allowed()));
    if (!request.requestUri().isSip())
        return exchange.refuse({416, "scheme", {}});
    if (!isForUs(request.requestUri()))
        return exchange.refuse({404, "host-not-served", {}});
    if (method == "REGISTER")
        return m_registrar.handle(exchange);
    if (const QVector<QByteArrayView> required = request.require(); !required.isEmpty())
        return exchange.refuse(
            {420, "extension-unknown", {{"Unsupported", request.header("require").toByteArray()}}});
    if (method == "OPTIONS")
        return handleOptions(exchange);
    handleMessage(exchange);
}

void SipCore::handleOptions(const SipExchange &exchange)
{
    SipResponse response = exchange.answer(200);
    response.header("Allow", allowed())
        .header("Accept", "application/sdp, message/imdn+xml, message/cpim")
        .header("Accept-Encoding", "identity")
        .header("Accept-Language", "en")
        .header("Supported", "path, outbound, gruu");
    exchange.send(200, response);
}

/// A device asks for a session with the server itself; the server connects nobody with anybody else.
void SipCore::handleInvite(const SipExchange &exchange)
{
    const SipMessage &request = exchange.request();
    const SipUri &uri = request.requestUri();
    if (!uri.isSip())
        return exchange.refuse({416, "scheme", {}});
    if (!isForUs(uri))
        return exchange.refuse({404, "host-not-served", {}});
    if (!uri.user.isEmpty() && uri.user != "reveille")
        return exchange.refuse(notAllowed(allowed()));
    const QVector<QByteArrayView> required = request.require();
    for (const QByteArrayView option : required) {
        if (option.compare("timer", Qt::CaseInsensitive) != 0)
            return exchange.refuse({420, "extension-unknown", {{"Unsupported", option.toByteArray()}}});
    }
    m_sessions.takeInvite(exchange);
}

int SipCore::statusForUser(const SipUri &uri)
{
    const Timestamp now = m_engine.clock().now();
    Registry &registry = m_engine.registry();
    if (uri.isGruu()) {
        const Result<SipGruu::Target> target = m_gruu.resolve(uri);
        if (!target || !registry.user(target->user))
            return 404;
        if (m_bindings.hasInstance(target->user, target->instance, now))
            return 403;
        const Device *device = registry.device(target->instance);
        return device && device->user == target->user ? 480 : 404;
    }
    const Result<PublicUserId> user = uri.publicUserId();
    if (!user || !registry.user(*user))
        return 404;
    return m_bindings.of(*user, now).isEmpty() ? 480 : 403;
}

void SipCore::handleMessage(const SipExchange &exchange)
{
    const SipMessage &request = exchange.request();
    const bool isOurs = request.requestUri().user.isEmpty();
    const ReturnedKind returned = returnedKindOf(request.contentType());
    // Notifications go to the address that the push came from.
    const bool isNotification = (isOurs || request.requestUri().user == "reveille") && SipNotifications::isOne(request);
    if (isOurs && returned == ReturnedKind::None && !isNotification)
        return exchange.refuse(notAllowed(allowed()));
    if (request.maxForwards() == 0)
        return exchange.refuse({483, "too-many-hops", {}});
    if (m_settings.digest) {
        const Result<PublicUserId> from = request.from().uri.publicUserId();
        if (!from || !m_registrar.serves(request.from().uri.host))
            return exchange.refuse({403, "sender-not-served", {}});
        const SipAuthenticator::Verdict verdict =
            m_authenticator.check(request, *from, m_engine.registry().user(*from), exchange.flow().host());
        const bool stale = verdict == SipAuthenticator::Verdict::Stale;
        if (stale || verdict == SipAuthenticator::Verdict::Challenge) {
            SipResponse response = exchange.answer(401);
            m_authenticator.challenge(response, stale);
            return exchange.send(401, response);
        }
        if (verdict != SipAuthenticator::Verdict::Proven)
            return exchange.refuse({403, "credentials", {}});
    }
    if (isNotification)
        return m_notifications.take(exchange);
    if (isOurs)
        return takeReturned(exchange, returned);
    const int status = statusForUser(request.requestUri());
    const char *code = status == 404 ? "user-unknown" : status == 480 ? "not-registered" : "no-relay";
    exchange.refuse({status, code, {}});
}

/// What a SIR asked a device for, or its refusal. With digest, who sends it has proven to be the user it names.
void SipCore::takeReturned(const SipExchange &exchange, ReturnedKind kind)
{
    const Result<ReturnedMessage> message = returnedFromJson(exchange.request().body(), kind);
    if (!message)
        return exchange.refuse({400, message.error().code, {}});
    const Result<PublicUserId> from = exchange.request().from().uri.publicUserId();
    if (!from || *from != message->user)
        return exchange.refuse({403, "sender-differs", {}});
    m_engine.wakes().takeReturned(*message, QStringLiteral("sip"), [exchange, alive = m_alive](const Result<Done> &done) {
        if (!*alive)
            return;
        if (done)
            exchange.send(200, exchange.answer(200));
        else
            exchange.refuse({done.error().is("device-unknown") ? 404 : done.error().is("device-belongs-to-other-user") ? 403 : 400,
                             done.error().code, {}});
    });
}

} // namespace reveille
