// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"
#include "support/logcatcher.h"

#include <QSignalSpy>
#include <QTest>

using namespace reveille;

namespace {

FaultRule overWsp(FaultKind kind)
{
    FaultRule rule;
    rule.scope = FaultScope::Wakes;
    rule.bearer = QStringLiteral("wsp");
    rule.kind = kind;
    if (kind == FaultKind::Delay)
        rule.delay = Milliseconds(5000);
    if (kind == FaultKind::Reject)
        rule.code = "0x58";
    return rule;
}

FaultRule toDevice(FaultKind kind, int n = 1)
{
    FaultRule rule = overWsp(kind);
    rule.scope = FaultScope::Deliveries;
    rule.bearer.clear();
    rule.device = EngineFixture::deviceId(n);
    if (kind == FaultKind::Reject)
        rule.code = "486";
    return rule;
}

WakeOrder byHand()
{
    WakeOrder order;
    order.byHand = true;
    order.reason = QStringLiteral("by_hand");
    return order;
}

constexpr Milliseconds hour{3600 * 1000};

} // namespace

class TestFaultPlan : public QObject
{
    Q_OBJECT
private:
    QVector<JournalEntry> rowsOf(EngineFixture &f, const QString &event)
    {
        QVector<JournalEntry> rows;
        for (const JournalEntry &row : f.engine->journal().since({})) {
            if (row.event == event)
                rows.append(row);
        }
        return rows;
    }
    static QString fieldOf(const JournalEntry &row, const QString &name)
    {
        for (const auto &[key, value] : row.fields) {
            if (key == name)
                return value;
        }
        return {};
    }

private Q_SLOTS:
    void endsByItself()
    {
        EngineFixture f;
        QSignalSpy changed(&f.engine->faults(), &FaultPlan::changed);
        const FaultId id = f.engine->addFault(overWsp(FaultKind::Drop), Milliseconds(60000)).value();
        QCOMPARE(f.engine->faults().nextEnd(), f.clock->now() + Milliseconds(60000));
        f.clock->advance(Milliseconds(59999));
        QVERIFY(f.engine->faults().rule(id).has_value());
        f.clock->advance(Milliseconds(1));
        QVERIFY(f.engine->faults().rules().isEmpty());
        QCOMPARE(changed.size(), 2);
        QCOMPARE(fieldOf(rowsOf(f, QStringLiteral("fault-ended")).value(0), QStringLiteral("why")), QStringLiteral("expired"));
        QVERIFY(!f.engine->faults().nextEnd().isSet());
    }
    void strikesNoMoreThanItIsTo()
    {
        EngineFixture f;
        FaultRule rule = overWsp(FaultKind::Drop);
        rule.most = 1;
        QVERIFY(f.engine->addFault(rule, hour).ok());
        f.bind(1);
        f.lose(1);
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), byHand()).ok());
        QCOMPARE(f.bearer->sent.size(), 0);
        f.clock->advance(Milliseconds(20000));
        QCOMPARE(f.bearer->sent.size(), 1); // the second attempt gets through
        QVERIFY(f.engine->faults().rules().isEmpty());
        const JournalEntry ended = rowsOf(f, QStringLiteral("fault-ended")).value(0);
        QCOMPARE(fieldOf(ended, QStringLiteral("why")), QStringLiteral("used-up"));
        QVERIFY(ended.id > rowsOf(f, QStringLiteral("fault-struck")).value(0).id);
    }
    void refusesWhatItDoesNotKnow()
    {
        EngineFixture f;
        FaultRule rule = overWsp(FaultKind::Drop);
        rule.bearer = QStringLiteral("pigeon");
        QVERIFY(f.engine->addFault(rule, hour).error().is("bearer-unknown"));
        QVERIFY(f.engine->addFault(toDevice(FaultKind::Drop, 9), hour).error().is("device-unknown"));
        QVERIFY(f.engine->addFault(overWsp(FaultKind::Drop), Milliseconds(0)).error().is("fault-life"));
        QVERIFY(f.engine->faults().remove(FaultId(QStringLiteral("f-x"))).error().is("fault-unknown"));
        QVERIFY(f.engine->faults().rules().isEmpty());
    }
    void isOffWhereItIsNotAllowed()
    {
        FakeClock clock;
        MemoryStore store;
        WriteBehind writes(store, clock, clock, {});
        Journal journal(clock, writes);
        FaultPlan plan(clock, clock, journal, {false});
        QVERIFY(plan.add(overWsp(FaultKind::Drop), hour).error().is("faults-not-allowed"));
    }

    void aDroppedWakeUpSeemsTaken()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const FaultId fault = f.engine->addFault(overWsp(FaultKind::Drop), hour).value();
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), byHand()).value();
        f.clock->advance(Milliseconds(10));
        const WakeUp wake = *f.engine->wakes().wakeUp(id);
        QCOMPARE(f.bearer->sent.size(), 0);
        QCOMPARE(wake.attempts[0].outcome, QByteArray("accepted"));
        QCOMPARE(wake.attempts[0].checks.last().question, "fault-injected");
        QCOMPARE(wake.attempts[0].checks.last().value, QStringLiteral("drop ") + fault.text());
        const JournalEntry struck = rowsOf(f, QStringLiteral("fault-struck")).value(0);
        QCOMPARE(struck.wake, id);
        QCOMPARE(fieldOf(struck, QStringLiteral("fault")), fault.text());
        f.clock->advance(Milliseconds(600000));
        QCOMPARE(f.engine->wakes().wakeUp(id)->state, WakeState::Exhausted);
        QCOMPARE(f.engine->faults().rule(fault)->struck, 2);
    }
    void aDelayedWakeUpGoesOutLater()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        QVERIFY(f.engine->addFault(overWsp(FaultKind::Delay), hour).ok());
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), byHand()).value();
        f.clock->advance(Milliseconds(4999));
        QCOMPARE(f.bearer->sent.size(), 0);
        f.clock->advance(Milliseconds(1));
        QCOMPARE(f.bearer->sent.size(), 1);
        f.bearer->receipts[0]({WakeReceipt::Kind::Accepted, "sent", QStringLiteral("77")});
        QCOMPARE(f.engine->wakes().wakeUp(id)->attempts[0].carrierId, QStringLiteral("77"));
    }
    void aDelayedWakeUpThatIsOverStaysHere()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        QVERIFY(f.engine->addFault(overWsp(FaultKind::Delay), hour).ok());
        QVERIFY(f.engine->wakes().wake(f.deviceId(1), byHand()).ok());
        f.bind(1); // it is back by itself
        f.clock->advance(Milliseconds(6000));
        QCOMPARE(f.bearer->sent.size(), 0);
    }
    void aDuplicatedWakeUpGoesOutTwiceAndCountsOnce()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        QVERIFY(f.engine->addFault(overWsp(FaultKind::Duplicate), hour).ok());
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), byHand()).value();
        QCOMPARE(f.bearer->sent.size(), 2);
        QCOMPARE(f.bearer->sent[0].sir, f.bearer->sent[1].sir);
        f.bearer->receipts[1]({WakeReceipt::Kind::Failed, "port-unreachable", {}});
        QVERIFY(f.engine->wakes().wakeUp(id)->attempts[0].outcome.isEmpty());
        QCOMPARE(f.engine->wakes().wakeUp(id)->attempts.size(), 1);
    }
    void aRejectedWakeUpIsTriedAgain()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        FaultRule rule = overWsp(FaultKind::Reject);
        rule.most = 1;
        QVERIFY(f.engine->addFault(rule, hour).ok());
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), byHand()).value();
        f.clock->advance(Milliseconds(2000)); // the usual pause
        QCOMPARE(f.engine->wakes().wakeUp(id)->attempts[0].outcome, QByteArray("failed-fault-0x58"));
        QCOMPARE(f.bearer->sent.size(), 1);
        QCOMPARE(f.engine->wakes().wakeUp(id)->state, WakeState::Active);
    }

    void aDroppedPushIsUnansweredAndGoesTheUsualWay()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        FaultRule rule = toDevice(FaultKind::Drop);
        rule.most = 1;
        QVERIFY(f.engine->addFault(rule, hour).ok());
        const PushId id = f.submit(f.request()).value();
        QCOMPARE(phone->sent.size(), 0);
        QCOMPARE(f.stateOf(id), PushState::Sending);
        f.clock->advance(f.engine->faults().silence());
        const Push push = *f.engine->pushes().push(id);
        QCOMPARE(push.state, PushState::Waking); // as after any push that nobody answered
        const QVector<Check> checks = f.engine->pushes().explanation(id)->devices[0].checks;
        QCOMPARE(checks[checks.size() - 2].question, "fault-injected");
        QCOMPARE(checks.last().question, "taken");
        QCOMPARE(checks.last().outcome, Check::Outcome::NotAsked);
        QCOMPARE(rowsOf(f, QStringLiteral("fault-struck")).value(0).push, id);
        const auto after = f.bind(1);
        QCOMPARE(after->sent.size(), 1);
        after->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(id), PushState::Delivered);
        QCOMPARE(f.journalCount(QStringLiteral("push-delivered")), 1);
        QCOMPARE(f.engine->counters().pushesPending, 0);
    }
    void nothingIsLearnedOfAPathFromAFault()
    {
        EngineFixture f;
        f.bind(1);
        QSignalSpy sent(&f.engine->registry(), &Registry::sent);
        QSignalSpy answered(&f.engine->registry(), &Registry::answered);
        QVERIFY(f.engine->addFault(toDevice(FaultKind::Drop), hour).ok());
        QVERIFY(f.submit(f.request()).ok());
        f.clock->advance(f.engine->faults().silence());
        QCOMPARE(sent.size(), 0);
        QCOMPARE(answered.size(), 0);
    }
    void aDelayedPushKeepsItsPlace()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        FaultRule rule = toDevice(FaultKind::Delay);
        rule.most = 1;
        QVERIFY(f.engine->addFault(rule, hour).ok());
        const PushId first = f.submit(f.request()).value();
        const PushId second = f.submit(f.request()).value();
        QCOMPARE(f.engine->pushes().push(first)->deliveries[0].reason, QByteArray("fault-delayed"));
        f.clock->advance(Milliseconds(4999));
        QCOMPARE(phone->sent.size(), 0);
        f.clock->advance(Milliseconds(1));
        QCOMPARE(phone->sent.size(), 1);
        QCOMPARE(phone->sent[0].push, first);
        QVERIFY(f.engine->pushes().push(first)->deliveries[0].reason.isEmpty());
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(phone->sent.value(1).push, second);
    }
    void aDelayedPushThatIsCancelledLetsTheNextGo()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        FaultRule rule = toDevice(FaultKind::Delay);
        rule.most = 1;
        QVERIFY(f.engine->addFault(rule, hour).ok());
        const PushId first = f.submit(f.request()).value();
        const PushId second = f.submit(f.request()).value();
        QVERIFY(f.engine->pushes().cancel(first).ok());
        QCOMPARE(phone->sent.size(), 0);
        f.clock->advance(Milliseconds(0));
        QCOMPARE(phone->sent.size(), 1);
        QCOMPARE(phone->sent[0].push, second);
        QCOMPARE(f.stateOf(first), PushState::Cancelled);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        f.clock->advance(Milliseconds(5000));
        QCOMPARE(phone->sent.size(), 1);
    }
    void aDelayedPushThatExpiresLetsTheNextGo()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        FaultRule rule = toDevice(FaultKind::Delay);
        rule.delay = FaultRule::longestDelay;
        rule.most = 1;
        QVERIFY(f.engine->addFault(rule, hour).ok());
        PushRequest request = f.request();
        request.ttl = Milliseconds(1000);
        const PushId first = f.submit(request).value();
        request.ttl = Milliseconds(60000);
        const PushId second = f.submit(request).value(), third = f.submit(request).value();
        f.clock->advance(Milliseconds(1000));
        QCOMPARE(f.stateOf(first), PushState::Expired);
        QCOMPARE(phone->sent.size(), 1);
        QCOMPARE(phone->sent[0].push, second);
        // What was held back long ago does not take the turn of another.
        f.clock->advance(Milliseconds(30000));
        QCOMPARE(phone->sent.size(), 1);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(second), PushState::Delivered);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(third), PushState::Delivered);
        f.clock->advance(FaultRule::longestDelay);
        QCOMPARE(phone->sent.size(), 2);
    }
    void aDelayedPushThatEndsMayLetADeviceBeWoken()
    {
        EngineFixture f;
        f.bind(1);
        FaultRule rule = toDevice(FaultKind::Delay);
        rule.delay = FaultRule::longestDelay;
        rule.most = 1;
        QVERIFY(f.engine->addFault(rule, hour).ok());
        PushRequest request = f.request();
        request.ttl = Milliseconds(1000);
        QVERIFY(f.submit(request).ok());
        request.ttl = Milliseconds(60000);
        const PushId second = f.submit(request).value();
        f.lose(1);
        QCOMPARE(f.bearer->sent.size(), 0); // its turn has not come
        f.clock->advance(Milliseconds(1000));
        QCOMPARE(f.stateOf(second), PushState::Waking);
        QCOMPARE(f.bearer->sent.size(), 1);
    }
    void aDelayedPushOverAPathThatHasGoneIsStillDelivered()
    {
        EngineFixture f;
        f.bind(1);
        FaultRule rule = toDevice(FaultKind::Delay);
        rule.most = 1;
        QVERIFY(f.engine->addFault(rule, hour).ok());
        const PushId id = f.submit(f.request()).value();
        const auto after = f.bind(1); // replaces the one it was to go over
        f.clock->advance(Milliseconds(5000));
        QCOMPARE(after->sent.size(), 1);
        after->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(id), PushState::Delivered);
    }
    void aDuplicatedPushIsDeliveredOnce()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        QVERIFY(f.engine->addFault(toDevice(FaultKind::Duplicate), hour).ok());
        const PushId id = f.submit(f.request()).value(), next = f.submit(f.request()).value();
        QCOMPARE(phone->sent.size(), 1); // the two are never under way at a time
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(id), PushState::Delivered);
        QCOMPARE(phone->sent.size(), 3);
        QCOMPARE(phone->sent[1].push, id);
        QCOMPARE(phone->sent[2].push, next);
        phone->answer(SendOutcome::Kind::Refused, "603");
        QCOMPARE(f.stateOf(id), PushState::Delivered);
        QCOMPARE(f.engine->counters().pushesDelivered, 1);
        QCOMPARE(f.journalCount(QStringLiteral("push-answered")), 1);
    }
    void aPushThatTheDeviceDidNotTakeIsNotDoubled()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        QVERIFY(f.engine->addFault(toDevice(FaultKind::Duplicate), hour).ok());
        const PushId id = f.submit(f.request()).value();
        phone->answer(SendOutcome::Kind::Busy, "486");
        QCOMPARE(phone->sent.size(), 1);
        f.clock->advance(Milliseconds(5000)); // the usual pause
        QCOMPARE(phone->sent.size(), 2);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(phone->sent.size(), 3);
        QCOMPARE(f.stateOf(id), PushState::Delivered);
    }
    void aRejectedPushIsTriedAgainOrNot_data()
    {
        QTest::addColumn<bool>("again");
        QTest::addColumn<PushState>("state");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("again") << true << PushState::Waiting << QByteArray("busy-fault-486");
        QTest::newRow("for good") << false << PushState::Undeliverable << QByteArray("refused-fault-486");
    }
    void aRejectedPushIsTriedAgainOrNot()
    {
        QFETCH(bool, again);
        QFETCH(PushState, state);
        QFETCH(QByteArray, reason);
        EngineFixture f;
        const auto phone = f.bind(1);
        FaultRule rule = toDevice(FaultKind::Reject);
        rule.again = again;
        rule.most = 1;
        QVERIFY(f.engine->addFault(rule, hour).ok());
        const Timestamp proof = f.engine->registry().liveness(f.deviceId(1))->lastProof();
        const PushId id = f.submit(f.request()).value();
        f.clock->advance(Milliseconds(10));
        QCOMPARE(phone->sent.size(), 0);
        QCOMPARE(f.stateOf(id), state);
        QCOMPARE(f.engine->pushes().push(id)->deliveries[0].reason, reason);
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->lastProof(), proof); // the device has said nothing
        f.clock->advance(Milliseconds(5000));
        QCOMPARE(phone->sent.size(), again ? 1 : 0);
    }
    void whatIsHeldBackGoesWhenItsRuleIsEnded_data()
    {
        QTest::addColumn<bool>("all");
        QTest::newRow("one") << false;
        QTest::newRow("all") << true;
    }
    void whatIsHeldBackGoesWhenItsRuleIsEnded()
    {
        QFETCH(bool, all);
        EngineFixture f;
        const auto phone = f.bind(1);
        const FaultId id = f.engine->addFault(toDevice(FaultKind::Delay), hour).value();
        QVERIFY(f.submit(f.request()).ok());
        if (all)
            QCOMPARE(f.engine->faults().clear(), 1);
        else
            QVERIFY(f.engine->faults().remove(id).ok());
        f.clock->advance(Milliseconds(0));
        QCOMPARE(phone->sent.size(), 1);
        f.clock->advance(Milliseconds(10000));
        QCOMPARE(phone->sent.size(), 1);
    }
    void whatARuleHoldsThatHasEndedByItselfIsLetGoByItsId()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        FaultRule rule = toDevice(FaultKind::Delay);
        rule.most = 1;
        const FaultId id = f.engine->addFault(rule, hour).value();
        QVERIFY(f.submit(f.request()).ok());
        f.clock->advance(Milliseconds(0));
        QVERIFY(f.engine->faults().rules().isEmpty());
        QCOMPARE(phone->sent.size(), 0);
        QVERIFY(f.engine->faults().remove(id).ok());
        f.clock->advance(Milliseconds(0));
        QCOMPARE(phone->sent.size(), 1);
        QVERIFY(f.engine->faults().remove(id).error().is("fault-unknown"));
        QCOMPARE(f.journalCount(QStringLiteral("fault-ended")), 1);
    }
    void onlyTheDeviceNamedIsStruck()
    {
        EngineFixture f;
        const auto phone = f.bind(1), laptop = f.bind(2);
        QVERIFY(f.engine->addFault(toDevice(FaultKind::Drop, 2), hour).ok());
        QVERIFY(f.submit(f.request()).ok());
        QCOMPARE(phone->sent.size(), 1);
        QCOMPARE(laptop->sent.size(), 0);
        QCOMPARE(f.engine->counters().faultsStruck, 1);
        QCOMPARE(f.engine->counters().faultsActive, 1);
    }

    // --- limits
    void maxRules()
    {
        EngineFixture f;
        FakeClock clock;
        FaultPlan plan(clock, clock, f.engine->journal(), {true, 2});
        const LogCatcher log;
        QVERIFY(plan.add(overWsp(FaultKind::Drop), hour).ok());
        QVERIFY(plan.add(overWsp(FaultKind::Drop), hour).ok());
        QVERIFY(plan.add(overWsp(FaultKind::Drop), hour).error().is("faults-too-many"));
        QCOMPARE(log.reached(QStringLiteral("maxRules")), 1);
        QCOMPARE(plan.rules().size(), 2);
    }
    void longestLife()
    {
        EngineFixture f;
        const LogCatcher log;
        QVERIFY(f.engine->addFault(overWsp(FaultKind::Drop), 24 * hour).ok());
        QVERIFY(f.engine->addFault(overWsp(FaultKind::Drop), 24 * hour + Milliseconds(1)).error().is("fault-life"));
        QCOMPARE(log.reached(QStringLiteral("longestLife")), 1);
    }
    void maxHeld()
    {
        EngineFixture f;
        FakeClock clock;
        FaultPlan plan(clock, clock, f.engine->journal(), {true, 100, 1});
        const LogCatcher log;
        QVERIFY(plan.add(overWsp(FaultKind::Drop), hour).ok());
        const FaultSubject subject{FaultScope::Wakes, {QStringLiteral("wsp")}, f.deviceId(1)};
        const std::optional<FaultRule> struck = plan.strike(subject);
        QVERIFY(struck.has_value());
        bool gone = false;
        plan.hold(struck->id, Milliseconds(1000), [&] { gone = true; });
        QVERIFY(!plan.strike(subject));
        QCOMPARE(log.reached(QStringLiteral("maxHeld")), 1);
        clock.advance(Milliseconds(1000));
        QVERIFY(gone);
        QVERIFY(plan.strike(subject).has_value());
        QCOMPARE(plan.struck(), 2);
    }
    void whatIsDroppedMakesRoomAndNeverGoes()
    {
        EngineFixture f;
        FakeClock clock;
        FaultPlan plan(clock, clock, f.engine->journal(), {true, 100, 1});
        QVERIFY(plan.add(overWsp(FaultKind::Drop), hour).ok());
        const FaultSubject subject{FaultScope::Wakes, {QStringLiteral("wsp")}, f.deviceId(1)};
        bool gone = false;
        const quint64 held = plan.hold(plan.strike(subject)->id, Milliseconds(1000), [&] { gone = true; });
        plan.drop(held);
        plan.drop(held);
        QVERIFY(plan.strike(subject).has_value());
        clock.advance(Milliseconds(1000));
        QVERIFY(!gone);
    }
};

QTEST_GUILESS_MAIN(TestFaultPlan)
#include "tst_faultplan.moc"
