// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"
#include "support/logcatcher.h"

#include <QTest>

using namespace reveille;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = SendOutcome::Kind;

namespace {

/// One device that is there, and pushes that it is handed.
struct Scene {
    explicit Scene(const PushDispatcher::Limits &limits = {})
        : f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), limits), phone(f.bind(1))
    {
    }
    PushId push(PushWhen when = PushWhen::Wake)
    {
        PushRequest request = f.request();
        request.when = when;
        request.ttl = 86400s;
        return f.submit(request).value();
    }
    bool isAsked() const { return !phone->waiting.empty(); }
    int attempts(const PushId &id) const { return f.engine->pushes().push(id)->deliveries[0].attempts; }
    /// It comes back over another path, and how it fares there.
    void comeBack()
    {
        phone = f.bind(1);
        pass(0ms);
    }
    /// Its path breaks while the push is under way.
    void fail()
    {
        phone->answer(Kind::Broken, "icmp");
        pass(0ms);
    }
    /// Fails so often that it rests for long.
    void failUntilItRests()
    {
        for (int i = 0; i < 3; ++i) {
            fail();
            comeBack();
        }
    }
    /// In steps, between which the store gets to answer.
    void pass(Milliseconds time)
    {
        for (; time > 500ms; time -= 500ms)
            step(500ms);
        step(time);
    }
    void step(Milliseconds time)
    {
        f.clock->advance(time);
        if (!f.store->held())
            f.settle([&] { return f.engine->writes().lag() == 0ms; });
    }

    EngineFixture f;
    std::shared_ptr<StubConnection::Log> phone;
};

} // namespace

/// When a delivery that failed is tried again, and when it is given up.
class TestDeliveryRetries : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void attempts()
    {
        const LogCatcher log;
        PushDispatcher::Limits limits;
        limits.attempts = 4;
        Scene scene(limits);
        const PushId id = scene.push();
        for (int i = 1; i < 4; ++i) {
            QVERIFY(scene.isAsked());
            scene.fail();
            QCOMPARE(scene.attempts(id), i);
            QVERIFY(!isTerminal(scene.f.stateOf(id)));
            scene.pass(limits.retry * 3);
            scene.comeBack();
        }
        QCOMPARE(log.reached(u"attempts"_s), 0);
        scene.fail();
        QCOMPARE(scene.f.stateOf(id), PushState::Undeliverable);
        QCOMPARE(scene.f.engine->pushes().push(id)->deliveries[0].reason, QByteArray("attempts-exhausted"));
        QCOMPARE(log.reached(u"attempts"_s, EngineFixture::deviceId(1).toString()), 1);
    }
    /// However often it comes back: a push to a living device is not given up within minutes.
    void aDeviceInTroubleHasHours()
    {
        Scene scene;
        const PushId id = scene.push();
        const Timestamp begun = scene.f.clock->now();
        int handed = 0;
        while (!isTerminal(scene.f.stateOf(id))) {
            if (scene.isAsked()) {
                scene.fail();
                ++handed;
            }
            scene.pass(8s);
            if (!scene.isAsked())
                scene.comeBack();
        }
        QCOMPARE(handed, 10);
        const Milliseconds took = scene.f.clock->now() - begun;
        QVERIFY2(took > 90min && took < 4h, qPrintable(QString::number(took.count())));
    }
    void retry()
    {
        PushDispatcher::Limits limits;
        limits.retry = 100s;
        Scene scene(limits);
        const PushId id = scene.push();
        scene.fail();
        scene.comeBack();
        QVERIFY(scene.isAsked()); // once more at once, over the new path
        scene.fail();
        scene.comeBack();
        QVERIFY(!scene.isAsked());
        QCOMPARE(scene.f.stateOf(id), PushState::Waiting);
        scene.pass(74s); // give or take a quarter
        QVERIFY(!scene.isAsked());
        scene.pass(52s);
        QVERIFY(scene.isAsked());
    }
    void aShortRestIsOverOnceTheDeviceComesBack()
    {
        Scene scene;
        scene.push();
        scene.fail();
        scene.comeBack();
        scene.fail(); // half a minute
        QVERIFY(!scene.isAsked());
        scene.comeBack();
        QVERIFY(scene.isAsked());
        scene.fail(); // a minute
        scene.comeBack();
        QVERIFY(!scene.isAsked());
    }
    void othersGoFirstWhileItRests()
    {
        Scene scene;
        const PushId first = scene.push();
        scene.failUntilItRests();
        QVERIFY(!scene.isAsked());
        const PushId second = scene.push();
        QVERIFY(scene.isAsked());
        scene.phone->answer(Kind::Delivered, "200");
        QCOMPARE(scene.f.stateOf(second), PushState::Delivered);
        QCOMPARE(scene.f.stateOf(first), PushState::Waiting);
        QVERIFY(!scene.isAsked());
    }
    void nobodyIsWokenForWhatRestsAndEverybodyWhenItIsOver()
    {
        Scene scene;
        scene.push();
        scene.failUntilItRests();
        const qsizetype woken = scene.f.bearer->sent.size();
        scene.f.lose(1);
        scene.pass(10s);
        QCOMPARE(scene.f.bearer->sent.size(), woken);
        scene.pass(300s);
        QVERIFY(scene.f.bearer->sent.size() > woken);
    }
    void aBusyDeviceIsAskedEverMoreSeldomAndInOrder()
    {
        PushDispatcher::Limits limits;
        Scene scene(limits);
        const PushId first = scene.push();
        scene.phone->answer(Kind::Busy, "486");
        scene.push();
        QVERIFY(!scene.isAsked()); // in order
        scene.pass(limits.busyRetry);
        QCOMPARE(scene.phone->sent.last().push, first);
        const Timestamp begun = scene.f.clock->now();
        while (!isTerminal(scene.f.stateOf(first))) {
            if (scene.isAsked())
                scene.phone->answer(scene.phone->sent.last().push == first ? Kind::Busy : Kind::Delivered, "486");
            scene.pass(1s);
        }
        QVERIFY(scene.f.clock->now() - begun > 20min);
    }
    void whatStoodBehindOneThatEndsGoesOn()
    {
        Scene scene;
        const PushId first = scene.push();
        const PushId second = scene.push();
        scene.phone->answer(Kind::Busy, "486");
        QVERIFY(!scene.isAsked());
        QVERIFY(scene.f.engine->pushes().cancel(first).ok());
        scene.pass(0ms);
        QVERIFY(scene.isAsked());
        QCOMPARE(scene.phone->sent.last().push, second);
    }
    void whatWeHadNoRoomForIsNoAttempt()
    {
        Scene scene;
        const PushId id = scene.push();
        for (int i = 0; i < 30; ++i) {
            QVERIFY(scene.isAsked());
            scene.phone->answer(Kind::Busy, "too-many");
            QCOMPARE(scene.attempts(id), 0);
            scene.pass(75s);
            if (!scene.isAsked())
                scene.comeBack();
        }
        scene.phone->answer(Kind::Delivered, "200");
        QCOMPARE(scene.f.stateOf(id), PushState::Delivered);
    }
    void whatFailsWhileTheStoreIsBehindIsNoAttempt()
    {
        Scene scene;
        const PushId id = scene.push();
        scene.f.store->hold(true);
        scene.f.engine->writes().commit([](const Result<Done> &) {});
        scene.pass(WriteBehind::behindFrom);
        for (int i = 0; i < 20; ++i) {
            if (scene.isAsked())
                scene.fail();
            QCOMPARE(scene.attempts(id), 0);
            scene.pass(75s);
            scene.comeBack();
        }
        scene.f.store->hold(false);
        QVERIFY(scene.f.settle([&] { return !scene.f.engine->writes().isBehind(); }));
        if (!scene.isAsked())
            scene.comeBack();
        QVERIFY(scene.isAsked());
        scene.fail();
        QCOMPARE(scene.attempts(id), 1);
    }
    void makingWayForANewerPathIsNoAttemptThreeTimes()
    {
        Scene scene;
        const PushId id = scene.push();
        for (int i = 1; i <= 6; ++i) {
            for (int wait = 0; !scene.isAsked() && wait < 100; ++wait)
                scene.pass(10s);
            QVERIFY(scene.isAsked());
            scene.comeBack(); // what was under way over the old path is broken
            QCOMPARE(scene.attempts(id), scene.isAsked() ? std::max(i - 3, 0) + 1 : std::max(i - 3, 0));
        }
    }
    void theNextDeviceHasItsTurnWhileOneRests()
    {
        Scene scene;
        const auto tablet = scene.f.bind(2);
        PushRequest request = scene.f.request();
        request.ttl = 86400s;
        request.choice = DeviceChoice::FirstReachable;
        const PushId id = scene.f.submit(request).value();
        auto other = tablet;
        const bool isPhone = !scene.phone->waiting.empty();
        auto &first = isPhone ? scene.phone : other;
        const auto second = isPhone ? tablet : scene.phone;
        for (int i = 0; i < 4 && second->waiting.empty(); ++i) {
            QVERIFY(!first->waiting.empty());
            first->answer(Kind::Unanswered, "timeout");
            scene.pass(0ms);
            if (second->waiting.empty())
                first = scene.f.bind(isPhone ? 1 : 2);
        }
        QVERIFY(!second->waiting.empty());
        second->answer(Kind::Delivered, "200");
        QCOMPARE(scene.f.stateOf(id), PushState::Delivered);
    }
};

QTEST_GUILESS_MAIN(TestDeliveryRetries)
#include "tst_deliveryretries.moc"
