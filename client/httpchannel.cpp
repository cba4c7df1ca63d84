// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/httpchannel.h"

#include "client/endpoint.h"

#include <QPointer>

#include <algorithm>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace reveille {
namespace {

constexpr qint64 readAtOnce = 64 * 1024;
constexpr int probes = 3;

void setOption(QSslSocket &socket, int level, int name, qint64 value)
{
    const int number = int(std::clamp<qint64>(value, 0, 86400000));
    ::setsockopt(int(socket.socketDescriptor()), level, name, &number, sizeof number);
}

} // namespace

HttpChannel::HttpChannel(QSslSocket *socket, HttpLimits limits, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_parser(limits)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readAtOnce);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QSslSocket::readyRead, this, &HttpChannel::read);
    connect(m_socket, &QSslSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        lose(error == QAbstractSocket::RemoteHostClosedError ? "closed-by-peer" : "connection-failed");
    });
    connect(m_socket, &QSslSocket::disconnected, this, [this] {
        lose("closed-by-peer");
        Q_EMIT closed();
    });
}

HttpChannel::~HttpChannel()
{
    m_socket->disconnect(this);
}

void HttpChannel::start()
{
    m_started = true;
    // The first octets may have come together with the last of the handshake.
    QMetaObject::invokeMethod(this, &HttpChannel::read, Qt::QueuedConnection);
}

void HttpChannel::setSilent()
{
    m_silent = true;
    setOption(*m_socket, SOL_SOCKET, SO_KEEPALIVE, 0);
}

void HttpChannel::keepAlive(Milliseconds silence, Milliseconds giveUp)
{
    if (silence <= Milliseconds(0))
        return;
    setOption(*m_socket, IPPROTO_TCP, TCP_KEEPIDLE, std::max<qint64>(1, silence.count() / 1000));
    setOption(*m_socket, IPPROTO_TCP, TCP_KEEPINTVL, std::max<qint64>(1, giveUp.count() / 1000 / probes));
    setOption(*m_socket, IPPROTO_TCP, TCP_KEEPCNT, probes);
    setOption(*m_socket, IPPROTO_TCP, TCP_USER_TIMEOUT, giveUp.count());
    setOption(*m_socket, SOL_SOCKET, SO_KEEPALIVE, 1);
}

void HttpChannel::answer(const HttpResponse &response, bool closes)
{
    if (m_silent || m_isLost)
        return;
    m_socket->write(serialise(response, {!closes}));
    if (closes) {
        m_isLost = true;
        m_socket->flush();
        m_socket->disconnectFromHost();
    }
}

QString HttpChannel::peerText() const
{
    return endpointText(m_socket->peerAddress(), m_socket->peerPort());
}

QString HttpChannel::localText() const
{
    return endpointText(m_socket->localAddress(), m_socket->localPort());
}

void HttpChannel::read()
{
    if (!m_started || m_isLost)
        return;
    const QByteArray octets = m_socket->readAll();
    if (m_silent)
        return;
    m_parser.feed(octets);
    const QPointer<HttpChannel> guard(this);
    while (guard && !m_isLost && !m_silent && m_parser.state() == HttpRequestParser::State::Complete)
        Q_EMIT received(m_parser.take());
    if (!guard || m_isLost || m_silent || m_parser.state() != HttpRequestParser::State::Failed)
        return;
    HttpResponse refusal;
    refusal.status = m_parser.failure().status;
    m_socket->write(serialise(refusal, {false}));
    m_socket->flush(); // whoever hears of the loss may delete this
    lose("broken-stream");
    if (guard)
        m_socket->disconnectFromHost();
}

void HttpChannel::lose(const QByteArray &reason)
{
    if (m_isLost || m_silent)
        return;
    m_isLost = true;
    Q_EMIT lost(reason);
}

} // namespace reveille
