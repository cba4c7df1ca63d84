// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/siptcptransport.h"

#include "connections/shared/listenerror.h"
#include "connections/sip/siplog.h"
#include "connections/sip/siptcpstream.h"

#include <QPointer>

namespace reveille {

SipTcpTransport::SipTcpTransport(const SipSettings &settings, Clock &clock, Timers &timers,
                                 SipTransportListener &listener, std::function<bool(const SipFlow &)> inUse,
                                 QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_clock(clock)
    , m_timers(timers)
    , m_listener(listener)
    , m_inUse(std::move(inUse))
{
    connect(&m_server, &QTcpServer::newConnection, this, &SipTcpTransport::accept);
    connect(&m_server, &QTcpServer::acceptError, this, [this](QAbstractSocket::SocketError error) {
        // Out of descriptors: without a pause the listener would be readable, and fail, for ever.
        qCWarning(sipLog) << "tcp accept failed" << error;
        m_server.pauseAccepting();
        m_timers.start(Milliseconds(1000), [this, guard = QPointer<SipTcpTransport>(this)] {
            if (guard)
                m_server.resumeAccepting();
        });
    });
}

SipTcpTransport::~SipTcpTransport()
{
    close();
}

Result<Done> SipTcpTransport::listen(const Endpoint &endpoint)
{
    m_server.setListenBacklogSize(1024);
    m_server.setMaxPendingConnections(256);
    if (!m_server.listen(endpoint.address, endpoint.port))
        return listenError(QStringLiteral("sip/tcp"), endpoint, m_server.serverError());
    return Done{};
}

void SipTcpTransport::close()
{
    m_server.close();
    const auto streams = std::exchange(m_streams, {});
    for (SipTcpStream *stream : streams) {
        m_timers.cancel(stream->timer);
        stream->closeGently();
        stream->deleteLater();
    }
}

bool SipTcpTransport::send(const SipFlow &flow, const QByteArray &bytes)
{
    SipTcpStream *stream = m_streams.value(flow.stream);
    return stream && stream->send(bytes);
}

void SipTcpTransport::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        if (m_streams.size() < m_settings.maxStreams) {
            add(socket);
            continue;
        }
        qCInfo(sipLog) << "tcp connection refused: limit" << m_settings.maxStreams;
        socket->abort();
        socket->deleteLater();
    }
}

void SipTcpTransport::add(QTcpSocket *socket)
{
    auto *stream = new SipTcpStream(socket, ++m_last, m_settings.maxWriteBuffer, this);
    m_streams.insert(m_last, stream);
    connect(stream, &SipTcpStream::messageReceived, this, [this, stream](const QByteArray &bytes) {
        heard(stream);
        m_listener.messageReceived(stream->flow(), bytes);
    });
    connect(stream, &SipTcpStream::pingReceived, this, [this, stream] {
        heard(stream);
        m_listener.keepAliveReceived(stream->flow());
    });
    connect(stream, &SipTcpStream::closed, this, [this, stream](bool reset) {
        m_listener.streamClosed(stream->flow(), reset);
        drop(stream);
    });
    heard(stream);
    watch(stream);
}

void SipTcpTransport::heard(SipTcpStream *stream)
{
    stream->lastHeard = m_clock.monotonic();
}

/// One timer per connection, set again only when it fires.
void SipTcpTransport::watch(SipTcpStream *stream)
{
    const Milliseconds silence = m_clock.monotonic() - stream->lastHeard;
    const Milliseconds message = std::chrono::seconds(m_settings.messageSeconds);
    const Milliseconds idle = std::chrono::seconds(m_settings.idleSeconds);
    const bool mute = !stream->hasSpoken() && silence >= message;
    const bool stuck = stream->isPartial() && stream->partialSince == stream->lastHeard;
    const bool useless = silence >= idle && !m_inUse(stream->flow());
    if (mute || stuck || useless) {
        qCDebug(sipLog) << "tcp connection closed for silence" << stream->flow().peer();
        stream->closeGently();
        m_listener.streamClosed(stream->flow(), false);
        drop(stream);
        return;
    }
    stream->partialSince = stream->isPartial() ? stream->lastHeard : Milliseconds(-1);
    stream->timer = m_timers.start(std::min(message, idle), [this, number = stream->flow().stream] {
        if (SipTcpStream *due = m_streams.value(number))
            watch(due);
    });
}

void SipTcpTransport::drop(SipTcpStream *stream)
{
    m_timers.cancel(stream->timer);
    if (m_streams.remove(stream->flow().stream) > 0)
        stream->deleteLater();
}

} // namespace reveille
