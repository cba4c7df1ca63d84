// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientrefusal.h"

#include "client/endpoint.h"
#include "wire/sipbuilder.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace reveille {

ClientRefusal::ClientRefusal(const PushClientSettings &settings, const FlowPeer &gateway,
                             const SessionRequest &sir, int status, QObject *parent)
    : QObject(parent)
    , m_flow(gateway, flowSecurity(settings).valueOr({}))
    , m_requester(settings.t1, settings.requestTimeout)
    , m_user(settings.user.toString().toUtf8())
    , m_body(QJsonDocument(QJsonObject{{u"user"_s, settings.user.toString()},
                                       {u"device"_s, settings.device.toString()},
                                       {u"nonce"_s, QString::fromLatin1(sir.nonce.toHex())},
                                       {u"status"_s, status}})
                 .toJson(QJsonDocument::Compact))
{
    connect(&m_flow, &ClientFlow::received, this, [this](const SipMessage &message) {
        if (message.isResponse())
            m_requester.take(message);
    });
    connect(&m_flow, &ClientFlow::opened, this, &ClientRefusal::ask);
    connect(&m_flow, &ClientFlow::lost, this, [this] {
        Q_EMIT
        answered(0);
        deleteLater();
    });
}

void ClientRefusal::send(const QHostAddress &local)
{
    if (!m_flow.open(local)) {
        Q_EMIT
        answered(0);
        deleteLater();
    }
}

void ClientRefusal::ask()
{
    const QByteArray branch = newSipBranch();
    const QByteArray uri = "sip:" + endpointText(m_flow.peer().address, m_flow.peer().port).toLatin1();
    SipRequest request("MESSAGE", uri);
    request
        .via(m_flow.viaTransport(), uriHostText(m_flow.localAddress()).toLatin1(), m_flow.localPort(), branch)
        .from(m_user, newSipTag())
        .to(uri)
        .callId(newSipCallId())
        .body("application/vnd.reveille.refusal+json", m_body);
    m_requester.send(&m_flow, branch, request.bytes(), [this](const SipMessage *response) {
        Q_EMIT
        answered(response ? response->statusCode() : 0);
        deleteLater();
    });
}

} // namespace reveille
