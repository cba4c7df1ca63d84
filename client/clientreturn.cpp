// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientreturn.h"

#include "client/endpoint.h"
#include "wire/sipbuilder.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace reveille {

QByteArray returnedBody(const PushClientSettings &settings, const SessionRequest &sir, QJsonObject content)
{
    content.insert(u"user"_s, settings.user.toString());
    content.insert(u"device"_s, settings.device.toString());
    content.insert(u"nonce"_s, QString::fromLatin1(sir.nonce.toHex()));
    return QJsonDocument(content).toJson(QJsonDocument::Compact);
}

ClientReturn::ClientReturn(const PushClientSettings &settings, const DigestSecret &secret, const FlowPeer &gateway,
                           const QByteArray &kind, QByteArray body, QObject *parent)
    : QObject(parent)
    , m_flow(gateway, flowSecurity(settings).valueOr({}))
    , m_requester(settings.t1, settings.requestTimeout)
    , m_secret(secret)
    , m_user(settings.user.toString().toUtf8())
    , m_callId(newSipCallId())
    , m_tag(newSipTag())
    , m_type("application/vnd.reveille." + kind + "+json")
    , m_body(std::move(body))
{
    connect(&m_flow, &ClientFlow::received, this, [this](const SipMessage &message) {
        if (message.isResponse())
            m_requester.take(message);
    });
    connect(&m_flow, &ClientFlow::opened, this, &ClientReturn::ask);
    connect(&m_flow, &ClientFlow::lost, this, [this] { finish(0); });
}

void ClientReturn::send(const QHostAddress &local)
{
    if (!m_flow.open(local))
        finish(0);
}

void ClientReturn::ask()
{
    const QByteArray branch = newSipBranch();
    const QByteArray uri = "sip:" + endpointText(m_flow.peer().address, m_flow.peer().port).toLatin1();
    SipRequest request("MESSAGE", uri);
    request
        .via(m_flow.viaTransport(), uriHostText(m_flow.localAddress()).toLatin1(), m_flow.localPort(), branch)
        .from(m_user, m_tag)
        .to(uri)
        .callId(m_callId)
        .cseq(++m_rounds);
    if (const auto [name, value] = m_secret.credentials("MESSAGE", uri); !name.isEmpty())
        request.header(name, value);
    request.body(m_type, m_body);
    m_requester.send(&m_flow, branch, request.bytes(), [this](const SipMessage *response) {
        const int status = response ? response->statusCode() : 0;
        if ((status == 401 || status == 407) && m_rounds < maxRounds && m_secret.take(*response))
            return ask();
        finish(status);
    });
}

void ClientReturn::finish(int status)
{
    Q_EMIT
    answered(status);
    deleteLater();
}

} // namespace reveille
