// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/datagrampeer.h"
#include "connections/datagram/datagramsettings.h"

#include <deque>
#include <unordered_map>

namespace reveille {

/// A message as its sender numbers it (RFC 7252 section 4.4).
struct CoapMessageKey {
    DatagramPeer peer;
    quint16 messageId;
    friend bool operator==(const CoapMessageKey &, const CoapMessageKey &) = default;
};
struct CoapMessageKeyHash {
    size_t operator()(const CoapMessageKey &key) const { return qHash(key.peer, QHashSeed::globalSeed() ^ key.messageId); }
};

/// Which messages were taken in lately and what was answered, so that a duplicate is answered the same and done once
/// (RFC 7252 section 4.5). Bounded in number and octets: the oldest go first. Server thread.
class CoapMemory
{
public:
    explicit CoapMemory(const CoapSettings &settings) : m_settings(settings) {}

    /// The answer given to this message, empty where it was none; nullptr where the message is new or was forgotten.
    const QByteArray *find(const DatagramPeer &peer, quint16 messageId, Milliseconds now);
    void remember(const DatagramPeer &peer, quint16 messageId, const QByteArray &answer, Milliseconds now);
    /// The answer that was not there yet. Nothing happens for a message forgotten meanwhile.
    void complete(const DatagramPeer &peer, quint16 messageId, const QByteArray &answer);
    qsizetype size() const { return qsizetype(m_answers.size()); }
    /// Answers forgotten before their time, because there were too many.
    quint64 forgottenEarly() const { return m_forgottenEarly; }
    quint64 forgottenForOctets() const { return m_forgottenForOctets; } ///< of those, because they were too large together

private:
    using Key = CoapMessageKey;
    struct Answer {
        QByteArray octets;
        Milliseconds at;
    };
    void forgetOld(Milliseconds now);

    const CoapSettings &m_settings;
    std::unordered_map<Key, Answer, CoapMessageKeyHash> m_answers;
    std::deque<std::pair<Key, Milliseconds>> m_order; ///< oldest first
    qint64 m_octets = 0;
    quint64 m_forgottenEarly = 0, m_forgottenForOctets = 0;
};

} // namespace reveille
