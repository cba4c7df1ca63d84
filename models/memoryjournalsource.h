// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/journalsource.h"

#include <deque>

namespace reveille {

/// The journal of this run kept in memory, bounded: for a server without a database file, and for tests. GUI thread.
class MemoryJournalSource : public JournalSource
{
public:
    explicit MemoryJournalSource(qsizetype capacity = 100000) : m_capacity(capacity) {}
    void add(const QVector<JournalEntry> &entries); ///< ids rising; known ones are ignored
    qsizetype size() const { return qsizetype(m_entries.size()); }

    void read(const JournalFilter &filter, JournalId before, JournalId above, int limit, Answer answer) override;
    void cancel() override {}

private:
    qsizetype m_capacity;
    std::deque<JournalEntry> m_entries;
};

} // namespace reveille
