// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"
#include "support/logcatcher.h"

#include <QRandomGenerator>
#include <QTest>

using namespace reveille;

namespace {

WakeOrder byHand()
{
    WakeOrder order;
    order.byHand = true;
    order.reason = QStringLiteral("by_hand");
    return order;
}

Device provisioned(int n, const PublicUserId &user)
{
    Device device;
    device.id = EngineFixture::deviceId(n);
    device.user = user;
    device.provisionedRoutes = {{QStringLiteral("wsp-udp"), QStringLiteral("127.0.0.1"), ClientPort(2948)}};
    return device;
}

/// `count` devices, so many a user, that never registered.
struct Crowd {
    Crowd(int count, int perUser, int active, std::shared_ptr<MemoryStore> kept = std::make_shared<MemoryStore>(),
          std::shared_ptr<FakeClock> time = std::make_shared<FakeClock>())
        : store(std::move(kept)), clock(std::move(time))
    {
        for (int n = 0; n < count; ++n) {
            const PublicUserId id = EngineFixture::userId(QStringLiteral("u%1").arg(n / perUser));
            User user;
            user.id = id;
            store->users[id] = user;
            store->devices[EngineFixture::deviceId(n)] = provisioned(n, id);
        }
        settings.wake.activeLimit = active;
        settings.wake.queueLimit = count;
        settings.wake.attemptsPerRoute = 1;
        start();
    }
    /// Starts anew, where so many may wait.
    void limitTo(int waiting)
    {
        engine.reset();
        settings.wake.queueLimit = waiting;
        start();
    }
    void start()
    {
        engine = std::make_unique<Engine>(*clock, *clock, *store, settings);
        const StoredState state = *store->open();
        engine->load(state);
        (void)store->readSubscribers([this](const StoredSubscribers &portion) { engine->load(portion); });
        engine->wakes().addBearer(std::make_unique<StubBearer>(QStringLiteral("wsp"), QStringLiteral("wsp-udp"), log));
    }
    std::shared_ptr<MemoryStore> store;
    std::shared_ptr<FakeClock> clock;
    std::shared_ptr<StubBearer::Log> log = std::make_shared<StubBearer::Log>();
    Engine::Settings settings;
    std::unique_ptr<Engine> engine;
};

} // namespace

/// Many wake-ups at once, and carriers that answer as they like.
class TestWakeCrowd : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tenThousandAtOnceSendSoManyAtATimeAndAllEnd()
    {
        constexpr int count = 10000, active = 100;
        Crowd crowd(count, 1, active);
        WakeService &wakes = crowd.engine->wakes();
        for (int n = 0; n < count; ++n)
            QVERIFY(wakes.wake(EngineFixture::deviceId(n), byHand()).ok());
        QCOMPARE(crowd.log->sent.size(), active);
        QCOMPARE(wakes.active(), count);
        QCOMPARE(wakes.waiting(), count - active);
        QCOMPARE(wakes.recent(1).first().outcome, QByteArray("queued"));
        QCOMPARE(wakes.recent(1).first().furthest, WakeStep::Requested);
        qsizetype answered = 0;
        while (answered < crowd.log->receipts.size()) {
            QVERIFY(crowd.log->receipts.size() - answered <= active);
            for (const qsizetype until = crowd.log->receipts.size(); answered < until; ++answered)
                crowd.log->receipts[answered]({WakeReceipt::Kind::Refused, "no", {}});
            crowd.clock->advance(Milliseconds(1));
        }
        QCOMPARE(answered, count);
        QCOMPARE(wakes.active(), 0);
        QCOMPARE(wakes.waiting(), 0);
    }
    void oneThatGoesOnDoesNotKeepAllThatEndedAfterIt()
    {
        constexpr int others = 6000;
        Crowd crowd(1 + others, 1, 1 + others);
        WakeService &wakes = crowd.engine->wakes();
        for (int n = 0; n <= others; ++n)
            QVERIFY(wakes.wake(EngineFixture::deviceId(n), byHand()).ok());
        for (int n = 1; n <= others; ++n)
            crowd.log->receipts[n]({WakeReceipt::Kind::Refused, "no", {}});
        const QVector<WakeUp> known = wakes.recent(1 + others);
        QCOMPARE(known.size(), 5001);
        QCOMPARE(known.first().device, EngineFixture::deviceId(others));
        QCOMPARE(known.last().device, EngineFixture::deviceId(0));
        QVERIFY(!wakes.activeFor(EngineFixture::deviceId(0)).isEmpty());
    }
    void usersTakeTurns()
    {
        Crowd crowd(60, 50, 1); // 50 devices of u0, 10 of u1
        WakeService &wakes = crowd.engine->wakes();
        for (int n = 0; n < 60; ++n)
            QVERIFY(wakes.wake(EngineFixture::deviceId(n), byHand()).ok());
        for (int n = 0; n < 20; ++n) {
            crowd.log->receipts.last()({WakeReceipt::Kind::Refused, "no", {}});
            crowd.clock->advance(Milliseconds(1));
        }
        int ofSecond = 0;
        for (const WakeMessage &message : std::as_const(crowd.log->sent))
            ofSecond += message.user == EngineFixture::userId(QStringLiteral("u1"));
        QCOMPARE(crowd.log->sent.size(), 21);
        QCOMPARE(ofSecond, 10);
    }
    void refusesWhatNoQueueHolds()
    {
        Crowd crowd(3, 1, 1);
        WakeService &wakes = crowd.engine->wakes();
        for (int n = 0; n < 3; ++n)
            QVERIFY(wakes.wake(EngineFixture::deviceId(n), byHand()).ok());
        Device late = provisioned(9, EngineFixture::userId(QStringLiteral("u0")));
        bool stored = false;
        crowd.engine->registry().putDevice(late, [&](const Result<Done> &done) { stored = done.ok(); });
        QTRY_VERIFY(stored);
        QVERIFY(wakes.wake(late.id, byHand()).ok());
        QCOMPARE(wakes.waiting(), 3);
        late.id = EngineFixture::deviceId(10);
        stored = false;
        crowd.engine->registry().putDevice(late, [&](const Result<Done> &done) { stored = done.ok(); });
        QTRY_VERIFY(stored);
        QCOMPARE(QByteArray(wakes.wake(late.id, byHand()).error().code), QByteArray("wakes-too-many"));
    }
    /// A push whose wake-up found no room is not forgotten.
    void queueLimit()
    {
        const LogCatcher log;
        constexpr int count = 40;
        Crowd crowd(count, 1, 1);
        crowd.limitTo(10);
        QVector<PushId> ids;
        for (int n = 0; n < count; ++n) {
            PushRequest request;
            request.to.device = EngineFixture::deviceId(n);
            request.body = "hello";
            request.ttl = Milliseconds(86400 * 1000);
            crowd.engine->pushes().submit(request, [&](const Result<PushId> &id) { ids.append(id.value()); });
        }
        QTRY_COMPARE(ids.size(), count);
        QCOMPARE(crowd.engine->wakes().waiting(), 10);
        QCOMPARE(crowd.engine->pushes().push(ids.last())->deliveries[0].reason, QByteArray("wakes-too-many"));
        QVERIFY(log.reached(QStringLiteral("queueLimit")) >= 1);
        for (qsizetype answered = 0; answered < crowd.log->receipts.size(); ++answered) {
            crowd.log->receipts[answered]({WakeReceipt::Kind::Refused, "no", {}});
            crowd.clock->advance(Milliseconds(1));
            QVERIFY(crowd.engine->wakes().waiting() <= 10);
        }
        QCOMPARE(crowd.log->sent.size(), count);
        QSet<QString> woken;
        for (const WakeMessage &message : std::as_const(crowd.log->sent))
            woken.insert(message.user.toString());
        QCOMPARE(woken.size(), count);
    }
    void whileTheStoreIsBehindTheyTrickle()
    {
        Crowd crowd(50, 1, 100);
        WakeService &wakes = crowd.engine->wakes();
        WakeOrder order;
        order.reason = QStringLiteral("push");
        crowd.store->hold(true);
        crowd.engine->writes().commit([](const Result<Done> &) {});
        QVERIFY(wakes.wake(EngineFixture::deviceId(0), order).ok());
        QCOMPARE(crowd.log->sent.size(), 1);
        crowd.clock->advance(WriteBehind::behindFrom);
        for (int n = 1; n < 49; ++n)
            QVERIFY(wakes.wake(EngineFixture::deviceId(n), order).ok());
        QCOMPARE(crowd.log->sent.size(), 1);
        crowd.clock->advance(WakeService::trickle * 10);
        QCOMPARE(crowd.log->sent.size(), 11);
        crowd.store->hold(false);
        QTRY_COMPARE(crowd.engine->writes().lag(), Milliseconds(0));
        crowd.clock->advance(WakeService::trickle);
        QCOMPARE(crowd.log->sent.size(), 49);
        crowd.store->hold(true);
        crowd.engine->writes().commit([](const Result<Done> &) {});
        crowd.clock->advance(WriteBehind::behindFrom);
        QVERIFY(wakes.wake(EngineFixture::deviceId(49), byHand()).ok());
        QCOMPARE(crowd.log->sent.size(), 50);
    }
    void cancelledWhileItWaitsIsPassedOver()
    {
        Crowd crowd(3, 1, 1);
        WakeService &wakes = crowd.engine->wakes();
        QVector<WakeId> ids;
        for (int n = 0; n < 3; ++n)
            ids.append(wakes.wake(EngineFixture::deviceId(n), byHand()).value());
        QVERIFY(wakes.cancel(ids[1]).ok());
        crowd.log->receipts[0]({WakeReceipt::Kind::Refused, "no", {}});
        crowd.clock->advance(Milliseconds(1));
        QCOMPARE(crowd.log->sent.size(), 2);
        QCOMPARE(crowd.log->sent[1].wake, ids[2]);
        QCOMPARE(wakes.waiting(), 0);
    }
    void noneIsLostOverARestart()
    {
        auto store = std::make_shared<MemoryStore>();
        auto clock = std::make_shared<FakeClock>();
        QVector<WakeId> ids;
        {
            Crowd crowd(200, 2, 10, store, clock);
            for (int n = 0; n < 200; ++n)
                ids.append(crowd.engine->wakes().wake(EngineFixture::deviceId(n), byHand()).value());
            bool durable = false;
            crowd.engine->writes().commit([&](const Result<Done> &done) { durable = done.ok(); });
            QTRY_VERIFY(durable);
        } // no close: as if killed
        Crowd crowd(200, 2, 10, store, clock);
        crowd.engine->resume();
        WakeService &wakes = crowd.engine->wakes();
        QCOMPARE(wakes.active(), 200);
        QCOMPARE(wakes.waiting(), 190); // the ten that were sent keep their turn, and are not sent again at once
        QVERIFY(crowd.log->sent.isEmpty());
        for (const WakeId &id : std::as_const(ids))
            QCOMPARE(wakes.wakeUp(id)->state, WakeState::Active);
        for (int i = 0; i < 100 && wakes.active() > 0; ++i)
            crowd.clock->advance(Milliseconds(21000));
        QCOMPARE(wakes.active(), 0);
        QCOMPARE(crowd.log->sent.size(), 190);
    }
    void receiptsMoveNothingBackwards_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 200; ++seed)
            QTest::addRow("%u", seed) << seed;
    }
    void receiptsMoveNothingBackwards()
    {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        WakeService &wakes = f.engine->wakes();
        const WakeId id = wakes.wake(f.deviceId(1), byHand()).value();
        const auto rank = [](const QByteArray &outcome) { return outcome.isEmpty() ? 0 : outcome == "accepted" ? 1 : 2; };
        WakeUp before = *wakes.wakeUp(id);
        for (int step = 0; step < 60; ++step) {
            switch (random.bounded(8)) {
            case 0:
                f.clock->advance(Milliseconds(random.bounded(20000)));
                break;
            case 1:
                if (random.bounded(10) == 0)
                    f.bind(1);
                break;
            case 2:
                if (random.bounded(20) == 0)
                    (void)wakes.cancel(id);
                break;
            default:
                f.bearer->receipts[random.bounded(int(f.bearer->receipts.size()))](
                    {WakeReceipt::Kind(random.bounded(5)), "code", QString::number(random.bounded(3))});
            }
            const WakeUp after = *wakes.wakeUp(id);
            QVERIFY(after.furthest >= before.furthest);
            QVERIFY(!isTerminal(before.state) || after.state == before.state);
            QVERIFY(after.attempts.size() >= before.attempts.size());
            for (qsizetype i = 0; i < before.attempts.size(); ++i) {
                QVERIFY(rank(after.attempts[i].outcome) >= rank(before.attempts[i].outcome));
                QVERIFY(rank(before.attempts[i].outcome) < 2 || after.attempts[i].outcome == before.attempts[i].outcome);
                QVERIFY(before.attempts[i].carrierId.isEmpty() || after.attempts[i].carrierId == before.attempts[i].carrierId);
            }
            for (qsizetype i = 0; i < before.stepTimes.size(); ++i)
                QVERIFY(!before.stepTimes[i].isSet() || after.stepTimes[i] == before.stepTimes[i]);
            before = after;
        }
        QVERIFY(f.journalCount(QStringLiteral("sir-receipt")) <= 3 * before.attempts.size());
    }
};

QTEST_GUILESS_MAIN(TestWakeCrowd)
#include "tst_wakecrowd.moc"
