// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pinholeestimate.h"

#include <QRandomGenerator>
#include <QTest>

using namespace reveille;
using Source = PinholeSample::Source;

namespace {

constexpr Timestamp start{1'795'000'000'000};

Milliseconds seconds(qint64 count)
{
    return Milliseconds(count * 1000);
}

/// A network as it is learned: samples a second apart.
struct Learning {
    PinholeBounds bounds;
    QVector<PinholeSample> samples{};
    Timestamp now = start;

    void say(bool open, qint64 silence, Source source = Source::Test)
    {
        now = now + seconds(1);
        addPinholeSample(samples, {seconds(silence), open, source, now}, bounds);
    }
    void open(qint64 silence, Source source = Source::Test) { say(true, silence, source); }
    void closed(qint64 silence, Source source = Source::Test) { say(false, silence, source); }
    PinholeEstimate estimate() const { return estimatePinhole(samples, bounds, now); }
};

/// A firewall that forgets after `lifetime` and a path that loses one packet in so many percent.
struct Firewall {
    Milliseconds lifetime;
    int lossPercent;
    QRandomGenerator random;

    bool lets(Milliseconds silence) { return silence < lifetime && int(random.bounded(100)) >= lossPercent; }
};

/// Tests until nothing is left to learn. Returns how many it took, or 1000.
int learn(Learning &learning, Firewall &firewall)
{
    for (int tests = 0; tests < 1000; ++tests) {
        const auto next = learning.estimate().next;
        if (!next)
            return tests;
        learning.now = learning.now + *next;
        const bool lets = firewall.lets(*next);
        addPinholeSample(learning.samples, {*next, lets, Source::Test, learning.now}, learning.bounds);
    }
    return 1000;
}

} // namespace

class TestPinholeEstimate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsKnownOfNothing()
    {
        const Learning learning;
        const PinholeEstimate estimate = learning.estimate();
        QCOMPARE(estimate.longestOpen, Milliseconds(0));
        QCOMPARE(estimate.shortestClosed, Milliseconds(0));
        QCOMPARE(estimate.keepAlive, Milliseconds(0));
        QCOMPARE(estimate.confidence, 0);
        QCOMPARE(estimate.next, std::optional(seconds(30)));
    }
    void doublesUntilAClosedOneIsConfirmedThenHalves()
    {
        Learning learning;
        learning.open(30);
        QCOMPARE(learning.estimate().next, std::optional(seconds(60)));
        learning.open(60);
        QCOMPARE(learning.estimate().next, std::optional(seconds(120)));
        QCOMPARE(learning.estimate().keepAlive, Milliseconds(0));
        learning.closed(120);
        QCOMPARE(learning.estimate().shortestClosed, Milliseconds(0));
        QCOMPARE(learning.estimate().next, std::optional(seconds(120)));
        learning.closed(120);
        QCOMPARE(learning.estimate().shortestClosed, seconds(120));
        QCOMPARE(learning.estimate().next, std::optional(seconds(90)));
        QCOMPARE(learning.estimate().keepAlive, seconds(48));
    }
    void aLostPacketIsRefuted()
    {
        Learning learning;
        learning.open(60);
        learning.closed(120);
        learning.open(120);
        QCOMPARE(learning.estimate().longestOpen, seconds(120));
        QCOMPARE(learning.estimate().shortestClosed, Milliseconds(0));
        QCOMPARE(learning.estimate().next, std::optional(seconds(240)));
    }
    void aClosedTestUnderAnOpenOneIsDoubtedAndTestedAgain()
    {
        Learning learning;
        learning.open(120);
        const int before = learning.estimate().confidence;
        learning.closed(60);
        QCOMPARE(learning.estimate().longestOpen, seconds(120));
        QCOMPARE(learning.estimate().next, std::optional(seconds(60)));
        learning.open(60);
        QCOMPARE(learning.estimate().longestOpen, seconds(120));
        QVERIFY(learning.estimate().confidence < before + 20);
        QCOMPARE(learning.estimate().next, std::optional(seconds(240)));
    }
    void twoOfThemOverruleIt()
    {
        Learning learning;
        learning.open(40);
        learning.open(120);
        learning.closed(60);
        learning.closed(60);
        QCOMPARE(learning.estimate().longestOpen, seconds(40));
        QCOMPARE(learning.estimate().shortestClosed, seconds(60));
    }
    void aMissedPushCountsAtOnceAndIsTested()
    {
        Learning learning;
        learning.open(50);
        learning.open(100);
        learning.closed(110);
        learning.closed(110);
        QCOMPARE(learning.estimate().keepAlive, seconds(80));
        learning.closed(70, Source::Missed);
        QCOMPARE(learning.estimate().shortestClosed, seconds(70));
        QCOMPARE(learning.estimate().keepAlive, seconds(40));
        QCOMPARE(learning.estimate().next, std::optional(seconds(70)));
        learning.open(70);
        QCOMPARE(learning.estimate().keepAlive, seconds(80));
    }
    void aLossThatNothingConfirmsIsForgiven()
    {
        Learning learning;
        learning.open(50);
        learning.open(100);
        learning.closed(110);
        learning.closed(110);
        learning.closed(70, Source::Traffic);
        QCOMPARE(learning.estimate().keepAlive, seconds(40));
        QVERIFY(learning.estimate().validUntil.isSet());
        learning.now = learning.estimate().validUntil;
        QCOMPARE(learning.estimate().keepAlive, seconds(80));
    }
    void aFirstMissedPushHandsOutTheShortest()
    {
        Learning learning;
        learning.closed(70, Source::Missed);
        QCOMPARE(learning.estimate().keepAlive, learning.bounds.shortest);
    }
    void longestIsEnough()
    {
        Learning learning;
        for (int i = 0; i < 20 && learning.estimate().next; ++i)
            learning.open(learning.estimate().next->count() / 1000);
        QCOMPARE(learning.estimate().longestOpen, learning.bounds.longest);
        QVERIFY(!learning.estimate().next);
        QCOMPARE(learning.estimate().keepAlive, seconds(1440));
    }
    void trafficThatTellsNothingNewIsNotKept()
    {
        Learning learning;
        learning.open(60);
        for (int i = 0; i < 100; ++i)
            learning.open(50, Source::Traffic);
        QCOMPARE(learning.samples.size(), 1);
        learning.open(90, Source::Traffic);
        QCOMPARE(learning.estimate().longestOpen, seconds(90));
    }
    void samplesAreBoundedAndKeepTheEnds()
    {
        Learning learning;
        learning.open(55);
        learning.closed(60);
        learning.closed(60);
        for (int i = 0; i < 200; ++i)
            learning.closed(100 + i * 17, Source::Missed);
        QCOMPARE(learning.samples.size(), LearnedNetwork::maxSamples);
        QCOMPARE(learning.estimate().longestOpen, seconds(55));
        QCOMPARE(learning.estimate().shortestClosed, seconds(60));
    }
    void ageTakesConfidenceAndOpensLearningAgain()
    {
        Learning learning;
        Firewall firewall{seconds(60), 0, QRandomGenerator(1)};
        QVERIFY(learn(learning, firewall) < 20);
        const int fresh = learning.estimate().confidence;
        QVERIFY2(fresh >= 70, QByteArray::number(fresh).constData());
        learning.now = learning.now + PinholeEstimate::recheckAfter;
        QVERIFY(learning.estimate().next);
        learning.now = learning.now + PinholeEstimate::recheckAfter * 10;
        QVERIFY(learning.estimate().confidence < fresh * 3 / 4);
        learning.now = learning.now + PinholeEstimate::forgottenAfter;
        QCOMPARE(learning.estimate().confidence, 0);
        QCOMPARE(learning.estimate().keepAlive, Milliseconds(0));
    }
    void aFirewallThatBecomesStricterOrLaxerIsLearnedAnew_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("then");
        QTest::newRow("stricter") << 300 << 60;
        QTest::newRow("laxer") << 60 << 300;
    }
    void aFirewallThatBecomesStricterOrLaxerIsLearnedAnew()
    {
        QFETCH(int, first);
        QFETCH(int, then);
        Learning learning;
        Firewall firewall{seconds(first), 0, QRandomGenerator(7)};
        QVERIFY(learn(learning, firewall) < 50);
        firewall.lifetime = seconds(then);
        learning.now = learning.now + PinholeEstimate::recheckAfter;
        QVERIFY(learn(learning, firewall) < 50);
        const PinholeEstimate estimate = learning.estimate();
        QVERIFY(estimate.longestOpen < firewall.lifetime);
        QVERIFY(estimate.longestOpen > firewall.lifetime * 8 / 10);
        QVERIFY(estimate.shortestClosed < firewall.lifetime * 12 / 10);
    }

    void anyFirewallIsLearnedWithinAFifth_data()
    {
        QTest::addColumn<int>("lossPercent");
        QTest::addColumn<int>("testsAllowed");
        QTest::newRow("no loss") << 0 << 20;
        QTest::newRow("2 % lost") << 2 << 40;
        QTest::newRow("10 % lost") << 10 << 60;
    }
    /// 500 firewalls each: within 20 % of the truth, never handing out more than what holds.
    void anyFirewallIsLearnedWithinAFifth()
    {
        QFETCH(int, lossPercent);
        QFETCH(int, testsAllowed);
        QRandomGenerator random(4711);
        int most = 0, wrong = 0;
        for (int n = 0; n < 500; ++n) {
            Firewall firewall{Milliseconds(20000 + random.bounded(1780000)), lossPercent, QRandomGenerator(n)};
            Learning learning;
            most = std::max(most, learn(learning, firewall));
            const PinholeEstimate estimate = learning.estimate();
            const bool inside = estimate.longestOpen < firewall.lifetime && estimate.keepAlive < firewall.lifetime;
            QVERIFY(inside);
            const Milliseconds lifetime = (estimate.longestOpen + estimate.shortestClosed) / 2;
            const qint64 off = std::abs((lifetime - firewall.lifetime).count());
            wrong += off * 5 > firewall.lifetime.count();
        }
        QVERIFY2(most <= testsAllowed, QByteArray::number(most).constData());
        // Three losses in a row at one silence are taken for the truth, until it is tested again a day later.
        QVERIFY2(wrong <= (lossPercent >= 10 ? 5 : 0), QByteArray::number(wrong).constData());
    }
    void whatLossMadeWrongIsPutRightTheNextDays()
    {
        QRandomGenerator random(99);
        for (int n = 0; n < 300; ++n) {
            Firewall firewall{Milliseconds(20000 + random.bounded(1780000)), 10, QRandomGenerator(n + 1000)};
            Learning learning;
            for (int day = 0; day < 4; ++day) {
                learn(learning, firewall);
                learning.now = learning.now + PinholeEstimate::recheckAfter;
            }
            const PinholeEstimate estimate = learning.estimate();
            const Milliseconds lifetime = (estimate.longestOpen + estimate.shortestClosed) / 2;
            const qint64 off = std::abs((lifetime - firewall.lifetime).count());
            QVERIFY2(off * 5 <= firewall.lifetime.count(),
                     qPrintable(QStringLiteral("%1 for %2").arg(lifetime.count()).arg(firewall.lifetime.count())));
            QVERIFY(estimate.keepAlive < firewall.lifetime);
        }
    }
};

QTEST_GUILESS_MAIN(TestPinholeEstimate)
#include "tst_pinholeestimate.moc"
