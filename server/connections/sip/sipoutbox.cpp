// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipoutbox.h"

#include "connections/sip/sipconnection.h"
#include "connections/sip/sipinvitesessions.h"
#include "wire/cpim.h"
#include "wire/sipbuilder.h"

namespace reveille {

namespace {

constexpr qsizetype roomForHead = 700; ///< octets of what stands before a body, where the Contact and the user are not very long

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
    if (push.confirm)
        request.header("X-Reveille-Confirm", "yes");
    const QByteArray wrapped = push.confirm && to.takesCpim() ? asCpim(to, push) : QByteArray();
    const bool isWrapped = !wrapped.isEmpty() && (to.flow().isStream() || wrapped.size() <= largestDatagram - roomForHead);
    if (!push.contentEncoding.isEmpty() && !isWrapped)
        request.header("Content-Encoding", push.contentEncoding.toUtf8());
    if (isWrapped)
        request.body(cpimType, wrapped);
    else
        request.body(push.contentType.toUtf8(), push.body);
    const QByteArray callId = push.push.text().toUtf8() + '.' + newSipCallId();
    return send(to, QByteArrayLiteral("MESSAGE"), callId, request, std::move(done), head, Milliseconds(0));
}

QByteArray SipOutbox::asCpim(const SipConnection &to, const PushMessage &push) const
{
    Cpim message;
    message.from = "sip:reveille@" + m_settings.realm.toUtf8();
    message.to = to.user().toString().toUtf8();
    message.dateTime = m_clock.now().toIso().toLatin1();
    message.messageId = push.push.text().toUtf8();
    message.dispositions = "positive-delivery, negative-delivery, display";
    message.contentType = push.contentType.toUtf8();
    message.contentEncoding = push.contentEncoding.toUtf8();
    message.body = push.body;
    return message.toBytes();
}

quint64 SipOutbox::options(const SipConnection &to, SipClientTransactions::Done done, QByteArray *head)
{
    SipRequest request("OPTIONS", to.contact());
    request.header("Accept", "*/*");
    const Milliseconds now = m_clock.monotonic();
    const Milliseconds slot = std::max(m_nextProbe, now - m_settings.probeInterval * m_settings.probeBurst);
    m_nextProbe = slot + m_settings.probeInterval;
    return send(to, QByteArrayLiteral("OPTIONS"), newSipCallId(), request, std::move(done), head, slot - now);
}

quint64 SipOutbox::send(const SipConnection &to, const QByteArray &method, const QByteArray &callId,
                        SipRequest &request, SipClientTransactions::Done done, QByteArray *head, Milliseconds delay)
{
    const SipFlow flow = to.flow();
    const bool datagram = !flow.isStream();
    const QByteArray branch = newSipBranch();
    const auto [host, port] = m_transports.sentBy(flow);
    request.via(viaName(flow.transport), host, port, branch)
        .from("sip:reveille@" + m_settings.realm.toUtf8(), newSipTag())
        .to(to.user().toString().toUtf8())
        .callId(callId)
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
