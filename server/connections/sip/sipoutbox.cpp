// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipoutbox.h"

#include "connections/sip/sipconnection.h"
#include "connections/sip/sipinvitesessions.h"
#include "wire/sipbuilder.h"

namespace reveille {

namespace {

/// Whether an answer comes from the device: 408, 430 and 504 say that a proxy did not reach it, and of provisional
/// ones nobody knows who gave them.
bool isFromDevice(int status, bool proxied)
{
    return status != 408 && status != 430 && status != 504 && (status >= 200 || !proxied);
}

} // namespace

SipOutbox::SipOutbox(const SipSettings &settings, Clock &clock, SipTransports &transports,
                     SipClientTransactions &client, SipBindings &bindings, Registry &registry)
    : m_settings(settings)
    , m_clock(clock)
    , m_transports(transports)
    , m_client(client)
    , m_bindings(bindings)
    , m_registry(registry)
{
}

quint64 SipOutbox::message(const SipConnection &to, const PushMessage &push, SipClientTransactions::Done done,
                           QByteArray *head)
{
    SipRequest request("MESSAGE", to.contact());
    request.header("X-Reveille-Push", push.push.text().toUtf8());
    if (!push.application.isEmpty())
        request.header("X-Wap-Application-Id", push.application.toUtf8());
    if (!push.contentEncoding.isEmpty())
        request.header("Content-Encoding", push.contentEncoding.toUtf8());
    request.body(push.contentType.toUtf8(), push.body);
    return send(to, QByteArrayLiteral("MESSAGE"), request, std::move(done), head, Milliseconds(0));
}

quint64 SipOutbox::options(const SipConnection &to, SipClientTransactions::Done done, QByteArray *head)
{
    SipRequest request("OPTIONS", to.contact());
    request.header("Accept", "*/*");
    const Milliseconds now = m_clock.monotonic();
    const Milliseconds slot = std::max(m_nextProbe, now - m_settings.probeInterval * m_settings.probeBurst);
    m_nextProbe = slot + m_settings.probeInterval;
    return send(to, QByteArrayLiteral("OPTIONS"), request, std::move(done), head, slot - now);
}

quint64 SipOutbox::send(const SipConnection &to, const QByteArray &method, SipRequest &request,
                        SipClientTransactions::Done done, QByteArray *head, Milliseconds delay)
{
    const SipFlow flow = to.flow();
    const bool datagram = !flow.isStream();
    const QByteArray branch = newSipBranch();
    const auto [host, port] = m_transports.sentBy(flow);
    request.via(viaName(flow.transport), host, port, branch)
        .from("sip:reveille@" + m_settings.realm.toUtf8(), newSipTag())
        .to(to.user().toString().toUtf8())
        .callId(newSipCallId())
        .cseq(1);
    if (!to.path().isEmpty())
        request.header("Route", to.path().join(", "));
    const QByteArray bytes = request.bytes();
    *head = bytes.left(bytes.indexOf("\r\n\r\n") + 4);

    if (bytes.size() > (datagram ? largestDatagram : SipLimit::message))
        return m_client.answerLater(flow, {SipClientAnswer::Kind::Failed, 0, QByteArrayLiteral("too-large")},
                                    std::move(done));
    const auto heard = [this, method, id = to.id(), proxied = !to.path().isEmpty()](int status) {
        if (!isFromDevice(status, proxied))
            return;
        const QString subject = QString::fromLatin1(method) + u' ' + QString::number(status);
        m_registry.observe(id, {LivenessEvent::Kind::Proof, subject, 0, {}});
    };
    return m_client.start(flow, branch, method, bytes, heard, std::move(done), delay);
}

void SipOutbox::closed(const SipConnection &connection)
{
    m_bindings.remove(connection.user(), connection.id());
    if (m_sessions)
        m_sessions->closed(connection);
}

} // namespace reveille
