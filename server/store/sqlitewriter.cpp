// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlitewriter.h"

#include "store/storeerror.h"

#include <QSqlDriver>
#include <QSqlQuery>
#include <QVarLengthArray>

#include <sqlite3.h>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

/// Whether the library that the driver runs is the one we are linked with.
bool isOurs(const QSqlDatabase &database)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    return query.exec(u"SELECT sqlite_source_id()"_s) && query.next()
        && query.value(0).toString() == QLatin1StringView(::sqlite3_sourceid());
}

/// Text and octets are not copied: `texts` and the value live until the statement is reset.
int bind(sqlite3_stmt *statement, int place, const QVariant &value, QVarLengthArray<QByteArray, 32> &texts)
{
    switch (value.typeId()) {
    case QMetaType::QString: {
        texts.append(static_cast<const QString *>(value.constData())->toUtf8());
        const QByteArray &text = texts.last();
        return ::sqlite3_bind_text64(statement, place, text.constData(), sqlite3_uint64(text.size()), SQLITE_STATIC, SQLITE_UTF8);
    }
    case QMetaType::QByteArray: {
        const auto *bytes = static_cast<const QByteArray *>(value.constData());
        return ::sqlite3_bind_blob64(statement, place, bytes->constData(), sqlite3_uint64(bytes->size()), SQLITE_STATIC);
    }
    default:
        return ::sqlite3_bind_int64(statement, place, value.toLongLong());
    }
}

} // namespace

size_t StatementHash::operator()(const QString &sql) const
{
    const qsizetype size = sql.size();
    size_t hash = size_t(size);
    for (qsizetype i = 0; i < size; i += size / 8 + 1)
        hash = hash * 31 + sql[i].unicode();
    return hash;
}

void SqliteWriter::Finalize::operator()(sqlite3_stmt *statement) const
{
    ::sqlite3_finalize(statement);
}

void SqliteWriter::countNoMemory()
{
    static const int done = ::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    Q_UNUSED(done)
}

std::unique_ptr<SqliteWriter> SqliteWriter::over(const QSqlDatabase &database)
{
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0 || !isOurs(database))
        return nullptr;
    sqlite3 *sqlite = *static_cast<sqlite3 *const *>(handle.constData());
    return sqlite ? std::unique_ptr<SqliteWriter>(new SqliteWriter(sqlite)) : nullptr;
}

SqliteWriter::~SqliteWriter() = default;

Result<sqlite3_stmt *> SqliteWriter::prepare(const QString &sql, const QString &file)
{
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        const QByteArray text = sql.toUtf8();
        sqlite3_stmt *statement = nullptr;
        if (::sqlite3_prepare_v3(m_handle, text.constData(), int(text.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
            return storeError(::sqlite3_extended_errcode(m_handle), ::sqlite3_errmsg(m_handle), file);
        found = m_statements.emplace(sql, statement).first;
    }
    return found->second.get();
}

Result<qint64> SqliteWriter::write(const QString &sql, const QVariantList &values, const QString &file)
{
    const Result<sqlite3_stmt *> prepared = prepare(sql, file);
    if (!prepared)
        return prepared.error();
    sqlite3_stmt *statement = *prepared;
    Q_ASSERT(values.size() == ::sqlite3_bind_parameter_count(statement));
    QVarLengthArray<QByteArray, 32> texts;
    int code = SQLITE_OK;
    for (qsizetype i = 0; code == SQLITE_OK && i < values.size(); ++i)
        code = bind(statement, int(i) + 1, values[i], texts);
    if (code == SQLITE_OK)
        code = ::sqlite3_step(statement);
    Result<qint64> changed = qint64(::sqlite3_changes(m_handle));
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        changed = storeError(::sqlite3_extended_errcode(m_handle), ::sqlite3_errmsg(m_handle), file);
    ::sqlite3_reset(statement);
    ::sqlite3_clear_bindings(statement);
    return changed;
}

} // namespace reveille
