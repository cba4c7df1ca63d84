// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientflow.h"

#include "client/endpoint.h"
#include "wire/stun.h"

#include <QNetworkDatagram>
#include <QNetworkProxy>

namespace reveille {

ClientFlow::ClientFlow(FlowPeer peer, FlowSecurity security, QObject *parent)
    : QObject(parent)
    , m_peer(std::move(peer))
    , m_security(std::move(security))
{
    m_tcp.setProxy(QNetworkProxy::NoProxy);
    m_udp.setProxy(QNetworkProxy::NoProxy);
    connect(&m_udp, &QUdpSocket::readyRead, this, &ClientFlow::readDatagrams);
    connect(&m_tcp, &QSslSocket::readyRead, this, &ClientFlow::readStream);
    connect(&m_tcp, &QSslSocket::errorOccurred, this, &ClientFlow::onError);
    if (m_peer.transport == ClientTransport::Tls) {
        m_tcp.setSslConfiguration(m_security.tls);
        m_tcp.setPeerVerifyName(m_security.serverName);
        connect(&m_tcp, &QSslSocket::connected, this, [this] { m_tcp.startClientEncryption(); });
        connect(&m_tcp, &QSslSocket::encrypted, this, &ClientFlow::onOpened);
    } else {
        connect(&m_tcp, &QSslSocket::connected, this, &ClientFlow::onOpened);
    }
}

void ClientFlow::onOpened()
{
    m_open = true;
    m_tcp.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    Q_EMIT
    opened();
}

void ClientFlow::onError(QAbstractSocket::SocketError error)
{
    if (error == QAbstractSocket::RemoteHostClosedError)
        lose("closed-by-peer");
    else if (error == QAbstractSocket::SslHandshakeFailedError)
        lose("tls-handshake");
    else
        lose(m_open ? "connection-failed" : "connect-failed");
}

Result<Done> ClientFlow::open(const QHostAddress &local)
{
    if (!isUdp()) {
        if (!m_tcp.bind(local))
            return Error{"client-bind", endpointText(local, 0)};
        m_tcp.connectToHost(m_peer.address, m_peer.port);
        return Done{};
    }
    if (!m_udp.bind(local, 0))
        return Error{"client-bind", endpointText(local, 0)};
    m_open = true;
    QMetaObject::invokeMethod(this, &ClientFlow::opened, Qt::QueuedConnection);
    return Done{};
}

void ClientFlow::send(const QByteArray &octets)
{
    if (m_silent || !m_open || m_isLost)
        return;
    if (isUdp())
        m_udp.writeDatagram(octets, m_peer.address, m_peer.port);
    else
        m_tcp.write(octets);
}

const char *ClientFlow::viaTransport() const
{
    return isUdp() ? "UDP" : m_peer.transport == ClientTransport::Tls ? "TLS" : "TCP";
}

QHostAddress ClientFlow::localAddress() const
{
    return isUdp() ? m_udp.localAddress() : m_tcp.localAddress();
}

quint16 ClientFlow::localPort() const
{
    return isUdp() ? m_udp.localPort() : m_tcp.localPort();
}

void ClientFlow::readDatagrams()
{
    int left = maxPerTurn;
    while (left-- > 0 && m_udp.hasPendingDatagrams()) {
        const QNetworkDatagram datagram = m_udp.receiveDatagram();
        const bool fromPeer = datagram.isValid() && datagram.senderAddress().isEqual(m_peer.address);
        if (m_silent || !fromPeer || datagram.data().isEmpty())
            continue;
        if (isStun(datagram.data()))
            Q_EMIT
        stunReceived(datagram.data());
        else if (datagram.data().trimmed().isEmpty()) Q_EMIT
        pongReceived();
        else take(datagram.data());
    }
    if (m_udp.hasPendingDatagrams())
        QMetaObject::invokeMethod(this, &ClientFlow::readDatagrams, Qt::QueuedConnection);
}

void ClientFlow::readStream()
{
    const QByteArray octets = m_tcp.readAll();
    if (m_silent)
        return;
    m_framer.append(octets);
    while (!m_isLost) {
        const SipFramer::Item item = m_framer.next();
        switch (item.event) {
        case SipFramer::Event::Incomplete:
            return;
        case SipFramer::Event::Message:
            take(item.bytes);
            break;
        case SipFramer::Event::Ping:
        case SipFramer::Event::Pong:
            Q_EMIT
            pongReceived();
            break;
        case SipFramer::Event::Failed:
            lose("broken-stream");
            return;
        }
    }
}

void ClientFlow::take(const QByteArray &octets)
{
    const Result<SipMessage, SipRejection> message = SipMessage::parse(octets);
    if (message)
        Q_EMIT
    received(*message);
    else if (message.error().status != 0 && message.error().request.answerable) Q_EMIT
    unreadable(message.error().request, message.error().status);
}

void ClientFlow::lose(const QByteArray &reason)
{
    if (m_isLost || m_silent)
        return;
    m_isLost = true;
    Q_EMIT
    lost(reason);
}

QHostAddress addressTowards(const QHostAddress &peer)
{
    QUdpSocket probe;
    probe.setProxy(QNetworkProxy::NoProxy);
    probe.connectToHost(peer, 9);
    return probe.waitForConnected(1000) ? probe.localAddress() : QHostAddress();
}

} // namespace reveille
