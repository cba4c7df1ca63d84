// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journalreader.h"
#include "store/sqlconnection.h"
#include "storeharness.h"

#include <QRandomGenerator>

#include <algorithm>
#include <thread>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 startTime = 1'700'000'000'000;

/// Rows of a small world: a few users with two devices each, pushes and wake-ups, time that rises with the id
/// except for a clock set back once in the middle.
JournalEntry rowOf(quint64 id, quint64 count)
{
    JournalEntry row;
    row.id = {id};
    row.time = {startTime + qint64(id) * 10 - (id > count / 2 ? qint64(count) : 0)};
    row.kind = JournalKind(id % 5);
    row.event = id % 2 ? u"registered"_s : u"sir-sent"_s;
    const quint64 user = id % 97;
    row.user = PublicUserId::parse(u"sip:user%1@lab.example"_s.arg(user)).value();
    row.device = DeviceId::parse(u"mac:%1"_s.arg(user * 2 + id / 97 % 2, 12, 16, QChar(u'0'))).value();
    if (id % 10 == 0)
        row.push = PushId(u"p-%1"_s.arg(id / 100));
    if (id % 11 == 0)
        row.wake = WakeId(u"w-%1"_s.arg(id / 110));
    row.fields = {{u"peer"_s, u"192.0.2.%1"_s.arg(id % 250)},
                  {u"note"_s, id == 4321 ? u"Größe 100%_\\"_s : u"-"_s}};
    return row;
}

bool holds(const JournalEntry &row, const JournalQuery &query)
{
    const auto differs = [](const QString &wanted, const QString &is) {
        return !wanted.isEmpty() && wanted != is;
    };
    if ((query.kind && *query.kind != row.kind) || differs(query.user, row.user.toString()) ||
        differs(query.device, row.device.toString()) || differs(query.push, row.push.text()) ||
        differs(query.wake, row.wake.text()) || (query.from.isSet() && row.time < query.from) ||
        (query.until.isSet() && row.time >= query.until))
        return false;
    QString text = row.event + u'\n' + row.user.toString() + u'\n' + row.device.toString() + u'\n' +
                   row.push.text() + u'\n' + row.wake.text();
    for (const auto &field : row.fields)
        text += u'\n' + field.second;
    return query.text.isEmpty() || text.contains(query.text, Qt::CaseInsensitive);
}

void fill(StoreHarness &harness, quint64 count)
{
    QVERIFY_OK(harness.open());
    StoreBatch batch;
    for (quint64 id = 1; id <= count; ++id) {
        batch.journal.append(rowOf(id, count));
        if (id % 20000 == 0 || id == count) {
            QVERIFY_OK(harness.commit(batch));
            batch.journal.clear();
        }
    }
}

/// A great many rows, faster than through the store.
void fillBySql(const QString &file, quint64 count)
{
    SqlConnection connection;
    QVERIFY_OK(connection.open(file, SqlConnection::Mode::ReadWrite, Milliseconds(0)));
    QVERIFY_OK(connection.run(u"PRAGMA synchronous = OFF"_s));
    QVERIFY_OK(connection.run(
        u"INSERT INTO journal (id, time, kind, event, user_id, device_key, push_id, wake_id, search, "
        u"device_id, fields, "
        "bytes_format, bytes) WITH RECURSIVE ids (id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM ids WHERE "
        "id < %1) "
        "SELECT id, %2 + id * 10, CASE id % 5 WHEN 0 THEN 'connection' WHEN 1 THEN 'sir' WHEN 2 THEN 'wake' "
        "WHEN 3 THEN 'push' ELSE 'trigger' END, 'registered', 'sip:user' || (id % 97) || '@lab.example', '', "
        "CASE WHEN id % 10 THEN '' ELSE 'p-' || (id / 100) END, '', "
        "CASE id WHEN 4321 THEN 'größe' ELSE 'registered 192.0.2.1' END, '', '[]', '', x'' FROM ids"_s
            .arg(count)
            .arg(startTime)));
    QVERIFY_OK(
        connection.run(u"INSERT INTO journal_blocks (block, row_count, first_time, last_time) "
                       "SELECT id / 4096, COUNT(*), MIN(time), MAX(time) FROM journal GROUP BY id / 4096"_s));
}

} // namespace

class TestJournalReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void findsWhatHoldsAndNothingElse_data();
    void findsWhatHoldsAndNothingElse();
    void pagesMeetWithoutGapOrOverlap_data() { findsWhatHoldsAndNothingElse_data(); }
    void pagesMeetWithoutGapOrOverlap();
    void limitIsKeptBetweenNothingAndAThousand();
    void readsBesideARunningServerAndAfterIt();
    void readsInAnotherThreadWhileTheServerWrites();
    void aSearchCanBeCancelled();
    void aSearchTellsItsProgress();
    void newestIsTheHighestId();
    void troubleHasItsCode();
    void aMillionRowsAnswerEveryKindOfQuery();

private:
    static constexpr quint64 s_count = 9000;
    std::unique_ptr<StoreHarness> m_harness;
    QVector<JournalEntry> m_rows;
};

void TestJournalReader::initTestCase()
{
    m_harness = std::make_unique<StoreHarness>();
    fill(*m_harness, s_count);
    for (quint64 id = 1; id <= s_count; ++id)
        m_rows.append(rowOf(id, s_count));
}

void TestJournalReader::findsWhatHoldsAndNothingElse_data()
{
    QTest::addColumn<JournalQuery>("query");
    const QString user = u"sip:user13@lab.example"_s;
    const auto row = [](const char *name, auto change) {
        JournalQuery query;
        change(query);
        QTest::newRow(name) << query;
        query.ascending = true;
        QTest::newRow((QByteArray(name) + " ascending").constData()) << query;
    };
    row("everything", [](JournalQuery &) {});
    row("kind", [](JournalQuery &q) { q.kind = JournalKind::Wake; });
    row("user", [&](JournalQuery &q) { q.user = user; });
    row("device", [](JournalQuery &q) { q.device = u"mac:00000000001b"_s; });
    row("push", [](JournalQuery &q) { q.push = u"p-17"_s; });
    row("wake", [](JournalQuery &q) { q.wake = u"w-17"_s; });
    row("user and kind", [&](JournalQuery &q) {
        q.user = user;
        q.kind = JournalKind::Sir;
    });
    row("contradiction", [&](JournalQuery &q) {
        q.user = user;
        q.device = u"mac:000000000000"_s;
    });
    row("unknown user", [](JournalQuery &q) { q.user = u"sip:nobody@lab.example"_s; });
    row("no device at all", [](JournalQuery &q) { q.device = u"urn:uuid:nonsense"_s; });
    row("time", [](JournalQuery &q) {
        q.from = {startTime + 20'000};
        q.until = {startTime + 30'000};
    });
    row("time across the clock set back", [](JournalQuery &q) {
        q.from = {startTime + 35'000};
        q.until = {startTime + 44'500};
    });
    row("from", [](JournalQuery &q) { q.from = {startTime + 75'000}; });
    row("until", [](JournalQuery &q) { q.until = {startTime + 3'000}; });
    row("time before all", [](JournalQuery &q) { q.until = {startTime}; });
    row("text in event, without case", [](JournalQuery &q) { q.text = u"SIR-s"_s; });
    row("text in user", [](JournalQuery &q) { q.text = u"user96@LAB"_s; });
    row("text in one field value",
        [](JournalQuery &q) { q.text = u"gRÖSSE 100%_\\"_s.replace(u"SS"_s, u"ß"_s); });
    row("wildcards are not wild", [](JournalQuery &q) { q.text = u"user_1%"_s; });
    row("text nowhere", [](JournalQuery &q) { q.text = u"nowhere to be found"_s; });
    row("text too long", [](JournalQuery &q) { q.text = QString(100'000, u'%'); });
    row("text with NUL", [](JournalQuery &q) { q.text = u"nowhere"_s + QChar(u'\0'); });
    row("user, kind, time and text", [&](JournalQuery &q) {
        q.user = user;
        q.kind = JournalKind::Push;
        q.from = {startTime + 10'000};
        q.until = {startTime + 70'000};
        q.text = u"192.0.2.1"_s;
    });
}

void TestJournalReader::findsWhatHoldsAndNothingElse()
{
    QFETCH(JournalQuery, query);
    QVector<JournalEntry> expected;
    for (const JournalEntry &row : std::as_const(m_rows)) {
        if (holds(row, query))
            expected.append(row);
    }
    JournalReader reader(m_harness->file());
    QCOMPARE(reader.count(query).value(), expected.size());
    if (!query.ascending)
        std::reverse(expected.begin(), expected.end());
    query.limit = 300;
    const auto found = reader.read(query);
    QVERIFY_OK(found);
    QCOMPARE(*found, expected.mid(0, 300));
}

void TestJournalReader::pagesMeetWithoutGapOrOverlap()
{
    QFETCH(JournalQuery, query);
    QVector<JournalId> expected;
    for (const JournalEntry &row : std::as_const(m_rows)) {
        if (holds(row, query))
            expected.append(row.id);
    }
    if (!query.ascending)
        std::reverse(expected.begin(), expected.end());
    JournalReader reader(m_harness->file());
    query.limit = 617;
    QVector<JournalId> found;
    for (;;) {
        const auto page = reader.read(query);
        QVERIFY_OK(page);
        for (const JournalEntry &row : *page)
            found.append(row.id);
        if (page->isEmpty())
            break;
        query.after = page->last().id;
    }
    QCOMPARE(found, expected);
}

void TestJournalReader::limitIsKeptBetweenNothingAndAThousand()
{
    JournalReader reader(m_harness->file());
    JournalQuery query;
    query.limit = 5000;
    QCOMPARE(reader.read(query).value().size(), 1000);
    query.limit = 0;
    QVERIFY(reader.read(query).value().isEmpty());
    query.limit = -5;
    QVERIFY(reader.read(query).value().isEmpty());
}

void TestJournalReader::readsBesideARunningServerAndAfterIt()
{
    StoreHarness harness;
    fill(harness, 10);
    JournalReader reader(harness.file());
    QCOMPARE(reader.read({}).value().size(), 10);
    StoreBatch batch;
    batch.journal = {rowOf(11, 100)};
    QVERIFY_OK(harness.commit(batch));
    QCOMPARE(reader.read({}).value().size(), 11);
    harness.store().close();
    QCOMPARE(reader.read({}).value().size(), 11);
    QCOMPARE(JournalReader(harness.file()).count({}).value(), 11);
    QVERIFY_OK(harness.reopen());
    batch.journal = {rowOf(12, 100)};
    QVERIFY_OK(harness.commit(batch));
    QCOMPARE(reader.count({}).value(), 12);
}

void TestJournalReader::readsInAnotherThreadWhileTheServerWrites()
{
    StoreHarness harness;
    fill(harness, 10);
    std::atomic<bool> stop{false};
    std::atomic<bool> sound{true};
    std::atomic<int> reads{0};
    std::thread thread([&] {
        JournalReader reader(harness.file());
        JournalId last{10};
        while (!stop) {
            JournalQuery query;
            query.ascending = true;
            query.after = last;
            const auto rows = reader.read(query);
            if (!rows) {
                sound = false;
                continue;
            }
            for (const JournalEntry &row : *rows) {
                if (row.id.number != last.number + 1)
                    sound = false;
                last = row.id;
            }
            ++reads;
        }
        if (reader.newest().value() != JournalId{210})
            sound = false;
    });
    for (quint64 id = 11; id <= 210; ++id) {
        StoreBatch batch;
        batch.journal = {rowOf(id, 1000)};
        QVERIFY_OK(harness.commit(batch));
    }
    QTRY_VERIFY(reads > 10);
    stop = true;
    thread.join();
    QVERIFY(sound);
}

void TestJournalReader::aSearchCanBeCancelled()
{
    JournalReader reader(m_harness->file());
    ReadControl control;
    control.cancelled = true;
    JournalQuery query;
    query.text = u"registered"_s;
    QCOMPARE(codeOf(reader.read(query, &control)), "store-cancelled");
    QCOMPARE(codeOf(reader.count(query, &control)), "store-cancelled");
    control.cancelled = false;
    QVERIFY_OK(reader.read(query, &control));
}

void TestJournalReader::aSearchTellsItsProgress()
{
    JournalReader reader(m_harness->file());
    ReadControl control;
    JournalQuery query;
    query.text = u"nowhere to be found"_s;
    QVERIFY_OK(reader.count(query, &control));
    QCOMPARE(control.permille.load(), 1000);
}

void TestJournalReader::newestIsTheHighestId()
{
    QCOMPARE(JournalReader(m_harness->file()).newest().value(), JournalId{s_count});
    StoreHarness empty;
    QVERIFY_OK(empty.open());
    QCOMPARE(JournalReader(empty.file()).newest().value(), JournalId{});
}

void TestJournalReader::troubleHasItsCode()
{
    QTemporaryDir folder;
    const QString name = folder.filePath(u"reveille.db"_s);
    JournalReader reader(name);
    QCOMPARE(codeOf(reader.read({})), "store-missing-file");
    QVERIFY(!QFile::exists(name));
    {
        SqlConnection other;
        QVERIFY_OK(other.open(name, SqlConnection::Mode::Create, Milliseconds(0)));
        QVERIFY_OK(other.run(u"CREATE TABLE recipes (name TEXT)"_s));
    }
    QCOMPARE(codeOf(reader.read({})), "store-foreign");
    QVERIFY(QFile::remove(name));
    {
        StoreHarness harness;
        QVERIFY_OK(harness.open());
        harness.store().close();
        QVERIFY(QFile::copy(harness.file(), name));
    }
    QVERIFY_OK(reader.read({}));
    {
        SqlConnection other;
        QVERIFY_OK(other.open(name, SqlConnection::Mode::ReadWrite, Milliseconds(0)));
        QVERIFY_OK(other.run(u"PRAGMA user_version = 99"_s));
    }
    QCOMPARE(codeOf(JournalReader(name).count({})), "store-newer");
}

void TestJournalReader::aMillionRowsAnswerEveryKindOfQuery()
{
    constexpr quint64 count = 1'000'000;
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    harness.store().close();
    fillBySql(harness.file(), count);
    JournalReader reader(harness.file());
    QCOMPARE(reader.count({}).value(), qint64(count));
    JournalQuery query;
    query.kind = JournalKind::Wake;
    QCOMPARE(reader.count(query).value(), qint64(count / 5));
    QCOMPARE(reader.read(query).value().size(), 100);
    query.user = u"sip:user13@lab.example"_s;
    QCOMPARE(reader.read(query).value().size(), 100);
    query = {};
    query.push = u"p-17"_s;
    QCOMPARE(reader.read(query).value().size(), 10);
    query = {};
    query.from = {startTime + 1'000'000};
    query.until = {startTime + 1'000'100}; // ten milliseconds a row
    QCOMPARE(reader.count(query).value(), 10);
    query = {};
    query.text = u"größe"_s; // one row, the oldest part of a million
    const auto found = reader.read(query);
    QCOMPARE(found.value().size(), 1);
    QCOMPARE(found->first().id, JournalId{4321});
    query = {};
    query.after = {count / 2};
    query.ascending = true;
    QCOMPARE(reader.read(query).value().first().id, JournalId{count / 2 + 1});
}

QTEST_GUILESS_MAIN(TestJournalReader)
#include "tst_journalreader.moc"
