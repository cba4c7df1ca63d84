// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"

#include <QTest>

using namespace reveille;

namespace {

constexpr Timestamp evening{1795213800000}; // 2026-11-20T22:30:00Z
constexpr Milliseconds hour{3600 * 1000};

PushRequest longLived(const EngineFixture &f, PushPriority priority = PushPriority::Normal)
{
    PushRequest request = f.request();
    request.ttl = hour * 24;
    request.priority = priority;
    return request;
}

/// From 22:00 to 07:00.
void setNight(EngineFixture &f, int n, const std::function<void(Preferences &)> &change = {})
{
    Device device = *f.engine->registry().device(f.deviceId(n));
    device.preferences.quietFrom = 22 * 60;
    device.preferences.quietUntil = 7 * 60;
    if (change)
        change(device.preferences);
    bool done = false;
    f.engine->registry().putDevice(device, [&](const Result<Done> &) { done = true; });
    QVERIFY(f.settle([&] { return done; }));
}

QByteArray reasonOf(const EngineFixture &f, const PushId &id)
{
    return f.engine->pushes().push(id)->deliveries.value(0).reason;
}

/// On to a time of the next morning, with the device there and its registration renewed.
std::shared_ptr<StubConnection::Log> sleepUntil(EngineFixture &f, Milliseconds afterEvening)
{
    const Milliseconds left = evening + afterEvening - f.clock->now();
    f.clock->advance(left - Milliseconds(1000));
    const auto phone = f.bind(1);
    f.clock->advance(Milliseconds(1000));
    return phone;
}

} // namespace

/// Pushes in the hours in which the owner of a device wants to be left alone.
class TestQuietHold : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aPushWaitsForTheirEnd()
    {
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(evening));
        auto phone = f.bind(1);
        setNight(f, 1);
        const PushId id = f.submit(longLived(f)).value();
        QCOMPARE(f.stateOf(id), PushState::Waiting);
        QCOMPARE(reasonOf(f, id), QByteArray("in-quiet-hours"));
        QVERIFY(phone->sent.isEmpty());
        phone = sleepUntil(f, hour * 17 / 2 - Milliseconds(1000));
        QVERIFY(phone->sent.isEmpty());
        f.clock->advance(Milliseconds(1000));
        QCOMPARE(phone->sent.size(), 1);
        QCOMPARE(f.journalCount(QStringLiteral("push-waiting")), 1);
    }
    void nothingWakesTheDeviceForIt()
    {
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(evening));
        f.bind(1);
        setNight(f, 1);
        f.lose(1);
        const PushId id = f.submit(longLived(f)).value();
        QCOMPARE(f.stateOf(id), PushState::Waiting);
        f.clock->advance(hour * 8);
        QVERIFY(f.bearer->sent.isEmpty());
        bool written = false;
        f.engine->writes().commit([&](const Result<Done> &) { written = true; });
        QVERIFY(f.settle([&] { return written; })); // a store that is behind wakes nobody either
        f.clock->advance(hour / 2);
        QCOMPARE(f.stateOf(id), PushState::Waking);
        QCOMPARE(f.bearer->sent.size(), 1);
    }
    void urgentOnesPassThoseThatWait()
    {
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(evening));
        const auto phone = f.bind(1);
        setNight(f, 1);
        const PushId waits = f.submit(longLived(f)).value();
        const PushId urgent = f.submit(longLived(f, PushPriority::High)).value();
        QCOMPARE(phone->sent.size(), 1);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(urgent), PushState::Delivered);
        QCOMPARE(f.stateOf(waits), PushState::Waiting);
        QCOMPARE(phone->sent.size(), 1);
    }
    void whatIsUnderWayWhenTheyBeginWaitsAsWell()
    {
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(evening - hour / 2 - Milliseconds(5000)));
        f.bind(1);
        setNight(f, 1);
        f.lose(1);
        const PushId id = f.submit(longLived(f)).value();
        QCOMPARE(f.stateOf(id), PushState::Waking);
        f.clock->advance(Milliseconds(6000));
        const auto phone = f.bind(1); // woken, and now it is night
        QVERIFY(phone->sent.isEmpty());
        QCOMPARE(f.stateOf(id), PushState::Waiting);
        QCOMPARE(reasonOf(f, id), QByteArray("in-quiet-hours"));
    }
    void theyAreAskedAgainWhenTheyAreChanged()
    {
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(evening));
        const auto phone = f.bind(1);
        setNight(f, 1);
        QVERIFY(f.submit(longLived(f)));
        QVERIFY(phone->sent.isEmpty());
        setNight(f, 1, [](Preferences &preferences) { preferences.zone = QStringLiteral("Asia/Tokyo"); }); // 07:30 there
        QCOMPARE(phone->sent.size(), 1);
    }
    void aTimeToLiveEndsInThem()
    {
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(evening));
        f.bind(1);
        setNight(f, 1);
        PushRequest request = longLived(f);
        request.ttl = hour;
        const PushId id = f.submit(request).value();
        f.clock->advance(hour);
        QCOMPARE(f.stateOf(id), PushState::Expired);
    }
    void whatCannotWaitFails()
    {
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(evening));
        const auto phone = f.bind(1);
        setNight(f, 1);
        PushRequest request = longLived(f);
        request.when = PushWhen::Now;
        const PushId id = f.submit(request).value();
        QCOMPARE(f.stateOf(id), PushState::Undeliverable);
        QVERIFY(phone->sent.isEmpty());
    }
    void theyHoldOverAKill()
    {
        auto store = std::make_shared<MemoryStore>();
        auto clock = std::make_shared<FakeClock>(evening);
        PushId id;
        {
            EngineFixture f(store, clock);
            f.bind(1);
            setNight(f, 1);
            id = f.submit(longLived(f)).value();
            bool done = false;
            f.engine->writes().commit([&](const Result<Done> &) { done = true; });
            QVERIFY(f.settle([&] { return done; }));
        }
        EngineFixture f(store, clock);
        f.engine->resume();
        QCOMPARE(reasonOf(f, id), QByteArray("in-quiet-hours"));
        const auto phone = sleepUntil(f, hour * 17 / 2);
        QCOMPARE(phone->sent.size(), 1);
    }
    void anotherDeviceHasItsTurn()
    {
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(evening));
        const auto first = f.bind(1), second = f.bind(2);
        setNight(f, 1, [](Preferences &preferences) { preferences.preferred = true; });
        PushRequest request = longLived(f);
        request.choice = DeviceChoice::Preferred;
        const PushId id = f.submit(request).value();
        QVERIFY(first->sent.isEmpty());
        QCOMPARE(second->sent.size(), 1);
        second->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(id), PushState::Delivered);
    }
    void theOrderOfTheDevicesIsKept()
    {
        EngineFixture f;
        QVector<std::shared_ptr<StubConnection::Log>> paths;
        for (int n = 1; n <= 3; ++n) {
            paths.append(f.bind(n));
            setNight(f, n, [n](Preferences &preferences) {
                preferences = {};
                preferences.order = n == 1 ? 0 : 4 - n; // 3, 2, then 1
            });
        }
        PushRequest request = longLived(f);
        request.choice = DeviceChoice::Preferred;
        const PushId id = f.submit(request).value();
        for (const int n : {3, 2, 1}) {
            QCOMPARE(paths[n - 1]->sent.size(), 1);
            paths[n - 1]->answer(SendOutcome::Kind::Refused, "415");
        }
        QCOMPARE(f.stateOf(id), PushState::Undeliverable);
    }
};

QTEST_GUILESS_MAIN(TestQuietHold)
#include "tst_quiethold.moc"
