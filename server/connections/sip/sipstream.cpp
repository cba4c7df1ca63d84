// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipstream.h"

#include "connections/sip/siplog.h"

namespace reveille {

SipStreamLogs::SipStreamLogs() : maxWriteBuffer(sipLog, "maxWriteBuffer") {}

SipStream::SipStream(ByteStream *bytes, SipTransport transport, quint64 number, qint64 maxWriteBuffer, SipStreamLogs &logs,
                     QObject *parent)
    : QObject(parent)
    , m_bytes(bytes)
    , m_flow(SipFlow::of(transport, bytes->peerAddress(), bytes->peerPort(), number))
    , m_maxWriteBuffer(maxWriteBuffer)
    , m_logs(logs)
{
    m_bytes->setParent(this);
    connect(m_bytes, &ByteStream::received, this, &SipStream::take);
    connect(m_bytes, &ByteStream::ended, this,
            [this](ByteStream::Ending ending) { end(ending != ByteStream::Ending::ByPeer); });
}

bool SipStream::send(const QByteArray &bytes)
{
    if (m_ended)
        return false;
    if (m_bytes->unsent() + bytes.size() > m_maxWriteBuffer) {
        m_logs.maxWriteBuffer.reached([this] { return m_flow.peer(); });
        // The caller may be in the middle of something that ends with this stream.
        QMetaObject::invokeMethod(
            this, [this] { end(true); }, Qt::QueuedConnection);
        return false;
    }
    return m_bytes->write(bytes);
}

void SipStream::abort()
{
    m_ended = true;
    m_bytes->abort();
}

void SipStream::closeGently()
{
    m_ended = true;
    m_bytes->closeGently();
}

void SipStream::end(bool reset)
{
    if (m_ended)
        return;
    abort();
    Q_EMIT closed(reset);
}

void SipStream::take(const QByteArray &bytes)
{
    if (m_ended)
        return;
    m_framer.append(bytes);
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
            if (const auto before = m_logs.notUnderstood.pass())
                qCInfo(sipLog) << toText(m_flow.transport) << "peer cannot be understood" << m_flow.peer() << item.error.code
                               << "and" << *before << "times before";
            end(true);
            return;
        }
    }
}

} // namespace reveille
