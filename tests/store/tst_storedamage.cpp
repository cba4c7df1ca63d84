// SPDX-License-Identifier: GPL-3.0-or-later
#include "randomfacts.h"
#include "store/sqlconnection.h"
#include "storeharness.h"
#include "storehelper.h"

#include <QFile>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

constexpr int pageSize = 4096;

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool put(const QString &name, const QByteArray &content)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size();
}

/// A database with something in every table, closed cleanly.
void fill(StoreHarness &harness, int count)
{
    QVERIFY_OK(harness.open());
    RandomFacts random(30);
    StoreBatch batch;
    for (int i = 0; i < count; ++i) {
        batch.users.append(random.someUser());
        batch.devices.append(random.someDevice(batch.users.last().id));
        batch.bindings.append(random.binding(batch.devices.last()));
        batch.pushes.append(random.push());
        batch.wakes.append(random.wake());
        batch.journal.append(random.journalEntry(quint64(i + 1)));
    }
    QVERIFY_OK(harness.commit(batch));
    harness.store().close();
}

} // namespace

/// A database that is not as we left it is refused with a code, and never replaced by a fresh one.
class TestStoreDamage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFileOfSomethingElseIsRefused_data();
    void aFileOfSomethingElseIsRefused();
    void aDatabaseOfAnotherProgramIsForeign();
    void aNewerDatabaseIsRefused();
    void aLogWithoutDatabaseIsRefused();
    void aCutFileIsRefused_data();
    void aCutFileIsRefused();
    void aDamagedPageHeaderIsRefused();
    void aStoreThatCannotBeReadWholeIsNotWrittenTo();
    void anyFlippedByteIsSurvived();
    void aValueThatCannotBeIsRefused_data();
    void aValueThatCannotBeIsRefused();
    void damageFoundWhileRunningIsReported();
    void aMissingFolderIsNamed();
    void aFolderInPlaceOfTheFileIsRefused();
    void readOnlyPlacesAreRefused_data();
    void readOnlyPlacesAreRefused();
    void aSecondStoreIsRefused();
    void anUnknownDriverIsRefused();
    void anotherWriterMakesTheBatchFailWithLocked();
};

void TestStoreDamage::aFileOfSomethingElseIsRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("These are not the pages you are looking for.\n").repeated(500);
    QTest::newRow("short") << QByteArray("SQLite format 3");
    QTest::newRow("magic only") << QByteArray("SQLite format 3\0", 16) + QByteArray(5000, '\xff');
    QTest::newRow("zeros") << QByteArray(3 * pageSize, '\0');
}

void TestStoreDamage::aFileOfSomethingElseIsRefused()
{
    QFETCH(QByteArray, content);
    StoreHarness harness;
    QVERIFY(put(harness.file(), content));
    const Result<WholeState> state = harness.open();
    QCOMPARE(codeOf(state), "store-corrupt");
    QCOMPARE(state.error().about, harness.file());
    QCOMPARE(contentOf(harness.file()), content);
}

void TestStoreDamage::aDatabaseOfAnotherProgramIsForeign()
{
    StoreHarness harness;
    {
        SqlConnection other;
        QVERIFY_OK(other.open(harness.file(), SqlConnection::Mode::Create, Milliseconds(0)));
        QVERIFY_OK(other.run(u"CREATE TABLE recipes (name TEXT)"_s));
    }
    const QByteArray before = contentOf(harness.file());
    QCOMPARE(codeOf(harness.open()), "store-foreign");
    QCOMPARE(contentOf(harness.file()), before);
}

void TestStoreDamage::aNewerDatabaseIsRefused()
{
    StoreHarness harness;
    fill(harness, 3);
    {
        SqlConnection newer;
        QVERIFY_OK(newer.open(harness.file(), SqlConnection::Mode::ReadWrite, Milliseconds(0)));
        QVERIFY_OK(newer.run(u"PRAGMA user_version = 99"_s));
    }
    const QByteArray before = contentOf(harness.file());
    QCOMPARE(codeOf(harness.reopen()), "store-newer");
    QCOMPARE(contentOf(harness.file()), before);
    QVERIFY(!QFile::exists(harness.file() + u".lock"_s));
}

void TestStoreDamage::aLogWithoutDatabaseIsRefused()
{
    StoreHarness harness;
    QVERIFY(put(harness.file() + u"-wal"_s, QByteArray(10000, 'w')));
    QCOMPARE(codeOf(harness.open()), "store-corrupt");
    QVERIFY(!QFile::exists(harness.file()));
    QVERIFY(put(harness.file(), {}));
    QCOMPARE(codeOf(harness.open()), "store-corrupt");
    QCOMPARE(contentOf(harness.file() + u"-wal"_s).size(), 10000);
}

void TestStoreDamage::aCutFileIsRefused_data()
{
    QTest::addColumn<int>("permille");
    for (const int permille : {0, 5, 100, 500, 900, 999})
        QTest::addRow("%d", permille) << permille;
}

void TestStoreDamage::aCutFileIsRefused()
{
    QFETCH(int, permille);
    StoreHarness harness;
    fill(harness, 100);
    QFile file(harness.file());
    QVERIFY(file.resize(file.size() * permille / 1000));
    const qint64 size = file.size();
    QCOMPARE(codeOf(harness.reopen()), "store-corrupt");
    QCOMPARE(QFileInfo(harness.file()).size(), size);
}

void TestStoreDamage::aDamagedPageHeaderIsRefused()
{
    StoreHarness harness;
    fill(harness, 100);
    const QByteArray sound = contentOf(harness.file());
    for (const qsizetype page : {1, 2, 4, 5, 8}) {
        QByteArray damaged = sound;
        damaged[page * pageSize] = char(damaged[page * pageSize] ^ 0x55); // the kind of a b-tree page
        QVERIFY(put(harness.file(), damaged));
        QCOMPARE(codeOf(harness.reopen()), "store-corrupt");
    }
    QVERIFY(put(harness.file(), sound));
    QVERIFY_OK(harness.reopen());
}

void TestStoreDamage::aStoreThatCannotBeReadWholeIsNotWrittenTo()
{
    StoreHarness harness;
    fill(harness, 1500);
    {
        SqlConnection connection;
        QVERIFY_OK(connection.open(harness.file(), SqlConnection::Mode::ReadWrite, Milliseconds(0)));
        QVERIFY_OK(connection.run(u"UPDATE devices SET client_routes = '[' WHERE user_id = "
                                  "(SELECT MAX(user_id) FROM devices)"_s));
    }
    QVERIFY_OK(harness.store().open());
    int users = 0;
    const Result<Done> read =
        harness.store().readSubscribers([&](const StoredSubscribers &portion) { users += int(portion.users.size()); });
    QCOMPARE(codeOf(read), "store-corrupt");
    QCOMPARE(read.error().about, harness.file());
    QVERIFY(users > 0 && users < 1500);
    StoreBatch batch;
    batch.users = {RandomFacts(33).someUser()};
    QCOMPARE(codeOf(harness.commit(batch)), "store-closed");
}

void TestStoreDamage::anyFlippedByteIsSurvived()
{
    StoreHarness harness;
    fill(harness, 20);
    const QByteArray sound = contentOf(harness.file());
    QRandomGenerator random(31);
    int refused = 0;
    for (int round = 0; round < 150; ++round) {
        QByteArray damaged = sound;
        const qsizetype position =
            round < 100 ? round : random.bounded(int(sound.size())); // all of the header
        damaged[position] = char(damaged[position] ^ (1 << random.bounded(8)));
        QVERIFY(put(harness.file(), damaged));
        const Result<WholeState> state = harness.reopen();
        if (state) {
            StoreBatch batch;
            batch.journal = {RandomFacts(32).journalEntry(1'000'000)};
            const QByteArray written = codeOf(harness.commit(batch));
            QVERIFY2(written.isEmpty() || written == "store-corrupt" || written == "store-read-only",
                     written.constData());
            harness.store().close();
        } else {
            const QByteArray code = codeOf(state);
            QVERIFY2(code == "store-corrupt" || code == "store-foreign" || code == "store-newer" ||
                         code == "store-read-only" || code == "store-failed",
                     code.constData());
            ++refused;
        }
        for (const QString &suffix : {u"-wal"_s, u"-shm"_s, u"-journal"_s, u".lock"_s})
            QFile::remove(harness.file() + suffix);
    }
    QVERIFY(refused > 10);
}

void TestStoreDamage::aValueThatCannotBeIsRefused_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("push state") << u"UPDATE pushes SET state = 'flying', finished = 0"_s;
    QTest::newRow("device") << u"UPDATE devices SET device_id = 'urn:uuid:nonsense'"_s;
    QTest::newRow("user") << u"UPDATE users SET id = 'http://no'"_s;
    QTest::newRow("routes") << u"UPDATE devices SET client_routes = '[{]'"_s;
    QTest::newRow("route member") << u"UPDATE devices SET client_routes = '[{\"bearer\":1}]'"_s;
    QTest::newRow("times") << u"UPDATE wakes SET step_times = '[\"noon\"]', finished = 0"_s;
    QTest::newRow("number") << u"UPDATE bindings SET last_packet = 'yesterday'"_s;
    QTest::newRow("msisdn") << u"UPDATE devices SET msisdn = 'call me'"_s;
}

void TestStoreDamage::aValueThatCannotBeIsRefused()
{
    QFETCH(QString, sql);
    StoreHarness harness;
    fill(harness, 5);
    {
        SqlConnection editor;
        QVERIFY_OK(editor.open(harness.file(), SqlConnection::Mode::ReadWrite, Milliseconds(0)));
        QVERIFY_OK(editor.run(u"PRAGMA foreign_keys = OFF"_s));
        QVERIFY_OK(editor.run(u"DELETE FROM bindings WHERE rowid > 1"_s));
        QVERIFY_OK(editor.run(u"DELETE FROM devices WHERE rowid > 1"_s));
        QVERIFY_OK(editor.run(u"DELETE FROM users WHERE rowid > 1"_s));
        QVERIFY_OK(editor.run(sql));
    }
    QCOMPARE(codeOf(harness.reopen()), "store-corrupt");
}

void TestStoreDamage::damageFoundWhileRunningIsReported()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(33);
    QVector<Push> pushes;
    for (int i = 0; i < 40; ++i) { // more than is checked at every start
        Push push = random.push();
        push.state = PushState::Delivered;
        push.awaitsConfirmation = false;
        push.request.body = QByteArray(1024 * 1024, char(i));
        StoreBatch batch;
        batch.pushes = {push};
        QVERIFY_OK(harness.commit(batch));
        pushes.append(push);
    }
    harness.store().close();
    QFile file(harness.file());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() / 2 / pageSize * pageSize));
    QVERIFY(file.write(QByteArray(3 * pageSize, '\x7f')) == 3 * pageSize);
    file.close();

    QVERIFY_OK(harness.reopen());
    int damaged = 0;
    for (const Push &push : std::as_const(pushes)) {
        const auto read = harness.readPush(push.id);
        if (read)
            QCOMPARE(*read, std::optional(push));
        else
            QCOMPARE(codeOf(read), "store-corrupt");
        damaged += read ? 0 : 1;
    }
    QVERIFY(damaged >= 1);
    QVERIFY(damaged <= 2);
}

void TestStoreDamage::aMissingFolderIsNamed()
{
    StoreSettings settings;
    settings.database = QDir::tempPath() + u"/reveille-no-such-folder/reveille.db"_s;
    StoreHarness harness(settings);
    const Result<WholeState> state = harness.open();
    QCOMPARE(codeOf(state), "store-missing-folder");
    QCOMPARE(state.error().about, QString(QDir::tempPath() + u"/reveille-no-such-folder"_s));
}

void TestStoreDamage::aFolderInPlaceOfTheFileIsRefused()
{
    StoreHarness harness;
    QVERIFY(QDir().mkdir(harness.file()));
    QCOMPARE(codeOf(harness.open()), "store-failed");
}

void TestStoreDamage::readOnlyPlacesAreRefused_data()
{
    QTest::addColumn<QFile::Permissions>("folder");
    QTest::addColumn<QFile::Permissions>("file");
    const auto read = QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther;
    const auto write = QFile::WriteOwner | QFile::WriteGroup | QFile::WriteOther;
    const auto enter = QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
    QTest::newRow("file") << QFile::Permissions(read | write | enter) << QFile::Permissions(read);
    QTest::newRow("folder") << QFile::Permissions(read | enter) << QFile::Permissions(read | write);
    QTest::newRow("both") << QFile::Permissions(read | enter) << QFile::Permissions(read);
}

void TestStoreDamage::readOnlyPlacesAreRefused()
{
    QFETCH(QFile::Permissions, folder);
    QFETCH(QFile::Permissions, file);
    StoreHarness harness;
    fill(harness, 3);
    QVERIFY(QFile::setPermissions(harness.file(), file));
    QVERIFY(QFile::setPermissions(harness.folder(), folder));
    StoreHelper helper({u"open"_s, harness.file()}, true);
    const QByteArray said = helper.line();
    QVERIFY(QFile::setPermissions(harness.folder(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY2(said.startsWith("store-read-only " + harness.file().toUtf8()), said.constData());
}

void TestStoreDamage::aSecondStoreIsRefused()
{
    StoreHarness first;
    QVERIFY_OK(first.open());
    StoreSettings settings;
    settings.database = first.file();
    StoreHarness second(settings);
    const Result<WholeState> state = second.open();
    QCOMPARE(codeOf(state), "store-locked");
    QCOMPARE(state.error().about, u"%1, pid %2"_s.arg(first.file()).arg(QCoreApplication::applicationPid()));
    StoreHelper other({u"open"_s, first.file()});
    QVERIFY(other.line().startsWith("store-locked "));
    first.store().close();
    QVERIFY_OK(second.reopen());
}

void TestStoreDamage::anUnknownDriverIsRefused()
{
    StoreSettings settings;
    settings.driver = u"cardfile"_s;
    StoreHarness harness(settings);
    const Result<WholeState> state = harness.open();
    QCOMPARE(codeOf(state), "store-failed");
    QCOMPARE(state.error().about, u"cardfile"_s);
}

void TestStoreDamage::anotherWriterMakesTheBatchFailWithLocked()
{
    StoreHarness harness;
    harness.settings().busyTimeout = Milliseconds(50);
    QVERIFY_OK(harness.reopen());
    SqlConnection holder;
    QVERIFY_OK(holder.open(harness.file(), SqlConnection::Mode::ReadWrite, Milliseconds(0)));
    QVERIFY_OK(holder.run(u"BEGIN IMMEDIATE"_s));
    StoreBatch batch;
    batch.pushes = {RandomFacts(34).push()};
    QCOMPARE(codeOf(harness.commit(batch)), "store-locked");
    QCOMPARE(harness.store().facts().trouble, QByteArray("store-locked"));
    QVERIFY_OK(holder.run(u"ROLLBACK"_s));
    QVERIFY_OK(harness.commit(batch));
    QCOMPARE(harness.store().facts().trouble, QByteArray());
}

QTEST_GUILESS_MAIN(TestStoreDamage)
#include "tst_storedamage.moc"
