// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clock.h"

namespace reveille {

namespace {

Milliseconds steadyNow()
{
    return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace

SystemClock::SystemClock() : m_base{QDateTime::currentMSecsSinceEpoch()}, m_steadyBase(steadyNow()) {}

Timestamp SystemClock::now() const
{
    return m_base + (steadyNow() - m_steadyBase);
}

Milliseconds SystemClock::monotonic() const
{
    return steadyNow();
}

} // namespace reveille
