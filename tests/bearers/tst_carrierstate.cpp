// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/carrierstate.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace reveille;
using Kind = WakeReceipt::Kind;

namespace {

struct Bench {
    FakeClock clock;
    QVector<WakeQueue::Item> sent;
    QStringList told;
    int looks = 0, changes = 0;
    WakeQueue queue{{1000, 1, 2}, clock, clock, [this](WakeQueue::Item item) { sent.append(std::move(item)); }};
    CarrierState carrier{queue, Backoff(Milliseconds(100), Milliseconds(400)), clock, clock, [this] { ++looks; }, [this] { ++changes; }};

    void take(const Result<Done> &fit = Done{})
    {
        WakeQueue::Item item;
        item.message.user = *PublicUserId::parse(QStringLiteral("sip:alice@lab.example"));
        item.receipt = [this](const WakeReceipt &receipt) {
            told.append(QString::number(int(receipt.kind)) + u' ' + QString::fromLatin1(receipt.code));
        };
        carrier.take(std::move(item), fit);
    }
    static QString receipt(Kind kind, const char *code) { return QString::number(int(kind)) + u' ' + QString::fromLatin1(code); }
};

} // namespace

class TestCarrierState : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void queuesWhatIsFitWhileItIsUp()
    {
        Bench bench;
        bench.take();
        bench.clock.advance(Milliseconds(10));
        QCOMPARE(bench.sent.size(), 1);
        QVERIFY(bench.told.isEmpty());
        QCOMPARE(bench.carrier.health().inFlight, 1);
        bench.take();
        QCOMPARE(bench.carrier.health().queued, 1);
        QCOMPARE(bench.carrier.health().failed, 0u);
    }
    void refusesLaterAndSaysWhy()
    {
        Bench bench;
        bench.take(Error{"sms-too-long", {}});
        QVERIFY(bench.told.isEmpty()); // not from within
        bench.clock.advance(Milliseconds(0));
        QCOMPARE(bench.told, QStringList{Bench::receipt(Kind::Failed, "sms-too-long")});
        bench.take(); // transmitted
        bench.clock.advance(Milliseconds(10));
        for (int i = 0; i < 3; ++i) // two may wait
            bench.take();
        bench.clock.advance(Milliseconds(0));
        QCOMPARE(bench.told.value(1), Bench::receipt(Kind::Retry, "queue-full"));
        QCOMPARE(bench.told.size(), 2);
        QCOMPARE(bench.carrier.health().failed, 2u);
    }
    void whatWaitsIsToldRetryWhenItGoes()
    {
        Bench bench;
        for (int i = 0; i < 3; ++i) {
            bench.take();
            bench.clock.advance(Milliseconds(10));
        }
        QCOMPARE(bench.sent.size(), 1); // it is the carrier's; of that only the bearer knows
        bench.carrier.down("no-answer");
        bench.clock.advance(Milliseconds(0));
        QCOMPARE(bench.told, QStringList(2, Bench::receipt(Kind::Retry, "no-answer")));
        bench.take();
        bench.clock.advance(Milliseconds(0));
        QCOMPARE(bench.told.size(), 3);
        QCOMPARE(bench.carrier.health().queued, 0);
        QCOMPARE(bench.carrier.health().failed, 3u);
    }
    void looksWithAGrowingPauseUntilItIsBack()
    {
        Bench bench;
        bench.carrier.down("no-answer");
        QVector<qint64> pauses;
        for (int i = 0; i < 4; ++i) {
            const Milliseconds before = bench.clock.monotonic();
            const int looks = bench.looks;
            while (bench.looks == looks)
                bench.clock.advance(Milliseconds(1));
            pauses.append((bench.clock.monotonic() - before).count());
            bench.carrier.down("no-answer");
        }
        for (const auto &[pause, middle] : {std::pair(pauses[0], 100), std::pair(pauses[1], 200), std::pair(pauses[2], 400),
                                            std::pair(pauses[3], 400)})
            QVERIFY2(pause >= middle * 3 / 4 && pause <= middle * 5 / 4 + 1, qPrintable(QString::number(pause)));
        bench.carrier.up();
        const int looks = bench.looks;
        bench.clock.advance(Milliseconds(10'000));
        QCOMPARE(bench.looks, looks);
        bench.carrier.down("no-answer"); // from the first pause again
        bench.clock.advance(Milliseconds(130));
        QCOMPARE(bench.looks, looks + 1);
    }
    void goingDownTwiceDoesNotPutOffTheLook()
    {
        Bench bench;
        bench.carrier.down("no-answer");
        bench.clock.advance(Milliseconds(70));
        bench.carrier.down("connection-refused");
        bench.clock.advance(Milliseconds(60));
        QCOMPARE(bench.looks, 1);
    }
    void tellsOfNewsOnly()
    {
        Bench bench;
        bench.carrier.up();
        QCOMPARE(bench.changes, 0);
        bench.carrier.down("no-answer", QStringLiteral("detail"));
        const Timestamp since = bench.carrier.health().since;
        QVERIFY(since.isSet());
        bench.clock.advance(Milliseconds(20));
        bench.carrier.down("no-answer");
        QCOMPARE(bench.changes, 1);
        QCOMPARE(bench.carrier.health().since, since);
        QCOMPARE(bench.carrier.health().detail, QStringLiteral("detail"));
        bench.carrier.down("login-refused");
        QCOMPARE(bench.changes, 2);
        QCOMPARE(bench.carrier.health().code, "login-refused");
        bench.carrier.up();
        QCOMPARE(bench.changes, 3);
        QVERIFY(bench.carrier.isUp());
        QVERIFY(bench.carrier.health().code.isEmpty());
        QVERIFY(bench.carrier.health().detail.isEmpty());
    }
    void untilItIsKnownWakeUpsWait()
    {
        Bench bench;
        bench.carrier.startUnknown("connecting");
        QVERIFY(bench.carrier.isHealthy());
        QVERIFY(!bench.carrier.isUp());
        bench.take();
        bench.clock.advance(Milliseconds(5000));
        QVERIFY(bench.told.isEmpty());
        QVERIFY(bench.sent.isEmpty());
        QCOMPARE(bench.looks, 0);
        bench.carrier.lookSoon();
        bench.clock.advance(Milliseconds(0));
        QCOMPARE(bench.looks, 1);
        bench.carrier.up();
        QCOMPARE(bench.changes, 1);
        bench.clock.advance(Milliseconds(10));
        QCOMPARE(bench.sent.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestCarrierState)
#include "tst_carrierstate.moc"
