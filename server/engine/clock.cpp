// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clock.h"

#include <QDateTime>
#include <QLoggingCategory>

#include <algorithm>
#include <ctime>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(log, "reveille.clock")

constexpr Milliseconds jump{1000};
constexpr int share = 10; ///< of the time that passes, to near the wall time by

Milliseconds steadyNow()
{
#ifdef CLOCK_BOOTTIME
    // Not CLOCK_MONOTONIC, which stands still while the machine sleeps.
    timespec time{};
    if (clock_gettime(CLOCK_BOOTTIME, &time) == 0)
        return Milliseconds(qint64(time.tv_sec) * 1000 + time.tv_nsec / 1000000);
#endif
    return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace

SystemClock::SystemClock()
    : SystemClock({[] { return Timestamp{QDateTime::currentMSecsSinceEpoch()}; }, steadyNow})
{
}

SystemClock::SystemClock(Source source)
    : m_source(std::move(source)), m_base(m_source.wall()), m_steadyBase(m_source.steady()), m_latest(m_base)
{
}

void SystemClock::follow(Milliseconds steady) const
{
    const Milliseconds passed = steady - m_steadyBase;
    const Timestamp ours = m_base + passed;
    const Milliseconds behind = m_source.wall() - ours;
    const Milliseconds moved = behind - m_behind;
    if (moved > jump || moved < -jump) {
        qCWarning(log).noquote() << "the system clock was set" << (moved.count() > 0 ? "forward" : "back") << "by"
                                 << std::abs(moved.count()) << "ms; times here near it bit by bit";
    }
    const Milliseconds most = passed / share;
    const Milliseconds step = behind > farthest ? behind : std::clamp(behind, -most, most);
    m_base = ours + step;
    m_steadyBase = steady;
    m_behind = behind - step;
}

Timestamp SystemClock::now() const
{
    const Milliseconds steady = m_source.steady();
    if (steady - m_steadyBase >= interval)
        follow(steady);
    m_latest = std::max(m_latest, m_base + (steady - m_steadyBase));
    return m_latest;
}

Milliseconds SystemClock::monotonic() const
{
    return m_source.steady();
}

Timestamp SystemClock::wall() const
{
    return m_source.wall();
}

} // namespace reveille
