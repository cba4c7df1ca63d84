// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/wakelistener.h"

#include "client/endpoint.h"

#include <QNetworkDatagram>

namespace reveille {

WakeListener::WakeListener(QObject *parent)
    : QObject(parent)
{
    connect(&m_socket, &QUdpSocket::readyRead, this, &WakeListener::read);
}

Result<Done> WakeListener::listen(const QHostAddress &address, quint16 port)
{
    if (!m_socket.bind(address, port, QAbstractSocket::DontShareAddress))
        return Error{"client-bind", endpointText(address, port)};
    return Done{};
}

void WakeListener::close()
{
    m_socket.close();
}

quint16 WakeListener::port() const
{
    return m_socket.state() == QAbstractSocket::BoundState ? m_socket.localPort() : 0;
}

void WakeListener::read()
{
    int left = maxPerTurn;
    while (left-- > 0 && m_socket.hasPendingDatagrams()) {
        const QNetworkDatagram datagram = m_socket.receiveDatagram();
        if (datagram.isValid() && !m_deaf)
            Q_EMIT
        heard(datagram.data(), endpointText(datagram.senderAddress(), quint16(datagram.senderPort())));
    }
    if (m_socket.hasPendingDatagrams())
        QMetaObject::invokeMethod(this, &WakeListener::read, Qt::QueuedConnection);
}

} // namespace reveille
