// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleetscene.h"

#include <QSet>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestFleet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginsAtThePaceOfTheRamp()
    {
        FleetScene scene(3000, u"keepers=1"_s);
        ToldEvents told(scene.fleet);
        scene.fleet.start();
        scene.time.advance(Milliseconds(999));
        QCOMPARE(scene.network.sent.size(), 1000);
        QCOMPARE(told.count(u"all-registered"), 0);
        scene.run(3);
        QCOMPARE(scene.count().registered, 3000U);
        QCOMPARE(scene.in(FleetPhase::Up), 3000U);
        QCOMPARE(told.count(u"all-registered"), 1);
    }

    void theSameSeedDoesTheSame()
    {
        const auto life = [](quint64 seed) {
            FleetScene scene(60, u"keepers=1,sleepers=1,roamers=1,flaky=1,roam_s=60,restart_s=90"_s, seed);
            scene.fleet.start();
            for (quint16 step = 0; step < 20; ++step) {
                scene.run(15);
                scene.push(step, "p" + QByteArray::number(step), step);
                scene.wake(quint32(step) + 20);
                if (step == 10)
                    scene.fleet.silence(30);
                if (step == 15)
                    scene.fleet.answer();
            }
            return scene.network.sent;
        };
        const auto once = life(7);
        QVERIFY(once.size() > 500);
        QVERIFY(once == life(7));
        QVERIFY(once != life(8));
    }

    void keepersKeepTheirPathOpen()
    {
        FleetScene scene(10, u"keepers=1,jitter_percent=10"_s);
        scene.fleet.start();
        scene.run(600); // every 25 s, less or more
        QVERIFY2(scene.count().keepAlives >= 210 && scene.count().keepAlives <= 260,
                 qPrintable(QString::number(scene.count().keepAlives)));
        QCOMPARE(scene.count().registrations, 10ULL);
        QSet<qint64> moments;
        for (const FakeFleetNetwork::Sent &sent : scene.network.sent)
            moments.insert(sent.at.count());
        QVERIFY(moments.size() > 200); // they do not speak as one
    }

    void sleepersFallSilentUntilTheyAreWoken()
    {
        FleetScene scene(5, u"sleepers=1"_s);
        scene.fleet.start();
        scene.run(60);
        QCOMPARE(scene.in(FleetPhase::Silent), 5U);
        QCOMPARE(scene.network.sent.size(), 5);
        scene.push(2, "p1", 9);
        QCOMPARE(scene.count().pushes, 0ULL);
        const FleetPlace before = scene.fleet.device(2).place;
        scene.wake(2);
        QCOMPARE(scene.count().waking, 1U);
        scene.run(2);
        QCOMPARE(scene.count().waking, 0U);
        QCOMPARE(scene.count().wakes, 1ULL);
        QCOMPARE(scene.in(FleetPhase::Up), 1U);
        QVERIFY(scene.fleet.device(2).place != before);
        scene.push(2, "p1", 10);
        QCOMPARE(scene.count().pushes, 1ULL);
        QCOMPARE(scene.lastCode(), quint8(CoapCode::Changed));
        scene.run(60);
        QCOMPARE(scene.in(FleetPhase::Silent), 5U);
    }

    void whoIsConnectedObeysNoWakeUp()
    {
        FleetScene scene(2, u"keepers=1"_s);
        scene.fleet.start();
        scene.run(5);
        scene.wake(1);
        QCOMPARE(scene.count().wakesIgnored, 1ULL);
        QCOMPARE(scene.in(FleetPhase::Up), 2U);
    }

    void onlySignedWakeUpsThatAreNewAreObeyedWhereThereIsAPassword()
    {
        FleetScene scene(2, u"sleepers=1,awake_s=1"_s, 1, u"secret"_s);
        scene.fleet.start();
        scene.run(30);
        const QByteArray good = scene.sirFor(0, scene.protocol.sirKey(0));
        scene.wake(0, scene.sirFor(0));
        scene.wake(0, scene.sirFor(0, scene.protocol.sirKey(1)));
        QCOMPARE(scene.count().wakes, 0ULL);
        scene.wake(0, good);
        QCOMPARE(scene.count().wakes, 1ULL);
        scene.run(30);
        QCOMPARE(scene.in(FleetPhase::Silent), 2U);
        scene.wake(0, good);
        QCOMPARE(scene.count().wakes, 1ULL);
        QCOMPARE(scene.count().wakesIgnored, 3ULL);
    }

    void aWakeUpFindsItsDeviceByWhatItNames()
    {
        FleetScene scene(3, u"sleepers=1"_s);
        scene.network.shared = true;
        scene.fleet.start();
        scene.run(60);
        scene.fleet.heard(FakeFleetNetwork::first, scene.sirFor(1));
        scene.fleet.heard(FakeFleetNetwork::first, {}); // empty: it could mean any of them
        scene.fleet.heard(FakeFleetNetwork::first, "rubbish");
        QCOMPARE(scene.count().wakes, 1ULL);
        QCOMPARE(scene.count().wakesUnclear, 2ULL);
        QVERIFY(scene.fleet.device(1).isWoken);
    }

    void devicesAtOnePlaceAreToldApart()
    {
        FleetScene scene(3, u"keepers=1"_s);
        scene.network.shared = true;
        scene.fleet.start();
        scene.run(60);
        QCOMPARE(scene.count().registered, 3U);
        QVERIFY(scene.count().keepAlives >= 6);
        scene.push(1, "p", 1);
        scene.push(2, "p", 2);
        QCOMPARE(scene.count().pushes, 2ULL);
        QCOMPARE(scene.count().duplicates, 0ULL);
        QCOMPARE(scene.count().strays, 0ULL);
    }

    void roamersMoveAndLeaveNobodyBehind()
    {
        FleetScene scene(4, u"roamers=1,roam_s=100"_s);
        scene.fleet.start();
        scene.run(5);
        const FleetPlace before = scene.fleet.device(3).place;
        scene.run(160);
        QVERIFY(scene.count().moves >= 4);
        QCOMPARE(scene.count().registered, 4U);
        scene.pushTo(before, 3, "p", 1);
        scene.fleet.heard(before.address, {});
        QCOMPARE(scene.count().strays, 2ULL);
        QCOMPARE(scene.count().pushes, 0ULL);
        scene.push(3, "p", 2);
        QCOMPARE(scene.count().pushes, 1ULL);
    }

    void flakyOnesLosePacketsAnswerLateAndStartAgain()
    {
        FleetScene scene(20, u"flaky=1,restart_s=100,late_percent=100,loss_percent=20"_s);
        scene.fleet.start();
        scene.run(10);
        scene.run(300);
        QVERIFY(scene.count().restarts >= 20);
        QVERIFY(scene.count().lost > 50);
        QVERIFY(scene.count().retransmissions > 20);
        QVERIFY(scene.count().registered > 10); // and they come back each time
        scene.fleet.setMix(*FleetMix::parse(u"loss_percent=0,restart_s=600000"_s, scene.fleet.mix()));
        scene.run(20);
        const quint32 up = scene.fleet.device(4).phase == FleetPhase::Up ? 4 : 5;
        const qsizetype sent = scene.network.sent.size();
        scene.push(up, "late", 5);
        QCOMPARE(scene.count().pushes, 1ULL);
        QCOMPARE(scene.network.sent.size(), sent);
        scene.run(4);
        QVERIFY(scene.network.sent.size() > sent);
    }

    void aPushThatComesAgainIsConfirmedAgainAndCountedOnce()
    {
        FleetScene scene(1, u"keepers=1"_s);
        scene.fleet.start();
        scene.run(1);
        scene.push(0, "p1", 1);
        scene.push(0, "p1", 1); // the acknowledgement was lost
        QCOMPARE(scene.count().repeated, 1ULL);
        QCOMPARE(scene.count().duplicates, 0ULL);
        scene.push(0, "p1", 2); // the server sends it anew
        QCOMPARE(scene.count().duplicates, 1ULL);
        QCOMPARE(scene.lastCode(), quint8(CoapCode::Changed));
        for (quint16 i = 10; i < 40; ++i)
            scene.push(0, QByteArray::number(i), i);
        QCOMPARE(scene.count().pushes, 31ULL);
    }

    void blocksMakeOnePush()
    {
        FleetScene scene(1, u"keepers=1"_s);
        scene.fleet.start();
        scene.run(1);
        const auto block = [&](quint32 number, bool more, quint16 id) {
            scene.push(0, "big", id, coapNumber(CoapBlock{number, more, 6}.toNumber()));
            return scene.lastCode();
        };
        QCOMPARE(block(0, true, 1), quint8(CoapCode::Continue));
        QCOMPARE(block(2, false, 2), quint8(CoapCode::RequestEntityIncomplete));
        QCOMPARE(scene.count().pushes, 0ULL);
        QCOMPARE(block(0, true, 3), quint8(CoapCode::Continue));
        QCOMPARE(block(1, true, 4), quint8(CoapCode::Continue));
        QCOMPARE(block(2, false, 5), quint8(CoapCode::Changed));
        QCOMPARE(scene.count().pushes, 1ULL);
    }

    void nothingPassesWhileThereIsAnOutage()
    {
        FleetScene scene(6, u"keepers=2,sleepers=1"_s);
        scene.fleet.start();
        scene.run(60);
        scene.fleet.beginOutage();
        const qsizetype sent = scene.network.sent.size();
        for (quint32 device = 0; device < 6; ++device) {
            scene.push(device, "p", 1);
            scene.wake(device);
        }
        scene.run(120);
        QCOMPARE(scene.network.sent.size(), sent);
        QCOMPARE(scene.count().pushes, 0ULL);
        QCOMPARE(scene.count().wakeUps, 0ULL);
        QVERIFY(scene.count().timeouts > 0);
        scene.fleet.restore();
        const quint32 silent = scene.in(FleetPhase::Silent);
        QVERIFY(silent > 0 && silent < 6);
        scene.run(200); // keepers find out and come back, sleepers do not know
        QCOMPARE(scene.in(FleetPhase::Up), 6 - silent);
        for (quint32 device = 0; device < 6; ++device) {
            if (scene.fleet.device(device).phase == FleetPhase::Silent)
                scene.wake(device);
        }
        scene.run(3);
        QCOMPARE(scene.in(FleetPhase::Up), 6U);
    }

    void aPathThatIsForgottenIsFoundOutByItsSilence()
    {
        FleetScene scene(4, u"keepers=1"_s);
        scene.fleet.start();
        scene.run(5);
        QCOMPARE(scene.fleet.dropPaths(100), 4);
        scene.push(1, "p", 1);
        QCOMPARE(scene.count().pushes, 0ULL);
        scene.run(120);
        QCOMPARE(scene.count().timeouts, 4ULL);
        QCOMPARE(scene.count().registrations, 8ULL);
        scene.push(1, "p", 2);
        QCOMPARE(scene.count().pushes, 1ULL);
    }

    void aShareIsSilencedAndAnswersAgain()
    {
        FleetScene scene(1000, u"keepers=1"_s);
        scene.fleet.start();
        scene.run(5);
        const int silenced = scene.fleet.silence(25);
        QVERIFY2(silenced > 180 && silenced < 320, qPrintable(QString::number(silenced)));
        scene.run(60);
        QCOMPARE(scene.in(FleetPhase::Silent), quint32(silenced));
        QCOMPARE(scene.fleet.answer(), silenced);
        scene.run(5);
        QCOMPARE(scene.in(FleetPhase::Up), 1000U);
    }

    void registersAnewWhereTheServerForgotIt()
    {
        FleetScene scene(1, u"keepers=1"_s);
        scene.fleet.start();
        scene.run(5);
        scene.network.refreshCode = CoapCode::NotFound;
        scene.run(28);
        QCOMPARE(scene.count().registrations, 2ULL);
        QCOMPARE(scene.count().registered, 1U);
    }

    void aRefusalIsHeededForAsLongAsItSays()
    {
        FleetScene scene(1, u"keepers=1"_s);
        scene.network.registrationCode = CoapCode::ServiceUnavailable;
        scene.fleet.start();
        scene.run(59);
        QCOMPARE(scene.count().refused, 1ULL);
        QCOMPARE(scene.network.sent.size(), 1);
        scene.network.registrationCode = CoapCode::Created;
        scene.run(17);
        QCOMPARE(scene.count().registered, 1U);
    }

    void manyThatWereSentAwayDoNotComeBackAtOnce()
    {
        constexpr quint32 many = 100;
        FleetScene scene(many, u"keepers=1"_s);
        scene.network.registrationCode = CoapCode::ServiceUnavailable;
        scene.fleet.start();
        scene.run(2);
        QCOMPARE(scene.count().refused, quint64(many));
        scene.network.registrationCode = CoapCode::Created;
        scene.run(57);
        QCOMPARE(scene.count().registered, 0U);
        scene.run(6);
        QVERIFY(scene.count().registered > many / 5 && scene.count().registered < many * 4 / 5);
        scene.run(12);
        QCOMPARE(scene.count().registered, many);
    }

    void whoGetsNoAnswerRepeatsAndTriesLaterAndLater()
    {
        FleetScene scene(1, u"keepers=1"_s);
        scene.network.registrationCode = CoapCode::Empty;
        scene.fleet.start();
        scene.run(31);
        QCOMPARE(scene.count().retransmissions, 4ULL - (scene.network.sent.size() < 5 ? 1 : 0));
        scene.run(600);
        const quint64 timeouts = scene.count().timeouts;
        QVERIFY(timeouts >= 5 && timeouts <= 12);
    }

    void aPingIsAnsweredWithAReset()
    {
        FleetScene scene(1, u"keepers=1"_s);
        scene.fleet.start();
        scene.run(1);
        scene.fleet.received(scene.fleet.device(0).place, CoapBuilder::empty(CoapType::Confirmable, 77));
        QCOMPARE(scene.network.sent.last().octets, CoapBuilder::empty(CoapType::Reset, 77));
    }

    void rubbishChangesNothing()
    {
        FleetScene scene(1, u"keepers=1"_s);
        scene.fleet.start();
        scene.run(1);
        for (const QByteArray &octets : {QByteArray(), QByteArray(1, 'x'), QByteArray(2000, '\xff')})
            scene.fleet.received(scene.fleet.device(0).place, octets);
        QCOMPARE(scene.in(FleetPhase::Up), 1U);
        QCOMPARE(scene.network.sent.size(), 1);
    }

    void habitsAreDealtOutAnew()
    {
        FleetScene scene(100, u"sleepers=1"_s);
        scene.fleet.start();
        scene.run(60);
        QCOMPARE(scene.in(FleetPhase::Silent), 100U);
        scene.fleet.setMix(*FleetMix::parse(u"keepers=1,sleepers=1"_s, scene.fleet.mix()));
        scene.run(60);
        const quint32 silent = scene.in(FleetPhase::Silent);
        QVERIFY2(silent > 30 && silent < 70, qPrintable(QString::number(silent)));
        QCOMPARE(scene.in(FleetPhase::Up), 100 - silent);
        QVERIFY(scene.count().keepAlives > 0);
    }

    void aDeviceIsSmall() { QVERIFY2(sizeof(FleetDevice) <= 400, qPrintable(QString::number(sizeof(FleetDevice)))); }
};

QTEST_GUILESS_MAIN(TestFleet)
#include "tst_fleet.moc"
