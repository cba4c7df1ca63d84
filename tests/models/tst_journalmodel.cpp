// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journalmodel.h"
#include "models/memoryjournalsource.h"
#include "models/snapshotmaker.h"
#include "models/storejournalsource.h"

#include "engine/store.h"
#include "store/sqlstore.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace reveille::test;

namespace {

JournalEntry row(quint64 id)
{
    JournalEntry entry;
    entry.id = JournalId{id};
    entry.time = noon + Milliseconds(qint64(id));
    entry.kind = JournalKind(id % 5);
    entry.event = QStringList{u"lost"_s, u"sir-sent"_s, u"wake-started"_s, u"push-accepted"_s, u"trigger-received"_s}[int(id % 5)];
    entry.user = userId(int(id % 10));
    entry.device = deviceId(int(id % 10), 1);
    entry.fields = {{u"peer"_s, u"203.0.113.%1"_s.arg(id % 200)}};
    return entry;
}

QVector<JournalEntry> rows(quint64 first, quint64 last)
{
    QVector<JournalEntry> result;
    for (quint64 id = first; id <= last; ++id)
        result.append(row(id));
    return result;
}

ServerChanges batch(const QVector<JournalEntry> &rows, bool skipped = false)
{
    ServerChanges changes;
    changes.journal = rows;
    changes.journalSkipped = skipped;
    return changes;
}

QVector<quint64> ids(const JournalModel &model)
{
    QVector<quint64> result;
    for (int i = 0; i < model.rowCount(); ++i)
        result.append(model.entryAt(i)->id.number);
    return result;
}

/// What the filter takes, the plain way.
QVector<quint64> expected(const JournalFilter &filter, quint64 first, quint64 last, int limit)
{
    QVector<quint64> result;
    for (quint64 id = last; id >= first && result.size() < limit; --id) {
        if (filter.takes(row(id)))
            result.append(id);
    }
    return result;
}

/// Answers when told to.
class SlowSource : public JournalSource
{
public:
    void read(const JournalFilter &, JournalId before, JournalId above, int limit, Answer answer) override
    {
        ++reads;
        m_before = before;
        m_above = above;
        m_limit = limit;
        m_answer = std::move(answer);
    }
    void cancel() override { ++cancels; }
    void give(const Result<Page> &page)
    {
        const Answer answer = std::exchange(m_answer, {});
        answer(page);
    }
    int reads = 0;
    int cancels = 0;
    JournalId m_before, m_above;
    int m_limit = 0;

private:
    Answer m_answer;
};

} // namespace

class TestJournalModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pagesAreFetchedAsOneScrolls()
    {
        MemoryJournalSource source;
        source.add(rows(1, 1200));
        JournalModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSource(&source);
        while (model.canFetchMore({}))
            model.fetchMore({});
        QCOMPARE(model.rowCount(), 1200);
        QVERIFY(model.isAtEnd());
        QCOMPARE(ids(model), expected({}, 1, 1200, 1200));
        QCOMPARE(model.rowOf(JournalId{1200}), 0);
        QCOMPARE(model.rowOf(JournalId{1}), 1199);
        QCOMPARE(model.rowOf(JournalId{5000}), -1);
    }

    void filterChoosesRows_data()
    {
        QTest::addColumn<JournalFilter>("filter");
        JournalFilter filter;
        QTest::newRow("all") << filter;
        filter.kinds = {JournalKind::Sir, JournalKind::Wake};
        QTest::newRow("two kinds") << filter;
        filter.user = userId(6).toString();
        QTest::newRow("and a user") << filter;
        filter = {};
        filter.device = deviceId(3, 1).toString();
        filter.text = u"203.0.113.13"_s;
        QTest::newRow("device and text") << filter;
        filter = {};
        filter.text = u"SIR-"_s;
        QTest::newRow("text in the event") << filter;
        filter = {};
        filter.from = noon + Milliseconds(100);
        filter.until = noon + Milliseconds(200);
        QTest::newRow("times") << filter;
        filter.push = u"p-none"_s;
        QTest::newRow("nothing") << filter;
    }
    void filterChoosesRows()
    {
        QFETCH(JournalFilter, filter);
        MemoryJournalSource source;
        source.add(rows(1, 800));
        JournalModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFilter(filter);
        model.setSource(&source);
        while (model.canFetchMore({}))
            model.fetchMore({});
        QCOMPARE(ids(model), expected(filter, 1, 800, 800));
        model.apply(batch(rows(801, 830)));
        QCOMPARE(ids(model), expected(filter, 1, 830, 830));
    }

    void liveRowsComeOnTopAndOnce()
    {
        MemoryJournalSource source;
        source.add(rows(1, 10));
        JournalModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSource(&source);
        model.apply(batch(rows(8, 12)));
        QCOMPARE(ids(model), expected({}, 1, 12, 100));
        model.apply(batch(rows(11, 12)));
        QCOMPARE(model.rowCount(), 12);
    }

    void rowsAreHeldBackWhilePaused()
    {
        MemoryJournalSource source;
        source.add(rows(1, 5));
        JournalModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSource(&source);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.setFollowing(false);
        model.apply(batch(rows(6, 9)));
        model.apply(batch(rows(10, 10)));
        QCOMPARE(inserted.count(), 0);
        QCOMPARE(model.heldBack(), 5);
        model.setFollowing(true);
        QCOMPARE(model.heldBack(), 0);
        QCOMPARE(ids(model), expected({}, 1, 10, 100));
    }

    void tooManyHeldBackRowsAreReadAnew()
    {
        MemoryJournalSource source;
        source.add(rows(1, 5));
        JournalModel model;
        model.setRowLimit(20);
        model.setSource(&source);
        model.setFollowing(false);
        source.add(rows(6, 60));
        model.apply(batch(rows(6, 60)));
        QCOMPARE(model.heldBack(), 55);
        model.setFollowing(true);
        QCOMPARE(ids(model), expected({}, 1, 60, 20));
        QVERIFY(model.isFull());
    }

    void theNewestStayBeyondTheLimit()
    {
        JournalModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRowLimit(100);
        for (quint64 id = 1; id <= 400; id += 50)
            model.apply(batch(rows(id, id + 49)));
        QCOMPARE(ids(model), expected({}, 1, 400, 100));
        model.apply(batch(rows(401, 900)));
        QCOMPARE(ids(model), expected({}, 1, 900, 100));
        QVERIFY(model.isFull());
        QVERIFY(!model.canFetchMore({}));
    }

    void skippedRowsAreReadFromTheSource()
    {
        MemoryJournalSource source;
        source.add(rows(1, 10));
        JournalModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSource(&source);
        source.add(rows(11, 40));
        model.apply(batch(rows(31, 40), true));
        QCOMPARE(ids(model), expected({}, 1, 40, 100));
    }

    void skippedRowsThatAreLateAreAskedForAgain()
    {
        MemoryJournalSource source;
        source.add(rows(1, 10));
        JournalModel model;
        model.setSource(&source);
        model.apply(batch(rows(31, 40), true));
        QCOMPARE(model.rowCount(), 20);
        source.add(rows(11, 40));
        QTRY_COMPARE(model.rowCount(), 40);
        QCOMPARE(ids(model), expected({}, 1, 40, 100));
    }

    void anAnswerForAnEarlierFilterIsDropped()
    {
        SlowSource source;
        JournalModel model;
        model.setSource(&source);
        QCOMPARE(source.reads, 1);
        QVERIFY(model.isReading());
        SlowSource other;
        model.setSource(&other);
        QCOMPARE(source.cancels, 1);
        source.give(JournalSource::Page{rows(1, 1), true});
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(model.isReading());
        other.give(JournalSource::Page{rows(2, 2), true});
        QCOMPARE(ids(model), QVector<quint64>{2});
        model.setSource(nullptr);
    }

    void liveRowsMayComeBeforeTheFirstPage()
    {
        SlowSource source;
        JournalModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSource(&source);
        model.apply(batch(rows(3, 4)));
        source.give(JournalSource::Page{{row(4), row(3), row(2), row(1)}, true});
        QCOMPARE(ids(model), (QVector<quint64>{4, 3, 2, 1}));
        model.setSource(nullptr);
    }

    void liveRowsNotYetInTheSourceSurviveAFilter()
    {
        SlowSource source;
        JournalModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSource(&source);
        source.give(JournalSource::Page{{}, true});
        model.apply(batch(rows(1, 12)));
        JournalFilter filter;
        filter.kinds = {JournalKind::Sir};
        model.setFilter(filter);
        source.give(JournalSource::Page{{row(6), row(1)}, true});
        QCOMPARE(ids(model), (QVector<quint64>{11, 6, 1}));
        model.setSource(nullptr);
        QCOMPARE(ids(model), (QVector<quint64>{11, 6, 1}));
        model.setFilter({});
        QCOMPARE(ids(model), expected({}, 1, 12, 100));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void aFailedReadIsTold()
    {
        SlowSource source;
        JournalModel model;
        model.setSource(&source);
        QSignalSpy told(&model, &JournalModel::statusChanged);
        source.give(Error{"store-corrupt", u"reveille.db"_s});
        QCOMPARE(QByteArray(model.failure().code), QByteArray("store-corrupt"));
        QVERIFY(!model.isReading());
        QVERIFY(!model.canFetchMore({}));
        QCOMPARE(told.count(), 1);
        model.apply(batch(rows(1, 2)));
        QCOMPARE(model.rowCount(), 2);
        model.setSource(nullptr);
    }

    void aRowTellsEverything()
    {
        JournalModel model;
        model.setNames([](const DeviceId &) { return u"alice's phone"_s; });
        model.setTimeDisplay(TimeDisplay(TimeDisplay::Zone::Utc));
        JournalEntry entry = row(6);
        entry.push = PushId(u"p-abcdefghijklmnopqrst"_s);
        model.apply(batch({entry}));
        const QModelIndex first = model.index(0, 0);
        QCOMPARE(first.data().toString(), u"2027-01-15 08:00:00.006"_s);
        QCOMPARE(first.siblingAtColumn(JournalColumn::Kind).data().toString(), u"SIR"_s);
        QCOMPARE(first.siblingAtColumn(JournalColumn::Event).data().toString(), u"SIR sent"_s);
        QCOMPARE(first.siblingAtColumn(JournalColumn::Who).data().toString(), u"alice's phone"_s);
        QCOMPARE(first.data(Role::PushId).toString(), u"p-abcdefghijklmnopqrst"_s);
        QCOMPARE(first.data(Role::Entry).value<JournalEntry>(), entry);
    }

    void aMillionRowsAreReadInPages()
    {
        constexpr quint64 count = 1000000;
        MemoryJournalSource source(count);
        constexpr quint64 step = 10000;
        const JournalEntry shape = row(1);
        for (quint64 first = 1; first <= count; first += step) {
            QVector<JournalEntry> part(int(step), shape);
            for (quint64 i = 0; i < step; ++i) {
                part[int(i)].id = JournalId{first + i};
                part[int(i)].time = noon + Milliseconds(qint64(first + i));
            }
            source.add(part);
        }
        QCOMPARE(source.size(), qsizetype(count));
        JournalModel model;
        QElapsedTimer clock;
        clock.start();
        model.setSource(&source);
        const qint64 firstPage = clock.nsecsElapsed();
        QCOMPARE(model.rowCount(), JournalModel::pageSize);
        qint64 longest = 0;
        int pages = 1;
        while (model.canFetchMore({})) {
            clock.restart();
            model.fetchMore({});
            longest = std::max(longest, clock.nsecsElapsed());
            ++pages;
        }
        QCOMPARE(model.rowCount(), JournalModel::defaultRowLimit);
        QCOMPARE(pages, JournalModel::defaultRowLimit / JournalModel::pageSize);
        QVERIFY(model.isFull());
        JournalFilter back;
        back.until = noon + Milliseconds(500000);
        model.setFilter(back);
        QCOMPARE(model.entryAt(0)->id.number, 499999u);
        qInfo("first page %.2f ms, longest of %d pages %.2f ms", double(firstPage) / 1e6, pages, double(longest) / 1e6);
    }

    void rowsComeFromTheDatabase()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"reveille.db"_s);
        {
            StoreSettings settings;
            settings.database = file;
            SqlStore store(settings);
            QVERIFY(store.open().ok());
            StoreBatch batch;
            batch.journal = rows(1, 1300);
            bool durable = false;
            store.commit(batch, [&durable](const Result<Done> &done) { durable = done.ok(); });
            QTRY_VERIFY(durable);
            store.close();
        }
        StoreJournalSource source(file);
        JournalModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        JournalFilter filter;
        filter.kinds = {JournalKind::Sir, JournalKind::Push, JournalKind::Trigger};
        model.setFilter(filter);
        model.setSource(&source);
        QTRY_VERIFY(model.isAtEnd() || model.canFetchMore({}));
        while (!model.isAtEnd()) {
            model.fetchMore({});
            QTRY_VERIFY(!model.isReading());
        }
        QCOMPARE(ids(model), expected(filter, 1, 1300, 1300));
        filter.kinds = {};
        filter.text = u"203.0.113.77"_s;
        model.setFilter(filter);
        QTRY_VERIFY(model.isAtEnd());
        QCOMPARE(ids(model), expected(filter, 1, 1300, 1300));
        model.setSource(nullptr);
    }

    void aMissingDatabaseIsTold()
    {
        QTemporaryDir folder;
        StoreJournalSource source(folder.filePath(u"none.db"_s));
        JournalModel model;
        model.setSource(&source);
        QTRY_VERIFY(!model.isReading());
        QCOMPARE(QByteArray(model.failure().code), QByteArray("store-missing-file"));
        model.setSource(nullptr);
    }

    void destroyingASourceWhileItReadsIsSafe()
    {
        QTemporaryDir folder;
        for (int i = 0; i < 20; ++i) {
            StoreJournalSource source(folder.filePath(u"none.db"_s));
            source.read({}, {}, {}, 10, [](const auto &) { QFAIL("nobody should be told"); });
        }
    }
};

QTEST_GUILESS_MAIN(TestJournalModel)
#include "tst_journalmodel.moc"
