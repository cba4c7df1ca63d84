// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipinvitecall.h"

#include "connections/sip/sipinvitecalls.h"
#include "wire/sipscan.h"

#include <QRandomGenerator>

namespace reveille {

namespace {

const QByteArray allowed = QByteArrayLiteral("INVITE, ACK, BYE, CANCEL, UPDATE, OPTIONS, MESSAGE");

/// "1800;refresher=uac"
struct SessionExpires {
    quint32 seconds = 0; ///< 0 = not given
    QByteArray refresher;
};

SessionExpires sessionExpires(const SipMessage &message)
{
    SessionExpires result;
    const QByteArrayView value = message.header("session-expires");
    const qsizetype semicolon = value.indexOf(';');
    const QByteArrayView number = sipscan::trimmed(semicolon < 0 ? value : value.first(semicolon));
    SipParameters parameters;
    if (!sipscan::readNumber(number, 0x7fffffff, result.seconds))
        result.seconds = 0;
    if (semicolon >= 0 && sipscan::readParameters(value.sliced(semicolon), parameters))
        result.refresher = parameters.value("refresher").toLower();
    return result;
}

} // namespace

SipInviteCall::SipInviteCall(SipInviteCalls &calls, quint64 id)
    : m_calls(calls)
    , m_id(id)
{
}

SipInviteCall::~SipInviteCall()
{
    Timers &timers = m_calls.m_support.timers;
    timers.cancel(m_answerTimer);
    timers.cancel(m_sessionTimer);
}

QByteArray SipInviteCall::via(SipRequest &request) const
{
    const auto [host, port] = m_calls.m_support.transports.sentBy(m_dialog.flow);
    const QByteArray branch = newSipBranch();
    request.via(viaName(m_dialog.flow.transport), host, port, branch);
    return branch;
}

QByteArray SipInviteCall::contactValue() const
{
    const auto [host, port] = m_calls.m_support.transports.sentBy(m_dialog.flow);
    return "<sip:reveille@" + host + ':' + QByteArray::number(port) +
           ";transport=" + toText(m_dialog.flow.transport).toLatin1() + '>';
}

void SipInviteCall::invite(const SipCallee &callee, const QByteArray &offer,
                           const QVector<std::pair<QByteArray, QByteArray>> &headers)
{
    const SipSettings &settings = m_calls.m_support.settings;
    m_callee = callee;
    m_local = offer;
    m_headers = headers;
    m_sessionSeconds = settings.sessionSeconds;
    m_minSeconds = settings.minSessionSeconds;
    m_dialog.flow = callee.flow;
    m_dialog.callId = newSipCallId();
    m_dialog.localTag = newSipTag();
    m_dialog.localUri = "sip:reveille@" + settings.realm.toUtf8();
    m_dialog.remoteUri = callee.user;
    m_dialog.remoteTarget = callee.contact;
    m_dialog.routes = callee.path;
    sendInvite();
}

void SipInviteCall::sendInvite()
{
    const quint32 cseq = ++m_dialog.localCseq;
    SipRequest request = m_dialog.request("INVITE", cseq);
    via(request);
    request.header("Contact", contactValue()).header("Allow", allowed).header("Supported", "timer").header("Accept", "application/sdp");
    if (m_sessionSeconds > 0) {
        request.header("Session-Expires", QByteArray::number(m_sessionSeconds) + (m_stage == Stage::Standing ? ";refresher=uac" : ""));
        request.header("Min-SE", QByteArray::number(m_minSeconds));
    }
    for (const auto &[name, value] : std::as_const(m_headers))
        request.header(name, value);
    request.body("application/sdp", m_local);
    const QByteArray bytes = request.bytes();
    if (m_inviteHead.isEmpty())
        m_inviteHead = bytes.left(bytes.indexOf("\r\n\r\n") + 4);
    SipInviteTransactions::Events handlers;
    handlers.answered = [calls = &m_calls, id = m_id](const SipMessage &response) {
        if (SipInviteCall *call = calls->find(id))
            call->answered(response);
    };
    handlers.failed = [calls = &m_calls, id = m_id](const QByteArray &code) {
        SipInviteCall *call = calls->find(id);
        if (!call)
            return;
        call->m_transaction = 0;
        if (call->m_stage == Stage::Standing) {
            call->bye();
            return call->over("refresh-" + code);
        }
        const auto refused = call->events.refused;
        call->m_stage = Stage::Over;
        calls->forgetLater(call);
        if (refused && !call->m_hungUp)
            refused(0, code);
    };
    m_transaction = m_calls.m_support.invites.start(m_dialog.flow, bytes, std::move(handlers));
}

void SipInviteCall::answered(const SipMessage &response)
{
    m_transaction = 0;
    const int status = response.statusCode();
    if (m_stage == Stage::Standing)
        return refreshed(response);
    if (m_stage == Stage::Over)
        return;
    if (status < 300)
        return established(response);
    const std::optional<quint32> least = response.number("min-se");
    if (status == 422 && !m_hungUp && least && int(*least) > m_sessionSeconds && *least <= 86400) {
        m_sessionSeconds = m_minSeconds = int(*least); // once: the next number would have to be higher still
        return sendInvite();
    }
    const auto refused = events.refused;
    m_stage = Stage::Over;
    m_calls.forgetLater(this);
    if (refused && !m_hungUp)
        refused(status, QByteArray::number(status));
}

void SipInviteCall::established(const SipMessage &response)
{
    m_dialog.confirm(response);
    m_headers.clear();
    m_stage = Stage::Standing;
    m_calls.standing(this);
    sendAck(response.cseq());
    if (m_hungUp) { // the CANCEL came too late
        bye();
        return over({});
    }
    keepTime(response, true);
    if (const auto accepted = events.accepted)
        accepted(response);
}

void SipInviteCall::sendAck(quint32 cseq)
{
    SipRequest ack = m_dialog.request("ACK", cseq);
    via(ack);
    m_ack = ack.bytes();
    m_ackCseq = cseq;
    m_calls.m_support.transports.send(m_dialog.flow, m_ack);
}

bool SipInviteCall::acknowledgeAgain(quint32 cseq)
{
    if (m_ack.isEmpty() || cseq != m_ackCseq)
        return false;
    m_calls.m_support.transports.send(m_dialog.flow, m_ack);
    return true;
}

void SipInviteCall::accept(const SipExchange &exchange, const QByteArray &answer)
{
    const SipMessage &invite = exchange.request();
    m_dialog = SipDialog::ofCallee(invite, exchange.flow(), newSipTag());
    m_local = answer;
    m_stage = Stage::Standing;
    m_calls.standing(this);
    takeRefresh(exchange);
}

/// Answers an INVITE or an UPDATE with what stands, and with who keeps the session alive (RFC 4028 section 9).
void SipInviteCall::takeRefresh(const SipExchange &exchange)
{
    const SipMessage &request = exchange.request();
    const SipSettings &settings = m_calls.m_support.settings;
    SipResponse response(request, 200);
    response.source(exchange.flow().host().toLatin1(), exchange.flow().port).toTag(m_dialog.localTag).recordRoutes();
    response.header("Contact", contactValue()).header("Allow", allowed).header("Supported", "timer");
    const SessionExpires wish = sessionExpires(request);
    const bool peerKnows = request.supports("timer");
    m_sessionSeconds = wish.seconds == 0 ? settings.sessionSeconds : int(std::min(wish.seconds, quint32(settings.sessionSeconds)));
    m_sessionSeconds = std::max(m_sessionSeconds, int(request.number("min-se").value_or(0)));
    m_weRefresh = !peerKnows || wish.refresher == "uas";
    response.header("Session-Expires", QByteArray::number(m_sessionSeconds) + (m_weRefresh ? ";refresher=uas" : ";refresher=uac"));
    if (!m_weRefresh)
        response.header("Require", "timer");
    const bool isInvite = request.method() == "INVITE";
    if (isInvite || !request.contentType().isEmpty())
        response.body("application/sdp", m_local);
    const QByteArray bytes = response.bytes();
    exchange.send(200, response);
    armSessionTimer();
    if (!isInvite)
        return;
    // Section 13.3.1.4: ours to repeat until the ACK is there, over any transport
    Timers &timers = m_calls.m_support.timers;
    timers.cancel(m_answerTimer);
    m_answer = bytes;
    m_answerFlow = SipServerTransactions::answerFlow(request, exchange.flow());
    m_answerCseq = request.cseq();
    m_answerInterval = settings.t1;
    m_answerLeft = 64 * settings.t1;
    m_answerTimer = timers.start(m_answerInterval, [this] { repeatAnswer(); });
}

void SipInviteCall::repeatAnswer()
{
    const SipSettings &settings = m_calls.m_support.settings;
    m_answerTimer = 0;
    m_answerLeft -= m_answerInterval;
    if (m_answerLeft <= Milliseconds(0)) {
        bye();
        return over("no-ack");
    }
    m_calls.m_support.transports.send(m_answerFlow, m_answer);
    m_answerInterval = std::min(m_answerInterval * 2, settings.t2);
    m_answerTimer = m_calls.m_support.timers.start(m_answerInterval, [this] { repeatAnswer(); });
}

void SipInviteCall::acknowledged(quint32 cseq)
{
    if (cseq == m_answerCseq)
        m_calls.m_support.timers.cancel(m_answerTimer);
}

void SipInviteCall::take(const SipExchange &exchange)
{
    const SipMessage &request = exchange.request();
    if (!m_dialog.takeCseq(request.cseq()))
        return exchange.refuse({500, "cseq", {{"Retry-After", "1"}}});
    const QByteArrayView method = request.method();
    if (method == "BYE") {
        exchange.send(200, exchange.answer(200));
        return over("bye");
    }
    if (method == "OPTIONS")
        return exchange.send(200, exchange.answer(200).header("Allow", allowed));
    if (method != "INVITE" && method != "UPDATE")
        return exchange.refuse({405, "method-not-allowed", {{"Allow", allowed}}});
    if (m_transaction != 0)
        return exchange.refuse({491, "pending", {}});
    if (const std::optional<SipRefusal> refusal = m_calls.sessionTimerRefusal(request))
        return exchange.refuse(*refusal);
    takeRefresh(exchange);
}

/// From a 2xx to our INVITE (RFC 4028 section 7.2): no Session-Expires in it means no session timer.
void SipInviteCall::keepTime(const SipMessage &message, bool weCalled)
{
    const SessionExpires agreed = sessionExpires(message);
    m_sessionSeconds = agreed.seconds < quint32(m_calls.m_support.settings.minSessionSeconds) ? 0 : int(agreed.seconds);
    m_weRefresh = (agreed.refresher == "uas") != weCalled;
    armSessionTimer();
}

void SipInviteCall::armSessionTimer()
{
    Timers &timers = m_calls.m_support.timers;
    timers.cancel(m_sessionTimer);
    if (m_sessionSeconds == 0 || m_stage == Stage::Over)
        return;
    const int wait = m_weRefresh ? m_sessionSeconds / 2 : m_sessionSeconds - std::min(32, m_sessionSeconds / 3);
    m_sessionTimer = timers.start(Milliseconds(qint64(wait) * 1000), [this] {
        m_sessionTimer = 0;
        if (m_weRefresh)
            return refresh();
        bye();
        over("expired");
    });
}

void SipInviteCall::refresh()
{
    if (m_stage == Stage::Standing && m_transaction == 0)
        sendInvite();
}

void SipInviteCall::refreshed(const SipMessage &response)
{
    const int status = response.statusCode();
    if (status < 300) {
        if (!response.contacts().isEmpty())
            m_dialog.remoteTarget = response.contacts().first().uriText();
        sendAck(response.cseq());
        return keepTime(response, true);
    }
    if (status == 491 || status == 422 || status >= 500) { // section 14.1: once more, a little later
        if (!m_weRefresh)
            return armSessionTimer(); // the second time: it runs out
        if (const std::optional<quint32> least = response.number("min-se"); status == 422 && least && *least <= 86400)
            m_sessionSeconds = m_minSeconds = int(*least);
        const Milliseconds wait(2100 + QRandomGenerator::global()->bounded(1900));
        m_sessionTimer = m_calls.m_support.timers.start(wait, [this] {
            m_sessionTimer = 0;
            m_weRefresh = false; // a second failure lets it run out
            refresh();
        });
        return;
    }
    if (status != 481)
        bye();
    over("refresh-" + QByteArray::number(status));
}

void SipInviteCall::bye()
{
    if (m_stage != Stage::Standing)
        return;
    SipRequest request = m_dialog.request("BYE", ++m_dialog.localCseq);
    const QByteArray branch = via(request);
    m_calls.m_support.client.start(m_dialog.flow, branch, "BYE", request.bytes(), [](int) {},
                                   [](quint64, const SipClientAnswer &) {});
}

void SipInviteCall::hangUp()
{
    events = {};
    if (m_stage == Stage::Calling) {
        m_hungUp = true;
        m_calls.m_support.invites.cancel(m_transaction);
    } else if (m_stage == Stage::Standing) {
        bye();
        over({});
    }
}

void SipInviteCall::flowFailed(const QByteArray &code)
{
    if (m_stage == Stage::Standing)
        over(code);
}

void SipInviteCall::over(const QByteArray &code)
{
    if (m_stage == Stage::Over)
        return;
    m_stage = Stage::Over;
    Timers &timers = m_calls.m_support.timers;
    timers.cancel(m_answerTimer);
    timers.cancel(m_sessionTimer);
    m_calls.forgetLater(this);
    const auto ended = std::exchange(events, {}).ended;
    if (ended)
        ended(code);
}

} // namespace reveille
