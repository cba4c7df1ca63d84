// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/wakeline.h"
#include "support/enginefixture.h"

#include <QTest>

using namespace reveille;

namespace {

using Reason = WakeLine::Reason;

/// `count` users with a device each that never registered, known to the store.
std::shared_ptr<MemoryStore> crowd(int count, bool withRoutes = true)
{
    auto store = std::make_shared<MemoryStore>();
    for (int n = 0; n < count; ++n) {
        User user;
        user.id = EngineFixture::userId(QStringLiteral("u%1").arg(n));
        Device device;
        device.id = EngineFixture::deviceId(n);
        device.user = user.id;
        if (withRoutes)
            device.provisionedRoutes = {{QStringLiteral("wsp-udp"), QStringLiteral("127.0.0.1"), ClientPort(2948)}};
        store->users[user.id] = user;
        store->devices[device.id] = device;
    }
    return store;
}

PushRequest longLived(const EngineFixture &f, int n)
{
    PushRequest request = f.request(QStringLiteral("u%1").arg(n));
    request.ttl = Milliseconds(86400 * 1000);
    return request;
}

QByteArray reasonOf(const EngineFixture &f, const PushId &id)
{
    return f.engine->pushes().push(id)->deliveries.value(0).reason;
}

void becomeHealthy(const EngineFixture &f, bool on = true)
{
    f.bearer->healthy = on;
    f.bearer->tell();
}

/// What is staged gets durable.
void flush(EngineFixture &f)
{
    f.clock->advance(WriteBehind::delay);
    bool done = false;
    f.engine->writes().commit([&](const Result<Done> &) { done = true; });
    f.settle([&] { return done; });
}

} // namespace

/// Pushes whose wake-up cannot start at the moment they want it.
class TestWakeStarts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aDeviceIsWokenOnceItsBearerIsBack()
    {
        EngineFixture f(crowd(1));
        becomeHealthy(f, false);
        const PushId id = f.submit(longLived(f, 0)).value();
        QCOMPARE(f.stateOf(id), PushState::Waiting);
        QCOMPARE(reasonOf(f, id), QByteArray("no-wake-route"));
        becomeHealthy(f);
        f.clock->advance(WakeLine::turn);
        QCOMPARE(f.stateOf(id), PushState::Waking);
        QCOMPARE(f.bearer->sent.size(), 1);
    }
    void aDeviceIsWokenWhenABearerComesBackAndSaysNothing()
    {
        EngineFixture f(crowd(1));
        becomeHealthy(f, false);
        const PushId id = f.submit(longLived(f, 0)).value();
        f.bearer->healthy = true;
        f.clock->advance(WakeLine::firstPause * 5 / 4 + WakeLine::turn);
        QCOMPARE(f.stateOf(id), PushState::Waking);
    }
    void triesByItselfGetRarer()
    {
        auto clock = std::make_shared<FakeClock>();
        int tries = 0;
        WakeLine *held = nullptr;
        WakeLine line(
            *clock,
            [&](const DeviceId &device) {
                ++tries;
                held->add(device, Reason::NoRoute);
                return 1;
            });
        held = &line;
        line.add(EngineFixture::deviceId(1), Reason::NoRoute);
        line.add(EngineFixture::deviceId(1), Reason::NoRoute);
        clock->advance(Milliseconds(3600 * 1000));
        QVERIFY2(tries >= 5 && tries <= 8, qPrintable(QString::number(tries)));
        clock->advance(Milliseconds(24 * 3600 * 1000));
        QVERIFY2(tries >= 23 && tries <= 41, qPrintable(QString::number(tries)));
    }
    void nobodyIsTriedOnceNothingWaits()
    {
        EngineFixture f(crowd(1, false));
        PushRequest request = longLived(f, 0);
        request.ttl = Milliseconds(60000);
        const PushId id = f.submit(request).value();
        f.clock->advance(Milliseconds(3 * 3600 * 1000));
        QCOMPARE(f.stateOf(id), PushState::Expired);
        const int pending = f.clock->pending();
        f.clock->advance(Milliseconds(24 * 3600 * 1000));
        QCOMPARE(f.clock->pending(), pending);
        QCOMPARE(f.journalCount(QStringLiteral("push-waiting")), 1);
    }
    void aWaitingPushIsWrittenOnceHoweverOftenItIsTried()
    {
        EngineFixture f(crowd(1, false));
        const PushId id = f.submit(longLived(f, 0)).value();
        int changes = 0;
        QObject::connect(&f.engine->pushes(), &PushDispatcher::pushChanged, &f.engine->pushes(), [&] { ++changes; });
        f.clock->advance(Milliseconds(3600 * 1000));
        QCOMPARE(f.stateOf(id), PushState::Waiting);
        QCOMPARE(changes, 0);
    }
    void aCrowdActsInTurns()
    {
        constexpr int count = 450; // as many as may be sending at a time
        EngineFixture f(crowd(count));
        becomeHealthy(f, false);
        for (int n = 0; n < count; ++n)
            QVERIFY(f.submit(longLived(f, n)));
        becomeHealthy(f);
        QCOMPARE(f.bearer->sent.size(), 0);
        f.clock->advance(WakeLine::turn);
        QCOMPARE(f.bearer->sent.size(), WakeLine::perTurn);
        f.clock->advance(WakeLine::turn * (count / WakeLine::perTurn + 1));
        QCOMPARE(f.bearer->sent.size(), count);
    }
    void oneDeviceWithMuchWaitingIsJudgedOnce()
    {
        EngineFixture f(crowd(2));
        becomeHealthy(f, false);
        QVector<PushId> ids;
        for (int i = 0; i < WakeLine::perTurn; ++i)
            ids.append(f.submit(longLived(f, 0)).value());
        const PushId other = f.submit(longLived(f, 1)).value();
        becomeHealthy(f);
        f.clock->advance(WakeLine::turn);
        QVERIFY(std::all_of(ids.cbegin(), ids.cend(), [&](const PushId &id) { return f.stateOf(id) == PushState::Waking; }));
        f.clock->advance(WakeLine::turn);
        QCOMPARE(f.stateOf(other), PushState::Waking);
    }
    void aWakeUpThatBearersWereMissingForIsRepeatedOnceTheyAreBack()
    {
        EngineFixture f(crowd(1));
        const PushId id = f.submit(longLived(f, 0)).value();
        QCOMPARE(f.bearer->sent.size(), 1);
        becomeHealthy(f, false);
        f.clock->advance(Milliseconds(60000));
        QCOMPARE(f.stateOf(id), PushState::Waiting);
        QCOMPARE(reasonOf(f, id), QByteArray("routes-exhausted"));
        f.clock->advance(Milliseconds(24 * 3600 * 1000 - 120000)); // retry_unreachable_s is 0: not by itself
        QCOMPARE(f.stateOf(id), PushState::Waiting);
        becomeHealthy(f);
        f.clock->advance(WakeLine::turn);
        QCOMPARE(f.stateOf(id), PushState::Waking);
    }
    void aPushThatFoundNoWayBeforeAKillIsWokenForAfterIt()
    {
        const auto store = crowd(1);
        auto clock = std::make_shared<FakeClock>();
        PushId id;
        {
            EngineFixture f(store, clock);
            becomeHealthy(f, false);
            id = f.submit(longLived(f, 0)).value();
            QCOMPARE(reasonOf(f, id), QByteArray("no-wake-route"));
        }
        EngineFixture f(store, clock);
        becomeHealthy(f, false);
        f.engine->resume();
        QCOMPARE(f.bearer->sent.size(), 0);
        becomeHealthy(f);
        f.clock->advance(WakeLine::turn);
        QCOMPARE(f.stateOf(id), PushState::Waking);
        QCOMPARE(f.bearer->sent.size(), 1);
    }
    void aRouteFromStaffOrAnMsisdnGetsItWoken()
    {
        EngineFixture f(crowd(1, false));
        f.engine->wakes().addBearer(std::make_unique<StubBearer>(QStringLiteral("smsc"), QStringLiteral("sms"), f.bearer));
        const PushId id = f.submit(longLived(f, 0)).value();
        QCOMPARE(reasonOf(f, id), QByteArray("no-wake-route"));
        Device device = *f.engine->registry().device(f.deviceId(0));
        device.msisdn = *Msisdn::parse(u"+34600111222");
        device.clientPort = ClientPort(2948);
        bool done = false;
        f.engine->registry().putDevice(device, [&](const Result<Done> &) { done = true; });
        QVERIFY(f.settle([&] { return done; }));
        f.clock->advance(Milliseconds(0));
        QCOMPARE(f.stateOf(id), PushState::Waking);
    }
    void aStartWaitsForItsBearers()
    {
        const auto store = crowd(2);
        auto clock = std::make_shared<FakeClock>();
        PushId id;
        {
            EngineFixture f(store, clock);
            becomeHealthy(f, false);
            id = f.submit(longLived(f, 0)).value();
            flush(f);
        }
        EngineFixture f(store, clock);
        becomeHealthy(f, false);
        f.engine->resume();
        const PushId fresh = f.submit(longLived(f, 1)).value();
        f.clock->advance(Milliseconds(1000));
        QCOMPARE(f.stateOf(id), PushState::Waking);
        QCOMPARE(f.stateOf(fresh), PushState::Waking);
        QCOMPARE(f.engine->wakes().waiting(), 2);
        QCOMPARE(f.journalCount(QStringLiteral("push-waiting")), 0);
        becomeHealthy(f);
        f.clock->advance(Milliseconds(0));
        QCOMPARE(f.bearer->sent.size(), 2);
        QCOMPARE(f.engine->wakes().waiting(), 0);
    }
    void aStartDoesNotWaitForEver()
    {
        EngineFixture f(crowd(1));
        becomeHealthy(f, false);
        f.engine->resume();
        const PushId id = f.submit(longLived(f, 0)).value();
        QCOMPARE(f.stateOf(id), PushState::Waking);
        flush(f);
        f.clock->advance(WakeService::Settings().startPatience);
        QCOMPARE(f.stateOf(id), PushState::Waiting);
        QCOMPARE(reasonOf(f, id), QByteArray("no-wake-route"));
        becomeHealthy(f);
        f.clock->advance(WakeLine::turn);
        QCOMPARE(f.bearer->sent.size(), 1);
    }
    void aWakeUpThatHadNotBegunGoesOnAfterAKill()
    {
        const auto store = crowd(2);
        auto clock = std::make_shared<FakeClock>();
        PushId id;
        {
            EngineFixture f(store, clock, {}, [](Engine::Settings &settings) { settings.wake.activeLimit = 1; });
            QVERIFY(f.submit(longLived(f, 1)));
            id = f.submit(longLived(f, 0)).value();
            flush(f);
            QCOMPARE(f.engine->wakes().waiting(), 1);
        }
        EngineFixture f(store, clock);
        becomeHealthy(f, false);
        f.engine->resume();
        QCOMPARE(f.stateOf(id), PushState::Waking);
        becomeHealthy(f);
        f.clock->advance(Milliseconds(0));
        QCOMPARE(f.bearer->sent.size(), 2);
        QCOMPARE(f.journalCount(QStringLiteral("wake-failed")), 0);
    }
};

QTEST_GUILESS_MAIN(TestWakeStarts)
#include "tst_wakestarts.moc"
