// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"

#include <QRandomGenerator>
#include <QTest>

using namespace reveille;

class TestPushDispatcher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aConnectedDeviceGetsItDirectlyWithNoSir()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const Result<PushId> id = f.submit(f.request());
        QVERIFY(id.ok());
        QCOMPARE(phone->sent.size(), 1);
        QCOMPARE(phone->sent[0].body, QByteArray("hello"));
        QCOMPARE(f.stateOf(*id), PushState::Sending);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(*id), PushState::Delivered);
        QVERIFY(f.bearer->sent.isEmpty());
        QCOMPARE(f.engine->counters().pushesDelivered, 1);
        QCOMPARE(f.engine->counters().pushesPending, 0);
    }
    void aQuietDeviceIsWokenAndGetsItOnce()
    {
        EngineFixture f;
        const auto before = f.bind(1);
        const Result<PushId> id = f.submit(f.request());
        before->answer(SendOutcome::Kind::Unanswered, "timeout");
        QCOMPARE(f.stateOf(*id), PushState::Waking);
        QCOMPARE(f.bearer->sent.size(), 1);
        const auto after = f.bind(1);
        QCOMPARE(after->sent.size(), 1);
        QCOMPARE(after->sent[0].push, *id); // same id: the device can tell a repetition
        after->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(*id), PushState::Delivered);
        const Push push = *f.engine->pushes().push(*id);
        QCOMPARE(f.engine->wakes().wakeUp(push.deliveries[0].wake)->furthest, WakeStep::Delivered);
    }
    void nothingIsAcknowledgedBeforeItIsDurable()
    {
        EngineFixture f;
        f.bind(1);
        f.store->hold(true);
        bool told = false;
        f.engine->pushes().submit(f.request(), [&](const Result<PushId> &) { told = true; });
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
        QVERIFY(!told);
        f.store->hold(false);
        QVERIFY(f.settle([&] { return told; }));
    }
    void aFullDiskRefusesThePush()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        f.clock->advance(Milliseconds(1000));
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
        f.store->failNext("store-full", 2);
        const Result<PushId> id = f.submit(f.request());
        QVERIFY(!id.ok());
        QCOMPARE(QByteArray(id.error().code), QByteArray("store-full"));
        QVERIFY(phone->sent.isEmpty());
        QCOMPARE(f.engine->pushes().pendingTotal(), 0);
    }
    void onlyTheNamedDeviceOfSeveral()
    {
        EngineFixture f;
        const auto one = f.bind(1);
        const auto two = f.bind(2);
        PushRequest request = f.request();
        request.devices = {f.deviceId(2)};
        QVERIFY(f.submit(request).ok());
        QCOMPARE(one->sent.size(), 0);
        QCOMPARE(two->sent.size(), 1);
    }
    void badRequestsAreRefusedWithAReason_data()
    {
        QTest::addColumn<int>("what");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("no target") << 0 << QByteArray("target-missing");
        QTest::newRow("two targets") << 1 << QByteArray("target-ambiguous");
        QTest::newRow("unknown user") << 2 << QByteArray("user-unknown");
        QTest::newRow("unknown device") << 3 << QByteArray("device-unknown");
        QTest::newRow("device of another user") << 4 << QByteArray("device-of-other-user");
        QTest::newRow("huge body") << 5 << QByteArray("body-too-large");
        QTest::newRow("content type") << 6 << QByteArray("content-type-invalid");
        QTest::newRow("header injection") << 7 << QByteArray("content-type-invalid");
        QTest::newRow("negative ttl") << 8 << QByteArray("ttl-invalid");
        QTest::newRow("session") << 9 << QByteArray("session-unknown");
    }
    void badRequestsAreRefusedWithAReason()
    {
        QFETCH(int, what);
        QFETCH(QByteArray, code);
        EngineFixture f;
        f.bind(1);
        f.bind(2, QStringLiteral("bob"));
        PushRequest r = f.request();
        switch (what) {
        case 0: r.to = {}; break;
        case 1: r.to.device = f.deviceId(1); break;
        case 2: r.to.user = f.userId(QStringLiteral("carol")); break;
        case 3: r.to = {}; r.to.device = f.deviceId(7); break;
        case 4: r.devices = {f.deviceId(2)}; break;
        case 5: r.body = QByteArray(1024 * 1024 + 1, 'x'); break;
        case 6: r.contentType = QStringLiteral("text"); break;
        case 7: r.contentType = QStringLiteral("text/plain\r\nX: y"); break;
        case 8: r.ttl = Milliseconds(-1); break;
        case 9: r.to = {}; r.to.session = QStringLiteral("s-1"); break;
        }
        const Result<PushId> id = f.submit(r);
        QVERIFY(!id.ok());
        QCOMPARE(QByteArray(id.error().code), code);
    }
    void ttlZeroIsNowOrNever()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        PushRequest request = f.request();
        request.ttl = Milliseconds(0);
        const PushId reached = f.submit(request).value();
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(reached), PushState::Delivered);
        f.lose(1);
        const PushId missed = f.submit(request).value();
        QCOMPARE(f.stateOf(missed), PushState::Expired);
        QCOMPARE(f.engine->pushes().push(missed)->deliveries[0].reason, QByteArray("ttl-zero"));
        QVERIFY(f.bearer->sent.isEmpty());
    }
    void expiresAtItsTimeAndNotLater()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        PushRequest request = f.request();
        request.ttl = Milliseconds(60000);
        const PushId id = f.submit(request).value();
        f.clock->advance(Milliseconds(59000));
        QVERIFY(!isTerminal(f.stateOf(id)));
        f.clock->advance(Milliseconds(1000));
        QCOMPARE(f.stateOf(id), PushState::Expired);
        const auto phone = f.bind(1);
        QVERIFY(phone->sent.isEmpty());
    }
    void whenReachableWaitsAndNeverWakes()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        PushRequest request = f.request();
        request.when = PushWhen::WhenReachable;
        const PushId id = f.submit(request).value();
        QCOMPARE(f.stateOf(id), PushState::Waiting);
        QVERIFY(f.bearer->sent.isEmpty());
        const auto phone = f.bind(1);
        QCOMPARE(phone->sent.size(), 1);
    }
    void orderIsKeptAndUrgentOvertakes()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        PushRequest request = f.request();
        QVector<PushId> ids;
        for (int i = 0; i < 3; ++i) {
            request.priority = i == 2 ? PushPriority::High : PushPriority::Normal;
            ids.append(f.submit(request).value());
        }
        QCOMPARE(f.bearer->sent.size(), 1); // one wake-up for all three
        const auto phone = f.bind(1);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(phone->sent.size(), i + 1); // one at a time
            phone->answer(SendOutcome::Kind::Delivered, "200");
        }
        QCOMPARE(phone->sent[0].push, ids[2]);
        QCOMPARE(phone->sent[1].push, ids[0]);
        QCOMPARE(phone->sent[2].push, ids[1]);
    }
    void refusalEndsItAndTheNextGoesOn()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId refused = f.submit(f.request()).value();
        const PushId next = f.submit(f.request()).value();
        phone->answer(SendOutcome::Kind::Refused, "415");
        QCOMPARE(f.stateOf(refused), PushState::Undeliverable);
        QCOMPARE(f.engine->pushes().push(refused)->deliveries[0].reason, QByteArray("refused-415"));
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(next), PushState::Delivered);
    }
    void aPushThatAlwaysFailsStopsAfterTheLimit()
    {
        EngineFixture f;
        PushRequest request = f.request();
        request.ttl = Milliseconds(24 * 3600 * 1000);
        auto phone = f.bind(1);
        const PushId id = f.submit(request).value();
        int handed = 0;
        while (!isTerminal(f.stateOf(id)) && handed < 50) {
            QCOMPARE(phone->waiting.size(), size_t(1));
            ++handed;
            phone->answer(SendOutcome::Kind::Broken, "icmp");
            f.clock->advance(Milliseconds(4800 * 1000)); // an hour and a quarter at most: tst_deliveryretries
            QVERIFY(f.settle([&] { return !f.engine->writes().isBehind(); }));
            phone = f.bind(1);
        }
        QCOMPARE(handed, 10);
        QCOMPARE(f.stateOf(id), PushState::Undeliverable);
        QCOMPARE(f.engine->pushes().push(id)->deliveries[0].reason, QByteArray("attempts-exhausted"));
    }
    void cancelIsFinal()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const PushId id = f.submit(f.request()).value();
        QVERIFY(f.engine->pushes().cancel(id).ok());
        QCOMPARE(f.stateOf(id), PushState::Cancelled);
        QCOMPARE(QByteArray(f.engine->pushes().cancel(id).error().code), QByteArray("push-finished"));
        QVERIFY(f.bind(1)->sent.isEmpty());
    }
    void queuesAreBounded()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        Result<PushId> last = Error{"none", {}};
        for (int i = 0; i < 1001; ++i)
            last = f.submit(f.request());
        QVERIFY(!last.ok());
        QCOMPARE(QByteArray(last.error().code), QByteArray("device-queue-full"));
        QCOMPARE(f.engine->pushes().pendingFor(f.deviceId(1)), 1000);
    }
    void acceptedPushesSurviveARestartAtAnyPoint()
    {
        auto store = std::make_shared<MemoryStore>();
        auto clock = std::make_shared<FakeClock>();
        PushId waking, sending;
        {
            EngineFixture f(store, clock);
            f.bind(1);
            f.lose(1);
            waking = f.submit(f.request()).value();
            f.bind(2, QStringLiteral("bob"));
            sending = f.submit(f.request(QStringLiteral("bob"))).value();
            QCOMPARE(f.stateOf(sending), PushState::Sending);
            f.clock->advance(WriteBehind::delay);
            QVERIFY(f.settle([&] { return store->devices.size() == 2; }));
        } // killed: no close, nothing flushed
        EngineFixture f(store, clock);
        f.engine->resume();
        QCOMPARE(f.engine->pushes().pendingTotal(), 2);
        const auto phone = f.bind(1);
        const auto other = f.bind(2, QStringLiteral("bob"));
        QCOMPARE(phone->sent.size(), 1);
        QCOMPARE(phone->sent[0].push, waking);
        QCOMPARE(other->sent.size(), 1);
        QCOMPARE(other->sent[0].push, sending);
    }
    void expiredWhileDownIsNeverDelivered()
    {
        auto store = std::make_shared<MemoryStore>();
        auto clock = std::make_shared<FakeClock>();
        PushId id;
        {
            EngineFixture f(store, clock);
            f.bind(1);
            f.lose(1);
            PushRequest request = f.request();
            request.ttl = Milliseconds(60000);
            id = f.submit(request).value();
            f.clock->advance(WriteBehind::delay);
            QVERIFY(f.settle([&] { return store->devices.size() == 1; }));
        }
        clock->advance(Milliseconds(60001));
        EngineFixture f(store, clock);
        f.engine->resume();
        QCOMPARE(f.stateOf(id), PushState::Expired);
        QVERIFY(f.bind(1)->sent.isEmpty());
    }
    void everyPushEndsInExactlyOneFinalState_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 0; seed < 30; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void everyPushEndsInExactlyOneFinalState()
    {
        QFETCH(int, seed);
        QRandomGenerator random{quint32(seed)};
        EngineFixture f;
        QHash<PushId, int> finals;
        QHash<PushId, PushState> final;
        QObject::connect(&f.engine->pushes(), &PushDispatcher::pushChanged, &f.engine->pushes(), [&](const PushId &id) {
            const Push push = *f.engine->pushes().push(id);
            const PushState state = push.state;
            if (final.contains(id) && final.value(id) != state) {
                // The one step there is out of a final state.
                QCOMPARE(final.value(id), PushState::Delivered);
                QCOMPARE(state, PushState::Confirmed);
                QVERIFY(push.request.confirm && f.clock->now() < push.expiresAt);
                final.insert(id, state);
            } else if (isTerminal(state))
                final.insert(id, state);
        });
        QVector<std::shared_ptr<StubConnection::Log>> paths(3);
        QVector<PushId> accepted;
        for (int step = 0; step < 300; ++step) {
            const int n = random.bounded(3);
            switch (random.bounded(9)) {
            case 0:
            case 1:
                paths[n] = f.bind(n);
                break;
            case 2:
                f.lose(n, random.bounded(2) ? LivenessEvent::Kind::Closed : LivenessEvent::Kind::IcmpUnreachable);
                break;
            case 3:
            case 4: {
                PushRequest request = f.request();
                request.when = PushWhen(random.bounded(3));
                request.ttl = Milliseconds(random.bounded(3) * 30000);
                request.confirm = request.ttl > Milliseconds(0) && random.bounded(2);
                if (random.bounded(2) && f.engine->registry().device(f.deviceId(n)))
                    request.devices = {f.deviceId(n)};
                const Result<PushId> id = f.submit(request);
                if (id)
                    accepted.append(*id);
                break;
            }
            case 5:
            case 6:
                if (paths[n] && !paths[n]->waiting.empty())
                    paths[n]->answer(SendOutcome::Kind(random.bounded(5)), "x");
                break;
            case 7:
                f.clock->advance(Milliseconds(random.bounded(20000)));
                break;
            case 8: // of its own push, of another's, in time or not
                if (!accepted.isEmpty())
                    f.engine->pushes().confirm({accepted[random.bounded(int(accepted.size()))], f.deviceId(n), {}, {}},
                                               [](const Result<Done> &) {});
                break;
            }
        }
        f.clock->advance(Milliseconds(120000));
        for (const auto &path : std::as_const(paths)) {
            while (path && !path->waiting.empty())
                path->answer(SendOutcome::Kind::Unanswered, "timeout");
        }
        for (const PushId &id : std::as_const(accepted))
            QVERIFY2(isTerminal(f.stateOf(id)), qPrintable(id.text()));
        const ServerCounters c = f.engine->counters();
        QCOMPARE(c.pushesAccepted, accepted.size());
        QCOMPARE(c.pushesDelivered + c.pushesFailed + c.pushesPending, c.pushesAccepted);
        QCOMPARE(c.pushesPending, 0);
        QCOMPARE(c.pushesAwaited, 0);
        QCOMPARE(c.pushesConfirmed, qint64(std::count(final.cbegin(), final.cend(), PushState::Confirmed)));
    }
};

QTEST_GUILESS_MAIN(TestPushDispatcher)
#include "tst_pushdispatcher.moc"
