// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/datagramconnection.h"

#include "connections/datagram/datagramoutbox.h"

namespace reveille {

namespace {

constexpr qsizetype longestText = 255;

QByteArray cut(const QString &text)
{
    return text.toUtf8().left(longestText);
}

} // namespace

DatagramConnection::DatagramConnection(std::weak_ptr<DatagramOutbox> outbox, quint64 key, const DatagramPeer &peer,
                                       const QString &session, const QString &application)
    : m_outbox(std::move(outbox)), m_key(key), m_peer(peer)
{
    const QByteArray first = cut(session), second = cut(application);
    m_texts = std::make_unique<char[]>(size_t(2 + first.size() + second.size()));
    char *at = m_texts.get();
    for (const QByteArray &text : {first, second}) {
        *at++ = char(text.size());
        std::memcpy(at, text.constData(), size_t(text.size()));
        at += text.size();
    }
}

DatagramConnection::~DatagramConnection()
{
    if (const auto outbox = m_outbox.lock())
        outbox->drop(this);
}

QByteArray DatagramConnection::session() const
{
    return QByteArray(m_texts.get() + 1, quint8(m_texts[0]));
}

QByteArray DatagramConnection::application() const
{
    const char *second = m_texts.get() + 1 + quint8(m_texts[0]);
    return QByteArray(second + 1, quint8(second[0]));
}

ConnectionFacts DatagramConnection::facts() const
{
    const auto outbox = m_outbox.lock();
    const QString peer = m_peer.text();
    return {QStringLiteral("datagram"),
            m_peer.secure ? QStringLiteral("dtls") : QStringLiteral("udp"),
            peer,
            outbox ? outbox->local(m_peer.secure) : QString(),
            (m_peer.secure ? QStringLiteral("coaps://") : QStringLiteral("coap://")) + peer,
            QString::fromUtf8(session()),
            QString::fromUtf8(application())};
}

void DatagramConnection::send(const PushMessage &message, std::function<void(SendOutcome)> done)
{
    if (const auto outbox = m_outbox.lock())
        outbox->push(*this, message, std::move(done));
}

void DatagramConnection::probe(std::function<void(SendOutcome)> done)
{
    if (const auto outbox = m_outbox.lock())
        outbox->ping(*this, std::move(done));
}

bool DatagramConnection::isIdle() const
{
    const auto outbox = m_outbox.lock();
    return !outbox || outbox->isIdle(this);
}

void DatagramConnection::close(CloseReason)
{
    const auto outbox = m_outbox.lock();
    m_outbox.reset();
    if (outbox)
        outbox->closed(*this);
}

} // namespace reveille
