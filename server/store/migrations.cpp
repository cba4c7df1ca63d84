// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migrations.h"

#include "store/sqlconnection.h"
#include "store/storelog.h"

#include <QDir>
#include <QFile>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

QStringList statementsOf(const QString &sql)
{
    QStringList statements;
    QString statement;
    for (const QString &line : sql.split(u'\n')) {
        const QString trimmed = line.trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith("--"_L1))
            continue;
        statement += line + u'\n';
        if (trimmed.endsWith(u';')) {
            statements.append(statement);
            statement.clear();
        }
    }
    return statements;
}

Result<int> number(SqlConnection &connection, const QString &pragma)
{
    const Result<QString> text = connection.pragma(pragma);
    if (!text)
        return text.error();
    return text->toInt();
}

/// The version of a database that must be ours.
Result<int> versionOf(SqlConnection &connection)
{
    const Result<int> application = number(connection, u"application_id"_s);
    if (!application)
        return application;
    if (*application != databaseApplicationId)
        return Error{"store-foreign", connection.file()};
    return number(connection, u"user_version"_s);
}

Result<Done> apply(SqlConnection &connection, const QVector<Migration> &migrations, int from)
{
    for (const Migration &migration : migrations) {
        if (migration.version <= from)
            continue;
        for (const QString &statement : statementsOf(migration.sql)) {
            if (const Result<Done> done = connection.run(statement); !done)
                return done;
        }
        qCInfo(lcStore) << "schema" << migration.version << connection.file();
    }
    if (const Result<Done> done = connection.run(u"PRAGMA application_id = %1"_s.arg(databaseApplicationId));
        !done)
        return done;
    return connection.run(u"PRAGMA user_version = %1"_s.arg(migrations.last().version));
}

} // namespace

QVector<Migration> builtInMigrations()
{
    QVector<Migration> migrations;
    const QDir folder(u":/reveille/migrations"_s);
    for (const QString &name : folder.entryList({u"*.sql"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            migrations.append({QStringView(name).chopped(4).toInt(), QString::fromUtf8(file.readAll())});
    }
    return migrations;
}

Result<Done> migrate(SqlConnection &connection, const QVector<Migration> &migrations, bool isNew)
{
    Q_ASSERT(!migrations.isEmpty());
    const Result<int> version = isNew ? Result<int>(0) : versionOf(connection);
    if (!version)
        return version.error();
    if (*version > migrations.last().version)
        return Error{"store-newer", connection.file()};
    if (*version == migrations.last().version)
        return Done{};
    Result<Done> done = connection.run(u"BEGIN IMMEDIATE"_s);
    if (!done)
        return done;
    done = apply(connection, migrations, *version);
    if (done)
        done = connection.run(u"COMMIT"_s);
    if (!done)
        (void)connection.run(u"ROLLBACK"_s);
    return done;
}

Result<Done> checkReadable(SqlConnection &connection)
{
    static const int newest = builtInMigrations().last().version;
    const Result<int> version = versionOf(connection);
    if (!version)
        return version.error();
    if (*version != newest)
        return Error{*version > newest ? "store-newer" : "store-older", connection.file()};
    return Done{};
}

} // namespace reveille
