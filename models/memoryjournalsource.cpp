// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/memoryjournalsource.h"

#include <algorithm>

namespace reveille {

void MemoryJournalSource::add(const QVector<JournalEntry> &entries)
{
    for (const JournalEntry &entry : entries) {
        if (m_entries.empty() || entry.id > m_entries.back().id)
            m_entries.push_back(entry);
    }
    while (qsizetype(m_entries.size()) > m_capacity)
        m_entries.pop_front();
}

void MemoryJournalSource::read(const JournalFilter &filter, JournalId before, JournalId above, int limit,
                               Answer answer)
{
    Page page;
    auto at = m_entries.end();
    if (before.isSet()) {
        at = std::lower_bound(m_entries.begin(), m_entries.end(), before,
                              [](const JournalEntry &entry, JournalId id) { return entry.id < id; });
    }
    while (at != m_entries.begin() && page.entries.size() < limit) {
        --at;
        if (at->id <= above)
            break;
        if (filter.takes(*at))
            page.entries.append(*at);
    }
    page.atEnd = page.entries.size() < limit;
    answer(page);
}

} // namespace reveille
