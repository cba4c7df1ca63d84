// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/wakequeue.h"

#include <algorithm>
#include <cmath>

namespace reveille {

WakeQueue::WakeQueue(Settings settings, Clock &clock, Timers &timers, std::function<void(Item)> transmit)
    : m_settings(settings)
    , m_clock(clock)
    , m_timers(timers)
    , m_transmit(std::move(transmit))
    , m_creditedAt(clock.monotonic())
{
}

WakeQueue::~WakeQueue()
{
    m_timers.cancel(m_timer);
}

Result<Done> WakeQueue::add(Item &&item)
{
    if (m_queued >= m_settings.limit)
        return Error{"queue-full", QString::number(m_settings.limit)};
    std::deque<Item> &line = m_lines[item.message.user];
    if (line.empty())
        m_turns.push_back(item.message.user);
    line.push_back(std::move(item));
    ++m_queued;
    schedule(Milliseconds(0));
    return Done{};
}

void WakeQueue::putBack(Item item)
{
    m_inFlight = std::max(0, m_inFlight - 1);
    std::deque<Item> &line = m_lines[item.message.user];
    if (line.empty())
        m_turns.push_front(item.message.user);
    line.push_front(std::move(item));
    ++m_queued;
    schedule(Milliseconds(0));
}

void WakeQueue::answered()
{
    m_inFlight = std::max(0, m_inFlight - 1);
    schedule(Milliseconds(0));
}

void WakeQueue::setPaused(bool paused)
{
    m_paused = paused;
    schedule(Milliseconds(0));
}

void WakeQueue::hold(Milliseconds time)
{
    m_heldUntil = std::max(m_heldUntil, m_clock.monotonic() + time);
    m_timers.cancel(m_timer);
    schedule(m_heldUntil - m_clock.monotonic());
}

void WakeQueue::drain(const std::function<void(Item)> &each)
{
    m_timers.cancel(m_timer);
    while (m_queued > 0)
        each(takeNext());
}

void WakeQueue::schedule(Milliseconds in)
{
    if (!m_timer && m_queued > 0 && !m_paused && m_inFlight < m_settings.window)
        m_timer = m_timers.start(in, [this] {
            m_timer = 0;
            release();
        });
}

/// What may leave now: grows with time, up to a twentieth of a second's worth.
double WakeQueue::credit()
{
    const Milliseconds now = m_clock.monotonic();
    const double most = std::max(1.0, m_settings.perSecond / 20.0);
    m_credit =
        std::min(most, m_credit + double((now - m_creditedAt).count()) * m_settings.perSecond / 1000.0);
    m_creditedAt = now;
    return m_credit;
}

WakeQueue::Item WakeQueue::takeNext()
{
    const PublicUserId user = m_turns.front();
    m_turns.pop_front();
    const auto line = m_lines.find(user);
    Item item = std::move(line->front());
    line->pop_front();
    --m_queued;
    if (line->empty())
        m_lines.erase(line);
    else
        m_turns.push_back(user);
    return item;
}

void WakeQueue::releaseNow()
{
    m_timers.cancel(m_timer);
    release();
}

void WakeQueue::release()
{
    const Milliseconds now = m_clock.monotonic();
    if (m_paused)
        return;
    if (now < m_heldUntil)
        return schedule(m_heldUntil - now);
    credit();
    while (m_queued > 0 && m_inFlight < m_settings.window && m_credit >= 1 && !m_paused &&
           m_clock.monotonic() >= m_heldUntil) {
        m_credit -= 1;
        ++m_inFlight;
        m_transmit(takeNext());
    }
    schedule(Milliseconds(std::max(1, int(std::ceil((1 - m_credit) * 1000.0 / m_settings.perSecond)))));
}

} // namespace reveille
