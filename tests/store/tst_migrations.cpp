// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migrations.h"
#include "store/sqlconnection.h"
#include "storeharness.h"

using namespace reveille;
using namespace Qt::StringLiterals;

/// Databases of every version there was become databases of the newest one, whole or not at all.
class TestMigrations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void builtInMigrationsAreNumberedFromOne();
    void aNewDatabaseGetsTheNewestVersion();
    void anOlderDatabaseGetsOnlyWhatItLacks();
    void aFailingMigrationLeavesTheVersionBefore();
    void aNewerDatabaseIsNotTouched();
    void everyOlderSchemaOpensAndKeepsItsRows();
    void statementsMayHoldCommentsAndSeveralLines();

private:
    static QVector<Migration> three()
    {
        return {{1, u"CREATE TABLE a (x TEXT);\n"_s},
                {2, u"CREATE TABLE b (y TEXT);\nINSERT INTO b (y) SELECT x FROM a;\n"_s},
                {3, u"DROP TABLE a;\n"_s}};
    }
    static qint64 tables(SqlConnection &connection)
    {
        return connection.number(u"SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'"_s).valueOr(-1);
    }
    /// Opens an empty database in a folder of its own.
    struct Database {
        QTemporaryDir folder;
        SqlConnection connection;
        Result<Done> opened =
            connection.open(folder.filePath(u"a.db"_s), SqlConnection::Mode::Create, Milliseconds(0));
    };
};

void TestMigrations::builtInMigrationsAreNumberedFromOne()
{
    const QVector<Migration> migrations = builtInMigrations();
    QVERIFY(!migrations.isEmpty());
    for (qsizetype i = 0; i < migrations.size(); ++i) {
        QCOMPARE(migrations[i].version, int(i) + 1);
        QVERIFY(!migrations[i].sql.isEmpty());
    }
}

void TestMigrations::aNewDatabaseGetsTheNewestVersion()
{
    Database database;
    QVERIFY_OK(database.opened);
    QVERIFY_OK(migrate(database.connection, three(), true));
    QCOMPARE(database.connection.pragma(u"user_version"_s).value(), u"3"_s);
    QCOMPARE(database.connection.pragma(u"application_id"_s).value(), QString::number(databaseApplicationId));
    QCOMPARE(tables(database.connection), 1);
}

void TestMigrations::anOlderDatabaseGetsOnlyWhatItLacks()
{
    Database database;
    QVERIFY_OK(migrate(database.connection, three().mid(0, 1), true));
    QVERIFY_OK(database.connection.run(u"INSERT INTO a (x) VALUES ('kept')"_s));
    QVERIFY_OK(migrate(database.connection, three(), false));
    QCOMPARE(database.connection.number(u"SELECT COUNT(*) FROM b WHERE y = 'kept'"_s).value(), 1);
    QVERIFY_OK(migrate(database.connection, three(), false));
    QCOMPARE(database.connection.number(u"SELECT COUNT(*) FROM b"_s).value(), 1);
}

void TestMigrations::aFailingMigrationLeavesTheVersionBefore()
{
    Database database;
    QVERIFY_OK(migrate(database.connection, three().mid(0, 1), true));
    QVector<Migration> broken = three();
    broken[2].sql = u"CREATE TABLE c (z TEXT);\nDROP TABLE nothing;\n"_s;
    QCOMPARE(codeOf(migrate(database.connection, broken, false)), "store-failed");
    QCOMPARE(database.connection.pragma(u"user_version"_s).value(), u"1"_s);
    QCOMPARE(tables(database.connection), 1);
    QVERIFY_OK(migrate(database.connection, three(), false));
}

void TestMigrations::aNewerDatabaseIsNotTouched()
{
    Database database;
    QVERIFY_OK(migrate(database.connection, three(), true));
    QCOMPARE(codeOf(migrate(database.connection, three().mid(0, 2), false)), "store-newer");
    QCOMPARE(tables(database.connection), 1);
}

void TestMigrations::everyOlderSchemaOpensAndKeepsItsRows()
{
    const QVector<Migration> migrations = builtInMigrations();
    for (qsizetype count = 1; count <= migrations.size(); ++count) {
        StoreHarness harness;
        {
            SqlConnection older;
            QVERIFY_OK(older.open(harness.file(), SqlConnection::Mode::Create, Milliseconds(0)));
            QVERIFY_OK(migrate(older, migrations.mid(0, count), true));
            QVERIFY_OK(older.run(u"INSERT INTO users (id, name, ha1_md5, ha1_sha256, created_at) "
                                 "VALUES ('sip:alice@lab.example', 'Alice', '', '', 1)"_s));
            QVERIFY_OK(older.run(u"INSERT INTO pushes (id, state, finished, accepted_at, expires_at, finished_at, user_id, initiator, target_user, "
                                 "target_device, target_msisdn, target_session, named_devices, application, content_type, ttl_ms, priority, "
                                 "send_when, sir_mode, body) VALUES ('p-1', 'sending', 0, 1, 2, 0, 'sip:alice@lab.example', '', "
                                 "'sip:alice@lab.example', '', '', '', '[]', '', 'text/plain', 1000, 'normal', 'wake', '', x'21')"_s));
            for (const QString &place : {u"1"_s, u"0"_s}) {
                QVERIFY_OK(older.run(u"INSERT INTO deliveries (push_id, position, device_id, state, reason, wake_id, attempts, changed_at) "
                                     "VALUES ('p-1', "_s + place + u", 'other:"_s + place + u"', 'sending', '', '', 3, 4)"_s));
            }
        }
        const Result<WholeState> state = harness.open();
        QVERIFY_OK(state);
        QCOMPARE(state->users.size(), 1);
        QCOMPARE(state->users[0].name, u"Alice"_s);
        QCOMPARE(state->pushes.size(), 1);
        QCOMPARE(state->pushes[0].deliveries.size(), 2);
        QCOMPARE(state->pushes[0].deliveries[1].device.toString(), u"other:1"_s);
        QCOMPARE(state->pushes[0].deliveries[1].attempts, 3);
    }
}

void TestMigrations::statementsMayHoldCommentsAndSeveralLines()
{
    Database database;
    const QVector<Migration> migrations{
        {1, u"-- one; two\nCREATE TABLE a (\n    x TEXT, -- what\n    y TEXT\n);\n\n"
            "-- end\nCREATE INDEX a_x ON a (x);\n"_s}};
    QVERIFY_OK(migrate(database.connection, migrations, true));
    QCOMPARE(tables(database.connection), 1);
}

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
