// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/datagrampath.h"

#include "client/endpoint.h"

#include <QNetworkDatagram>
#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslPreSharedKeyAuthenticator>

namespace reveille {

DatagramPath::DatagramPath(const QHostAddress &peer, quint16 port, std::optional<Identity> identity,
                           QObject *parent)
    : QObject(parent)
    , m_peer(peer)
    , m_port(port)
    , m_identity(std::move(identity))
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    connect(&m_socket, &QUdpSocket::readyRead, this, &DatagramPath::read);
}

Result<Done> DatagramPath::open(const QHostAddress &local)
{
    if (!m_socket.bind(local, 0))
        return Error{"client-bind", endpointText(local, 0)};
    if (!m_identity) {
        m_open = true;
        QMetaObject::invokeMethod(this, &DatagramPath::opened, Qt::QueuedConnection);
        return Done{};
    }
    m_dtls = std::make_unique<QDtls>(QSslSocket::SslClientMode);
    QSslConfiguration configuration = QSslConfiguration::defaultDtlsConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone); // both ends prove the key instead
    m_dtls->setDtlsConfiguration(configuration);
    m_dtls->setPeer(m_peer, m_port);
    connect(m_dtls.get(), &QDtls::pskRequired, this, [this](QSslPreSharedKeyAuthenticator *asked) {
        asked->setIdentity(m_identity->name);
        asked->setPreSharedKey(m_identity->key);
    });
    connect(m_dtls.get(), &QDtls::handshakeTimeout, this, [this] {
        if (!m_silent && !m_dtls->handleTimeout(&m_socket))
            lose("dtls-handshake");
    });
    if (!m_dtls->doHandshake(&m_socket))
        QMetaObject::invokeMethod(
            this, [this] { lose("dtls-handshake"); }, Qt::QueuedConnection);
    return Done{};
}

void DatagramPath::send(const QByteArray &datagram)
{
    if (m_silent || !m_open || m_isLost)
        return;
    if (m_dtls)
        m_dtls->writeDatagramEncrypted(&m_socket, datagram);
    else
        m_socket.writeDatagram(datagram, m_peer, m_port);
}

QString DatagramPath::peerText() const
{
    return endpointText(m_peer, m_port);
}

QString DatagramPath::localText() const
{
    return endpointText(m_socket.localAddress(), m_socket.localPort());
}

void DatagramPath::read()
{
    int left = maxPerTurn;
    while (left-- > 0 && m_socket.hasPendingDatagrams()) {
        const QNetworkDatagram datagram = m_socket.receiveDatagram();
        const bool fromPeer =
            datagram.isValid() && datagram.senderAddress().isEqual(m_peer) && datagram.senderPort() == m_port;
        if (m_silent || m_isLost || !fromPeer)
            continue;
        if (m_dtls)
            takeDtls(datagram.data());
        else
            Q_EMIT
        received(datagram.data());
    }
    if (m_socket.hasPendingDatagrams())
        QMetaObject::invokeMethod(this, &DatagramPath::read, Qt::QueuedConnection);
}

void DatagramPath::takeDtls(QByteArray datagram)
{
    if (!m_dtls->isConnectionEncrypted()) {
        if (!m_dtls->doHandshake(&m_socket, datagram)) {
            lose("dtls-handshake");
        } else if (m_dtls->isConnectionEncrypted()) {
            m_open = true;
            Q_EMIT
            opened();
        }
        return;
    }
    const QByteArray plain = m_dtls->decryptDatagram(&m_socket, datagram);
    if (m_dtls->dtlsError() == QDtlsError::RemoteClosedConnectionError)
        lose("closed-by-peer");
    else if (!plain.isEmpty())
        Q_EMIT
    received(plain);
}

void DatagramPath::lose(const QByteArray &reason)
{
    if (m_isLost || m_silent)
        return;
    m_isLost = true;
    Q_EMIT
    lost(reason);
}

} // namespace reveille
