// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/journalentry.h"
#include "engine/clock.h"
#include "engine/writebehind.h"

#include <QObject>

#include <deque>

namespace reveille {

/// Where everything worth knowing is written down: numbered, timed, kept in a bounded ring for the live views and
/// handed to the store. Server thread.
class Journal : public QObject
{
    Q_OBJECT
public:
    Journal(Clock &clock, WriteBehind &store, QObject *parent = nullptr);

    /// Numbers of before the restart are not used again.
    void continueAfter(JournalId last) { m_last = last; }
    /// Gives the entry its id and time, stages it for the store, tells added().
    JournalId add(JournalEntry entry);
    JournalId last() const { return m_last; }
    /// Entries of the ring with a greater id, oldest first; `complete` is false where the ring has lost some.
    QVector<JournalEntry> since(JournalId id, bool *complete = nullptr) const;

    static constexpr int ringSize = 10000;

Q_SIGNALS:
    void added(const reveille::JournalEntry &entry);

private:
    Clock &m_clock;
    WriteBehind &m_store;
    JournalId m_last;
    std::deque<JournalEntry> m_ring;
};

} // namespace reveille
