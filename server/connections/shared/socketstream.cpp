// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/bytestream.h"
#include "connections/shared/tcpwatch.h"

#include <QSslSocket>

namespace reveille {

SocketStream::SocketStream(QTcpSocket *socket, QObject *parent)
    : ByteStream(parent), m_socket(socket), m_watch(std::make_unique<TcpWatch>(socket->socketDescriptor()))
{
    m_peerAddress = socket->peerAddress();
    m_peerPort = socket->peerPort();
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readAtOnce);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    const auto read = [this] {
        const QByteArray bytes = m_isOver ? QByteArray() : m_socket->read(readAtOnce);
        if (!bytes.isEmpty())
            Q_EMIT received(bytes);
    };
    connect(m_socket, &QTcpSocket::readyRead, this, read);
    connect(m_socket, &QTcpSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (m_watch->wasReset())
            return end(Ending::Reset);
        if (error == QAbstractSocket::SocketTimeoutError)
            return end(Ending::TimedOut);
        end(error == QAbstractSocket::RemoteHostClosedError ? Ending::ByPeer : Ending::Failed);
    });
    connect(m_socket, &QTcpSocket::disconnected, this, [this] { end(Ending::ByPeer); });
    // What came with the last part of the handshake is told by no signal any more.
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, read, Qt::QueuedConnection);
}

SocketStream::~SocketStream() = default;

bool SocketStream::write(const QByteArray &bytes)
{
    return !m_isOver && m_socket->state() == QAbstractSocket::ConnectedState && m_socket->write(bytes) == bytes.size();
}

qint64 SocketStream::unsent() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

void SocketStream::closeGently()
{
    m_isOver = true;
    m_watch->release();
    m_socket->disconnectFromHost();
}

void SocketStream::abort()
{
    m_isOver = true;
    m_watch->release();
    m_socket->abort();
}

void SocketStream::end(Ending ending)
{
    if (m_isOver)
        return;
    abort();
    Q_EMIT ended(ending);
}

} // namespace reveille
