// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/timerwheel.h"

#include <algorithm>

namespace reveille {

TimerWheel::TimerWheel(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock), m_current(ticksNow())
{
    m_driver.setSingleShot(true);
    m_driver.setTimerType(Qt::PreciseTimer);
    connect(&m_driver, &QTimer::timeout, this, &TimerWheel::run);
}

TimerWheel::~TimerWheel() = default;

qint64 TimerWheel::ticksNow() const
{
    return m_clock.monotonic() / tick;
}

TimerId TimerWheel::start(Milliseconds delay, std::function<void()> action)
{
    if (m_timers.empty() && !m_running)
        m_current = std::max(m_current, ticksNow());
    const Milliseconds wait = std::max(delay, Milliseconds(0));
    const Milliseconds at = m_clock.monotonic() + wait + tick - Milliseconds(1);
    const TimerId id = ++m_last;
    const qint64 earliest = m_running ? m_current + 1 : m_current;
    auto [entry, inserted] = m_timers.emplace(id, Timer{std::max<qint64>(at / tick, earliest), 0, 0, 0, std::move(action)});
    place(id, entry->second);
    if (!m_running)
        arm();
    return id;
}

void TimerWheel::cancel(TimerId &timer)
{
    const auto entry = m_timers.find(timer);
    if (entry != m_timers.end()) {
        unplace(entry->second);
        m_timers.erase(entry);
    }
    timer = 0;
}

void TimerWheel::place(TimerId id, Timer &timer)
{
    const qint64 due = std::max(timer.due, m_current);
    const qint64 distance = due - m_current;
    int level = 0;
    while (level < levels - 1 && distance >= (qint64(1) << (slotBits * (level + 1))))
        ++level;
    const qint64 reach = (qint64(1) << (slotBits * levels)) - 1;
    const qint64 at = m_current + std::min(distance, reach);
    timer.level = level;
    timer.slot = int((at >> (slotBits * level)) & (slotCount - 1));
    Slot &slot = m_wheel[size_t(level)][size_t(timer.slot)];
    timer.position = slot.size();
    slot.push_back(id);
}

void TimerWheel::unplace(const Timer &timer)
{
    Slot &slot = m_wheel[size_t(timer.level)][size_t(timer.slot)];
    const TimerId moved = slot.back();
    slot[timer.position] = moved;
    m_timers.find(moved)->second.position = timer.position;
    slot.pop_back();
}

void TimerWheel::cascade(int level)
{
    const int index = int((m_current >> (slotBits * level)) & (slotCount - 1));
    Slot moving = std::exchange(m_wheel[size_t(level)][size_t(index)], {});
    if (index == 0 && level + 1 < levels)
        cascade(level + 1);
    for (const TimerId id : moving)
        place(id, m_timers.find(id)->second);
}

void TimerWheel::run()
{
    if (m_running)
        return;
    m_running = true;
    const qint64 now = ticksNow();
    while (m_current <= now) {
        if (m_timers.empty()) {
            m_current = now + 1;
            break;
        }
        Slot &slot = m_wheel[0][size_t(m_current & (slotCount - 1))];
        std::vector<TimerId> due(slot.begin(), slot.end());
        std::sort(due.begin(), due.end());
        for (const TimerId id : due) {
            const auto entry = m_timers.find(id);
            if (entry == m_timers.end())
                continue;
            unplace(entry->second);
            const auto action = std::move(entry->second.action);
            m_timers.erase(entry);
            action();
        }
        ++m_current;
        if ((m_current & (slotCount - 1)) == 0)
            cascade(1);
    }
    m_running = false;
    arm();
}

qint64 TimerWheel::nextOccupied() const
{
    for (int ahead = 0; ahead < slotCount; ++ahead) {
        const qint64 at = m_current + ahead;
        if (!m_wheel[0][size_t(at & (slotCount - 1))].empty())
            return at;
        if (ahead > 0 && (at & (slotCount - 1)) == 0)
            return at; // a cascade may bring timers down
    }
    return m_current + slotCount;
}

void TimerWheel::arm()
{
    if (m_timers.empty()) {
        m_driver.stop();
        return;
    }
    const Milliseconds at = nextOccupied() * tick;
    const qint64 wait = std::max<qint64>(0, (at - m_clock.monotonic()).count());
    if (!m_driver.isActive() || m_driver.remainingTime() > wait)
        m_driver.start(int(wait));
}

} // namespace reveille
