// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"
#include "wire/sir.h"

#include <QSignalSpy>
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

} // namespace

class TestWakeService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void singleDeviceGetsASirWithoutIdentity()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), byHand()).ok());
        QCOMPARE(f.bearer->sent.size(), 1);
        const Result<SessionRequest> sir = decodeSir(f.bearer->sent[0].sir);
        QVERIFY(sir.ok());
        QVERIFY(sir->device.isEmpty());
        QCOMPARE(sir->gateway, QStringLiteral("sip:127.0.0.1:5060;transport=udp"));
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Waking);
    }
    void oneOfSeveralDevicesIsNamedAndOnlyItIsSent()
    {
        EngineFixture f;
        f.bind(1);
        f.bind(2);
        f.lose(1);
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), byHand()).ok());
        QCOMPARE(f.bearer->sent.size(), 1);
        QCOMPARE(decodeSir(f.bearer->sent[0].sir)->device, f.deviceId(1));
    }
    void broadcastIdentifiedReachesEveryDeviceWithTheIdentityInside()
    {
        EngineFixture f;
        f.bind(1);
        f.bind(2);
        f.lose(1);
        WakeOrder order = byHand();
        order.mode = SirMode::BroadcastIdentified;
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), order).ok());
        QCOMPARE(f.bearer->sent.size(), 2);
        for (const WakeMessage &message : std::as_const(f.bearer->sent))
            QCOMPARE(decodeSir(message.sir)->device, f.deviceId(1));
    }
    void emptyWakeUpCarriesNothing()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        WakeOrder order = byHand();
        order.empty = true;
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), order).ok());
        QVERIFY(f.bearer->sent[0].sir.isEmpty());
        QCOMPARE(f.journalCount(QStringLiteral("empty-wake-sent")), 1);
    }
    void timeInTheQueueOfABearerIsNoVainAttempt()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), byHand()).value();
        f.bearer->queued = 1;
        f.clock->advance(Milliseconds(60000));
        QCOMPARE(f.bearer->sent.size(), 1);
        QCOMPARE(f.engine->wakes().wakeUp(id)->state, WakeState::Active);
        f.bearer->queued = 0; // it has been sent by now
        f.clock->advance(Milliseconds(15000));
        QCOMPARE(f.bearer->sent.size(), 2);
    }
    void aCarrierThatHasItIsNotWaitedForLonger()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), byHand()).ok());
        f.bearer->queued = 1;
        f.bearer->receipts[0]({WakeReceipt::Kind::Accepted, "sent", {}});
        f.clock->advance(Milliseconds(15000));
        QCOMPARE(f.bearer->sent.size(), 2);
    }
    void secondRequestJoinsTheFirst()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const Result<WakeId> first = f.engine->wakes().wake(f.deviceId(1), byHand());
        const Result<WakeId> second = f.engine->wakes().wake(f.deviceId(1), byHand());
        QCOMPARE(second.value(), first.value());
        QCOMPARE(f.bearer->sent.size(), 1);
        QCOMPARE(f.journalCount(QStringLiteral("wake-joined")), 1);
    }
    void returnEndsItAndKeepsTheStepsReached()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), byHand()).value();
        f.bearer->receipts[0]({WakeReceipt::Kind::Accepted, "sent", QStringLiteral("77")});
        f.clock->advance(Milliseconds(3000));
        f.bind(1);
        const WakeUp wake = *f.engine->wakes().wakeUp(id);
        QCOMPARE(wake.state, WakeState::Succeeded);
        QCOMPARE(wake.furthest, WakeStep::Restored);
        QCOMPARE(wake.attempts[0].carrierId, QStringLiteral("77"));
        QCOMPARE((wake.stepTimes[int(WakeStep::Restored)] - wake.stepTimes[int(WakeStep::Requested)]).count(), 3000);
        f.clock->advance(Milliseconds(600000));
        QCOMPARE(f.bearer->sent.size(), 1); // no attempt after the end
    }
    void triesAgainThenGivesUp()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        QSignalSpy failed(&f.engine->wakes(), &WakeService::wakeFailed);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), byHand()).value();
        f.clock->advance(Milliseconds(600000));
        QCOMPARE(f.bearer->sent.size(), 2); // attempts per route
        QCOMPARE(failed.size(), 1);
        QCOMPARE(f.engine->wakes().wakeUp(id)->state, WakeState::Exhausted);
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Unreachable);
        f.bind(1);
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Up);
    }
    void cancelPutsTheDeviceBackToLost()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), byHand()).value();
        QVERIFY(f.engine->wakes().cancel(id).ok());
        QVERIFY(!f.engine->wakes().cancel(id).ok());
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Lost);
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->reason(), LossReason::Interrupted);
    }
    void refusesWithAReason()
    {
        EngineFixture f;
        f.bind(1);
        QCOMPARE(QByteArray(f.engine->wakes().wake(f.deviceId(9), byHand()).error().code), QByteArray("device-unknown"));
        WakeOrder automatic;
        QCOMPARE(QByteArray(f.engine->wakes().wake(f.deviceId(1), automatic).error().code), QByteArray("already-connected"));
        WakeOrder order = byHand();
        order.bearer = QStringLiteral("pigeon");
        QCOMPARE(QByteArray(f.engine->wakes().wake(f.deviceId(1), order).error().code), QByteArray("bearer-unknown"));
        f.bearer->refuses = true;
        QCOMPARE(QByteArray(f.engine->wakes().wake(f.deviceId(1), byHand()).error().code), QByteArray("bearer-cannot-reach"));
    }
    void previewIsWhatIsSentAndSendsNothing()
    {
        EngineFixture f;
        f.bind(1);
        f.bind(2);
        f.lose(1);
        const Result<WakePreview> preview = f.engine->wakes().preview(f.deviceId(1), byHand());
        QVERIFY(preview.ok());
        QCOMPARE(preview->bearer, QStringLiteral("wsp"));
        QCOMPARE(f.bearer->sent.size(), 0);
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), byHand()).ok());
        SessionRequest shown = decodeSir(preview->sirBytes).value();
        SessionRequest sent = decodeSir(f.bearer->sent[0].sir).value();
        shown.nonce = sent.nonce;
        QCOMPARE(shown, sent);
    }
    void signsForAUserWithAPassword()
    {
        EngineFixture f;
        User user;
        user.id = f.userId(QStringLiteral("alice"));
        user.ha1Sha256 = QByteArray(64, 'a');
        std::optional<Result<Done>> stored;
        f.engine->registry().putUser(user, [&](const Result<Done> &r) { stored = r; });
        QVERIFY(f.settle([&] { return stored.has_value(); }));
        f.bind(1);
        f.lose(1);
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), byHand()).ok());
        QVERIFY(verifySir(f.bearer->sent[0].sir, sirKey(user.ha1Sha256)));
        QVERIFY(!verifySir(f.bearer->sent[0].sir, sirKey(QByteArray(64, 'b'))));
    }
    void wakesADeviceWhoseRegistrationEndedLongAgo()
    {
        EngineFixture f;
        f.bind(1);
        f.engine->registry().unbind(f.lastBound);
        f.clock->advance(Milliseconds(30LL * 24 * 3600 * 1000));
        QVERIFY(f.settle([&] { return !f.engine->writes().isBehind(); }));
        WakeOrder automatic;
        automatic.reason = QStringLiteral("push");
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), automatic).ok());
        QCOMPARE(f.bearer->sent.size(), 1);
    }
    void namesAnotherGatewayAndTheApplicationByNumber()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        WakeOrder order = byHand();
        order.gateway = QStringLiteral("sip:192.0.2.99:5070;transport=tcp");
        order.application = QStringLiteral("4");
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), order).ok());
        const SessionRequest sir = decodeSir(f.bearer->sent[0].sir).value();
        QCOMPARE(sir.gateway, order.gateway);
        QCOMPARE(sir.applications.first().kind, ApplicationId::Kind::Number);
        QCOMPARE(sir.applications.first().number, 4U);
    }
    void speaksTheSirVersionTheDeviceWants_data()
    {
        QTest::addColumn<int>("version");
        for (int version = 0; version <= 2; ++version)
            QTest::addRow("%d", version) << version;
    }
    void speaksTheSirVersionTheDeviceWants()
    {
        QFETCH(int, version);
        EngineFixture f;
        f.bind(1);
        Device device = *f.engine->registry().device(f.deviceId(1));
        device.capabilities.sirVersion = version;
        f.engine->registry().amend(device);
        f.lose(1);
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), byHand()).ok());
        const SessionRequest sir = decodeSir(f.bearer->sent[0].sir).value();
        QCOMPARE(sir.version, version);
        QCOMPARE(sir.wspPoints.size(), version == 0 ? 1 : 0);
        QCOMPARE(sir.contactPoints.size(), version == 1 ? 1 : 0);
        QCOMPARE(sir.gateway.isEmpty(), version < 2);
    }
    void keepsWhyEachRouteWasTaken()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), byHand()).value();
        const QVector<Check> why = f.engine->wakes().wakeUp(id)->attempts[0].checks;
        QCOMPARE(QByteArray(why.first().question), QByteArray("route-known"));
        QCOMPARE(QByteArray(why.last().question), QByteArray("attempts-left"));
        QCOMPARE(why.last().value, QStringLiteral("0/2"));
        f.clock->advance(Milliseconds(600000));
        const WakeUp wake = *f.engine->wakes().wakeUp(id);
        QCOMPARE(wake.state, WakeState::Exhausted);
        QCOMPARE(wake.checks.last().outcome, Check::Outcome::Failed);
        QCOMPARE(QByteArray(wake.checks.last().setting), QByteArray("wake/attempts"));
    }
    void numberAndPortOfTheDeviceAreItsLastRoute()
    {
        EngineFixture f;
        const auto sms = std::make_shared<StubBearer::Log>();
        f.engine->wakes().addBearer(std::make_unique<StubBearer>(QStringLiteral("smsc"), QStringLiteral("sms"), sms));
        f.bind(1);
        Device device = *f.engine->registry().device(f.deviceId(1));
        device.msisdn = *Msisdn::parse(u"+491701234567");
        device.clientPort = ClientPort(2948);
        f.engine->registry().amend(device);
        f.lose(1);
        QCOMPARE(f.engine->wakes().readyRoutes(device).size(), 2);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), byHand()).value();
        f.clock->advance(Milliseconds(600000));
        QCOMPARE(f.bearer->sent.size(), 2);
        QCOMPARE(sms->sent.size(), 2);
        QCOMPARE(sms->sent[0].route.address, QStringLiteral("491701234567"));
        const WakeUp wake = *f.engine->wakes().wakeUp(id);
        QCOMPARE(wake.attempts.size(), 4);
        QCOMPARE(wake.attempts[2].bearer, QStringLiteral("smsc"));
        QCOMPARE(wake.attempts[2].route.source, WakeRoute::Source::Implied);
        const auto saysSo = [&](qsizetype attempt) {
            const QVector<Check> &why = wake.attempts[attempt].checks;
            return std::any_of(why.begin(), why.end(), [](const Check &check) { return qstrcmp(check.question, "route-implied") == 0; });
        };
        QVERIFY(saysSo(2));
        QVERIFY(!saysSo(0));
        WakeOrder bySms = byHand();
        bySms.bearer = QStringLiteral("smsc");
        const WakePreview preview = f.engine->wakes().preview(f.deviceId(1), bySms).value();
        QCOMPARE(preview.route.source, WakeRoute::Source::Implied);
        QVERIFY(std::any_of(preview.checks.begin(), preview.checks.end(),
                            [](const Check &check) { return qstrcmp(check.question, "route-implied") == 0; }));
    }
    void repeatsAnEndedWakeWithTheSameOrder()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        WakeOrder order = byHand();
        order.requests = SirRequest::Capability;
        order.application = QStringLiteral("mail");
        const WakeId first = f.engine->wakes().wake(f.deviceId(1), order).value();
        std::optional<Result<WakeId>> second;
        const auto keep = [&](const Result<WakeId> &id) { second = id; };
        f.engine->wakes().repeat(first, {}, keep);
        QCOMPARE(QByteArray(second->error().code), QByteArray("wake-active"));
        QVERIFY(f.engine->wakes().cancel(first).ok());
        f.engine->wakes().repeat(first, QStringLiteral("pigeon"), keep);
        QCOMPARE(QByteArray(second->error().code), QByteArray("bearer-unknown"));
        f.engine->wakes().repeat(first, {}, keep);
        QVERIFY(second->ok());
        QVERIFY(second->value() != first);
        const WakeUp wake = *f.engine->wakes().wakeUp(second->value());
        QCOMPARE(wake.order.repeats, first);
        QCOMPARE(wake.order.requests, order.requests);
        QCOMPARE(wake.order.application, order.application);
        QVERIFY(wake.order.byHand);
    }
    void repeatsOneOnlyTheStoreKnows()
    {
        EngineFixture f;
        f.bind(1);
        WakeUp old;
        old.id = WakeId(QStringLiteral("w-old"));
        old.device = f.deviceId(1);
        old.user = f.userId(QStringLiteral("alice"));
        old.state = WakeState::Exhausted;
        f.store->wakes[old.id] = old;
        std::optional<Result<WakeId>> answer;
        f.engine->wakes().repeat(old.id, {}, [&](const Result<WakeId> &id) { answer = id; });
        QVERIFY(f.settle([&] { return answer.has_value(); }));
        QVERIFY(answer->ok());
        QCOMPARE(f.engine->wakes().wakeUp(answer->value())->order.repeats, old.id);
        answer.reset();
        f.engine->wakes().repeat(WakeId(QStringLiteral("w-none")), {}, [&](const Result<WakeId> &id) { answer = id; });
        QVERIFY(f.settle([&] { return answer.has_value(); }));
        QCOMPARE(QByteArray(answer->error().code), QByteArray("wake-unknown"));
    }
    void movesAnActiveWakeToTheNamedBearer()
    {
        EngineFixture f;
        auto other = std::make_shared<StubBearer::Log>();
        f.engine->wakes().addBearer(std::make_unique<StubBearer>(QStringLiteral("other"), QStringLiteral("wsp-udp"), other));
        f.bind(1);
        f.lose(1);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), byHand()).value();
        QCOMPARE(f.bearer->sent.size(), 1);
        std::optional<Result<WakeId>> moved;
        f.engine->wakes().repeat(id, QStringLiteral("other"), [&](const Result<WakeId> &answer) { moved = answer; });
        QCOMPARE(moved->value(), id);
        QCOMPARE(other->sent.size(), 1);
        f.bearer->receipts[0]({WakeReceipt::Kind::Failed, "late", {}});
        f.clock->advance(Milliseconds(600000));
        QCOMPARE(f.bearer->sent.size(), 1);
        QCOMPARE(other->sent.size(), 2);
        QCOMPARE(f.journalCount(QStringLiteral("wake-moved")), 1);
    }
    void testsABearerAndWakesNobody()
    {
        EngineFixture f;
        std::optional<Result<BearerTest>> answer;
        f.engine->wakes().testBearer(QStringLiteral("wsp"), [&](const Result<BearerTest> &test) { answer = test; });
        QVERIFY(!answer);
        f.bearer->tests[0]({true, "socket-open", QStringLiteral("1.0"), Milliseconds(3)});
        QVERIFY(answer->value().ok);
        QVERIFY(f.bearer->sent.isEmpty());
        f.engine->wakes().testBearer(QStringLiteral("pigeon"), [&](const Result<BearerTest> &test) { answer = test; });
        QCOMPARE(QByteArray(answer->error().code), QByteArray("bearer-unknown"));
    }
    void goesOnAfterARestart()
    {
        auto store = std::make_shared<MemoryStore>();
        auto clock = std::make_shared<FakeClock>();
        WakeId id;
        {
            EngineFixture f(store, clock);
            f.bind(1);
            f.lose(1);
            id = f.engine->wakes().wake(f.deviceId(1), byHand()).value();
            f.clock->advance(WriteBehind::delay);
            QVERIFY(f.settle([&] { return store->wakes.size() == 1; }));
        }
        EngineFixture f(store, clock);
        f.engine->resume();
        QCOMPARE(f.engine->wakes().activeFor(f.deviceId(1)), id);
        QCOMPARE(f.bearer->sent.size(), 1);
        QCOMPARE(f.engine->wakes().wakeUp(id)->attempts.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestWakeService)
#include "tst_wakeservice.moc"
