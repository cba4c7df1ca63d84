// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "store/databaselock.h"
#include "store/sqlconnection.h"
#include "store/storesettings.h"

namespace reveille {

/// The database file of a running server: locked, checked, of the newest schema. Never starts afresh where
/// there was a database that is damaged or has lost something. Writer thread.
class DatabaseFile {
public:
    explicit DatabaseFile(StoreSettings settings)
        : m_settings(std::move(settings))
    {
    }

    /// Errors: those of Store::open.
    Result<Done> open();
    /// Brings everything into the one file and lets go of it.
    void close();

    SqlConnection &connection() { return m_connection; }

    Result<Done> begin();
    /// Ends the transaction durably, or undoes it and says why.
    Result<Done> commit();
    void rollBack();

private:
    Result<Done> checkPlace() const;
    Result<Done> create();
    Result<Done> openExisting();
    Result<Done> checkPages();
    Result<Done> checkCommits();
    bool hasLog() const; ///< there is a write-ahead log with something in it

    StoreSettings m_settings;
    DatabaseLock m_lock;
    SqlConnection m_connection;
    qint64 m_commits = 0; ///< counted over the life of the database
};

} // namespace reveille
