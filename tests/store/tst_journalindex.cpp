// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journalindex.h"
#include "store/journalreader.h"
#include "store/journalrows.h"
#include "store/migrations.h"
#include "store/sqlconnection.h"
#include "storeharness.h"

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QString alice = u"sip:alice@lab.example"_s;
const QString rare = u"sip:rare@lab.example"_s;

JournalEntry rowOf(qint64 id)
{
    JournalEntry row;
    row.id = {quint64(id)};
    row.time = {1'700'000'000'000 + id};
    row.kind = id % 1000 == 7 ? JournalKind::Wake : JournalKind::Push;
    row.event = u"push-accepted"_s;
    row.user = PublicUserId::parse(id % 1000 == 7 ? rare : alice).value();
    row.push = PushId(u"p-%1"_s.arg(id / 4));
    return row;
}

JournalQuery userQuery(const QString &user)
{
    JournalQuery query;
    query.user = user;
    query.limit = 1000;
    query.ascending = true;
    return query;
}

QVector<quint64> idsOf(const Result<QVector<JournalEntry>> &rows)
{
    QVector<quint64> ids;
    for (const JournalEntry &row : rows.valueOr({}))
        ids.append(row.id.number);
    return ids;
}

} // namespace

/// A row is found by what it names before its block has an index, by the index afterwards, and through every failure and
/// restart between.
class TestJournalIndex : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aBlockIsIndexedOnceItIsFull();
    void theIndexNamesTheRowsOfAKeyAndCountsWhereTheyAreMany();
    void aRowThatComesLateJoinsItsBlock();
    void aTransactionThatFailsLeavesTheIndexAsItWas();
    void theOpenBlockIsTakenUpAgainAfterARestart();
    void aDatabaseWithoutAnIndexGetsOneWhenItIsOpened();
    void removedRowsTakeTheirIndexAlong();
    void anIndexThatSaysNonsenseIsDamage_data();
    void anIndexThatSaysNonsenseIsDamage();

private:
    void write(qint64 first, qint64 last);
    qint64 number(const QString &sql) const;
    void run(const QString &sql) const;

    std::unique_ptr<StoreHarness> m_harness;
};

void TestJournalIndex::init()
{
    m_harness = std::make_unique<StoreHarness>();
    QVERIFY_OK(m_harness->open());
}

void TestJournalIndex::write(qint64 first, qint64 last)
{
    StoreBatch batch;
    for (qint64 id = first; id <= last; ++id)
        batch.journal.append(rowOf(id));
    QVERIFY_OK(m_harness->commit(batch));
}

qint64 TestJournalIndex::number(const QString &sql) const
{
    SqlConnection connection;
    const Result<Done> open = connection.open(m_harness->file(), SqlConnection::Mode::ReadOnly, Milliseconds(0));
    return open ? connection.number(sql, {}, -1).valueOr(-2) : -3;
}

void TestJournalIndex::run(const QString &sql) const
{
    SqlConnection connection;
    QVERIFY_OK(connection.open(m_harness->file(), SqlConnection::Mode::ReadWrite, Milliseconds(1000)));
    QVERIFY_OK(connection.run(sql));
}

void TestJournalIndex::aBlockIsIndexedOnceItIsFull()
{
    write(1, journalBlockSize - 1);
    QCOMPARE(number(u"SELECT COUNT(*) FROM journal_index"_s), 0);
    QCOMPARE(number(u"SELECT indexed FROM journal_blocks WHERE block = 0"_s), openBlock);
    QCOMPARE(idsOf(m_harness->readJournal(userQuery(rare))), (QVector<quint64>{7, 1007, 2007, 3007, 4007}));

    write(journalBlockSize, journalBlockSize);
    QCOMPARE(number(u"SELECT indexed FROM journal_blocks WHERE block = 0"_s), indexedBlock);
    // Two kinds, two users, and a push for every four rows.
    QCOMPARE(number(u"SELECT COUNT(*) FROM journal_index WHERE block = 0"_s), 4 + journalBlockSize / 4);
    QCOMPARE(number(u"SELECT COUNT(*) FROM journal_index WHERE block = 1"_s), 0);
    QCOMPARE(idsOf(m_harness->readJournal(userQuery(rare))), (QVector<quint64>{7, 1007, 2007, 3007, 4007}));
    // The lines are what is believed: without them nothing is found.
    run(u"DELETE FROM journal_index WHERE key = 'u%1'"_s.arg(rare));
    QCOMPARE(idsOf(m_harness->readJournal(userQuery(rare))), QVector<quint64>());
}

void TestJournalIndex::theIndexNamesTheRowsOfAKeyAndCountsWhereTheyAreMany()
{
    write(1, journalBlockSize + 10);
    SqlConnection connection;
    QVERIFY_OK(connection.open(m_harness->file(), SqlConnection::Mode::ReadOnly, Milliseconds(0)));
    const auto few = readIndex(connection, 0, {JournalKey::User, rare});
    QVERIFY_OK(few);
    QCOMPARE(few->ids.value_or(QVector<qint64>()), (QVector<qint64>{7, 1007, 2007, 3007, 4007}));
    const auto many = readIndex(connection, 0, {JournalKey::Kind, u"push"_s});
    QVERIFY_OK(many);
    QVERIFY(!many->ids);
    QCOMPARE(many->count, journalBlockSize - 1 - 5);
    QCOMPARE(readIndex(connection, 0, {JournalKey::Push, u"p-nowhere"_s}).value().count, 0);
    QCOMPARE(JournalReader(m_harness->file()).count(userQuery(alice)).value(), journalBlockSize + 10 - 5);
}

void TestJournalIndex::aRowThatComesLateJoinsItsBlock()
{
    write(1, 2006);
    write(2008, journalBlockSize + 1);
    QCOMPARE(idsOf(m_harness->readJournal(userQuery(rare))), (QVector<quint64>{7, 1007, 3007, 4007}));
    write(2007, 2007);
    QCOMPARE(idsOf(m_harness->readJournal(userQuery(rare))), (QVector<quint64>{7, 1007, 2007, 3007, 4007}));
    JournalQuery push;
    push.push = u"p-501"_s;
    QCOMPARE(idsOf(m_harness->readJournal(push)), (QVector<quint64>{2007, 2006, 2005, 2004}));
    write(2007, 2007); // one that is there already changes nothing
    QCOMPARE(JournalReader(m_harness->file()).count(userQuery(rare)).value(), 5);
}

void TestJournalIndex::aTransactionThatFailsLeavesTheIndexAsItWas()
{
    write(1, 2000);
    run(u"CREATE TRIGGER refuse BEFORE INSERT ON journal_index BEGIN SELECT RAISE(ABORT, 'no'); END"_s);
    StoreBatch batch;
    for (qint64 id = 2001; id <= journalBlockSize + 20; ++id)
        batch.journal.append(rowOf(id));
    QVERIFY(!m_harness->commit(batch).ok());
    QCOMPARE(number(u"SELECT COUNT(*) FROM journal"_s), 2000);
    run(u"DROP TRIGGER refuse"_s);
    QVERIFY_OK(m_harness->commit(batch));
    QCOMPARE(number(u"SELECT indexed FROM journal_blocks WHERE block = 0"_s), indexedBlock);
    QCOMPARE(idsOf(m_harness->readJournal(userQuery(rare))), (QVector<quint64>{7, 1007, 2007, 3007, 4007}));
    QCOMPARE(JournalReader(m_harness->file()).count(userQuery(alice)).value(), journalBlockSize + 20 - 5);
}

void TestJournalIndex::theOpenBlockIsTakenUpAgainAfterARestart()
{
    write(1, 1500);
    QVERIFY_OK(m_harness->reopen());
    write(1501, journalBlockSize);
    QCOMPARE(idsOf(m_harness->readJournal(userQuery(rare))), (QVector<quint64>{7, 1007, 2007, 3007, 4007}));
    QCOMPARE(number(u"SELECT indexed FROM journal_blocks WHERE block = 0"_s), indexedBlock);
    QVERIFY_OK(m_harness->reopen());
    write(journalBlockSize + 1, 2 * journalBlockSize);
    QCOMPARE(number(u"SELECT COUNT(*) FROM journal_blocks WHERE indexed = 1"_s), 2);
    QCOMPARE(JournalReader(m_harness->file()).count(userQuery(rare)).value(), 9);
}

void TestJournalIndex::aDatabaseWithoutAnIndexGetsOneWhenItIsOpened()
{
    write(1, 3 * journalBlockSize);
    m_harness->store().close();
    run(u"DELETE FROM journal_index"_s);
    run(u"UPDATE journal_blocks SET indexed = 0"_s);
    QCOMPARE(JournalReader(m_harness->file()).count(userQuery(rare)).value(), 13);
    QVERIFY_OK(m_harness->reopen());
    QCOMPARE(number(u"SELECT COUNT(*) FROM journal_blocks WHERE indexed = 1"_s), 3);
    QCOMPARE(number(u"SELECT COUNT(DISTINCT block) FROM journal_index"_s), 3);
    QCOMPARE(JournalReader(m_harness->file()).count(userQuery(rare)).value(), 13);
    QCOMPARE(idsOf(m_harness->readJournal(userQuery(rare))).size(), 13);
}

void TestJournalIndex::removedRowsTakeTheirIndexAlong()
{
    StoreSettings settings = m_harness->settings();
    settings.journalKeepRows = 5000;
    m_harness = std::make_unique<StoreHarness>(settings);
    m_harness->settings().database = m_harness->folder() + u"/reveille.db"_s;
    QVERIFY_OK(m_harness->reopen());
    write(1, 3 * journalBlockSize);
    QTRY_COMPARE(number(u"SELECT COUNT(*) FROM journal"_s), 5000);
    const qint64 first = 3 * journalBlockSize - 5000 + 1;
    QCOMPARE(number(u"SELECT MIN(id) FROM journal"_s), first);
    QCOMPARE(number(u"SELECT MIN(block) FROM journal_index"_s), first / journalBlockSize);
    QCOMPARE(number(u"SELECT indexed FROM journal_blocks ORDER BY block LIMIT 1"_s), goingBlock);
    // What went is not counted any more.
    QVector<quint64> expected;
    for (qint64 id = first; id <= 3 * journalBlockSize; ++id) {
        if (id % 1000 == 7)
            expected.append(quint64(id));
    }
    QCOMPARE(idsOf(m_harness->readJournal(userQuery(rare))), expected);
    QCOMPARE(JournalReader(m_harness->file()).count(userQuery(rare)).value(), expected.size());
    QVERIFY_OK(m_harness->reopen());
    QCOMPARE(JournalReader(m_harness->file()).count(userQuery(rare)).value(), expected.size());
}

void TestJournalIndex::anIndexThatSaysNonsenseIsDamage_data()
{
    QTest::addColumn<QString>("line");
    for (const char *line : {"", "x", "1,", "5,4", "4,4", "-1", "4096", "*", "*0", "*-3", "*4097", "1;2"})
        QTest::newRow(*line ? line : "empty") << QString::fromLatin1(line);
}

void TestJournalIndex::anIndexThatSaysNonsenseIsDamage()
{
    QFETCH(QString, line);
    write(1, journalBlockSize);
    run(u"UPDATE journal_index SET ids = '%1' WHERE key = 'u%2'"_s.arg(line, rare));
    JournalReader reader(m_harness->file());
    QCOMPARE(codeOf(reader.read(userQuery(rare))), "store-corrupt");
    QCOMPARE(codeOf(reader.count(userQuery(rare))), "store-corrupt");
    QCOMPARE(reader.read(userQuery(alice)).value().size(), 1000);
}

QTEST_GUILESS_MAIN(TestJournalIndex)
#include "tst_journalindex.moc"
