// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/readpace.h"

#include <algorithm>
#include <utility>

namespace reveille {

void ReadPace::read(int datagrams, Milliseconds now)
{
    ++m_reads;
    m_datagrams += std::max(datagrams, 0);
    const Milliseconds took = now - m_begun;
    if (took < window)
        return;
    const qint64 reads = std::exchange(m_reads, 0) * 1000LL / took.count();
    const qint64 perSecond = std::exchange(m_datagrams, 0) * 1000LL / took.count();
    m_begun = now;
    if (m_interval.count() == 0) {
        if (reads < busy || now < m_restUntil)
            return;
        m_quiet = 0;
    } else {
        m_quiet = perSecond < quiet ? m_quiet + 1 : 0;
        if (m_quiet == quietWindows) {
            m_interval = Milliseconds(0);
            m_restUntil = now + rest;
            return;
        }
    }
    m_interval = std::clamp(Milliseconds(wanted * 1000LL / std::max<qint64>(perSecond, 1)), shortest, longest);
}

} // namespace reveille
