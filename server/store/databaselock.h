// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

namespace reveille {

/// Keeps a second server off a database: a file beside it ("reveille.db.lock"), locked as long as this
/// process lives, that names the process. It also remembers the number of the last commit. A file left behind
/// tells that the process died, and how many commits the database must hold: fewer, and what was acknowledged
/// is missing. One thread at a time.
class DatabaseLock {
public:
    DatabaseLock() = default;
    ~DatabaseLock() { release(!m_wasLeft); } ///< leaves a file that was left, for the next start to see
    DatabaseLock(const DatabaseLock &) = delete;
    DatabaseLock &operator=(const DatabaseLock &) = delete;

    /// Errors: store-locked (about: "FILE, pid N"), store-read-only, store-full, store-failed.
    Result<Done> acquire(const QString &database);
    /// What the process before, which did not end cleanly, had committed; 0 after a clean end.
    qint64 leftCommits() const { return m_leftCommits; }
    bool wasLeft() const { return m_wasLeft; }
    /// Notes that commit `number` is durable; from now on the file stays if the process dies.
    void note(qint64 number);
    /// Lets go. `clean`: everything is in the database file, so the next start need not look.
    void release(bool clean);

private:
    int m_descriptor = -1;
    QByteArray m_path;
    qint64 m_leftCommits = 0;
    bool m_wasLeft = false;
};

} // namespace reveille
