// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/simulation/simulationtimers.h"

#include <algorithm>
#include <chrono>

namespace reveille {

namespace {

constexpr Milliseconds longestSleep{3'600'000};

} // namespace

Timestamp MachineClock::now() const
{
    return {QDateTime::currentMSecsSinceEpoch()};
}

Milliseconds MachineClock::monotonic() const
{
    return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

SimulationTimers::SimulationTimers(const SimulationClock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_driver.setSingleShot(true);
    m_driver.setTimerType(Qt::PreciseTimer);
    connect(&m_driver, &QTimer::timeout, this, &SimulationTimers::run);
}

SimulationTimers::Id SimulationTimers::start(Milliseconds delay, std::function<void()> action)
{
    return startAt(m_clock.monotonic() + std::max(delay, Milliseconds(0)), std::move(action));
}

SimulationTimers::Id SimulationTimers::startAt(Milliseconds due, std::function<void()> action)
{
    const Id id = ++m_last;
    const auto entry = m_due.emplace(std::pair(due, id), std::move(action)).first;
    m_moments.emplace(id, due);
    if (entry == m_due.begin())
        arm();
    return id;
}

void SimulationTimers::cancel(Id &id)
{
    if (const auto moment = m_moments.find(id); moment != m_moments.end()) {
        m_due.erase({moment->second, id});
        m_moments.erase(moment);
    }
    id = 0;
}

void SimulationTimers::run()
{
    const Milliseconds now = m_clock.monotonic();
    const Id last = m_last; // what the actions start waits for the next run
    for (auto next = m_due.begin(); next != m_due.end() && next->first.first <= now;) {
        if (next->first.second > last) {
            ++next;
            continue;
        }
        const auto action = std::move(next->second);
        m_moments.erase(next->first.second);
        m_due.erase(next);
        action();
        next = m_due.begin();
    }
    arm();
}

std::optional<Milliseconds> SimulationTimers::nextDue() const
{
    if (m_due.empty())
        return {};
    return m_due.begin()->first.first;
}

void SimulationTimers::arm()
{
    if (m_due.empty()) {
        m_driver.stop();
        return;
    }
    const Milliseconds wait = m_due.begin()->first.first - m_clock.monotonic();
    m_driver.start(std::clamp(wait, Milliseconds(0), longestSleep));
}

} // namespace reveille
