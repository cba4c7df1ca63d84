// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/dtlsentry.h"

#include "wire/dtlshello.h"

namespace reveille {

DtlsEntry::Step DtlsEntry::step(const DatagramPeer &peer, QByteArrayView datagram, Milliseconds now) const
{
    const auto found = m_sessions.constFind(peer);
    const bool isKnown = found != m_sessions.cend();
    if (isKnown && !found->isOpen)
        return Step::Shake;
    // A device that has lost its session may come again from the same port (RFC 6347 section 4.2.8).
    if (isKnown && !DtlsHello::isMeant(datagram))
        return Step::Decrypt;
    if (!anyContains(m_settings.allowed, peer.address()) || !DtlsHello::parse(datagram))
        return Step::Ignore;
    const bool isFull = m_shaking.size() >= m_settings.maxHandshakes
        || (!isKnown && m_sessions.size() >= m_settings.maxDtls);
    return isFull && !hasDawdler(now) ? Step::Full : Step::Greet;
}

bool DtlsEntry::hasDawdler(Milliseconds now) const
{
    return !m_shaking.isEmpty() && now - m_sessions.value(m_shaking.first()).since >= m_settings.handshakeTime / 5;
}

QVector<DatagramPeer> DtlsEntry::toEndFor(const DatagramPeer &peer, Milliseconds now) const
{
    QVector<DatagramPeer> ending;
    const bool isKnown = m_sessions.contains(peer);
    if (isKnown)
        ending.append(peer);
    const bool isFull = m_shaking.size() >= m_settings.maxHandshakes
        || (!isKnown && m_sessions.size() >= m_settings.maxDtls);
    if (isFull && hasDawdler(now))
        ending.append(m_shaking.first());
    return ending;
}

void DtlsEntry::begin(const DatagramPeer &peer, Milliseconds now)
{
    end(peer);
    m_sessions.insert(peer, {now, false});
    m_shaking.append(peer);
}

void DtlsEntry::finished(const DatagramPeer &peer, Milliseconds now)
{
    const auto found = m_sessions.find(peer);
    if (found == m_sessions.end() || found->isOpen)
        return;
    *found = {now, true};
    m_shaking.removeOne(peer);
}

void DtlsEntry::heard(const DatagramPeer &peer, Milliseconds now)
{
    const auto found = m_sessions.find(peer);
    if (found != m_sessions.end() && found->isOpen)
        found->since = now;
}

void DtlsEntry::end(const DatagramPeer &peer)
{
    const auto found = m_sessions.constFind(peer);
    if (found == m_sessions.cend())
        return;
    if (!found->isOpen)
        m_shaking.removeOne(peer);
    m_sessions.erase(found);
}

QVector<DatagramPeer> DtlsEntry::overdue(Milliseconds now,
                                         const std::function<bool(const DatagramPeer &)> &isRegistered) const
{
    QVector<DatagramPeer> over;
    for (auto it = m_sessions.cbegin(); it != m_sessions.cend(); ++it) {
        const Milliseconds most = it->isOpen ? m_settings.dtlsIdle : m_settings.handshakeTime;
        if (now - it->since >= most && !(it->isOpen && isRegistered(it.key())))
            over.append(it.key());
    }
    return over;
}

bool DtlsEntry::isOpen(const DatagramPeer &peer) const
{
    const auto found = m_sessions.constFind(peer);
    return found != m_sessions.cend() && found->isOpen;
}

} // namespace reveille
