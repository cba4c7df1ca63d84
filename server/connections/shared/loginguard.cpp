// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/loginguard.h"

namespace reveille {

bool LoginGuard::mustWait(const QString &user, const QString &address, Timestamp now)
{
    const auto found = m_failures.constFind({user, address});
    const bool waits = found != m_failures.constEnd() && found->count >= m_limit && now - found->last < m_pause;
    if (waits)
        m_waitLog.reached(address);
    return waits;
}

void LoginGuard::failed(const QString &user, const QString &address, Timestamp now)
{
    if (m_failures.size() >= m_pairs && !m_failures.contains({user, address})) {
        m_fullLog.reached(address);
        // Those that have to wait stay as long as can be: else many names would free one from waiting.
        m_failures.removeIf([&](const auto &entry) { return now - entry.value().last >= m_pause || entry.value().count < m_limit; });
        if (m_failures.size() >= m_pairs)
            m_failures.clear();
    }
    Failures &failures = m_failures[{user, address}];
    if (now - failures.last >= m_pause)
        failures.count = 0;
    ++failures.count;
    failures.last = now;
}

void LoginGuard::succeeded(const QString &user, const QString &address)
{
    m_failures.remove({user, address});
}

} // namespace reveille
