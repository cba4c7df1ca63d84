// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientmessage.h"

#include "client/endpoint.h"
#include "wire/sipbuilder.h"

namespace reveille {

ClientMessage::ClientMessage(ClientRequester &requester, DigestSecret &secret, QByteArray user, QByteArray type,
                             QByteArray body, QObject *parent)
    : QObject(parent)
    , m_requester(requester)
    , m_secret(secret)
    , m_user(std::move(user))
    , m_callId(newSipCallId())
    , m_tag(newSipTag())
    , m_type(std::move(type))
    , m_body(std::move(body))
{
}

void ClientMessage::send(ClientFlow *flow)
{
    m_flow = flow;
    ask();
}

void ClientMessage::ask()
{
    const QByteArray branch = newSipBranch();
    const QByteArray uri = "sip:" + endpointText(m_flow->peer().address, m_flow->peer().port).toLatin1();
    SipRequest request("MESSAGE", uri);
    request
        .via(m_flow->viaTransport(), uriHostText(m_flow->localAddress()).toLatin1(), m_flow->localPort(), branch)
        .from(m_user, m_tag)
        .to(uri)
        .callId(m_callId)
        .cseq(++m_rounds);
    if (const auto [name, value] = m_secret.credentials("MESSAGE", uri); !name.isEmpty())
        request.header(name, value);
    request.body(m_type, m_body);
    m_requester.send(m_flow, branch, request.bytes(), [this, guard = QPointer<ClientMessage>(this)](const SipMessage *response) {
        if (!guard)
            return;
        const int status = response ? response->statusCode() : 0;
        if ((status == 401 || status == 407) && m_rounds < maxRounds && m_flow && m_secret.take(*response))
            return ask();
        Q_EMIT answered(status);
    });
}

} // namespace reveille
