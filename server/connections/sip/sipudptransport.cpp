// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipudptransport.h"

#include "connections/shared/icmperrors.h"
#include "connections/shared/listenerror.h"
#include "connections/sip/siplog.h"
#include "wire/stun.h"

namespace reveille {

namespace {

constexpr int largestDatagram = 65536;

/// RFC 5626 section 3.5.1 for streams; phones send the like over UDP, some a single line end or zero octets.
bool isKeepAlive(const QByteArray &datagram)
{
    if (datagram.size() > 8)
        return false;
    for (const char c : datagram) {
        if (c != '\r' && c != '\n' && c != '\0')
            return false;
    }
    return true;
}

} // namespace

SipUdpTransport::SipUdpTransport(SipTransportListener &listener, QObject *parent)
    : QObject(parent)
    , m_listener(listener)
    , m_buffer(largestDatagram, Qt::Uninitialized)
{
    connect(&m_socket, &QUdpSocket::readyRead, this, &SipUdpTransport::readBatch);
}

Result<Done> SipUdpTransport::listen(const Endpoint &endpoint)
{
    if (!m_socket.bind(endpoint.address, endpoint.port, QAbstractSocket::DontShareAddress))
        return listenError(QStringLiteral("sip/udp"), endpoint, m_socket.error());
    m_socket.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 4 * 1024 * 1024);
    enableIcmpErrors(m_socket.socketDescriptor());
    return Done{};
}

void SipUdpTransport::close()
{
    m_socket.close();
}

bool SipUdpTransport::send(const SipFlow &flow, const QByteArray &bytes)
{
    const QHostAddress address = flow.address();
    for (int i = 0; i < 3; ++i) {
        if (m_socket.writeDatagram(bytes, address, flow.port) == bytes.size())
            return true;
        // A queued error of an earlier datagram is reported by the next call, whomever that one is for.
        if (m_socket.error() != QAbstractSocket::ConnectionRefusedError &&
            m_socket.error() != QAbstractSocket::NetworkError)
            break;
    }
    qCDebug(sipLog) << "udp send failed" << flow.peer() << m_socket.error();
    return false;
}

void SipUdpTransport::readBatch()
{
    takeErrors();
    for (int i = 0; i < batch && isListening(); ++i) {
        QHostAddress address;
        quint16 port = 0;
        const qint64 size = m_socket.readDatagram(m_buffer.data(), m_buffer.size(), &address, &port);
        if (size < 0)
            return;
        if (port != 0)
            take(address, port, QByteArray(m_buffer.constData(), size));
    }
}

void SipUdpTransport::takeErrors()
{
    const QVector<IcmpError> errors = takeIcmpErrors(m_socket.socketDescriptor(), batch);
    for (const IcmpError &error : errors) {
        if (error.permanent)
            m_listener.unreachable(SipFlow::of(SipTransport::Udp, error.address, error.port), error.what);
    }
}

void SipUdpTransport::take(const QHostAddress &address, quint16 port, const QByteArray &datagram)
{
    const SipFlow flow = SipFlow::of(SipTransport::Udp, address, port);
    if (isKeepAlive(datagram)) {
        m_listener.keepAliveReceived(flow);
        return;
    }
    if (!isStun(datagram)) {
        m_listener.messageReceived(flow, datagram);
        return;
    }
    const Result<QByteArray> transaction = parseStunRequest(datagram);
    if (!transaction)
        return;
    send(flow, encodeStunResponse(*transaction, flow.ip(), port));
    m_listener.keepAliveReceived(flow);
}

} // namespace reveille
