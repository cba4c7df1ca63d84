// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientreturn.h"

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
    , m_message(m_requester, m_secret, settings.user.toString().toUtf8(), "application/vnd.reveille." + kind + "+json",
                std::move(body), nullptr)
{
    connect(&m_flow, &ClientFlow::received, this, [this](const SipMessage &message) {
        if (message.isResponse())
            m_requester.take(message);
    });
    connect(&m_flow, &ClientFlow::opened, this, [this] { m_message.send(&m_flow); });
    connect(&m_flow, &ClientFlow::lost, this, [this] { finish(0); });
    connect(&m_message, &ClientMessage::answered, this, &ClientReturn::finish);
}

void ClientReturn::send(const QHostAddress &local)
{
    if (!m_flow.open(local))
        finish(0);
}

void ClientReturn::finish(int status)
{
    Q_EMIT
    answered(status);
    deleteLater();
}

} // namespace reveille
