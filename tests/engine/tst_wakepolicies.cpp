// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"

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

/// A fixture whose engine was made with other settings.
struct Tuned : EngineFixture {
    template <typename Tune>
    explicit Tuned(Tune tune)
    {
        Engine::Settings settings;
        settings.wake.gateway = QStringLiteral("sip:127.0.0.1:5060;transport=udp");
        settings.wake.answerTimeout = Milliseconds(10000);
        settings.wake.backoff = Milliseconds(1000);
        tune(settings);
        engine.reset();
        engine = std::make_unique<Engine>(*clock, *clock, *store, settings);
        const StoredState state = *store->open();
        engine->load(state);
        (void)store->readSubscribers([this](const StoredSubscribers &portion) { engine->load(portion); });
        engine->wakes().addBearer(std::make_unique<StubBearer>(QStringLiteral("wsp"), QStringLiteral("wsp-udp"), bearer));
    }
    void rule(int n, WakeRule rule)
    {
        Device device = *engine->registry().device(deviceId(n));
        device.wakeRule = rule;
        engine->registry().amend(device);
    }
    void ruleOfUser(WakeRule rule)
    {
        User user = *engine->registry().user(userId(QStringLiteral("alice")));
        user.wakeRule = rule;
        bool stored = false;
        engine->registry().putUser(user, [&](const Result<Done> &) { stored = true; });
        settle([&] { return stored; });
    }
    void change(const Device &device)
    {
        bool stored = false;
        engine->registry().putDevice(device, [&](const Result<Done> &) { stored = true; });
        settle([&] { return stored; });
    }
    Delivery deliveryOf(const PushId &id) const { return engine->pushes().push(id)->deliveries.first(); }
};

} // namespace

class TestWakePolicies : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ruleOfTheDeviceWins_data()
    {
        QTest::addColumn<WakeRule>("device");
        QTest::addColumn<WakeRule>("user");
        QTest::addColumn<WakeRule>("byDefault");
        QTest::addColumn<WakeRule>("holds");
        QTest::addColumn<QByteArray>("setting");
        QTest::newRow("device") << WakeRule::Never << WakeRule::Always << WakeRule::OnPush << WakeRule::Never
                                << QByteArray("device.wake_policy");
        QTest::newRow("user") << WakeRule::Inherit << WakeRule::Always << WakeRule::OnPush << WakeRule::Always
                              << QByteArray("user.wake_policy");
        QTest::newRow("settings") << WakeRule::Inherit << WakeRule::Inherit << WakeRule::Never << WakeRule::Never
                                  << QByteArray("wake/policy");
    }
    void ruleOfTheDeviceWins()
    {
        QFETCH(WakeRule, device);
        QFETCH(WakeRule, user);
        QFETCH(WakeRule, byDefault);
        QFETCH(QByteArray, setting);
        const WakeRuleInForce rule = wakeRuleInForce(device, user, byDefault);
        QTEST(rule.rule, "holds");
        QCOMPARE(QByteArray(rule.setting), setting);
    }
    void neverLetsPushesWaitAndStaffWake()
    {
        Tuned f([](Engine::Settings &) {});
        f.bind(1);
        f.rule(1, WakeRule::Never);
        f.lose(1);
        const PushId push = f.submit(f.request()).value();
        QCOMPARE(f.deliveryOf(push).state, PushState::Waiting);
        QCOMPARE(f.deliveryOf(push).reason, QByteArray("wake-not-allowed"));
        QVERIFY(f.bearer->sent.isEmpty());
        const Explanation why = f.engine->pushes().explain(f.request()).value();
        QCOMPARE(why.devices[0].path, DeliveryPath::Wait);
        const auto check = std::find_if(why.devices[0].checks.begin(), why.devices[0].checks.end(), [](const Check &c) {
            return qstrcmp(c.question, "wake-allowed") == 0;
        });
        QVERIFY(check != why.devices[0].checks.end());
        QCOMPARE(check->value, QStringLiteral("never"));
        QCOMPARE(QByteArray(check->setting), QByteArray("device.wake_policy"));
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), byHand()).ok());
        QCOMPARE(f.bearer->sent.size(), 1);
    }
    void pushesThatWaitAreWokenForOnceTheyMayBe_data()
    {
        QTest::addColumn<bool>("ofUser");
        QTest::addColumn<WakeRule>("then");
        QTest::newRow("device, on push") << false << WakeRule::OnPush;
        QTest::newRow("device, always") << false << WakeRule::Always;
        QTest::newRow("user, on push") << true << WakeRule::OnPush;
    }
    void pushesThatWaitAreWokenForOnceTheyMayBe()
    {
        QFETCH(bool, ofUser);
        QFETCH(WakeRule, then);
        Tuned f([](Engine::Settings &) {});
        f.bind(1);
        if (ofUser)
            f.ruleOfUser(WakeRule::Never);
        else
            f.rule(1, WakeRule::Never);
        f.lose(1);
        const PushId push = f.submit(f.request()).value();
        PushRequest patient = f.request();
        patient.when = PushWhen::WhenReachable;
        const PushId other = f.submit(patient).value();
        Device device = *f.engine->registry().device(f.deviceId(1));
        device.name = QStringLiteral("renamed");
        f.change(device);
        QVERIFY(f.bearer->sent.isEmpty());

        if (ofUser) {
            f.ruleOfUser(then);
        } else {
            device.wakeRule = then;
            f.change(device);
        }
        QCOMPARE(f.bearer->sent.size(), 1);
        QCOMPARE(f.deliveryOf(push).state, PushState::Waking);
        QCOMPARE(f.deliveryOf(other).state, PushState::Waiting);
        QCOMPARE(f.deliveryOf(other).reason, QByteArray("when-reachable"));
    }
    void aNewWakeRouteIsUsedForPushesThatWait()
    {
        Tuned f([](Engine::Settings &) {});
        f.bind(1);
        f.lose(1);
        Device device = *f.engine->registry().device(f.deviceId(1));
        const QVector<WakeRoute> routes = device.wakeRoutes();
        device.clientRoutes.clear();
        device.provisionedRoutes.clear();
        f.engine->registry().amend(device);
        const PushId push = f.submit(f.request()).value();
        QCOMPARE(f.deliveryOf(push).state, PushState::Waiting);
        QVERIFY(f.bearer->sent.isEmpty());
        device.provisionedRoutes = routes;
        for (WakeRoute &route : device.provisionedRoutes)
            route.source = WakeRoute::Source::Provisioned;
        f.change(device);
        QCOMPARE(f.bearer->sent.size(), 1);
        QCOMPARE(f.deliveryOf(push).state, PushState::Waking);
    }
    void alwaysWakesOnDeteriorationAlone()
    {
        Tuned f([](Engine::Settings &) {});
        f.bind(1);
        f.bind(2);
        f.ruleOfUser(WakeRule::Always);
        f.rule(2, WakeRule::OnPush);
        f.lose(1);
        f.lose(2);
        f.clock->advance(Milliseconds(6000));
        QCOMPARE(f.bearer->sent.size(), 1);
        const WakeUp wake = f.engine->wakes().recent(1).first();
        QCOMPARE(wake.device, f.deviceId(1));
        QCOMPARE(wake.order.reason, QStringLiteral("deterioration"));
        QCOMPARE(wake.because, LossReason::Interrupted);
    }
    void leavesADeviceThatRemovedItsRegistration()
    {
        Tuned f([](Engine::Settings &settings) { settings.wake.policy = WakeRule::Always; });
        f.bind(1);
        f.engine->registry().unbind(f.lastBound);
        f.clock->advance(Milliseconds(60000));
        QVERIFY(f.bearer->sent.isEmpty());
    }
    void returnBeforeItsTurnNeedsNoWake()
    {
        Tuned f([](Engine::Settings &settings) { settings.wake.policy = WakeRule::Always; });
        f.bind(1);
        f.lose(1);
        f.bind(1);
        f.clock->advance(Milliseconds(6000));
        QVERIFY(f.bearer->sent.isEmpty());
    }
    void wakesSoManyAtATimeByItself()
    {
        Tuned f([](Engine::Settings &settings) {
            settings.wake.policy = WakeRule::Always;
            settings.automatic.limit = 3;
        });
        for (int n = 1; n <= 10; ++n)
            f.bind(n);
        for (int n = 1; n <= 10; ++n)
            f.lose(n);
        f.clock->advance(Milliseconds(6000));
        QCOMPARE(f.engine->wakes().active(), 3);
        QCOMPARE(f.engine->automaticWakes().waiting(), 7);
        QCOMPARE(f.bearer->sent.size(), 3);
        for (int n = 1; n <= 10; ++n) {
            f.bind(n);
            QVERIFY(f.engine->wakes().active() <= 3);
        }
        f.clock->advance(Milliseconds(6000));
        QCOMPARE(f.engine->wakes().active(), 0);
        QCOMPARE(f.engine->automaticWakes().waiting(), 0);
    }
    void pausesBetweenTwoOfOneDevice()
    {
        Tuned f([](Engine::Settings &settings) {
            settings.wake.policy = WakeRule::Always;
            settings.automatic.pause = Milliseconds(100000);
        });
        f.bind(1);
        f.lose(1);
        f.clock->advance(Milliseconds(6000));
        QCOMPARE(f.bearer->sent.size(), 1);
        f.bind(1);
        f.lose(1);
        f.clock->advance(Milliseconds(80000));
        QCOMPARE(f.bearer->sent.size(), 1);
        f.clock->advance(Milliseconds(30000));
        QVERIFY(f.bearer->sent.size() > 1);
    }
    void wakesBeforeTheRegistrationRunsOut()
    {
        Tuned f([](Engine::Settings &settings) { settings.automatic.beforeExpiry = Milliseconds(60000); });
        Registration registration = f.registration(1);
        registration.policy.pinholeLifetime = Milliseconds(0);
        auto log = std::make_shared<StubConnection::Log>();
        QVERIFY(f.engine->registry().bind(registration, std::make_unique<StubConnection>(log, QStringLiteral("127.0.0.1:40001"))).ok());
        f.clock->advance(Milliseconds(3530 * 1000));
        QVERIFY(f.bearer->sent.isEmpty());
        f.clock->advance(Milliseconds(15000));
        QCOMPARE(f.bearer->sent.size(), 1);
        const WakeUp wake = f.engine->wakes().recent(1).first();
        QCOMPARE(wake.order.reason, QStringLiteral("before_expiry"));
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Up);
        registration.until = f.clock->now() + Milliseconds(3600 * 1000);
        QVERIFY(f.engine->registry().refresh(f.engine->registry().connectionOf(f.deviceId(1), QStringLiteral("sip/1")), registration));
        QCOMPARE(f.engine->wakes().wakeUp(wake.id)->state, WakeState::Succeeded);
        QCOMPARE(f.engine->wakes().wakeUp(wake.id)->outcome, QByteArray("registration-renewed"));
    }
    void triesAgainWhilePushesWaitWithGrowingPause()
    {
        Tuned f([](Engine::Settings &settings) {
            settings.pushes.retryUnreachable = Milliseconds(60000);
            settings.wake.attemptsPerRoute = 1;
        });
        f.bind(1);
        f.lose(1);
        PushRequest request = f.request();
        request.ttl = Milliseconds(600 * 1000);
        const PushId push = f.submit(request).value();
        QCOMPARE(f.bearer->sent.size(), 1);
        f.clock->advance(Milliseconds(10000)); // not answered: exhausted
        QCOMPARE(f.deliveryOf(push).state, PushState::Waiting);
        f.clock->advance(Milliseconds(59000));
        QCOMPARE(f.bearer->sent.size(), 1);
        f.clock->advance(Milliseconds(2000));
        QCOMPARE(f.bearer->sent.size(), 2);
        QCOMPARE(f.deliveryOf(push).state, PushState::Waking);
        f.clock->advance(Milliseconds(100000));
        QCOMPARE(f.bearer->sent.size(), 2); // twice the pause now
        f.clock->advance(Milliseconds(31000));
        QCOMPARE(f.bearer->sent.size(), 3);
        f.clock->advance(Milliseconds(3600 * 1000));
        QCOMPARE(f.deliveryOf(push).state, PushState::Expired);
        QVERIFY(f.bearer->sent.size() <= 4);
        const qsizetype sent = f.bearer->sent.size();
        f.clock->advance(Milliseconds(24LL * 3600 * 1000));
        QCOMPARE(f.bearer->sent.size(), sent);
    }
    void aWakeUpOlderThanThousandsIsStillKnownWhenItEnds()
    {
        Tuned f([](Engine::Settings &settings) {
            settings.pushes.retryUnreachable = Milliseconds(60000);
            settings.wake.attemptsPerRoute = 1;
        });
        f.bind(1);
        f.lose(1);
        PushRequest request = f.request();
        request.ttl = Milliseconds(600 * 1000);
        const PushId push = f.submit(request).value();
        f.bind(2, QStringLiteral("bob"));
        f.lose(2);
        for (int i = 0; i < 5001; ++i)
            QVERIFY(f.engine->wakes().cancel(f.engine->wakes().wake(f.deviceId(2), byHand()).value()).ok());
        const WakeId oldest = f.deliveryOf(push).wake;
        f.clock->advance(Milliseconds(10000)); // not answered: exhausted
        QVERIFY(f.engine->wakes().wakeUp(oldest).has_value());
        QVERIFY(f.deliveryOf(push).reason != "wake-failed");
        const qsizetype sent = f.bearer->sent.size();
        f.clock->advance(Milliseconds(61000));
        QCOMPARE(f.bearer->sent.size(), sent + 1); // so that it is tried again
        QVERIFY(f.engine->wakes().recent(10000).size() <= 5002);
    }
};

QTEST_GUILESS_MAIN(TestWakePolicies)
#include "tst_wakepolicies.moc"
