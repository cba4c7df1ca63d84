// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace reveille;

class TestRegistry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesUserAndDeviceOnFirstRegistration()
    {
        EngineFixture f;
        f.bind(1);
        QVERIFY(f.engine->registry().user(f.userId(QStringLiteral("alice"))));
        QCOMPARE(f.engine->registry().devicesOf(f.userId(QStringLiteral("alice"))).size(), 1);
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Up);
        QCOMPARE(f.engine->registry().inState(LivenessState::Up), 1);
        QCOMPARE(f.journalCount(QStringLiteral("registered")), 1);
        f.clock->advance(WriteBehind::delay);
        QVERIFY(f.settle([&] { return f.store->bindings.size() == 1; }));
        QCOMPARE(f.store->devices.size(), size_t(1));
        QCOMPARE(f.store->users.size(), size_t(1));
    }
    void newerConnectionEvictsOlderAndALateDisconnectRemovesNothing()
    {
        EngineFixture f;
        const auto first = f.bind(1);
        const ConnectionId old = f.lastBound;
        const auto second = f.bind(1);
        QCOMPARE(first->closed, QVector<CloseReason>{CloseReason::Replaced});
        f.engine->registry().observe(old, {LivenessEvent::Kind::Closed, {}, 0, {}});
        f.engine->registry().unbind(old);
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Up);
        QVERIFY(f.engine->registry().usableConnection(f.deviceId(1)));
        QVERIFY(second->closed.isEmpty());
    }
    void aDeviceOfAnotherUserIsRefused()
    {
        EngineFixture f;
        f.bind(1);
        auto log = std::make_shared<StubConnection::Log>();
        const Result<ConnectionId> bound =
            f.engine->registry().bind(f.registration(1, QStringLiteral("mallory")),
                                      std::make_unique<StubConnection>(log, QStringLiteral("127.0.0.1:1")));
        QVERIFY(!bound.ok());
        QCOMPARE(QByteArray(bound.error().code), QByteArray("device-belongs-to-other-user"));
        QVERIFY(!f.engine->registry().user(f.userId(QStringLiteral("mallory"))));
    }
    void lossAndReturnAreJournaledWithStateBeforeAndAfter()
    {
        EngineFixture f;
        f.bind(1);
        QSignalSpy lost(&f.engine->registry(), &Registry::deviceLost);
        QSignalSpy returned(&f.engine->registry(), &Registry::deviceReturned);
        f.lose(1);
        QCOMPARE(lost.size(), 1);
        QCOMPARE(f.journalCount(QStringLiteral("lost")), 1);
        QCOMPARE(f.engine->registry().inState(LivenessState::Lost), 1);
        QVERIFY(!f.engine->registry().usableConnection(f.deviceId(1)));
        f.clock->advance(Milliseconds(5000));
        f.bind(1);
        QCOMPARE(returned.size(), 1);
        const JournalEntry last = f.engine->journal().since({}).last();
        QCOMPARE(last.event, QStringLiteral("restored"));
        QVERIFY(last.fields.contains({QStringLiteral("before"), QStringLiteral("lost")}));
        QVERIFY(last.fields.contains({QStringLiteral("after"), QStringLiteral("up")}));
        QVERIFY(last.fields.contains({QStringLiteral("away_ms"), QStringLiteral("5000")}));
    }
    void registrationThatRunsOutIsToldApartAndForgotten()
    {
        EngineFixture f;
        const auto log = f.bind(1);
        f.clock->advance(WriteBehind::delay);
        QVERIFY(f.settle([&] { return f.store->bindings.size() == 1; }));
        for (int i = 0; i < 60; ++i) {
            f.engine->registry().observe(f.lastBound, {LivenessEvent::Kind::Packet, {}, 0, {}});
            f.clock->advance(Milliseconds(60000));
        }
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->reason(), LossReason::Expired);
        QCOMPARE(f.journalCount(QStringLiteral("expired")), 1);
        QCOMPARE(log->closed, QVector<CloseReason>{CloseReason::Lost});
        f.clock->advance(WriteBehind::delay);
        QVERIFY(f.settle([&] { return f.store->bindings.empty(); }));
        QVERIFY(!f.engine->registry().device(f.deviceId(1))->wakeRoutes().isEmpty()); // R7: the route outlives it
    }
    void refreshesAreWrittenSeldom()
    {
        EngineFixture f;
        f.bind(1);
        f.clock->advance(Milliseconds(1000));
        QVERIFY(f.settle([&] { return f.store->commits() == 1; }));
        const int before = f.store->commits();
        for (int i = 0; i < 20; ++i) {
            QVERIFY(f.engine->registry().refresh(f.lastBound, f.registration(1)));
            f.clock->advance(Milliseconds(1000));
        }
        QCoreApplication::processEvents();
        QCOMPARE(f.store->commits(), before);
        f.clock->advance(Milliseconds(20000));
        QVERIFY(f.engine->registry().refresh(f.lastBound, f.registration(1)));
        f.clock->advance(WriteBehind::delay);
        QVERIFY(f.settle([&] { return f.store->commits() == before + 1; }));
    }
    void removingAUserClosesItsConnectionsOnceDurable()
    {
        EngineFixture f;
        const auto log = f.bind(1);
        f.bind(2, QStringLiteral("bob"));
        f.clock->advance(WriteBehind::delay);
        QVERIFY(f.settle([&] { return f.store->commits() == 1; }));
        std::optional<Result<Done>> answer;
        f.store->failNext("store-full");
        f.engine->registry().removeUser(f.userId(QStringLiteral("alice")), [&](const Result<Done> &r) { answer = r; });
        QVERIFY(f.settle([&] { return answer.has_value(); }));
        QVERIFY(!answer->ok());
        QVERIFY(f.engine->registry().device(f.deviceId(1)));
        answer.reset();
        f.engine->registry().removeUser(f.userId(QStringLiteral("alice")), [&](const Result<Done> &r) { answer = r; });
        QVERIFY(f.settle([&] { return answer.has_value(); }));
        QVERIFY(answer->ok());
        QVERIFY(!f.engine->registry().device(f.deviceId(1)));
        QCOMPARE(log->closed, QVector<CloseReason>{CloseReason::Deregistered});
        QCOMPARE(f.engine->registry().deviceCount(), 1);
        QCOMPARE(f.engine->registry().inState(LivenessState::Up), 1);
    }
    void pagesAndSearchesEveryIdentifier_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("found");
        QTest::newRow("all") << QString() << 30;
        QTest::newRow("user") << QStringLiteral("ALICE") << 15;
        QTest::newRow("id") << QStringLiteral("000000000007") << 1;
        QTest::newRow("name") << QStringLiteral("device 29") << 1;
        QTest::newRow("peer") << QStringLiteral("127.0.0.1:40013") << 1;
        QTest::newRow("nothing") << QStringLiteral("carol") << 0;
    }
    void pagesAndSearchesEveryIdentifier()
    {
        QFETCH(QString, query);
        QFETCH(int, found);
        EngineFixture f;
        for (int n = 0; n < 30; ++n)
            f.bind(n, n % 2 ? QStringLiteral("alice") : QStringLiteral("bob"));
        int count = 0;
        QString after;
        for (;;) {
            const QVector<DeviceId> page = f.engine->registry().devices(query, after, 4);
            if (page.isEmpty())
                break;
            for (const DeviceId &id : page)
                QVERIFY(id.toString() > after);
            count += int(page.size());
            after = page.last().toString();
        }
        QCOMPARE(count, found);
    }
    void survivesARestart()
    {
        auto store = std::make_shared<MemoryStore>();
        auto clock = std::make_shared<FakeClock>();
        {
            EngineFixture f(store, clock);
            f.bind(1);
            f.clock->advance(WriteBehind::delay);
            QVERIFY(f.settle([&] { return store->bindings.size() == 1; }));
        }
        EngineFixture f(store, clock);
        QVERIFY(f.engine->registry().device(f.deviceId(1)));
        auto log = std::make_shared<StubConnection::Log>();
        const StoredBinding binding = store->bindings.begin()->second;
        QVERIFY(f.engine->registry().restore(binding, {}, std::make_unique<StubConnection>(log, binding.peer)).isSet());
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Suspect);
        QVERIFY(f.engine->registry().usableConnection(f.deviceId(1)));

        EngineFixture gone(store, clock);
        gone.engine->registry().restore(binding, {}, nullptr); // a TCP flow is gone with the server
        QCOMPARE(gone.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Lost);
        QCOMPARE(gone.engine->registry().liveness(f.deviceId(1))->reason(), LossReason::Interrupted);
    }
};

QTEST_GUILESS_MAIN(TestRegistry)
#include "tst_registry.moc"
