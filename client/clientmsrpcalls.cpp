// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientmsrpcalls.h"

#include "client/endpoint.h"
#include "wire/sipbuilder.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

const char *const allowed = "INVITE, ACK, BYE, CANCEL, UPDATE, MESSAGE, OPTIONS";

} // namespace

struct ClientMsrpCalls::Call {
    QPointer<ClientFlow> flow;
    QByteArray callId, localTag, remoteTag, localUri, remoteUri, remoteTarget;
    QByteArrayList routes;
    quint32 localCseq = 0, remoteCseq = 0;
    bool stands = false;
    QByteArray description; ///< ours
    QByteArray answer;      ///< 200 to the last INVITE, repeated until its ACK comes
    QByteArray ack;         ///< of our INVITE
    Milliseconds interval{0};
    int repeats = 0;
    QTimer repeat, session;
    std::unique_ptr<ClientMsrpSession> msrp;
};

ClientMsrpCalls::ClientMsrpCalls(const PushClientSettings &settings, PushInbox &inbox, ClientRequester &requester,
                                 QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_inbox(inbox)
    , m_requester(requester)
{
}

ClientMsrpCalls::~ClientMsrpCalls() = default;

void ClientMsrpCalls::close()
{
    const auto calls = std::exchange(m_calls, {});
    for (const auto &call : calls) {
        call->msrp->disconnect(this);
        call->msrp->close();
        call->msrp.release()->deleteLater(); // it may be telling us something
    }
}

ClientMsrpCalls::Call *ClientMsrpCalls::find(const SipMessage &request) const
{
    for (const auto &call : m_calls) {
        const bool same = call->callId == request.callId() && call->remoteTag == request.fromTag();
        if (same && (request.toTag().isEmpty() || request.toTag() == call->localTag))
            return call.get();
    }
    return nullptr;
}

bool ClientMsrpCalls::take(ClientFlow *flow, const SipMessage &request)
{
    Call *call = find(request);
    const QByteArrayView method = request.method();
    if (method == "ACK") {
        if (call)
            call->repeat.stop();
        return true;
    }
    if (call && !request.toTag().isEmpty()) {
        takeInCall(flow, *call, request);
        return true;
    }
    if (m_settings.maxMessage <= 0)
        return false; // as if there were no sessions
    if (method != "INVITE")
        return false;
    if (!request.toTag().isEmpty())
        flow->send(SipResponse(request, 481).bytes());
    else if (call && request.cseq() == call->remoteCseq)
        flow->send(call->answer);
    else
        takeInvite(flow, request);
    return true;
}

std::unique_ptr<ClientMsrpCalls::Call> ClientMsrpCalls::newCall(ClientFlow *flow, bool secure)
{
    auto call = std::make_unique<Call>();
    Call *raw = call.get();
    call->flow = flow;
    call->localTag = newSipTag();
    call->msrp = std::make_unique<ClientMsrpSession>(m_inbox, secure, flow->localAddress(), m_settings.maxMessage);
    call->description = call->msrp->description().bytes();
    call->repeat.setSingleShot(true);
    call->session.setSingleShot(true);
    connect(call->msrp.get(), &ClientMsrpSession::pushReceived, this, &ClientMsrpCalls::pushReceived);
    connect(call->msrp.get(), &ClientMsrpSession::lost, this, [this, raw](const QByteArray &reason) {
        hangUp(raw, reason, true);
    }, Qt::QueuedConnection);
    connect(&call->session, &QTimer::timeout, this, [this, raw] { hangUp(raw, "expired", true); });
    connect(&call->repeat, &QTimer::timeout, this, [this, raw] {
        if (++raw->repeats > 10) // 32 s at 500 ms doubling to 4 s
            return hangUp(raw, "no-ack", true);
        if (raw->flow)
            raw->flow->send(raw->answer);
        raw->interval = std::min(raw->interval * 2, ClientRequester::t2);
        raw->repeat.start(raw->interval);
    });
    return call;
}

/// Where the server says it listens has to be where it is.
QHostAddress ClientMsrpCalls::addressOf(const ClientFlow &flow, const SdpMsrp &remote) const
{
    const MsrpUri uri = remote.path.size() == 1 ? MsrpUri::parse(remote.path.first()).valueOr({}) : MsrpUri();
    const QString host = QString::fromLatin1(uri.host);
    const QHostAddress address(host);
    if (address.isNull())
        return !host.isEmpty() && host.compare(m_settings.registrarName, Qt::CaseInsensitive) == 0 ? flow.peer().address : QHostAddress();
    if (address.isEqual(flow.peer().address, QHostAddress::TolerantConversion))
        return address;
    for (const QString &gateway : m_settings.gateways) {
        const std::optional<HostAndPort> place = splitHostAndPort(gateway);
        if (place && QHostAddress(place->host).isEqual(address))
            return address;
    }
    return {};
}

void ClientMsrpCalls::takeInvite(ClientFlow *flow, const SipMessage &request)
{
    const auto refuse = [&](int status) { flow->send(SipResponse(request, status).toTag(newSipTag()).header("Allow", allowed).bytes()); };
    if (m_inbox.refusal() != 0)
        return refuse(m_inbox.refusal());
    if (m_calls.size() >= size_t(maxCalls))
        return refuse(486);
    const Result<SdpMsrp> offer = SdpMsrp::parse(request.body());
    if (!offer || offer->port == 0 || offer->direction == SdpDirection::RecvOnly || offer->direction == SdpDirection::Inactive)
        return refuse(488);
    const QHostAddress address = addressOf(*flow, *offer);
    if (address.isNull() || sdpAnswerTo(offer->setup, SdpSetup::Active) != SdpSetup::Active)
        return refuse(488);
    std::unique_ptr<Call> call = newCall(flow, offer->secure);
    call->callId = request.callId().toByteArray();
    call->remoteTag = request.fromTag();
    call->localUri = request.to().uri.text;
    call->remoteUri = request.from().uri.text;
    call->remoteCseq = request.cseq();
    call->remoteTarget = request.contacts().isEmpty() ? call->remoteUri : request.contacts().first().uriText();
    for (const QByteArrayView route : request.values("record-route"))
        call->routes.append(route.toByteArray());
    call->stands = true;
    Call *raw = call.get();
    m_calls.push_back(std::move(call));
    accept(flow, *raw, request);
    begin(*raw, *offer, address);
}

/// 200 to an INVITE or an UPDATE; the server, which asked, keeps the session alive.
void ClientMsrpCalls::accept(ClientFlow *flow, Call &call, const SipMessage &request)
{
    SipResponse response(request, 200);
    response.toTag(call.localTag).recordRoutes().header("Allow", allowed).header("Supported", "timer");
    response.header("Contact", '<' + ("sip:" + m_settings.user.localPart().toUtf8()) + '@' +
                                   endpointText(flow->localAddress(), flow->localPort()).toLatin1() + '>');
    const quint32 seconds = request.header("session-expires").toByteArray().split(';').value(0).trimmed().toUInt();
    if (seconds > 0) {
        response.header("Session-Expires", QByteArray::number(seconds) + ";refresher=uac").header("Require", "timer");
        call.session.start(int(std::min(seconds, 86400U)) * 1000);
    }
    if (request.method() == "INVITE" || !request.contentType().isEmpty())
        response.body("application/sdp", call.description);
    const QByteArray bytes = response.bytes();
    flow->send(bytes);
    if (request.method() != "INVITE")
        return;
    call.answer = bytes;
    call.repeats = 0;
    call.interval = m_settings.t1;
    call.repeat.start(call.interval);
}

void ClientMsrpCalls::begin(Call &call, const SdpMsrp &remote, const QHostAddress &address)
{
    call.msrp->start(remote, address);
    const MsrpUri uri = MsrpUri::parse(remote.path.first()).valueOr({});
    Q_EMIT happened(u"session-opened"_s, {{u"peer"_s, endpointText(address, uri.port)}, {u"secure"_s, uri.secure}});
}

void ClientMsrpCalls::takeInCall(ClientFlow *flow, Call &call, const SipMessage &request)
{
    const QByteArrayView method = request.method();
    if (request.cseq() <= call.remoteCseq) {
        const bool again = method == "INVITE" && request.cseq() == call.remoteCseq;
        flow->send(again ? call.answer : SipResponse(request, 500).bytes());
        return;
    }
    call.remoteCseq = request.cseq();
    if (method == "BYE") {
        flow->send(SipResponse(request, 200).bytes());
        return hangUp(&call, "bye", false);
    }
    if (method == "INVITE" || method == "UPDATE")
        return accept(flow, call, request);
    flow->send(SipResponse(request, method == "OPTIONS" ? 200 : 405).header("Allow", allowed).bytes());
}

QByteArray ClientMsrpCalls::request(ClientFlow *flow, Call &call, const QByteArray &method, quint32 cseq, QByteArray *branch,
                                    const QByteArray &body) const
{
    const QByteArray local = endpointText(flow->localAddress(), flow->localPort()).toLatin1();
    *branch = newSipBranch();
    SipRequest request(method, call.remoteTarget);
    request.via(flow->viaTransport(), uriHostText(flow->localAddress()).toLatin1(), flow->localPort(), *branch)
        .from(call.localUri, call.localTag)
        .to(call.remoteUri, call.remoteTag)
        .callId(call.callId)
        .cseq(cseq);
    if (!call.routes.isEmpty())
        request.header("Route", call.routes.join(", "));
    if (method == "INVITE")
        request.header("Contact", "<sip:" + m_settings.user.localPart().toUtf8() + '@' + local + '>')
            .header("Allow", allowed)
            .header("Supported", "timer")
            .header("Session-Expires", "1800;refresher=uas")
            .body("application/sdp", body);
    return request.bytes();
}

void ClientMsrpCalls::invite(ClientFlow *flow)
{
    if (m_settings.maxMessage <= 0 || !m_calls.empty())
        return;
    std::unique_ptr<Call> call = newCall(flow, flow->peer().transport == ClientTransport::Tls);
    call->callId = newSipCallId();
    call->localUri = m_settings.user.toString().toUtf8();
    call->remoteUri = call->remoteTarget = "sip:reveille@" + m_settings.user.host().toUtf8();
    call->localCseq = 1;
    QByteArray branch;
    const QByteArray bytes = request(flow, *call, "INVITE", 1, &branch, call->description);
    const QByteArray callId = call->callId;
    m_calls.push_back(std::move(call));
    m_requester.send(flow, branch, bytes, [this, guard = QPointer<ClientFlow>(flow), callId, bytes](const SipMessage *response) {
        answered(guard, callId, bytes, response);
    });
}

void ClientMsrpCalls::answered(ClientFlow *flow, const QByteArray &callId, const QByteArray &invite, const SipMessage *response)
{
    const auto found = std::find_if(m_calls.begin(), m_calls.end(), [&](const auto &call) { return call->callId == callId; });
    if (found == m_calls.end())
        return;
    Call &call = **found;
    const int status = response ? response->statusCode() : 0;
    if (!flow || status < 200 || status > 299) {
        const auto sent = SipMessage::parse(invite);
        if (flow && response && sent)
            flow->send(sipAckFor(*sent, *response));
        Q_EMIT happened(u"session-refused"_s, {{u"status"_s, status}});
        m_calls.erase(found);
        return;
    }
    call.stands = true;
    call.remoteTag = response->toTag();
    if (!response->contacts().isEmpty())
        call.remoteTarget = response->contacts().first().uriText();
    for (const QByteArrayView route : response->values("record-route"))
        call.routes.prepend(route.toByteArray());
    QByteArray branch;
    call.ack = request(flow, call, "ACK", 1, &branch);
    flow->send(call.ack);
    const Result<SdpMsrp> answer = SdpMsrp::parse(response->body());
    const QHostAddress address = answer ? addressOf(*flow, *answer) : QHostAddress();
    if (address.isNull() || answer->setup == SdpSetup::Active)
        return hangUp(&call, "session-answer", true);
    begin(call, *answer, address);
}

void ClientMsrpCalls::takeAgain(ClientFlow *flow, const SipMessage &response)
{
    for (const auto &call : m_calls) {
        if (call->callId == response.callId() && response.cseqMethod() == "INVITE" && !call->ack.isEmpty())
            flow->send(call->ack);
    }
}

void ClientMsrpCalls::hangUp(Call *call, const QByteArray &reason, bool tellServer)
{
    const auto found = std::find_if(m_calls.begin(), m_calls.end(), [&](const auto &one) { return one.get() == call; });
    if (found == m_calls.end())
        return;
    const std::unique_ptr<Call> gone = std::move(*found);
    m_calls.erase(found);
    gone->msrp->disconnect(this);
    gone->msrp->close();
    gone->msrp.release()->deleteLater();
    if (tellServer && gone->stands && gone->flow) {
        QByteArray branch;
        const QByteArray bytes = request(gone->flow, *gone, "BYE", ++gone->localCseq, &branch);
        m_requester.send(gone->flow, branch, bytes, [](const SipMessage *) {});
    }
    Q_EMIT happened(u"session-closed"_s, {{u"reason"_s, QString::fromLatin1(reason)}});
}

} // namespace reveille
