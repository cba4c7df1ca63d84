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
        QVERIFY(f.settle([&] { return f.engine->pushes().push(push)->deliveries.size() == 2; }));
        const int left = first == f.deviceId(1) ? 2 : 1;
        QCOMPARE(stateFor(f, push, left), PushState::Waking);
        const auto back = f.bind(left);
        QCOMPARE(back->sent.size(), 1);
        back->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(push), PushState::Delivered);
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
