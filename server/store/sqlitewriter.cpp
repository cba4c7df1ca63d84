// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlitewriter.h"

#include "store/storeerror.h"

#include <QSqlDriver>
#include <QSqlQuery>
#include <QVarLengthArray>

#include <algorithm>
#include <sqlite3.h>
#include <utility>

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

constexpr size_t keptForTexts = 64 * 1024;

const QString *textOf(const QVariant &value)
{
    return value.typeId() == QMetaType::QString ? static_cast<const QString *>(value.constData()) : nullptr;
}

/// Writes at most three octets for each unit of the text. The end of them.
char *writeUtf8(QStringView text, char *out)
{
    const auto plain = std::find_if(text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0x80; });
    out = std::transform(text.begin(), plain, out, [](QChar c) { return char(c.unicode()); });
    if (plain == text.end())
        return out;
    const QByteArray others = text.sliced(plain - text.begin()).toUtf8();
    return std::copy(others.begin(), others.end(), out);
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

/// Nothing is copied by SQLite: the texts and the values live until the statement is reset.
int SqliteWriter::bind(sqlite3_stmt *statement, const QVariantList &values)
{
    QVarLengthArray<const QString *, 32> texts;
    size_t room = 1; // for SQLite no address is no value
    for (const QVariant &value : values) {
        texts.append(textOf(value));
        room += texts.last() ? 3 * size_t(texts.last()->size()) : 0;
    }
    if (m_texts.size() < room || m_texts.size() > keptForTexts)
        m_texts = std::vector<char>(room);
    char *at = m_texts.data();
    int code = SQLITE_OK;
    for (int place = 1; code == SQLITE_OK && place <= int(values.size()); ++place) {
        const QVariant &value = values[place - 1];
        if (const QString *text = texts[place - 1]) {
            char *begin = std::exchange(at, writeUtf8(*text, at));
            code = ::sqlite3_bind_text64(statement, place, begin, sqlite3_uint64(at - begin), SQLITE_STATIC, SQLITE_UTF8);
        } else if (value.typeId() == QMetaType::QByteArray) {
            const auto *bytes = static_cast<const QByteArray *>(value.constData());
            code = ::sqlite3_bind_blob64(statement, place, bytes->constData(), sqlite3_uint64(bytes->size()), SQLITE_STATIC);
        } else {
            code = ::sqlite3_bind_int64(statement, place, value.toLongLong());
        }
    }
    return code;
}

Result<qint64> SqliteWriter::write(const QString &sql, const QVariantList &values, const QString &file)
{
    const Result<sqlite3_stmt *> prepared = prepare(sql, file);
    if (!prepared)
        return prepared.error();
    sqlite3_stmt *statement = *prepared;
    Q_ASSERT(values.size() == ::sqlite3_bind_parameter_count(statement));
    int code = bind(statement, values);
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
