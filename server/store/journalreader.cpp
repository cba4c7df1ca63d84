// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journalreader.h"

#include "store/journalscan.h"
#include "store/migrations.h"
#include "store/sqlconnection.h"

#include <QFileInfo>

namespace reveille {

using namespace Qt::StringLiterals;

struct JournalReader::Private {
    QString database;
    Milliseconds busyTimeout;
    SqlConnection connection;

    Result<Done> open()
    {
        if (connection.isOpen())
            return Done{};
        if (!QFileInfo::exists(database))
            return Error{"store-missing-file", database};
        Result<Done> ready = connection.open(database, SqlConnection::Mode::ReadOnly, busyTimeout);
        if (ready)
            ready = checkReadable(connection);
        if (!ready)
            connection.close();
        return ready;
    }

    template <typename Value, typename Read>
    Result<Value> with(Read read)
    {
        if (const Result<Done> ready = open(); !ready)
            return ready.error();
        Result<Value> value = read(connection);
        if (!value && !value.error().is("store-cancelled"))
            connection.close();
        return value;
    }
};

JournalReader::JournalReader(QString database, Milliseconds busyTimeout)
    : d(std::make_unique<Private>())
{
    d->database = std::move(database);
    d->busyTimeout = busyTimeout;
}

JournalReader::~JournalReader() = default;

Result<QVector<JournalEntry>> JournalReader::read(const JournalQuery &query, ReadControl *control)
{
    return d->with<QVector<JournalEntry>>(
        [&](SqlConnection &connection) { return scanJournal(connection, query, control); });
}

Result<qint64> JournalReader::count(const JournalQuery &query, ReadControl *control)
{
    return d->with<qint64>(
        [&](SqlConnection &connection) { return countJournal(connection, query, control); });
}

Result<JournalId> JournalReader::newest()
{
    return d->with<JournalId>([](SqlConnection &connection) -> Result<JournalId> {
        const auto id = connection.number(u"SELECT MAX(id) FROM journal"_s);
        if (!id)
            return id.error();
        return JournalId{quint64(*id)};
    });
}

} // namespace reveille
