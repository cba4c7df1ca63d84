// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QSqlDatabase>
#include <QVariant>

#include <memory>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace reveille {

/// A hash of a few characters of a statement: those of the store are few, long and known beforehand.
struct StatementHash {
    size_t operator()(const QString &sql) const;
};

/// Writes over the connection that QtSql has opened, with SQLite's own calls. The driver takes longer to hand over the values
/// of a row, one variant and one conversion to UTF-16 and back after the other, than SQLite to write it. On the thread of
/// the connection; gone before that is closed.
class SqliteWriter {
public:
    /// Lets SQLite keep no account of its memory, which costs every allocation a lock that all its threads share. Before the
    /// first connection of the process; does nothing later.
    static void countNoMemory();
    /// None where the driver is another, or one with a SQLite of its own inside: its handle is no use to ours.
    static std::unique_ptr<SqliteWriter> over(const QSqlDatabase &database);
    ~SqliteWriter();
    SqliteWriter(const SqliteWriter &) = delete;
    SqliteWriter &operator=(const SqliteWriter &) = delete;

    /// As SqlConnection::write: texts, octets and whole numbers, null ones as empty ones. Errors are the store's codes,
    /// `file` what they are about.
    Result<qint64> write(const QString &sql, const QVariantList &values, const QString &file);

private:
    struct Finalize {
        void operator()(sqlite3_stmt *statement) const;
    };

    explicit SqliteWriter(sqlite3 *handle)
        : m_handle(handle)
    {
    }
    Result<sqlite3_stmt *> prepare(const QString &sql, const QString &file);
    int bind(sqlite3_stmt *statement, const QVariantList &values);

    sqlite3 *m_handle;
    std::vector<char> m_texts; ///< of the row that is written, in UTF-8
    std::unordered_map<QString, std::unique_ptr<sqlite3_stmt, Finalize>, StatementHash> m_statements;
};

} // namespace reveille
