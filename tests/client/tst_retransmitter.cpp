// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/retransmitter.h"

#include <QElapsedTimer>
#include <QTest>

using namespace reveille;

namespace {

/// One sending, and what came of it.
struct Sent {
    Retransmitter::Send send()
    {
        return [this] {
            if (isGone)
                return false;
            times.append(clock.elapsed());
            return true;
        };
    }
    Retransmitter::GaveUp gaveUp()
    {
        return [this] {
            ++givenUp;
        };
    }
    Sent() { clock.start(); }

    QElapsedTimer clock;
    QVector<qint64> times;
    int givenUp = 0;
    bool isGone = false;
};

Retransmitter::Plan quick(int giveUp = 2000)
{
    Retransmitter::Plan plan;
    plan.first = Milliseconds(20);
    plan.giveUp = Milliseconds(giveUp);
    return plan;
}

} // namespace

class TestRetransmitter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void waitsTwiceAsLongEachTimeUpToABound()
    {
        Retransmitter retransmitter;
        Sent sent;
        Retransmitter::Plan plan = quick();
        plan.longest = Milliseconds(80);
        retransmitter.start("a", plan, sent.send(), sent.gaveUp());
        QCOMPARE(sent.times.size(), 1);
        QTRY_COMPARE(sent.times.size(), 6);
        const int least[] = {20, 40, 80, 80, 80};
        for (int i = 0; i < 5; ++i)
            QVERIFY(sent.times[i + 1] - sent.times[i] >= least[i]);
        retransmitter.stop("a");
        QVERIFY(!retransmitter.isRunning());
    }
    void givesUpOneWaitAfterTheLast()
    {
        Retransmitter retransmitter;
        Sent sent;
        Retransmitter::Plan plan = quick();
        plan.mostSends = 3;
        retransmitter.start("a", plan, sent.send(), sent.gaveUp());
        QTRY_COMPARE(sent.givenUp, 1);
        QCOMPARE(sent.times.size(), 3);
        QVERIFY(sent.clock.elapsed() >= 20 + 40 + 80);
        QVERIFY(!retransmitter.isRunning());
    }
    void givesUpAtItsTime()
    {
        Retransmitter retransmitter;
        Sent sent;
        Retransmitter::Plan plan = quick(60);
        plan.repeats = false;
        retransmitter.start("a", plan, sent.send(), sent.gaveUp());
        QTRY_COMPARE(sent.givenUp, 1);
        QVERIFY(sent.clock.elapsed() >= 60);
        QCOMPARE(sent.times.size(), 1);
    }
    void whatIsHeldIsNotRepeatedButGivenUp()
    {
        Retransmitter retransmitter;
        Sent sent;
        retransmitter.start("a", quick(150), sent.send(), sent.gaveUp());
        retransmitter.hold("a");
        QTRY_COMPARE(sent.givenUp, 1);
        QCOMPARE(sent.times.size(), 1);
        QVERIFY(sent.clock.elapsed() >= 150);
    }
    void whatIsStoppedIsNotGivenUp()
    {
        Retransmitter retransmitter;
        Sent stopped, other;
        retransmitter.start("a", quick(40), stopped.send(), stopped.gaveUp());
        retransmitter.start("b", quick(80), other.send(), other.gaveUp());
        retransmitter.stop("a");
        QTRY_COMPARE(other.givenUp, 1);
        QCOMPARE(stopped.givenUp, 0);
        QCOMPARE(stopped.times.size(), 1);
    }
    void whereNobodyTakesItItIsGivenUp()
    {
        Retransmitter retransmitter;
        Sent never, later;
        never.isGone = true;
        retransmitter.start("a", quick(), never.send(), never.gaveUp());
        QCOMPARE(never.givenUp, 0); // not from within
        QTRY_COMPARE(never.givenUp, 1);
        retransmitter.start("b", quick(), later.send(), later.gaveUp());
        later.isGone = true;
        QTRY_COMPARE(later.givenUp, 1);
        QVERIFY(later.clock.elapsed() < 2000);
    }
    void whoIsToldMayBeginAnew()
    {
        Retransmitter retransmitter;
        Sent first, second;
        retransmitter.start("a", quick(30), first.send(), [&] {
            ++first.givenUp;
            retransmitter.start("a", quick(30), second.send(), second.gaveUp());
        });
        QTRY_COMPARE(second.givenUp, 1);
        QCOMPARE(first.givenUp, 1);
    }
};

QTEST_GUILESS_MAIN(TestRetransmitter)
#include "tst_retransmitter.moc"
