// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/journalentry.h"


namespace reveille {

/// Which rows of the journal to show; all conditions hold together. Any thread.
struct JournalFilter {
    QVector<JournalKind> kinds; ///< any of these; empty = all
    QString user;               ///< canonical public user ID
    QString device;             ///< canonical device ID
    QString push;
    QString wake;
    QString text;               ///< substring of event, ids and field values, without case
    Timestamp from;             ///< inclusive
    Timestamp until;            ///< exclusive

    bool isEmpty() const { return *this == JournalFilter{}; }
    bool takes(const JournalEntry &entry) const;
    /// The query of one kind, or of all kinds.
    JournalQuery query(std::optional<JournalKind> kind) const;
    friend bool operator==(const JournalFilter &, const JournalFilter &) = default;
};

} // namespace reveille
