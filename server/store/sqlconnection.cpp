// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlconnection.h"

#include "store/sqlrow.h"
#include "store/storeerror.h"
#include "store/storelog.h"

#include <QFileInfo>
#include <QSqlError>
#include <QUrl>

#include <atomic>

namespace reveille {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcStore, "reveille.store")

namespace {

QString uniqueName()
{
    static std::atomic<quint64> last{0};
    return u"reveille-store-%1"_s.arg(++last);
}

/// SQLite's URI form: the only way to say that a missing file is not to be made.
QString uriOf(const QString &file, SqlConnection::Mode mode)
{
    QUrl uri = QUrl::fromLocalFile(QFileInfo(file).absoluteFilePath());
    switch (mode) {
    case SqlConnection::Mode::ReadOnly:
        uri.setQuery(u"mode=ro"_s);
        break;
    case SqlConnection::Mode::ReadWrite:
        uri.setQuery(u"mode=rw"_s);
        break;
    case SqlConnection::Mode::Create:
        uri.setQuery(u"mode=rwc"_s);
        break;
    }
    return QString::fromLatin1(uri.toEncoded());
}

/// The driver would write NULL for a null string.
QVariant notNull(const QVariant &value)
{
    if (value.typeId() == QMetaType::QString && static_cast<const QString *>(value.constData())->isNull())
        return QString(u""_s);
    if (value.typeId() == QMetaType::QByteArray &&
        static_cast<const QByteArray *>(value.constData())->isNull())
        return QByteArray("");
    return value;
}

/// Gives each value of a statement a name: QtSql makes a text of the position for every value bound by position, which costs
/// more than SQLite takes to write the row.
QString named(const QString &sql, QStringList &names)
{
    QString text;
    text.reserve(sql.size() + 64);
    bool isQuoted = false;
    for (const QChar c : sql) {
        isQuoted ^= c == u'\'';
        if (c != u'?' || isQuoted) {
            text += c;
            continue;
        }
        names.append(u":v%1"_s.arg(names.size()));
        text += names.constLast();
    }
    return text;
}

} // namespace

Result<Done> SqlConnection::open(const QString &file, Mode mode, Milliseconds busyTimeout)
{
    close();
    SqliteWriter::countNoMemory();
    m_name = uniqueName();
    m_file = file;
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    m_database.setDatabaseName(uriOf(file, mode));
    QString options = u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1"_s.arg(busyTimeout.count());
    if (mode == Mode::ReadOnly)
        options += u";QSQLITE_OPEN_READONLY"_s;
    m_database.setConnectOptions(options);
    if (!m_database.open()) {
        const Error error = storeError(m_database.lastError(), file);
        close();
        return error;
    }
    m_writer = SqliteWriter::over(m_database);
    return run(u"PRAGMA foreign_keys = ON"_s);
}

void SqlConnection::close()
{
    if (m_name.isEmpty())
        return;
    m_prepared.clear();
    m_writer.reset();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
    m_name.clear();
}

Result<QSqlQuery *> SqlConnection::execute(const QString &sql, const QVariantList &values)
{
    auto found = m_prepared.find(sql);
    if (found == m_prepared.end()) {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        QStringList names;
        if (!query.prepare(named(sql, names)))
            return storeError(query.lastError(), m_file);
        found = m_prepared.emplace(sql, Prepared{std::move(query), names}).first;
    }
    QSqlQuery &query = found->second.query;
    const QStringList &names = found->second.names;
    Q_ASSERT(values.size() == names.size());
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(names[i], notNull(values[i]));
    if (!query.exec()) {
        const Error error = storeError(query.lastError(), m_file);
        query.finish();
        return error;
    }
    return &query;
}

Result<qint64> SqlConnection::write(const QString &sql, const QVariantList &values)
{
    if (m_writer)
        return m_writer->write(sql, values, m_file);
    const Result<QSqlQuery *> query = execute(sql, values);
    if (!query)
        return query.error();
    const qint64 changed = (*query)->numRowsAffected();
    (*query)->finish();
    return changed;
}

Result<Done> SqlConnection::each(const QString &sql, const QVariantList &values, const RowAction &action)
{
    const Result<QSqlQuery *> result = execute(sql, values);
    if (!result)
        return result.error();
    QSqlQuery &query = **result;
    QString refused;
    while (refused.isEmpty() && query.next()) {
        SqlRow row(query);
        action(row);
        refused = row.refused();
    }
    const QSqlError error = query.lastError();
    query.finish();
    if (!refused.isEmpty()) {
        qCWarning(lcStore) << "store-corrupt" << m_file << "column" << refused;
        return Error{"store-corrupt", m_file};
    }
    if (error.isValid())
        return storeError(error, m_file);
    return Done{};
}

Result<qint64> SqlConnection::number(const QString &sql, const QVariantList &values, qint64 otherwise)
{
    const Result<QSqlQuery *> result = execute(sql, values);
    if (!result)
        return result.error();
    QSqlQuery &query = **result;
    const bool found = query.next();
    const QSqlError error = query.lastError();
    const QVariant value = found ? query.value(0) : QVariant();
    query.finish();
    if (!found && error.isValid())
        return storeError(error, m_file);
    return value.isNull() ? otherwise : value.toLongLong();
}

Result<Done> SqlConnection::run(const QString &sql)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(sql))
        return storeError(query.lastError(), m_file);
    return Done{};
}

Result<QString> SqlConnection::pragma(const QString &name)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(u"PRAGMA "_s + name))
        return storeError(query.lastError(), m_file);
    if (!query.next()) {
        if (query.lastError().isValid())
            return storeError(query.lastError(), m_file);
        return QString();
    }
    return query.value(0).toString();
}

} // namespace reveille
