// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipinvitesession.h"

#include "connections/sip/sipinvitesessions.h"
#include "connections/sip/siplog.h"

#include <QPointer>
#include <QRandomGenerator>

namespace reveille {

namespace {

using Kind = SendOutcome::Kind;

/// What a refusal of our INVITE means for the push (RFC 3261 section 21).
Kind judgeInvite(int status, const QByteArray &code)
{
    switch (status) {
    case 0:
        return code == "timeout" ? Kind::Unanswered : Kind::Broken;
    case 408:
        return Kind::Unanswered;
    case 430:
        return Kind::Broken;
    case 480:
    case 481:
    case 486:
    case 487:
    case 491:
    case 500:
    case 503:
    case 504:
        return Kind::Busy;
    default:
        return Kind::Refused;
    }
}

Kind judgeMsrp(MsrpOutcome::Kind kind)
{
    switch (kind) {
    case MsrpOutcome::Kind::Reported:
    case MsrpOutcome::Kind::Acknowledged:
        return Kind::Delivered;
    case MsrpOutcome::Kind::Refused:
        return Kind::Refused;
    case MsrpOutcome::Kind::Unanswered:
        return Kind::Unanswered;
    case MsrpOutcome::Kind::Ended:
        break;
    }
    return Kind::Busy; // the MSRP connection is gone, the path it was agreed on over is not
}

bool isSecure(const SipFlow &flow)
{
    return flow.transport == SipTransport::Tls;
}

} // namespace

SipInviteSession::SipInviteSession(SipInviteSessions &sessions, SipCallee callee)
    : m_sessions(sessions)
    , m_callee(std::move(callee))
{
}

SipInviteSession::~SipInviteSession()
{
    close("closed");
}

void SipInviteSession::send(const PushMessage &push, Done done)
{
    m_queue.push_back({push, std::move(done)});
    if (m_isReady) {
        if (!m_isSending)
            m_sessions.m_support.timers.cancel(m_timer);
        return sendNext();
    }
    if (!m_call)
        invite();
}

SdpMsrp SipInviteSession::description(SdpSetup setup) const
{
    SdpMsrp sdp;
    sdp.id = sdp.version = QRandomGenerator::global()->generate();
    sdp.host = m_msrp->uri().host;
    sdp.port = m_msrp->uri().port;
    sdp.secure = m_msrp->uri().secure;
    sdp.path = {m_msrp->uri().toText()};
    sdp.setup = setup;
    sdp.direction = SdpDirection::SendOnly;
    if (sdp.secure)
        sdp.fingerprint = m_sessions.m_msrp->fingerprint();
    return sdp;
}

void SipInviteSession::invite()
{
    const SipFlow &flow = m_callee.flow;
    QByteArray host = m_sessions.m_support.transports.sentBy(flow).first;
    if (host.startsWith('[') && host.endsWith(']'))
        host = host.mid(1, host.size() - 2);
    m_msrp = m_sessions.m_msrp->open(isSecure(flow), host, flow.peer());
    if (!m_msrp) {
        // later, since send() answers later
        m_timer = m_sessions.m_support.timers.start(Milliseconds(0), [this] {
            m_timer = 0;
            fail({Kind::Busy, "sessions-full"});
        });
        return;
    }
    SdpMsrp offer = description(SdpSetup::ActPass);
    const PushMessage &push = m_queue.front().push;
    if (!push.contentType.isEmpty())
        offer.acceptTypes = {push.contentType.section(u';', 0, 0).trimmed().toUtf8(), "*"};
    QVector<std::pair<QByteArray, QByteArray>> headers{{"X-Reveille-Push", push.push.text().toUtf8()}};
    if (!push.application.isEmpty())
        headers.append({"X-Wap-Application-Id", push.application.toUtf8()});
    m_call = m_sessions.m_calls.invite(m_callee, offer.bytes(), headers);
    m_inviteHead = m_call->inviteHead();
    m_call->events.accepted = [this](const SipMessage &response) { accepted(response); };
    m_call->events.refused = [this](int status, const QByteArray &code) {
        m_call = nullptr;
        fail({judgeInvite(status, code), code});
    };
    m_call->events.ended = [this](const QByteArray &code) {
        m_call = nullptr;
        fail({code == "bye" || code == "expired" ? Kind::Busy : code == "no-ack" ? Kind::Unanswered : Kind::Broken, code});
    };
}

void SipInviteSession::accepted(const SipMessage &response)
{
    const Result<SdpMsrp> answer = SdpMsrp::parse(response.body());
    if (!answer || answer->port == 0 || answer->secure != m_msrp->uri().secure ||
        answer->direction == SdpDirection::SendOnly || answer->direction == SdpDirection::Inactive) {
        qCInfo(sipLog) << "session description refused" << m_callee.flow.peer() << (answer ? "port" : answer.error().code);
        return fail({Kind::Refused, "session-answer"});
    }
    m_remote = *answer;
    m_msrp->setPeer(m_remote.path);
    if (m_remote.setup == SdpSetup::Active)
        return agreed();
    // RFC 6135: it waits for us. We go to where it registered from and nowhere else.
    QHostAddress address;
    quint16 port = 0;
    if (!isOwnPath(m_remote.path, &address, &port))
        return fail({Kind::Refused, "session-path"});
    agreed();
    m_msrp->connectTo(address, port, m_remote.fingerprint);
}

bool SipInviteSession::isOwnPath(const QByteArrayList &path, QHostAddress *address, quint16 *port) const
{
    const MsrpUri uri = path.size() == 1 ? MsrpUri::parse(path.first()).valueOr({}) : MsrpUri();
    *address = m_callee.flow.address();
    *port = uri.port;
    return QHostAddress(QString::fromLatin1(uri.host)).isEqual(*address, QHostAddress::TolerantConversion);
}

void SipInviteSession::agreed()
{
    m_msrp->bound = [this] { bound(); };
    m_msrp->ended = [this](const QByteArray &code) {
        const bool wasReady = m_isReady;
        auto queue = wasReady ? std::exchange(m_queue, {}) : std::deque<Item>();
        fail({code == "timeout" ? Kind::Unanswered : Kind::Busy, code});
        // What was under way has been told. The rest never left, and gets a session of its own.
        m_queue = std::move(queue);
        if (!m_queue.empty())
            invite();
    };
    m_timer = m_sessions.m_support.timers.start(m_sessions.m_support.settings.sessionSetup, [this] {
        m_timer = 0;
        fail({Kind::Busy, "session-setup"});
    });
}

void SipInviteSession::bound()
{
    m_isReady = true;
    m_sessions.m_support.timers.cancel(m_timer);
    if (m_queue.empty())
        return rest();
    sendNext();
}

void SipInviteSession::sendNext()
{
    while (m_isReady && !m_isSending && !m_queue.empty()) {
        const PushMessage &push = m_queue.front().push;
        const char *unfit = nullptr;
        if (!m_sessions.takes(push.body.size(), m_callee.flow.peer()) || (m_remote.maxSize > 0 && push.body.size() > m_remote.maxSize))
            unfit = "too-large";
        else if (!m_remote.accepts(push.contentType.toUtf8()))
            unfit = "session-type";
        if (unfit) {
            m_isSending = true;
            m_timer = m_sessions.m_support.timers.start(Milliseconds(0), [this, unfit] {
                m_timer = 0;
                finishFirst(Kind::Refused, unfit, {});
            });
            return;
        }
        MsrpContent content{push.contentType.toUtf8(), push.body, {{"X-Reveille-Push", push.push.text().toUtf8()}}};
        if (!push.application.isEmpty())
            content.headers.append({"X-Wap-Application-Id", push.application.toUtf8()});
        if (push.confirm)
            content.headers.append({"X-Reveille-Confirm", QByteArray("yes")});
        if (!push.contentEncoding.isEmpty())
            content.headers.append({"Content-Encoding", push.contentEncoding.toUtf8()});
        m_isSending = true;
        m_msrp->send(content, [this](const MsrpOutcome &outcome) {
            finishFirst(judgeMsrp(outcome.kind), outcome.code, outcome.head);
        });
    }
}

void SipInviteSession::finishFirst(Kind kind, const QByteArray &code, const QByteArray &head)
{
    m_isSending = false;
    if (m_queue.empty())
        return;
    const Item item = std::move(m_queue.front());
    m_queue.pop_front();
    if (m_isReady && m_msrp && m_queue.empty())
        rest();
    else
        sendNext();
    SendOutcome outcome{kind, code, std::exchange(m_inviteHead, {}) + head, QStringLiteral("SEND")};
    item.done(outcome); // may end this
}

/// Kept for the next push; then we hang up.
void SipInviteSession::rest()
{
    Timers &timers = m_sessions.m_support.timers;
    timers.cancel(m_timer);
    m_timer = timers.start(m_sessions.m_support.settings.sessionLinger, [this] {
        m_timer = 0;
        fail({Kind::Busy, "closed"});
    });
}

/// The session is over, in whatever stage; what waits for it shares its end, and the next push begins anew.
void SipInviteSession::fail(const Ending &ending)
{
    m_sessions.m_support.timers.cancel(m_timer);
    m_isReady = false;
    if (SipInviteCall *call = std::exchange(m_call, nullptr))
        call->hangUp();
    bool taken = m_isSending && m_msrp && m_msrp->isTaken();
    if (m_msrp) {
        m_msrp->abandon();
        m_sessions.bury(std::move(m_msrp));
    }
    m_remote = {};
    m_isSending = false;
    const QByteArray head = std::exchange(m_inviteHead, {});
    auto queue = std::exchange(m_queue, {});
    // Each `done` may end this: nothing of it is touched any more.
    for (const Item &item : queue) {
        if (std::exchange(taken, false)) {
            item.done({Kind::Delivered, "200", head, QStringLiteral("SEND")});
            continue;
        }
        item.done({ending.kind, ending.code, head, head.isEmpty() ? QStringLiteral("SEND") : QStringLiteral("INVITE")});
    }
}

void SipInviteSession::close(const QByteArray &code, bool flowIsThere)
{
    if (!flowIsThere && m_call) {
        m_call->events = {};
        m_call = nullptr;
    }
    fail({Kind::Broken, code});
}

void SipInviteSession::takeInvite(const SipExchange &exchange)
{
    const Result<SdpMsrp> offer = SdpMsrp::parse(exchange.request().body());
    if (!offer || offer->port == 0 || offer->secure != isSecure(m_callee.flow) ||
        offer->direction == SdpDirection::SendOnly || offer->direction == SdpDirection::Inactive)
        return exchange.refuse({488, "session-offer", {}});
    const SdpSetup setup = sdpAnswerTo(offer->setup, SdpSetup::Passive);
    QHostAddress address;
    quint16 port = 0;
    if (setup == SdpSetup::HoldConn || (setup == SdpSetup::Active && !isOwnPath(offer->path, &address, &port)))
        return exchange.refuse({488, "session-path", {}});
    if (m_isReady && !m_queue.empty())
        return exchange.refuse({486, "session-there", {}});

    // A call of ours that does not stand yet, or one that rests, gives way; pushes wait on in the new one.
    auto queue = std::exchange(m_queue, {});
    fail({Kind::Busy, "closed"});
    m_queue = std::move(queue);
    QByteArray host = m_sessions.m_support.transports.sentBy(m_callee.flow).first;
    if (host.startsWith('[') && host.endsWith(']'))
        host = host.mid(1, host.size() - 2);
    m_msrp = m_sessions.m_msrp->open(isSecure(m_callee.flow), host, m_callee.flow.peer());
    if (!m_msrp) {
        exchange.refuse({503, "sessions-full", {{"Retry-After", QByteArray::number(m_sessions.m_support.settings.retryAfter)}}});
        return fail({Kind::Busy, "sessions-full"});
    }
    m_remote = *offer;
    m_msrp->setPeer(m_remote.path);
    m_call = m_sessions.m_calls.accept(exchange, description(setup).bytes());
    m_call->events.ended = [this](const QByteArray &code) {
        m_call = nullptr;
        fail({code == "no-ack" ? Kind::Unanswered : code == "bye" || code == "expired" ? Kind::Busy : Kind::Broken, code});
    };
    agreed();
    if (setup == SdpSetup::Active)
        m_msrp->connectTo(address, port, m_remote.fingerprint);
}

} // namespace reveille
