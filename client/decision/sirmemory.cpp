// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/decision/sirmemory.h"

#include <algorithm>

namespace reveille {

bool SirMemory::take(const SessionRequest &sir, Milliseconds window, Timestamp now)
{
    std::erase_if(m_seen, [&](const Seen &seen) { return now - seen.time > window; });
    if (sir.time <= m_forgottenUntil)
        return true;
    const Seen taken{sir.time, sir.nonce};
    if (std::find(m_seen.begin(), m_seen.end(), taken) != m_seen.end())
        return true;
    if (m_seen.size() >= maxNonces)
        forgetOldest();
    m_seen.push_back(taken);
    return false;
}

void SirMemory::restore(const std::deque<Seen> &seen, Timestamp forgottenUntil)
{
    m_seen = seen;
    m_forgottenUntil = forgottenUntil;
    while (m_seen.size() > maxNonces)
        forgetOldest();
}

void SirMemory::forgetOldest()
{
    const auto oldest = std::min_element(m_seen.begin(), m_seen.end(),
                                         [](const Seen &a, const Seen &b) { return a.time < b.time; });
    m_forgottenUntil = std::max(m_forgottenUntil, oldest->time);
    m_seen.erase(oldest);
}

} // namespace reveille
