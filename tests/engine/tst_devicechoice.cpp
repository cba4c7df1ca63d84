// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"

#include <QTest>

using namespace reveille;

/// Pushes that are for one of a user's devices.
class TestDeviceChoice : public QObject
{
    Q_OBJECT

    static PushRequest toOne(const EngineFixture &f)
    {
        PushRequest request = f.request();
        request.choice = DeviceChoice::FirstReachable;
        return request;
    }
    static PushState stateFor(const EngineFixture &f, const PushId &push, int device)
    {
        const Push known = *f.engine->pushes().push(push);
        for (const Delivery &delivery : known.deliveries) {
            if (delivery.device == EngineFixture::deviceId(device))
                return delivery.state;
        }
        return PushState::Accepted;
    }

private Q_SLOTS:
    void oneConnectedDeviceGetsItAndNoOther()
    {
        EngineFixture f;
        const auto one = f.bind(1);
        f.clock->advance(Milliseconds(1000));
        const auto two = f.bind(2); // seen last
        const PushId push = f.submit(toOne(f)).value();
        QCOMPARE(two->sent.size(), 1);
        two->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(push), PushState::Delivered);
        QCOMPARE(one->sent.size(), 0);
        QCOMPARE(f.engine->pushes().push(push)->deliveries.size(), 1);
    }

    void theNextDeviceHasItsTurnWhenOneRefuses()
    {
        EngineFixture f;
        const auto one = f.bind(1);
        f.clock->advance(Milliseconds(1000));
        const auto two = f.bind(2);
        const PushId push = f.submit(toOne(f)).value();
        two->answer(SendOutcome::Kind::Refused, "415");
        QCOMPARE(one->sent.size(), 1);
        QCOMPARE(f.stateOf(push), PushState::Sending);
        QCOMPARE(f.engine->pushes().counters().failed, 0);
        one->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(push), PushState::Delivered);
        QCOMPARE(stateFor(f, push, 2), PushState::Undeliverable);
        QCOMPARE(f.journalCount(QStringLiteral("push-next-device")), 1);
        QCOMPARE(f.engine->pushes().counters().delivered, 1);
        QCOMPARE(f.engine->pushes().pendingTotal(), 0);
    }

    void itIsUndeliverableOnceAllHadTheirTurn()
    {
        EngineFixture f;
        const auto one = f.bind(1);
        const auto two = f.bind(2);
        const PushId push = f.submit(toOne(f)).value();
        auto &first = one->sent.isEmpty() ? two : one;
        auto &second = one->sent.isEmpty() ? one : two;
        first->answer(SendOutcome::Kind::Refused, "415");
        second->answer(SendOutcome::Kind::Refused, "488");
        QCOMPARE(f.stateOf(push), PushState::Undeliverable);
        QCOMPARE(one->sent.size() + two->sent.size(), 2);
        QCOMPARE(f.engine->pushes().pendingTotal(), 0);
    }

    void aRemovedDeviceMakesRoomForTheNext()
    {
        EngineFixture f;
        f.bind(1);
        f.bind(2);
        f.lose(1);
        f.lose(2);
        const PushId push = f.submit(toOne(f)).value();
        const DeviceId first = f.engine->pushes().push(push)->deliveries.first().device;
        f.engine->registry().removeDevice(first, [](const Result<Done> &) {});
        QVERIFY(f.settle([&] { return !f.engine->registry().device(first); }));
        f.clock->advance(Milliseconds(0));
        QCOMPARE(f.engine->pushes().push(push)->deliveries.size(), 2);
        const int left = first == f.deviceId(1) ? 2 : 1;
        QCOMPARE(stateFor(f, push, left), PushState::Waking);
        const auto back = f.bind(left);
        QCOMPARE(back->sent.size(), 1);
        back->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(push), PushState::Delivered);
    }

    void aRemovedDeviceMakesRoomForOneOnly()
    {
        EngineFixture f;
        for (int n : {1, 2, 3}) {
            f.bind(n);
            f.lose(n);
        }
        const PushId push = f.submit(toOne(f)).value();
        const DeviceId first = f.engine->pushes().push(push)->deliveries.first().device;
        f.engine->registry().removeDevice(first, [](const Result<Done> &) {});
        QVERIFY(f.settle([&] { return !f.engine->registry().device(first); }));
        f.clock->advance(Milliseconds(0));
        QCOMPARE(f.engine->pushes().push(push)->deliveries.size(), 2);
    }

    void nobodyGetsItWhenItsUserIsRemoved()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        f.clock->advance(Milliseconds(1000));
        f.bind(2);
        f.lose(2);
        const PushId push = f.submit(toOne(f)).value();
        const auto sent = f.bearer->sent.size();
        f.engine->registry().removeUser(f.userId(QStringLiteral("alice")), [](const Result<Done> &) {});
        QVERIFY(f.settle([&] { return f.engine->registry().devicesOf(f.userId(QStringLiteral("alice"))).isEmpty(); }));
        f.clock->advance(Milliseconds(0));
        QCOMPARE(f.stateOf(push), PushState::Undeliverable);
        QCOMPARE(f.bearer->sent.size(), sent);
        QCOMPARE(f.engine->pushes().pendingTotal(), 0);
    }

    void theNextIsAskedWhenTheConnectionBreaks_data()
    {
        QTest::addColumn<PushWhen>("when");
        QTest::addColumn<int>("ttl");
        QTest::newRow("now") << PushWhen::Now << 3600;
        QTest::newRow("no time") << PushWhen::Wake << 0;
        QTest::newRow("when reachable") << PushWhen::WhenReachable << 3600;
    }

    void theNextIsAskedWhenTheConnectionBreaks()
    {
        QFETCH(PushWhen, when);
        QFETCH(int, ttl);
        EngineFixture f;
        const auto one = f.bind(1);
        f.clock->advance(Milliseconds(1000));
        const auto two = f.bind(2);
        PushRequest request = toOne(f);
        request.when = when;
        request.ttl = Milliseconds(ttl * 1000);
        const PushId push = f.submit(request).value();
        two->answer(SendOutcome::Kind::Broken, {});
        QCOMPARE(one->sent.size(), 1);
        one->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(stateFor(f, push, 1), PushState::Delivered);
        QCOMPARE(f.stateOf(push), PushState::Delivered);
    }

    void oneThatComesBackWaitsWhileAnotherIsBeingAsked_data()
    {
        QTest::addColumn<bool>("theOtherTakesIt");
        QTest::newRow("and gets it not") << true;
        QTest::newRow("and gets it after a refusal") << false;
    }

    void oneThatComesBackWaitsWhileAnotherIsBeingAsked()
    {
        QFETCH(bool, theOtherTakesIt);
        EngineFixture f;
        f.bind(1);
        f.bind(2);
        f.lose(1);
        f.lose(2);
        const PushId push = f.submit(toOne(f)).value();
        f.clock->advance(Milliseconds(600000));
        QCOMPARE(f.engine->pushes().push(push)->deliveries.size(), 2);
        const auto one = f.bind(1);
        const auto two = f.bind(2);
        QCOMPARE(one->sent.size(), 1);
        QCOMPARE(two->sent.size(), 0);
        one->answer(theOtherTakesIt ? SendOutcome::Kind::Delivered : SendOutcome::Kind::Refused, theOtherTakesIt ? "200" : "415");
        QCOMPARE(two->sent.size(), theOtherTakesIt ? 0 : 1);
        if (!theOtherTakesIt)
            two->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(push), PushState::Delivered);
        QCOMPARE(f.engine->pushes().pendingTotal(), 0);
    }

    void whenAWakeUpFailsBothWaitAndTheFirstToComeBackGetsIt_data()
    {
        QTest::addColumn<bool>("theFirstComesBack");
        QTest::newRow("the first") << true;
        QTest::newRow("the next") << false;
    }

    void whenAWakeUpFailsBothWaitAndTheFirstToComeBackGetsIt()
    {
        QFETCH(bool, theFirstComesBack);
        EngineFixture f;
        f.bind(1);
        f.bind(2);
        f.lose(1);
        f.lose(2);
        const PushId push = f.submit(toOne(f)).value();
        const DeviceId first = f.engine->pushes().push(push)->deliveries.first().device;
        const int woken = first == f.deviceId(1) ? 1 : 2, next = 3 - woken;
        QCOMPARE(f.engine->pushes().push(push)->deliveries.size(), 1);
        f.clock->advance(Milliseconds(600000)); // every attempt unanswered
        QCOMPARE(f.engine->pushes().push(push)->deliveries.size(), 2);

        const int comes = theFirstComesBack ? woken : next, stays = 3 - comes;
        const auto back = f.bind(comes);
        QCOMPARE(back->sent.size(), 1);
        back->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(stateFor(f, push, comes), PushState::Delivered);
        QCOMPARE(stateFor(f, push, stays), PushState::Cancelled);
        QCOMPARE(f.stateOf(push), PushState::Delivered);
        const auto late = f.bind(stays);
        QCOMPARE(late->sent.size(), 0);
    }

    void aRestartLetsOffTheOthersOfOneThatGotIt()
    {
        const auto store = std::make_shared<MemoryStore>();
        const auto clock = std::make_shared<FakeClock>();
        PushId push;
        {
            EngineFixture f(store, clock);
            f.bind(1);
            f.bind(2);
            f.lose(1);
            f.lose(2);
            push = f.submit(toOne(f)).value();
            f.clock->advance(Milliseconds(600000)); // both wait
            bool written = false;
            f.engine->writes().commit([&](const Result<Done> &) { written = true; });
            QVERIFY(f.settle([&] { return written; }));
        }
        QCOMPARE(store->pushes.at(push).deliveries.size(), 2);
        store->pushes.at(push).deliveries[0].state = PushState::Delivered; // the end came before the other was let off
        EngineFixture f(store, clock);
        const auto one = f.bind(1);
        const auto two = f.bind(2);
        f.engine->resume();
        QCOMPARE(one->sent.size() + two->sent.size(), 0);
        QCOMPARE(f.stateOf(push), PushState::Delivered);
        QCOMPARE(f.engine->pushes().pendingTotal(), 0);
    }

    void aRestartGoesOnWithTheDeviceWhoseTurnItIs()
    {
        const auto store = std::make_shared<MemoryStore>();
        const auto clock = std::make_shared<FakeClock>();
        PushId push;
        {
            EngineFixture f(store, clock);
            f.bind(1);
            f.clock->advance(Milliseconds(1000));
            const auto two = f.bind(2);
            push = f.submit(toOne(f)).value();
            two->answer(SendOutcome::Kind::Refused, "415");
            bool written = false;
            f.engine->writes().commit([&](const Result<Done> &) { written = true; });
            QVERIFY(f.settle([&] { return written; }));
        }
        EngineFixture f(store, clock);
        f.engine->resume();
        const auto one = f.bind(1);
        const auto two = f.bind(2);
        QCOMPARE(one->sent.size(), 1);
        QCOMPARE(two->sent.size(), 0);
        one->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(push), PushState::Delivered);
    }
};

QTEST_GUILESS_MAIN(TestDeviceChoice)
#include "tst_devicechoice.moc"
