// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock.h"

#include <map>

namespace reveille {

/// Time that moves only when told to. Clock and Timers in one, so that both agree.
class FakeClock : public Clock, public Timers
{
public:
    explicit FakeClock(Timestamp start = {1'795'000'000'000}) : m_start(start) {}

    Timestamp now() const override { return m_start + m_elapsed; }
    Milliseconds monotonic() const override { return m_elapsed; }
    Timestamp wall() const override { return now() + m_step; }
    void setWall(Milliseconds by) { m_step += by; } ///< the system clock is set forward or back

    TimerId start(Milliseconds delay, std::function<void()> action) override
    {
        const TimerId id = ++m_last;
        m_due.emplace(std::pair(m_elapsed + std::max(delay, Milliseconds(0)), id), std::move(action));
        return id;
    }
    void cancel(TimerId &timer) override
    {
        std::erase_if(m_due, [&](const auto &entry) { return entry.first.second == timer; });
        timer = 0;
    }

    /// Moves time on, firing every timer that comes due on the way, in order, at its own moment.
    void advance(Milliseconds by)
    {
        const Milliseconds end = m_elapsed + by;
        while (!m_due.empty() && m_due.begin()->first.first <= end) {
            auto node = m_due.extract(m_due.begin());
            m_elapsed = std::max(m_elapsed, node.key().first);
            node.mapped()();
        }
        m_elapsed = end;
    }
    int pending() const { return int(m_due.size()); }

private:
    Timestamp m_start;
    Milliseconds m_elapsed{0};
    Milliseconds m_step{0};
    TimerId m_last = 0;
    std::map<std::pair<Milliseconds, TimerId>, std::function<void()>> m_due;
};

using FakeTimers = FakeClock;

} // namespace reveille
