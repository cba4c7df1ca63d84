// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/journal.h"

#include <algorithm>

namespace reveille {

Journal::Journal(Clock &clock, WriteBehind &store, QObject *parent)
    : QObject(parent), m_clock(clock), m_store(store)
{
}

JournalId Journal::add(JournalEntry entry)
{
    entry.id = JournalId{++m_last.number};
    entry.time = m_clock.now();
    m_store.stage(entry);
    m_ring.push_back(entry);
    if (m_ring.size() > ringSize)
        m_ring.pop_front();
    Q_EMIT added(entry);
    return m_last;
}

QVector<JournalEntry> Journal::since(JournalId id, bool *complete) const
{
    const auto first = std::upper_bound(m_ring.begin(), m_ring.end(), id,
                                        [](JournalId wanted, const JournalEntry &e) { return wanted < e.id; });
    if (complete)
        *complete = m_ring.empty() ? id >= m_last : id.number + 1 >= m_ring.front().id.number;
    return QVector<JournalEntry>(first, m_ring.end());
}

} // namespace reveille
