// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/coapowed.h"

namespace reveille {

CoapOwed::CoapOwed(const CoapSettings &settings, const Clock &clock, Timers &timers, Acknowledge acknowledge)
    : m_settings(settings), m_clock(clock), m_timers(timers), m_acknowledge(std::move(acknowledge))
{
}

CoapOwed::~CoapOwed()
{
    m_timers.cancel(m_timer);
}

void CoapOwed::add(const DatagramPeer &peer, quint16 messageId, bool confirmable)
{
    const Key key{peer, messageId};
    const Milliseconds now = m_clock.monotonic();
    m_owed[key] = {now, confirmable, false};
    if (!confirmable)
        return;
    m_order.emplace_back(key, now);
    arm();
}

bool CoapOwed::remind(const DatagramPeer &peer, quint16 messageId)
{
    const auto owed = m_owed.find({peer, messageId});
    if (owed == m_owed.end())
        return false;
    acknowledge(owed->first, owed->second);
    return true;
}

CoapOwed::Form CoapOwed::take(const DatagramPeer &peer, quint16 messageId)
{
    const auto node = m_owed.extract({peer, messageId});
    if (node.empty())
        return Form::Unknown;
    return node.mapped().acknowledged ? Form::Separate : Form::Piggybacked;
}

void CoapOwed::acknowledge(const Key &key, Owed &owed)
{
    if (!owed.confirmable)
        return;
    owed.acknowledged = true;
    m_acknowledge(key.peer, key.messageId);
}

void CoapOwed::acknowledgeLate()
{
    m_timer = 0;
    const Milliseconds late = m_clock.monotonic() - m_settings.separateAfter;
    for (; !m_order.empty() && m_order.front().second <= late; m_order.pop_front()) {
        const auto &[key, since] = m_order.front();
        const auto owed = m_owed.find(key);
        if (owed != m_owed.end() && owed->second.since == since && !owed->second.acknowledged)
            acknowledge(key, owed->second);
    }
    arm();
}

void CoapOwed::arm()
{
    if (m_timer || m_order.empty())
        return;
    const Milliseconds wait = m_order.front().second + m_settings.separateAfter - m_clock.monotonic();
    m_timer = m_timers.start(std::max(wait, Milliseconds(0)), [this] { acknowledgeLate(); });
}

} // namespace reveille
