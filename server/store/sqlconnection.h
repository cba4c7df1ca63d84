// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/timestamp.h"
#include "store/sqlitewriter.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <unordered_map>

namespace reveille {

class SqlRow;

/// One connection to the database with its prepared statements. Opened, used and closed on one thread. Errors
/// are the store's codes, `about` the file.
class SqlConnection {
public:
    enum class Mode { ReadOnly, ReadWrite, Create };
    using RowAction = std::function<void(SqlRow &)>;

    SqlConnection() = default;
    ~SqlConnection() { close(); }
    SqlConnection(const SqlConnection &) = delete;
    SqlConnection &operator=(const SqlConnection &) = delete;

    /// ReadWrite does not make a file that is not there.
    Result<Done> open(const QString &file, Mode mode, Milliseconds busyTimeout);
    void close();
    bool isOpen() const { return !m_name.isEmpty(); }
    const QString &file() const { return m_file; }

    /// Runs a statement that is kept prepared; `sql` is one of a bounded set of texts. Null strings are
    /// written as empty ones. Returns the number of rows changed.
    Result<qint64> write(const QString &sql, const QVariantList &values = {});
    /// Calls `action` for every row; store-corrupt when it refuses one.
    Result<Done> each(const QString &sql, const QVariantList &values, const RowAction &action);
    /// The number in the first column of the first row; `otherwise` where there is no row or a null.
    Result<qint64> number(const QString &sql, const QVariantList &values = {}, qint64 otherwise = 0);
    /// Runs a statement once, without keeping it.
    Result<Done> run(const QString &sql);
    Result<QString> pragma(const QString &name);

private:
    struct Prepared {
        QSqlQuery query;
        QStringList names; ///< of its values
    };
    Result<QSqlQuery *> execute(const QString &sql, const QVariantList &values);

    QString m_name;
    QString m_file;
    QSqlDatabase m_database;
    std::unique_ptr<SqliteWriter> m_writer; ///< where the database is SQLite's
    std::unordered_map<QString, Prepared, StatementHash> m_prepared;
};

} // namespace reveille
