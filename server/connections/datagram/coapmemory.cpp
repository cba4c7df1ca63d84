// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/coapmemory.h"

namespace reveille {

const QByteArray *CoapMemory::find(const DatagramPeer &peer, quint16 messageId, Milliseconds now)
{
    const auto found = m_answers.find(Key{peer, messageId});
    if (found == m_answers.end() || now - found->second.at >= m_settings.exchangeLifetime)
        return nullptr;
    return &found->second.octets;
}

void CoapMemory::remember(const DatagramPeer &peer, quint16 messageId, const QByteArray &answer, Milliseconds now)
{
    const Key key{peer, messageId};
    Answer &kept = m_answers[key];
    m_octets += answer.size() - kept.octets.size();
    kept = {answer, now};
    m_order.emplace_back(key, now);
    forgetOld(now);
}

void CoapMemory::complete(const DatagramPeer &peer, quint16 messageId, const QByteArray &answer)
{
    const auto found = m_answers.find(Key{peer, messageId});
    if (found == m_answers.end())
        return;
    m_octets += answer.size() - found->second.octets.size();
    found->second.octets = answer;
}

void CoapMemory::forgetOld(Milliseconds now)
{
    while (!m_order.empty()) {
        const auto &[key, at] = m_order.front();
        const bool overOctets = m_octets > m_settings.maxRememberedOctets;
        const bool over = qsizetype(m_order.size()) > m_settings.maxRemembered || overOctets;
        if (!over && now - at < m_settings.exchangeLifetime)
            break;
        const auto found = m_answers.find(key);
        // A message id used again has a younger place in the order.
        if (found != m_answers.end() && found->second.at == at) {
            const bool early = now - at < m_settings.exchangeLifetime;
            m_forgottenEarly += early;
            m_forgottenForOctets += early && overOctets;
            m_octets -= found->second.octets.size();
            m_answers.erase(found);
        }
        m_order.pop_front();
    }
}

} // namespace reveille
