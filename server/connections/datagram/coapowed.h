// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/coapmemory.h"
#include "engine/clock.h"

#include <functional>

namespace reveille {

/// Requests that were taken in and wait for their answer (RFC 7252 section 5.2.2). One that is ready soon goes out in the
/// acknowledgement. For any other the request is acknowledged by itself, after `separateAfter` or when it comes again, so
/// that its sender stops repeating it; the answer then is a message of its own. Each is done once, however often it comes
/// again, and none is forgotten: who owes maxOwed answers takes in no more. Server thread.
class CoapOwed
{
public:
    enum class Form : quint8 {
        Unknown,      ///< no answer is owed
        Piggybacked,  ///< it goes in the acknowledgement
        Separate,     ///< the request is acknowledged already
    };
    using Acknowledge = std::function<void(const DatagramPeer &peer, quint16 messageId)>;

    CoapOwed(const CoapSettings &settings, const Clock &clock, Timers &timers, Acknowledge acknowledge);
    ~CoapOwed();

    bool isFull() const { return size() >= m_settings.maxOwed; }
    void add(const DatagramPeer &peer, quint16 messageId, bool confirmable);
    /// It came again, and is acknowledged. False where no answer to it is owed.
    bool remind(const DatagramPeer &peer, quint16 messageId);
    /// The answer is there: how it goes out. It is owed no longer.
    Form take(const DatagramPeer &peer, quint16 messageId);
    qsizetype size() const { return qsizetype(m_owed.size()); }

private:
    using Key = CoapMessageKey;
    struct Owed {
        Milliseconds since{0};
        bool confirmable = true;
        bool acknowledged = false;
    };
    void acknowledge(const Key &key, Owed &owed);
    void acknowledgeLate();
    void arm();

    const CoapSettings &m_settings;
    const Clock &m_clock;
    Timers &m_timers;
    const Acknowledge m_acknowledge;
    std::unordered_map<Key, Owed, CoapMessageKeyHash> m_owed;
    std::deque<std::pair<Key, Milliseconds>> m_order; ///< oldest first; those answered meanwhile are passed over
    TimerId m_timer = 0;
};

} // namespace reveille
