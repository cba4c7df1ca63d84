// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QStringList>
#include <QVector>

namespace reveille {

class SqlConnection;

/// What brings a database from the version before to `version`. Statements end with ";" at the end of a line.
struct Migration {
    int version = 0;
    QString sql;
};

/// Stands in the header of every database of ours ("Revl").
constexpr int databaseApplicationId = 0x5265766c;

/// Those built in, from resources/migrations, in order.
QVector<Migration> builtInMigrations();

/// Brings a database up to the newest version, all in one transaction. An empty database (`isNew`) becomes
/// ours. Errors: store-newer, store-foreign, store-corrupt and those of writing.
Result<Done> migrate(SqlConnection &connection, const QVector<Migration> &migrations, bool isNew);

/// For those who only read: store-foreign, store-newer, store-older.
Result<Done> checkReadable(SqlConnection &connection);

} // namespace reveille
