// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipstreamtransport.h"

#include "connections/sip/siplog.h"

namespace reveille {

SipStreamTransport::SipStreamTransport(const SipSettings &settings, Clock &clock, Timers &timers,
                                 SipTransportListener &listener, std::function<bool(const SipFlow &)> inUse,
                                 QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_clock(clock)
    , m_timers(timers)
    , m_listener(listener)
    , m_inUse(std::move(inUse))
    , m_messageLog(sipLog, "messageSeconds", QtInfoMsg)
    , m_idleLog(sipLog, "idleSeconds", QtInfoMsg)
{
}

SipStreamTransport::~SipStreamTransport()
{
    close();
}

Result<Done> SipStreamTransport::listen(SipTransport transport)
{
    const bool secure = transport == SipTransport::Tls;
    StreamListener::Settings settings;
    settings.name = QStringLiteral("sip/") + toText(transport);
    settings.endpoint = secure ? m_settings.tls : m_settings.tcp;
    settings.isRaw = !secure;
    settings.limit = "maxStreams";
    settings.maxHandshakes = m_settings.maxHandshakes;
    settings.handshakeTime = m_settings.handshakeTime;
    if (secure) {
        const Result<QSslConfiguration> tls = serverTls(m_settings.tlsIdentity);
        if (!tls)
            return tls.error();
        settings.tls = *tls;
    }
    auto listener = std::make_unique<StreamListener>(settings, m_timers, [this] { return hasRoom(); });
    connect(listener.get(), &StreamListener::accepted, this,
            [this, transport](QTcpSocket *socket) { add(new SocketStream(socket), transport); });
    connect(listener.get(), &StreamListener::acceptedRaw, this,
            [this, transport](int descriptor) { add(new PlainStream(descriptor), transport); });
    const Result<Done> started = listener->start();
    if (started)
        (secure ? m_tls : m_tcp) = std::move(listener);
    return started;
}

const StreamListener *SipStreamTransport::listener(SipTransport transport) const
{
    return transport == SipTransport::Tls ? m_tls.get() : transport == SipTransport::Tcp ? m_tcp.get() : nullptr;
}

bool SipStreamTransport::hasRoom() const
{
    return m_streams.size() + (m_tls ? m_tls->handshakes() : 0) < m_settings.maxStreams;
}

void SipStreamTransport::close()
{
    m_tcp.reset();
    m_tls.reset();
    const auto streams = std::exchange(m_streams, {});
    for (SipStream *stream : streams) {
        m_timers.cancel(stream->timer);
        stream->closeGently();
        stream->deleteLater();
    }
}

bool SipStreamTransport::send(const SipFlow &flow, const QByteArray &bytes)
{
    SipStream *stream = m_streams.value(flow.stream);
    return stream && stream->send(bytes);
}

SipFlow SipStreamTransport::adopt(QTcpSocket *socket, SipTransport transport)
{
    return add(new SocketStream(socket), transport)->flow();
}

SipStream *SipStreamTransport::add(ByteStream *connection, SipTransport transport)
{
    auto *stream = new SipStream(connection, transport, ++m_last, m_settings.maxWriteBuffer, m_logs, this);
    m_streams.insert(m_last, stream);
    connect(stream, &SipStream::messageReceived, this, [this, stream](const QByteArray &bytes) {
        heard(stream);
        m_listener.messageReceived(stream->flow(), bytes);
    });
    connect(stream, &SipStream::pingReceived, this, [this, stream] {
        heard(stream);
        m_listener.keepAliveReceived(stream->flow());
    });
    connect(stream, &SipStream::closed, this, [this, stream](bool reset) {
        m_listener.streamClosed(stream->flow(), reset);
        drop(stream);
    });
    heard(stream);
    watch(stream);
    return stream;
}

void SipStreamTransport::heard(SipStream *stream)
{
    stream->lastHeard = m_clock.monotonic();
}

/// One timer per connection, set again only when it fires.
void SipStreamTransport::watch(SipStream *stream)
{
    const Milliseconds silence = m_clock.monotonic() - stream->lastHeard;
    const Milliseconds message = std::chrono::seconds(m_settings.messageSeconds);
    const Milliseconds idle = std::chrono::seconds(m_settings.idleSeconds);
    const bool mute = !stream->hasSpoken() && silence >= message;
    const bool stuck = stream->isPartial() && stream->partialSince == stream->lastHeard;
    const bool useless = silence >= idle && !m_inUse(stream->flow());
    if (mute || stuck || useless) {
        (mute || stuck ? m_messageLog : m_idleLog).reached([&] { return stream->flow().peer(); });
        stream->closeGently();
        m_listener.streamClosed(stream->flow(), false);
        drop(stream);
        return;
    }
    stream->partialSince = stream->isPartial() ? stream->lastHeard : Milliseconds(-1);
    stream->timer = m_timers.start(std::min(message, idle), [this, number = stream->flow().stream] {
        if (SipStream *due = m_streams.value(number))
            watch(due);
    });
}

void SipStreamTransport::drop(SipStream *stream)
{
    m_timers.cancel(stream->timer);
    if (m_streams.remove(stream->flow().stream) > 0)
        stream->deleteLater();
}

} // namespace reveille
