// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/writebehind.h"

#include "support/fakeclock.h"
#include "support/memorystore.h"

#include <QTest>

using namespace reveille;

namespace {

Push push(int n, PushState state)
{
    Push p;
    p.id = PushId(QStringLiteral("p-%1").arg(n));
    p.state = state;
    return p;
}

StoredBinding binding(const QString &flow, Timestamp until)
{
    StoredBinding b;
    b.device = *DeviceId::parse(u"urn:uuid:00000000-0000-4000-8000-000000000001");
    b.flow = flow;
    b.until = until;
    return b;
}

struct Scene {
    MemoryStore store;
    FakeClock clock;
    WriteBehind writes{store, clock, clock, {}};

    Scene()
    {
        if (!store.open().ok())
            qFatal("the store does not open");
    }
};

} // namespace

class TestWriteBehind : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesAfterAShortDelayAndOnlyTheNewestValue()
    {
        Scene scene;
        auto &[store, clock, writes] = scene;
        writes.stage(push(1, PushState::Waiting));
        writes.stage(push(2, PushState::Waiting));
        writes.stage(push(1, PushState::Sending));
        QCOMPARE(store.commits(), 0);
        clock.advance(WriteBehind::delay);
        QTRY_COMPARE(store.commits(), 1);
        QCOMPARE(store.pushes.at(PushId(QStringLiteral("p-1"))).state, PushState::Sending);
        QCOMPARE(store.pushes.size(), size_t(2));
    }
    void saysWhatIsDurableAndNotBefore()
    {
        MemoryStore store;
        QVERIFY(store.open().ok());
        FakeClock clock;
        WriteBehind writes(store, clock, clock, {});
        QStringList said;
        store.failNext("store-full");
        writes.stage(push(1, PushState::Delivered));
        writes.whenDurable([&] { said.append(QStringLiteral("first")); });
        clock.advance(WriteBehind::delay);
        writes.stage(push(2, PushState::Delivered));
        writes.whenDurable([&] { said.append(QStringLiteral("second")); });
        QVERIFY(said.isEmpty());
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents();
        QVERIFY(said.isEmpty());
        clock.advance(WriteBehind::retryDelay);
        QTRY_COMPARE(said, (QStringList{QStringLiteral("first"), QStringLiteral("second")}));
        QCOMPARE(store.pushes.size(), size_t(2));
    }
    void whatComesBackNeverReplacesWhatWasOnItsWay()
    {
        MemoryStore store;
        QVERIFY(store.open().ok());
        FakeClock clock;
        WriteBehind writes(store, clock, clock, {});
        store.hold(true);
        QByteArrayList told;
        bool isSaid = false;
        const auto tell = [&](const Result<Done> &result) { told.append(result ? "ok" : result.error().code); };
        JournalEntry entry;
        entry.id = JournalId{1};
        writes.stage(push(1, PushState::Sending));
        writes.stage(entry);
        writes.whenDurable([&] { isSaid = true; });
        writes.commit(tell);
        writes.stage(push(1, PushState::Delivered));
        writes.commit(tell);
        store.failNext("store-full");
        store.hold(false);
        QTRY_COMPARE(told, (QByteArrayList{"store-full", "store-failed"})); // the row of before is not there yet
        QVERIFY(!isSaid);
        clock.advance(WriteBehind::retryDelay);
        QTRY_COMPARE(store.journal.size(), size_t(1));
        QTRY_VERIFY(isSaid);
        QCOMPARE(store.pushes.begin()->second.state, PushState::Delivered);
    }
    void hurriesWhereSomebodyWaits()
    {
        MemoryStore store;
        QVERIFY(store.open().ok());
        FakeClock clock;
        WriteBehind writes(store, clock, clock, {});
        writes.stage(push(1, PushState::Delivered));
        writes.hurry();
        writes.hurry();
        QCOMPARE(store.commits(), 0);
        clock.advance(Milliseconds(0));
        QTRY_COMPARE(store.commits(), 1);
        QCOMPARE(clock.pending(), 0);
    }
    void forgetsABindingThatWasRemovedAndTakenUpAgain()
    {
        Scene scene;
        auto &[store, clock, writes] = scene;
        for (int i = 0; i < 4; ++i)
            writes.stage(binding(QStringLiteral("sip/%1").arg(i), {1000}));
        writes.removeBinding(binding({}, {}).device, QStringLiteral("sip/1"));
        writes.stage(binding(QStringLiteral("sip/3"), {2000}));
        writes.removeBinding(binding({}, {}).device, QStringLiteral("sip/0"));
        writes.stage(binding(QStringLiteral("sip/0"), {3000}));
        clock.advance(WriteBehind::delay);
        QTRY_COMPARE(store.commits(), 1);
        QCOMPARE(store.bindings.size(), size_t(3));
        QCOMPARE(store.bindings.at({binding({}, {}).device, QStringLiteral("sip/3")}).until, Timestamp{2000});
        QCOMPARE(store.bindings.at({binding({}, {}).device, QStringLiteral("sip/0")}).until, Timestamp{3000});
    }
    void keepsWhatTheStoreRefusedAndTriesAgain()
    {
        Scene scene;
        auto &[store, clock, writes] = scene;
        store.failWith("store-full");
        writes.stage(push(1, PushState::Waiting));
        JournalEntry entry;
        entry.id = JournalId{1};
        writes.stage(entry);
        bool told = false;
        writes.commit([&](const Result<Done> &result) {
            told = true;
            QVERIFY(!result.ok());
        });
        QTRY_VERIFY(told);
        writes.stage(push(1, PushState::Delivered)); // newer than what comes back
        store.failWith("");
        clock.advance(WriteBehind::retryDelay);
        QTRY_COMPARE(store.pushes.size(), size_t(1));
        QCOMPARE(store.pushes.begin()->second.state, PushState::Delivered);
        QCOMPARE(store.journal.size(), size_t(1));
    }
    void collectsWhatComesWhileTheStoreIsBusy()
    {
        Scene scene;
        auto &[store, clock, writes] = scene;
        store.hold(true);
        QVector<int> told;
        for (int i = 0; i < 100; ++i) {
            writes.stage(push(1, i < 99 ? PushState::Sending : PushState::Delivered));
            writes.commit([&told, i](const Result<Done> &result) {
                QVERIFY(result.ok());
                told.append(i);
            });
        }
        QCOMPARE(store.held(), WriteBehind::mostUnderWay);
        clock.advance(WriteBehind::delay);
        QCOMPARE(store.held(), WriteBehind::mostUnderWay);
        store.hold(false);
        QTRY_COMPARE(told.size(), 100);
        QVERIFY(std::is_sorted(told.cbegin(), told.cend()));
        QCOMPARE(store.commits(), WriteBehind::mostUnderWay + 1);
        QCOMPARE(store.pushes.begin()->second.state, PushState::Delivered);
    }
    void handsOverEverythingAtTheEnd()
    {
        Scene scene;
        auto &[store, clock, writes] = scene;
        store.hold(true);
        for (int i = 0; i < 5; ++i) {
            writes.stage(push(i, PushState::Waiting));
            writes.commit([](const Result<Done> &) {});
        }
        writes.flush();
        store.close();
        QCOMPARE(store.pushes.size(), size_t(5));
    }
    void keepsTheOrderOfWhatIsPromisedApart()
    {
        Scene scene;
        auto &[store, clock, writes] = scene;
        store.hold(true);
        for (int i = 0; i < 5; ++i) {
            writes.stage(push(1, PushState::Waiting));
            writes.commit([](const Result<Done> &) {});
        }
        StoreBatch batch;
        batch.pushes = {push(1, PushState::Delivered)};
        bool durable = false;
        writes.commitOrRefuse(batch, [&](const Result<Done> &result) { durable = result.ok(); });
        store.hold(false);
        QTRY_VERIFY(durable);
        QTRY_COMPARE(writes.lag(), Milliseconds(0));
        QCOMPARE(store.pushes.begin()->second.state, PushState::Delivered);
    }
    void knowsHowLongTheOldestHasWaited()
    {
        Scene scene;
        auto &[store, clock, writes] = scene;
        QCOMPARE(writes.lag(), Milliseconds(0));
        store.hold(true);
        writes.commit([](const Result<Done> &) {});
        clock.advance(WriteBehind::behindFrom - Milliseconds(1));
        writes.stage(push(1, PushState::Waiting));
        writes.commit([](const Result<Done> &) {});
        QVERIFY(!writes.isBehind());
        clock.advance(Milliseconds(1));
        QVERIFY(writes.isBehind());
        store.hold(false);
        QTRY_COMPARE(writes.lag(), Milliseconds(0));
    }
    void refusesAChangeThatIsNotDurable()
    {
        Scene scene;
        auto &[store, clock, writes] = scene;
        store.failNext("store-full");
        StoreBatch batch;
        batch.pushes = {push(1, PushState::Accepted)};
        QByteArray code;
        writes.commitOrRefuse(batch, [&](const Result<Done> &result) { code = result.ok() ? "ok" : result.error().code; });
        QTRY_COMPARE(code, QByteArray("store-full"));
        clock.advance(Milliseconds(60000));
        QCoreApplication::processEvents();
        QCOMPARE(store.pushes.size(), size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestWriteBehind)
#include "tst_writebehind.moc"
