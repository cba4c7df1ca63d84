// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>

namespace reveille {

/// Keeps lines that peers can cause from filling the log: so many in a minute, and the next one says how many were left
/// out. One for each kind of line. Any thread, one at a time.
class LogGate
{
public:
    explicit LogGate(int perMinute = 10) : m_perMinute(perMinute) {}
    /// Not set: leave the line out. Otherwise how many were left out since the last one.
    std::optional<quint64> pass(std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now())
    {
        if (m_passed > 0 && now - m_minute >= std::chrono::minutes(1))
            m_passed = 0;
        if (m_passed == 0)
            m_minute = now;
        if (m_passed >= m_perMinute) {
            ++m_held;
            return std::nullopt;
        }
        ++m_passed;
        const quint64 held = m_held;
        m_held = 0;
        return held;
    }

private:
    int m_perMinute;
    int m_passed = 0;
    quint64 m_held = 0;
    std::chrono::steady_clock::time_point m_minute{};
};

} // namespace reveille
