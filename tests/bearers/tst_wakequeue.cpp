// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/wakequeue.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace reveille;

namespace {

WakeQueue::Item itemOf(const QString &user, const QString &wake)
{
    WakeQueue::Item item;
    item.message.wake = WakeId(wake);
    item.message.user = *PublicUserId::parse(user);
    return item;
}

const QString alice = QStringLiteral("sip:alice@lab.example");
const QString bob = QStringLiteral("sip:bob@lab.example");

/// A queue whose carrier only notes what it is given.
struct Bench {
    FakeClock clock;
    QStringList sent;
    QVector<WakeQueue::Item> items;
    WakeQueue queue;
    explicit Bench(WakeQueue::Settings settings)
        : queue(settings, clock, clock, [this](WakeQueue::Item item) {
            sent.append(item.message.wake.text());
            items.append(std::move(item));
        })
    {
    }
};

} // namespace

class TestWakeQueue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingLeavesFromWithinAdd()
    {
        Bench bench({100, 10, 10});
        QVERIFY(bench.queue.add(itemOf(alice, QStringLiteral("w-1"))).ok());
        QVERIFY(bench.sent.isEmpty());
        bench.clock.advance(Milliseconds(0));
        QCOMPARE(bench.sent, QStringList{QStringLiteral("w-1")});
        QCOMPARE(bench.queue.inFlight(), 1);
    }
    void usersTakeTurns()
    {
        Bench bench({1000, 100, 100});
        for (int i = 0; i < 3; ++i)
            QVERIFY(bench.queue.add(itemOf(alice, QStringLiteral("a-%1").arg(i))).ok());
        QVERIFY(bench.queue.add(itemOf(bob, QStringLiteral("b-0"))).ok());
        bench.clock.advance(Milliseconds(1000));
        QCOMPARE(bench.sent.join(u' '), QStringLiteral("a-0 b-0 a-1 a-2"));
    }
    void whatTheWindowHasRoomForLeavesAtOnceWhenAsked()
    {
        Bench bench({1000, 2, 100});
        for (int i = 0; i < 5; ++i)
            QVERIFY(bench.queue.add(itemOf(alice, QString::number(i))).ok());
        bench.clock.advance(Milliseconds(50));
        QCOMPARE(bench.sent.size(), 2);
        bench.queue.answered();
        bench.queue.answered();
        QCOMPARE(bench.sent.size(), 2);
        bench.queue.releaseNow();
        QCOMPARE(bench.sent.size(), 4);
        bench.queue.setPaused(true);
        bench.queue.answered();
        bench.queue.releaseNow();
        QCOMPARE(bench.sent.size(), 4);
    }
    void theWindowWaitsForAnswers()
    {
        Bench bench({1000, 2, 100});
        for (int i = 0; i < 4; ++i)
            QVERIFY(bench.queue.add(itemOf(alice, QString::number(i))).ok());
        bench.clock.advance(Milliseconds(5000));
        QCOMPARE(bench.sent.size(), 2);
        bench.queue.answered();
        bench.clock.advance(Milliseconds(5000));
        QCOMPARE(bench.sent.size(), 3);
        QCOMPARE(bench.queue.queued(), 1);
    }
    void noMoreLeaveInASecondThanAllowed()
    {
        Bench bench({10, 1000, 1000});
        for (int i = 0; i < 100; ++i)
            QVERIFY(bench.queue.add(itemOf(alice, QString::number(i))).ok());
        bench.clock.advance(Milliseconds(3000));
        QVERIFY2(bench.sent.size() >= 29 && bench.sent.size() <= 31,
                 qPrintable(QString::number(bench.sent.size())));
        bench.clock.advance(Milliseconds(10000));
        QCOMPARE(bench.sent.size(), 100);
    }
    void holdStopsThemForSoLong()
    {
        Bench bench({100, 100, 100});
        bench.queue.hold(Milliseconds(2000));
        QVERIFY(bench.queue.add(itemOf(alice, QStringLiteral("w"))).ok());
        bench.clock.advance(Milliseconds(1999));
        QVERIFY(bench.sent.isEmpty());
        bench.clock.advance(Milliseconds(1));
        QCOMPARE(bench.sent.size(), 1);
    }
    void aPausedQueueKeepsWhatItHas()
    {
        Bench bench({100, 100, 100});
        bench.queue.setPaused(true);
        QVERIFY(bench.queue.add(itemOf(alice, QStringLiteral("w"))).ok());
        bench.clock.advance(Milliseconds(60000));
        QVERIFY(bench.sent.isEmpty());
        bench.queue.setPaused(false);
        bench.clock.advance(Milliseconds(10));
        QCOMPARE(bench.sent.size(), 1);
    }
    void whatIsPutBackGoesFirst()
    {
        Bench bench({1000, 1, 100});
        for (const char *name : {"first", "second"})
            QVERIFY(bench.queue.add(itemOf(alice, QLatin1String(name))).ok());
        bench.clock.advance(Milliseconds(10));
        bench.queue.putBack(bench.items.takeFirst());
        bench.clock.advance(Milliseconds(10));
        QCOMPARE(bench.sent, (QStringList{QStringLiteral("first"), QStringLiteral("first")}));
    }
    void aFullQueueRefusesAndLeavesTheItemWithTheCaller()
    {
        Bench bench({100, 1, 1});
        QVERIFY(bench.queue.add(itemOf(alice, QStringLiteral("kept"))).ok());
        WakeQueue::Item late = itemOf(bob, QStringLiteral("late"));
        const Result<Done> added = bench.queue.add(std::move(late));
        QVERIFY(!added.ok());
        QCOMPARE(added.error().code, "queue-full");
        QCOMPARE(late.message.wake.text(), QStringLiteral("late"));
    }
    void drainHandsOverAllThatWait()
    {
        Bench bench({100, 1, 100});
        bench.queue.setPaused(true);
        for (int i = 0; i < 5; ++i)
            QVERIFY(bench.queue.add(itemOf(i % 2 ? alice : bob, QString::number(i))).ok());
        int drained = 0;
        bench.queue.drain([&](const WakeQueue::Item &) { ++drained; });
        QCOMPARE(drained, 5);
        QCOMPARE(bench.queue.queued(), 0);
    }
};

QTEST_GUILESS_MAIN(TestWakeQueue)
#include "tst_wakequeue.moc"
