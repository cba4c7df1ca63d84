// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipstream.h"

#include "connections/sip/siplog.h"

#include <QSslSocket>

namespace reveille {

namespace {
constexpr qint64 readAtOnce = 64 * 1024;

/// What the peer has not taken yet; over TLS what is encrypted already counts too.
qint64 unsent(const QTcpSocket &socket)
{
    const auto *tls = qobject_cast<const QSslSocket *>(&socket);
    return socket.bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}
} // namespace

SipStream::SipStream(QTcpSocket *socket, SipTransport transport, quint64 number, qint64 maxWriteBuffer,
                     QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_watch(socket->socketDescriptor())
    , m_flow(SipFlow::of(transport, socket->peerAddress(), socket->peerPort(), number))
    , m_maxWriteBuffer(maxWriteBuffer)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readAtOnce);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &SipStream::read);
    connect(m_socket, &QTcpSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        end(error != QAbstractSocket::RemoteHostClosedError || m_watch.wasReset());
    });
    connect(m_socket, &QTcpSocket::disconnected, this, [this] { end(false); });
    // What came along with the end of a TLS handshake is announced to nobody any more.
    QMetaObject::invokeMethod(this, &SipStream::read, Qt::QueuedConnection);
}

bool SipStream::send(const QByteArray &bytes)
{
    if (m_ended || m_socket->state() != QAbstractSocket::ConnectedState)
        return false;
    if (unsent(*m_socket) + bytes.size() > m_maxWriteBuffer) {
        qCInfo(sipLog) << toText(m_flow.transport) << "peer does not read" << m_flow.peer();
        // The caller may be in the middle of something that ends with this stream.
        QMetaObject::invokeMethod(
            this, [this] { end(true); }, Qt::QueuedConnection);
        return false;
    }
    return m_socket->write(bytes) == bytes.size();
}

void SipStream::abort()
{
    m_ended = true;
    m_watch.release();
    m_socket->abort();
}

void SipStream::closeGently()
{
    m_ended = true;
    m_watch.release();
    m_socket->disconnectFromHost();
}

void SipStream::end(bool reset)
{
    if (m_ended)
        return;
    abort();
    Q_EMIT closed(reset);
}

void SipStream::read()
{
    while (!m_ended && m_socket->bytesAvailable() > 0) {
        m_framer.append(m_socket->read(readAtOnce));
        take();
    }
}

void SipStream::take()
{
    while (!m_ended) {
        const SipFramer::Item item = m_framer.next();
        switch (item.event) {
        case SipFramer::Event::Incomplete:
            return;
        case SipFramer::Event::Message:
            m_hasSpoken = true;
            Q_EMIT messageReceived(item.bytes);
            break;
        case SipFramer::Event::Ping:
            m_hasSpoken = true;
            send(QByteArrayLiteral("\r\n"));
            Q_EMIT pingReceived();
            break;
        case SipFramer::Event::Pong:
            break;
        case SipFramer::Event::Failed:
            qCInfo(sipLog) << toText(m_flow.transport) << "peer cannot be understood" << m_flow.peer() << item.error.code;
            end(true);
            return;
        }
    }
}

} // namespace reveille
