// SPDX-License-Identifier: GPL-3.0-or-later
#include "randomfacts.h"
#include "store/sqlconnection.h"
#include "storeharness.h"

#include <algorithm>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

JournalEntry entry(quint64 id)
{
    JournalEntry row;
    row.id = {id};
    row.time = {1'700'000'000'000 + qint64(id)};
    row.event = u"registered"_s;
    return row;
}

} // namespace

/// Batches, transactions, threads and answers.
class TestSqlStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void membersOfABatchApplyInOrder();
    void removingAUserRemovesDevicesAndBindingsOnly();
    void whatBelongsToSomethingRemovedIsLeftOut();
    void usersComeInPortionsWithAllThatIsTheirs();
    void manyBatchesShareFewTransactions();
    void oneBadBatchFailsAlone();
    void answersComeInTheOrderOfTheCalls();
    void answersNeverComeFromWithinTheCall();
    void aReadAfterACommitSeesIt();
    void readsDoNotWaitForAWriterThatWaits();
    void closeWritesWhatIsQueuedAndAnswersIt();
    void afterCloseEverythingIsRefused();
    void journalRowsAlreadyThereStay();
    void journalIsPrunedToItsLimit();
    void historyEndsWithTheJournal();
};

void TestSqlStore::membersOfABatchApplyInOrder()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(6);
    StoreBatch batch;
    batch.initiators = {random.initiator(), random.initiator()};
    batch.removedInitiators = {batch.initiators[0].id};
    batch.users = {random.someUser(), random.someUser()};
    batch.devices = {random.someDevice(batch.users[0].id), random.someDevice(batch.users[0].id),
                     random.someDevice(batch.users[1].id)};
    batch.bindings = {random.binding(batch.devices[0]), random.binding(batch.devices[0]),
                      random.binding(batch.devices[1]), random.binding(batch.devices[2])};
    batch.removedBindings = {{batch.devices[0].id, batch.bindings[0].flow}};
    batch.pushResources = {random.pushResource(batch.devices[0].id), random.pushResource(batch.devices[0].id),
                           random.pushResource(batch.devices[1].id), random.pushResource(batch.devices[2].id)};
    batch.removedPushResources = {batch.pushResources[0].id};
    batch.removedDevices = {batch.devices[1].id};
    batch.removedUsers = {batch.users[1].id};
    QVERIFY_OK(harness.commit(batch));

    const WholeState state = harness.reopen().value();
    QCOMPARE(state.initiators, QVector<Initiator>{batch.initiators[1]});
    QCOMPARE(state.users, QVector<User>{batch.users[0]});
    QCOMPARE(state.devices, QVector<Device>{batch.devices[0]});
    QCOMPARE(state.bindings, QVector<StoredBinding>{batch.bindings[1]});
    QCOMPARE(state.pushResources, QVector<PushResource>{batch.pushResources[1]});
}

void TestSqlStore::removingAUserRemovesDevicesAndBindingsOnly()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(7);
    StoreBatch batch;
    batch.users = {random.someUser()};
    batch.devices = {random.someDevice(batch.users[0].id)};
    batch.bindings = {random.binding(batch.devices[0])};
    Push push = random.push();
    push.user = batch.users[0].id;
    batch.pushes = {push};
    batch.journal = {entry(1)};
    batch.journal[0].user = batch.users[0].id;
    QVERIFY_OK(harness.commit(batch));
    StoreBatch removal;
    removal.removedUsers = {batch.users[0].id};
    QVERIFY_OK(harness.commit(removal));

    QCOMPARE(harness.readPush(push.id).value(), std::optional(push));
    QCOMPARE(harness.readJournal({}).value(), batch.journal);
    const WholeState state = harness.reopen().value();
    QVERIFY(state.users.isEmpty());
    QVERIFY(state.devices.isEmpty());
    QVERIFY(state.bindings.isEmpty());
}

void TestSqlStore::whatBelongsToSomethingRemovedIsLeftOut()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(15);
    StoreBatch batch;
    batch.users = {random.someUser(), random.someUser()};
    batch.devices = {random.someDevice(batch.users[0].id), random.someDevice(batch.users[1].id)};
    batch.bindings = {random.binding(batch.devices[0]), random.binding(batch.devices[1])};
    QVERIFY_OK(harness.commit(batch));
    StoreBatch removal;
    removal.removedUsers = {batch.users[0].id};
    QVERIFY_OK(harness.commit(removal));

    StoreBatch late; // a registration renewed while its user was removed
    late.devices = batch.devices;
    late.bindings = batch.bindings;
    late.pushResources = {random.pushResource(batch.devices[0].id), random.pushResource(batch.devices[1].id)};
    late.journal = {entry(1)};
    QVERIFY_OK(harness.commit(late));
    QCOMPARE(harness.readJournal({}).value().size(), 1);
    const WholeState state = harness.reopen().value();
    QCOMPARE(state.users, batch.users.mid(1));
    QCOMPARE(state.devices, batch.devices.mid(1));
    QCOMPARE(state.bindings, batch.bindings.mid(1));
    QCOMPARE(state.pushResources, late.pushResources.mid(1));
}

void TestSqlStore::usersComeInPortionsWithAllThatIsTheirs()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(16);
    StoreBatch batch;
    for (int i = 0; i < 1500; ++i) {
        batch.users.append(random.someUser());
        for (int devices = i % 4; devices > 0; --devices) {
            batch.devices.append(random.someDevice(batch.users.last().id));
            for (int bindings = i % 3; bindings > 0; --bindings)
                batch.bindings.append(random.binding(batch.devices.last()));
        }
    }
    QVERIFY_OK(harness.commit(batch));
    const WholeState whole = harness.reopen().value();
    QVERIFY(harness.portions() > 1);
    QCOMPARE(whole.deviceCount, batch.devices.size());
    QCOMPARE(whole.users.size(), batch.users.size());
    QCOMPARE(whole.devices.size(), batch.devices.size());
    QCOMPARE(whole.bindings.size(), batch.bindings.size());
    QSet<PublicUserId> seen;
    const auto check = [&](const StoredSubscribers &portion) {
        QSet<PublicUserId> users;
        for (const User &user : portion.users)
            users.insert(user.id);
        QVERIFY(!seen.intersects(users));
        seen.unite(users);
        QSet<DeviceId> devices;
        for (const Device &device : portion.devices) {
            QVERIFY(users.contains(device.user));
            devices.insert(device.id);
        }
        for (const StoredBinding &binding : portion.bindings)
            QVERIFY(devices.contains(binding.device));
    };
    QVERIFY_OK(harness.store().readSubscribers(check));
    QCOMPARE(seen.size(), batch.users.size());
}

void TestSqlStore::manyBatchesShareFewTransactions()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(10);
    int answered = 0;
    for (int i = 0; i < 500; ++i) {
        StoreBatch batch;
        batch.pushes = {random.push()};
        harness.store().commit(batch, [&](const Result<Done> &result) { answered += result.ok() ? 1 : 0; });
    }
    QCOMPARE(harness.store().facts().queued, 500);
    QTRY_COMPARE(answered, 500);
    QCOMPARE(harness.store().facts().queued, 0);
    QVERIFY(harness.store().facts().commits >= 1);
    QVERIFY(harness.store().facts().commits < 250);
}

void TestSqlStore::oneBadBatchFailsAlone()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    {
        SqlConnection editor;
        QVERIFY_OK(editor.open(harness.file(), SqlConnection::Mode::ReadWrite, Milliseconds(0)));
        QVERIFY_OK(
            editor.run(u"CREATE TRIGGER poison BEFORE INSERT ON pushes WHEN NEW.application = 'poison' "
                       "BEGIN SELECT RAISE(ABORT, 'poison'); END"_s));
    }
    RandomFacts random(11);
    QVector<QByteArray> answers;
    QVector<PushId> written;
    for (int i = 0; i < 20; ++i) {
        StoreBatch batch;
        batch.pushes = {random.push()};
        written.append(batch.pushes[0].id);
        batch.pushes[0].request.application = i % 7 == 3 ? u"poison"_s : u"x"_s;
        harness.store().commit(batch, [&](const Result<Done> &result) { answers.append(codeOf(result)); });
    }
    QTRY_COMPARE(answers.size(), 20);
    for (int i = 0; i < 20; ++i) {
        const bool bad = i % 7 == 3;
        QCOMPARE(answers[i], bad ? QByteArray("store-failed") : QByteArray());
        QCOMPARE(harness.readPush(written[i]).value().has_value(), !bad);
    }
    QCOMPARE(harness.store().facts().trouble, QByteArray());
}

void TestSqlStore::answersComeInTheOrderOfTheCalls()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    QVector<int> commits;
    QVector<int> reads;
    for (int i = 0; i < 100; ++i) {
        StoreBatch batch;
        batch.journal = {entry(quint64(i + 1))};
        harness.store().commit(batch, [&, i](const Result<Done> &) { commits.append(i); });
        harness.store().readPush(PushId(u"p"_s),
                                 [&, i](const Result<std::optional<Push>> &) { reads.append(i); });
    }
    QTRY_COMPARE(commits.size(), 100);
    QTRY_COMPARE(reads.size(), 100);
    QVERIFY(std::is_sorted(commits.begin(), commits.end()));
    QVERIFY(std::is_sorted(reads.begin(), reads.end()));
}

void TestSqlStore::answersNeverComeFromWithinTheCall()
{
    StoreHarness harness;
    int answers = 0;
    harness.store().commit({}, [&](const Result<Done> &) { ++answers; });
    QCOMPARE(answers, 0);
    QTRY_COMPARE(answers, 1);
    QVERIFY_OK(harness.open());
    harness.store().commit({}, [&](const Result<Done> &) { ++answers; });
    QTest::qWait(0);
    const int before = answers;
    harness.store().readWake(WakeId(u"w"_s), [&](const Result<std::optional<WakeUp>> &) { ++answers; });
    QCOMPARE(answers, before);
    QTRY_COMPARE(answers, 3);
}

void TestSqlStore::aReadAfterACommitSeesIt()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(12);
    for (int i = 0; i < 50; ++i) {
        StoreBatch batch;
        batch.pushes = {random.push()};
        QVERIFY_OK(harness.commit(batch));
        QCOMPARE(harness.readPush(batch.pushes[0].id).value(), std::optional(batch.pushes[0]));
    }
}

void TestSqlStore::readsDoNotWaitForAWriterThatWaits()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    SqlConnection holder; // another program in the middle of writing
    QVERIFY_OK(holder.open(harness.file(), SqlConnection::Mode::ReadWrite, Milliseconds(0)));
    QVERIFY_OK(holder.run(u"BEGIN IMMEDIATE"_s));
    bool written = false;
    StoreBatch batch;
    batch.journal = {entry(1)};
    harness.store().commit(batch, [&](const Result<Done> &result) { written = result.ok(); });
    QVERIFY_OK(harness.readJournal({}));
    QVERIFY(!written);
    QVERIFY_OK(holder.run(u"ROLLBACK"_s));
    QTRY_VERIFY(written);
}

void TestSqlStore::closeWritesWhatIsQueuedAndAnswersIt()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(13);
    QVector<PushId> accepted;
    for (int i = 0; i < 50; ++i) {
        StoreBatch batch;
        batch.pushes = {random.push()};
        const PushId id = batch.pushes[0].id;
        harness.store().commit(batch, [&, id](const Result<Done> &result) {
            if (result)
                accepted.append(id);
        });
    }
    harness.store().close();
    QCOMPARE(accepted.size(), 50);
    QVERIFY_OK(harness.reopen());
    for (const PushId &id : std::as_const(accepted))
        QVERIFY(harness.readPush(id).value().has_value());
}

void TestSqlStore::afterCloseEverythingIsRefused()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    harness.store().close();
    QCOMPARE(codeOf(harness.commit({})), "store-closed");
    QCOMPARE(codeOf(harness.readJournal({})), "store-closed");
    QCOMPARE(codeOf(harness.readPush(PushId(u"p"_s))), "store-closed");
    QCOMPARE(codeOf(harness.readWake(WakeId(u"w"_s))), "store-closed");
    harness.store().close();
    QVERIFY(!QFile::exists(harness.file() + u".lock"_s));
    QVERIFY(!QFile::exists(harness.file() + u"-wal"_s));
}

void TestSqlStore::journalRowsAlreadyThereStay()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    StoreBatch batch;
    batch.journal = {entry(1)};
    QVERIFY_OK(harness.commit(batch));
    StoreBatch again;
    again.journal = {entry(1), entry(2)};
    again.journal[0].event = u"changed"_s;
    QVERIFY_OK(harness.commit(again));
    JournalQuery query;
    query.ascending = true;
    QCOMPARE(harness.readJournal(query).value(), (QVector<JournalEntry>{entry(1), entry(2)}));
}

void TestSqlStore::journalIsPrunedToItsLimit()
{
    StoreSettings settings;
    settings.journalKeepRows = 5000;
    StoreHarness harness(settings);
    QVERIFY_OK(harness.open());
    quint64 id = 0;
    for (int round = 0; round < 30; ++round) {
        StoreBatch batch;
        for (int i = 0; i < 1000; ++i)
            batch.journal.append(entry(++id));
        QVERIFY_OK(harness.commit(batch));
    }
    JournalQuery oldest;
    oldest.ascending = true;
    oldest.limit = 1;
    QTRY_COMPARE(harness.readJournal(oldest).value().first().id, JournalId{id - 5000 + 1});
    QVERIFY_OK(harness.reopen());
    StoreBatch more;
    more.journal = {entry(++id)};
    QVERIFY_OK(harness.commit(more));
    QTRY_COMPARE(harness.readJournal(oldest).value().first().id, JournalId{id - 5000 + 1});
}

void TestSqlStore::historyEndsWithTheJournal()
{
    StoreSettings settings;
    settings.journalKeepRows = 1000;
    StoreHarness harness(settings);
    QVERIFY_OK(harness.open());
    RandomFacts random(14);
    Push finished = random.push();
    finished.state = PushState::Delivered;
    finished.awaitsConfirmation = false;
    finished.finishedAt = {1000};
    Push awaiting = finished;
    awaiting.id = PushId(u"p-awaiting"_s);
    awaiting.awaitsConfirmation = true;
    Push waiting = random.push();
    waiting.state = PushState::Waiting;
    waiting.awaitsConfirmation = false;
    waiting.finishedAt = {};
    WakeUp over = random.wake();
    over.state = WakeState::Succeeded;
    over.stepTimes[0] = {1000};
    StoreBatch batch;
    batch.pushes = {finished, awaiting, waiting};
    batch.wakes = {over};
    for (quint64 id = 1; id <= 1000; ++id)
        batch.journal.append(entry(id));
    QVERIFY_OK(harness.commit(batch));
    QVERIFY(harness.readPush(finished.id).value().has_value());
    StoreBatch more;
    more.journal = {entry(1001)};
    QVERIFY_OK(harness.commit(more));
    QTRY_VERIFY(!harness.readPush(finished.id).value().has_value());
    QTRY_VERIFY(!harness.readWake(over.id).value().has_value());
    QCOMPARE(harness.readPush(waiting.id).value(), std::optional(waiting));
    QCOMPARE(harness.readPush(awaiting.id).value(), std::optional(awaiting));
    QCOMPARE(harness.reopen().value().pushes.size(), 2); // both may go on
}

QTEST_GUILESS_MAIN(TestSqlStore)
#include "tst_sqlstore.moc"
