// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/journalentry.h"
#include "domain/result.h"
#include "domain/timestamp.h"

#include <QString>

#include <atomic>
#include <memory>

namespace reveille {

/// How far a long read is, and the way to stop it. The reader's thread writes, any other may look and cancel.
struct ReadControl {
    std::atomic<bool> cancelled{false};
    std::atomic<int> permille{0}; ///< of the rows there are to look at
};

/// The journal as the console reads it: straight from the database file, read-only, beside a running server
/// or without one. Queries by kind, user, device, push, wake and time go by index; a text is searched for in
/// short steps, so that it can be cancelled. Belongs to the thread that uses it first, one call at a time;
/// destroy it there. Errors: store-missing-file (no database yet), store-newer, store-older (not migrated
/// yet), store-corrupt, store-foreign, store-locked, store-cancelled, store-failed. After an error the next
/// call opens the file anew.
class JournalReader {
public:
    explicit JournalReader(QString database, Milliseconds busyTimeout = Milliseconds(2000));
    ~JournalReader();

    /// At most query.limit rows (1..1000), newest first unless `ascending`. `from` is inclusive, `until` is
    /// not. The next page: the same query with `after` = id of the last row.
    Result<QVector<JournalEntry>> read(const JournalQuery &query, ReadControl *control = nullptr);
    /// Rows that hold for everything but `after`, `ascending` and `limit`.
    Result<qint64> count(const JournalQuery &query, ReadControl *control = nullptr);
    /// Id of the newest row, not set where there is none.
    Result<JournalId> newest();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace reveille
