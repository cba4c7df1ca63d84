// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientkeepalive.h"

#include "client/endpoint.h"
#include "wire/sipbuilder.h"
#include "wire/stun.h"

#include <QRandomGenerator>

namespace reveille {

QByteArray mappedAddress(const IpAddress &address, quint16 port)
{
    return address.bytes() + ':' + QByteArray::number(port);
}

ClientKeepAlive::ClientKeepAlive(ClientRequester &requester, QObject *parent)
    : QObject(parent)
    , m_requester(requester)
{
    m_next.setSingleShot(true);
    m_wait.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &ClientKeepAlive::send);
    connect(&m_wait, &QTimer::timeout, this, &ClientKeepAlive::missed);
}

void ClientKeepAlive::start(ClientFlow *flow, KeepAliveKind kind, Milliseconds interval,
                            const PublicUserId &user, const QByteArray &mapped)
{
    if (flow != m_flow || !mapped.isEmpty())
        m_mapped = mapped;
    if (flow != m_flow) {
        m_stunTransaction.clear();
    }
    m_flow = flow;
    m_kind = kind == KeepAliveKind::Stun && !flow->isUdp() ? KeepAliveKind::Crlf : kind;
    m_interval = interval;
    m_user = user;
    answered();
}

void ClientKeepAlive::stop()
{
    m_next.stop();
    m_wait.stop();
    m_flow = nullptr;
}

void ClientKeepAlive::takeStun(const QByteArray &datagram)
{
    const Result<StunResponse> response = parseStunResponse(datagram);
    if (!response || m_stunTransaction.isEmpty() || response->transaction != m_stunTransaction)
        return;
    m_stunTransaction.clear();
    answered();
    const QByteArray mapped = mappedAddress(response->mapped, response->port);
    const bool changed = !m_mapped.isEmpty() && mapped != m_mapped;
    m_mapped = mapped;
    if (changed)
        Q_EMIT
    mappedAddressChanged();
}

void ClientKeepAlive::takePong()
{
    if (m_kind == KeepAliveKind::Crlf && m_flow && m_wait.isActive())
        answered();
}

void ClientKeepAlive::send()
{
    if (!m_flow)
        return;
    switch (m_kind) {
    case KeepAliveKind::None:
        return;
    case KeepAliveKind::Crlf:
        m_flow->send("\r\n\r\n");
        if (m_flow->isUdp())
            answered();
        else
            m_wait.start(pongTime);
        return;
    case KeepAliveKind::Stun: {
        QByteArray transaction(stunTransactionSize, Qt::Uninitialized);
        for (char &octet : transaction)
            octet = char(QRandomGenerator::system()->bounded(256));
        m_stunTransaction = transaction;
        m_sends = 1;
        m_flow->send(encodeStunRequest(m_stunTransaction));
        m_wait.start(stunFirstRepeat);
        return;
    }
    case KeepAliveKind::Options:
        sendOptions();
        return;
    }
}

void ClientKeepAlive::sendOptions()
{
    const QByteArray branch = newSipBranch();
    const QByteArray user = m_user.toString().toUtf8();
    const QByteArray uri = "sip:" + endpointText(m_flow->peer().address, m_flow->peer().port).toLatin1();
    SipRequest request("OPTIONS", uri);
    const QByteArray host = uriHostText(m_flow->localAddress()).toLatin1();
    request.via(m_flow->viaTransport(), host, m_flow->localPort(), branch)
        .from(user, newSipTag())
        .to(uri)
        .callId(newSipCallId())
        .header("Accept", "*/*");
    m_requester.send(m_flow, branch, request.bytes(), [this, flow = m_flow](const SipMessage *response) {
        if (flow.isNull() || flow != m_flow)
            return;
        if (response)
            answered();
        else
            Q_EMIT
        lost();
    });
}

void ClientKeepAlive::missed()
{
    if (m_kind == KeepAliveKind::Stun && m_flow && m_sends < stunSends) {
        m_flow->send(encodeStunRequest(m_stunTransaction));
        m_wait.start(stunFirstRepeat * (1 << m_sends));
        ++m_sends;
        return;
    }
    Q_EMIT
    lost();
}

void ClientKeepAlive::answered()
{
    m_wait.stop();
    const int percent = QRandomGenerator::global()->bounded(80, 101);
    if (m_kind != KeepAliveKind::None)
        m_next.start(m_interval * percent / 100);
}

} // namespace reveille
