// SPDX-License-Identifier: GPL-3.0-or-later
#include "randomfacts.h"
#include "store/journalreader.h"
#include "store/migrations.h"
#include "store/pushpages.h"
#include "store/pushrows.h"
#include "store/sqlconnection.h"
#include "store/sqlrow.h"
#include "storeharness.h"

#include <algorithm>

using namespace reveille;
using namespace Qt::StringLiterals;

/// The history of pushes, page by page.
class TestPushPages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void pagesHoldWhatTheQueryMeans_data();
    void pagesHoldWhatTheQueryMeans();
    void bodiesStayInTheStore();
    void aPageEndsAfterABoundedSearch();
    void aSearchCanBeCancelled();
    void everyQueryGoesByAnIndexAndSortsNothing_data();
    void everyQueryGoesByAnIndexAndSortsNothing();
    void noChangeOfAPushMakesATableInMemory();

private:
    StoreHarness m_harness;
    QVector<Push> m_pushes; ///< newest first
};

void TestPushPages::initTestCase()
{
    QVERIFY_OK(m_harness.open());
    RandomFacts random(11);
    StoreBatch batch;
    for (int i = 0; i < 300; ++i) {
        Push push = random.push();
        push.user = PublicUserId::parse(u"sip:user%1@lab.example"_s.arg(i % 7)).value();
        push.request.initiator = i % 3 == 0 ? InitiatorId() : InitiatorId(u"i-%1"_s.arg(i % 3));
        push.request.reference = i % 50 == 0 ? u"Order %1"_s.arg(i) : QString();
        batch.pushes.append(push);
    }
    QVERIFY_OK(m_harness.commit(batch));
    m_pushes = batch.pushes;
    std::sort(m_pushes.begin(), m_pushes.end(), [](const Push &a, const Push &b) { return b.id < a.id; });
}

void TestPushPages::pagesHoldWhatTheQueryMeans_data()
{
    QTest::addColumn<PushQuery>("query");
    QTest::addColumn<int>("limit");
    const auto row = [](const char *name, auto set) {
        PushQuery query;
        set(query);
        for (const int limit : {1, 7, 1000})
            QTest::addRow("%s, %d at once", name, limit) << query << limit;
    };
    row("all", [](PushQuery &) {});
    row("under way", [](PushQuery &q) { q.group = PushGroup::UnderWay; });
    row("delivered", [](PushQuery &q) { q.group = PushGroup::Delivered; });
    row("failed", [](PushQuery &q) { q.group = PushGroup::Failed; });
    row("expired", [](PushQuery &q) { q.state = PushState::Expired; });
    row("user", [](PushQuery &q) { q.user = PublicUserId::parse(u"sip:user3@lab.example").value(); });
    row("staff", [](PushQuery &q) { q.initiator = InitiatorId(); });
    row("initiator", [](PushQuery &q) { q.initiator = InitiatorId(u"i-2"_s); });
    row("text", [](PushQuery &q) { q.text = u"oRDER"_s; });
    row("failed of a user", [](PushQuery &q) {
        q.group = PushGroup::Failed;
        q.user = PublicUserId::parse(u"sip:user5@lab.example").value();
        q.initiator = InitiatorId(u"i-1"_s);
    });
}

void TestPushPages::pagesHoldWhatTheQueryMeans()
{
    QFETCH(PushQuery, query);
    QFETCH(int, limit);
    QVector<Push> meant;
    std::copy_if(m_pushes.begin(), m_pushes.end(), std::back_inserter(meant), [&](const Push &push) { return matches(push, query); });
    QVERIFY(!meant.isEmpty() && (meant.size() < m_pushes.size() || query == PushQuery{}));
    QVector<ListedPush> found;
    query.limit = limit;
    do {
        const Result<PushPage> page = m_harness.readPushes(query);
        QVERIFY_OK(page);
        QVERIFY(page->pushes.size() <= limit);
        found += page->pushes;
        query.before = page->next;
    } while (!query.before.isEmpty());
    QCOMPARE(found.size(), meant.size());
    for (qsizetype i = 0; i < found.size(); ++i)
        QCOMPARE(found[i], listed(meant[i]));

    // One device of the first of them.
    const auto some = std::find_if(meant.begin(), meant.end(), [](const Push &push) { return !push.deliveries.isEmpty(); });
    QVERIFY(some != meant.end());
    query.device = some->deliveries.last().device;
    const Result<PushPage> page = m_harness.readPushes(query);
    QVERIFY_OK(page);
    QCOMPARE(page->pushes.first(), listed(*some));
    QVERIFY(std::all_of(page->pushes.begin(), page->pushes.end(), [&](const ListedPush &item) { return matches(item.push, query); }));
}

void TestPushPages::bodiesStayInTheStore()
{
    const Result<PushPage> page = m_harness.readPushes({});
    QVERIFY_OK(page);
    QVERIFY(std::any_of(page->pushes.begin(), page->pushes.end(), [](const ListedPush &item) { return item.octets > 0; }));
    for (const ListedPush &item : page->pushes)
        QVERIFY(item.push.request.body.isEmpty());
}

void TestPushPages::aPageEndsAfterABoundedSearch()
{
    SqlConnection connection;
    QVERIFY_OK(connection.open(m_harness.folder() + u"/many.db"_s, SqlConnection::Mode::Create, Milliseconds(0)));
    QVERIFY_OK(migrate(connection, builtInMigrations(), true));
    RandomFacts random(12);
    Push push = random.push();
    push.state = PushState::Delivered;
    push.request.body = {};
    QVERIFY_OK(connection.run(u"BEGIN"_s));
    for (int i = 0; i < 2500; ++i) {
        push.id = PushId(u"p-%1"_s.arg(i, 5, 10, QChar(u'0')));
        push.request.reference = i == 0 ? u"the oldest"_s : QString();
        QVERIFY_OK(writeRow(connection, push));
    }
    QVERIFY_OK(connection.run(u"COMMIT"_s));
    PushQuery query;
    query.text = u"the oldest"_s;
    const ReadControl control;
    const Result<PushPage> nothing = readPushPage(connection, query, control, 2000);
    QVERIFY_OK(nothing);
    QVERIFY(nothing->pushes.isEmpty());
    QCOMPARE(nothing->next, PushId(u"p-00500"_s));
    query.before = nothing->next;
    const Result<PushPage> rest = readPushPage(connection, query, control, 2000);
    QVERIFY_OK(rest);
    QCOMPARE(rest->pushes.size(), 1);
    QCOMPARE(rest->next, PushId());
}

void TestPushPages::aSearchCanBeCancelled()
{
    SqlConnection connection;
    QVERIFY_OK(connection.open(m_harness.file(), SqlConnection::Mode::ReadOnly, Milliseconds(0)));
    ReadControl control;
    control.cancelled = true;
    QCOMPARE(codeOf(readPushPage(connection, {}, control)), "store-cancelled");
}

void TestPushPages::everyQueryGoesByAnIndexAndSortsNothing_data()
{
    QTest::addColumn<PushQuery>("query");
    QTest::addColumn<QString>("index");
    const auto row = [](const char *name, const QString &index, auto set) {
        PushQuery query;
        set(query);
        QTest::newRow(name) << query << index;
    };
    row("all", u"COVERING INDEX sqlite_autoindex_pushes_1"_s, [](PushQuery &) {});
    row("under way", u"INDEX pushes_under_way"_s, [](PushQuery &q) { q.state = PushState::Waking; });
    row("failed", u"pushes_failed"_s, [](PushQuery &q) { q.state = PushState::Expired; });
    row("user", u"COVERING INDEX pushes_listed"_s, [](PushQuery &q) { q.user = PublicUserId::parse(u"sip:user3@lab.example").value(); });
    row("initiator", u"COVERING INDEX pushes_listed"_s, [](PushQuery &q) { q.initiator = InitiatorId(u"i-2"_s); });
    row("device", u"PRIMARY KEY (push_id<?)"_s, [](PushQuery &q) { q.device = DeviceId::parse(u"mac:00a0c91e6bf6").value(); });
    row("failed with a text", u"pushes_failed"_s, [](PushQuery &q) {
        q.group = PushGroup::Failed;
        q.text = u"x"_s;
    });
}

void TestPushPages::everyQueryGoesByAnIndexAndSortsNothing()
{
    QFETCH(PushQuery, query);
    QFETCH(QString, index);
    SqlConnection connection;
    QVERIFY_OK(connection.open(m_harness.file(), SqlConnection::Mode::ReadOnly, Milliseconds(0)));
    const QString statement = pushPageStatement(query);
    QStringList plan;
    QVERIFY_OK(connection.each(u"EXPLAIN QUERY PLAN "_s + statement, QVariantList(statement.count(u'?'), u"p"_s), [&](SqlRow &row) {
        row.skip(3);
        plan.append(row.text());
    }));
    QVERIFY(!plan.isEmpty());
    QVERIFY2(plan.first().contains(index), qPrintable(plan.join(u'\n')));
    QVERIFY2(!plan.join(u' ').contains(u"TEMP B-TREE"_s), qPrintable(plan.join(u'\n')));
}

/// As a list of states in the condition of an index would, each time.
void TestPushPages::noChangeOfAPushMakesATableInMemory()
{
    SqlConnection connection;
    QVERIFY_OK(connection.open(m_harness.file(), SqlConnection::Mode::ReadOnly, Milliseconds(0)));
    QStringList steps;
    QVERIFY_OK(connection.each(u"EXPLAIN UPDATE pushes SET finished = 1, state = 'x', finished_at = 1 WHERE id = 'y'"_s, {}, [&](SqlRow &row) {
        row.skip(1);
        steps.append(row.text());
    }));
    QVERIFY(steps.contains(u"IdxInsert"_s));
    QVERIFY2(!steps.contains(u"OpenEphemeral"_s), qPrintable(steps.join(u' ')));
}

QTEST_GUILESS_MAIN(TestPushPages)
#include "tst_pushpages.moc"
