// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/liveness.h"

#include <QtTest>

using namespace reveille;
using Kind = LivenessEvent::Kind;

namespace {

constexpr Timestamp start{1'000'000};

LivenessEvent happened(Kind kind, const char *subject = "", qint64 value = 0)
{
    return {kind, QString::fromLatin1(subject), value, {}};
}

LivenessEvent registered(Timestamp until)
{
    return {Kind::Registered, QStringLiteral("REGISTER"), 0, until};
}

LivenessPolicy keepAlive(int intervalMs, int graceMs, LossReason silence = LossReason::PinholeClosed)
{
    LivenessPolicy policy;
    policy.keepAliveInterval = Milliseconds(intervalMs);
    policy.keepAliveGrace = Milliseconds(graceMs);
    policy.silenceMeans = silence;
    return policy;
}

LivenessPolicy pinhole(int lifetimeMs)
{
    LivenessPolicy policy;
    policy.pinholeLifetime = Milliseconds(lifetimeMs);
    return policy;
}

/// A connection registered at `start` for an hour.
Liveness up(const LivenessPolicy &policy = keepAlive(30000, 5000))
{
    Liveness liveness(policy);
    liveness.advance(registered(start + Milliseconds(3600000)), start);
    return liveness;
}

Liveness suspect(const LivenessPolicy &policy = keepAlive(30000, 5000))
{
    Liveness liveness = up(policy);
    liveness.advance(happened(Kind::Tick), liveness.nextDeadline());
    return liveness;
}

Liveness lost(Kind kind = Kind::ProbeLost, const LivenessPolicy &policy = keepAlive(30000, 5000))
{
    Liveness liveness = suspect(policy);
    liveness.advance(happened(kind), start + Milliseconds(40000));
    return liveness;
}

Liveness waking(Kind lostBy = Kind::ProbeLost)
{
    Liveness liveness = lost(lostBy);
    liveness.advance(happened(Kind::WakeStarted, "wsp", 1), start + Milliseconds(41000));
    return liveness;
}

Liveness unreachable(Kind lostBy = Kind::ProbeLost)
{
    Liveness liveness = waking(lostBy);
    liveness.advance(happened(Kind::WakesExhausted), start + Milliseconds(42000));
    return liveness;
}

Liveness in(LivenessState state)
{
    switch (state) {
    case LivenessState::Up: return up();
    case LivenessState::Suspect: return suspect();
    case LivenessState::Lost: return lost();
    case LivenessState::Waking: return waking();
    case LivenessState::Unreachable: return unreachable();
    }
    return Liveness();
}

} // namespace

class LivenessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNothingBeforeTheFirstRegistration()
    {
        const Liveness liveness;
        QCOMPARE(liveness.state(), LivenessState::Lost);
        QCOMPARE(liveness.reason(), LossReason::None);
        QCOMPARE(liveness.evidence(), Evidence());
        QVERIFY(!liveness.nextDeadline().isSet());
        QVERIFY(!liveness.isUsable());
    }

    void registrationBringsItUp()
    {
        Liveness liveness(keepAlive(30000, 5000));
        const Timestamp until = start + Milliseconds(3600000);
        const Liveness::Change change = liveness.advance(registered(until), start);
        QVERIFY(change.changed);
        QCOMPARE(change.before, LivenessState::Lost);
        QCOMPARE(change.after, LivenessState::Up);
        QCOMPARE(liveness.registeredUntil(), until);
        QCOMPARE(liveness.lastPacket(), start);
        QVERIFY2(!liveness.lastProof().isSet(), "a registration says nothing about the way out");
        const Evidence expected{EvidenceRule::Registered, QStringLiteral("REGISTER"), 0, start,
                                start + Milliseconds(35000)};
        QCOMPARE(liveness.evidence(), expected);
        QVERIFY(liveness.isUsable());
    }

    void threeTimesAreKeptApart()
    {
        Liveness liveness = up();
        liveness.advance(happened(Kind::Proof, "200 OK"), start + Milliseconds(1000));
        liveness.advance(happened(Kind::Packet, "MESSAGE"), start + Milliseconds(2000));
        liveness.advance(happened(Kind::KeepAlive, "CRLF"), start + Milliseconds(3000));
        QCOMPARE(liveness.lastProof(), start + Milliseconds(1000));
        QCOMPARE(liveness.lastPacket(), start + Milliseconds(3000));
        QCOMPARE(liveness.registeredUntil(), start + Milliseconds(3600000));
        liveness.advance(registered(start + Milliseconds(9000000)), start + Milliseconds(4000));
        QCOMPARE(liveness.lastProof(), start + Milliseconds(1000));
        QCOMPARE(liveness.lastPacket(), start + Milliseconds(4000));
        QCOMPARE(liveness.registeredUntil(), start + Milliseconds(9000000));
    }

    void whatIsHeardBecomesTheEvidence_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<EvidenceRule>("rule");
        QTest::newRow("packet") << int(Kind::Packet) << EvidenceRule::PacketReceived;
        QTest::newRow("keep-alive") << int(Kind::KeepAlive) << EvidenceRule::PacketReceived;
        QTest::newRow("proof") << int(Kind::Proof) << EvidenceRule::ProofReceived;
    }
    void whatIsHeardBecomesTheEvidence()
    {
        QFETCH(int, kind);
        QFETCH(EvidenceRule, rule);
        for (LivenessState from : {LivenessState::Up, LivenessState::Suspect}) {
            Liveness liveness = in(from);
            const Timestamp now = start + Milliseconds(50000);
            const auto change = liveness.advance(happened(Kind(kind), "x", 7), now);
            QCOMPARE(liveness.state(), LivenessState::Up);
            QCOMPARE(change.changed, from == LivenessState::Suspect);
            const Evidence expected{rule, QStringLiteral("x"), 7, now, now + Milliseconds(35000)};
            QCOMPARE(liveness.evidence(), expected);
        }
    }

    void lateKeepAliveMakesItSuspect()
    {
        Liveness liveness = up();
        const Timestamp deadline = start + Milliseconds(35000);
        QCOMPARE(liveness.nextDeadline(), deadline);
        QVERIFY(!liveness.advance(happened(Kind::Tick), deadline - Milliseconds(1)).changed);
        QCOMPARE(liveness.state(), LivenessState::Up);
        QVERIFY(liveness.advance(happened(Kind::Tick), deadline).changed);
        QCOMPARE(liveness.state(), LivenessState::Suspect);
        QCOMPARE(liveness.reason(), LossReason::None);
        const Evidence expected{EvidenceRule::KeepAliveLate, {}, 35000, deadline, start + Milliseconds(3600000)};
        QCOMPARE(liveness.evidence(), expected);
    }

    void silenceLongerThanThePinholeMakesItSuspect()
    {
        Liveness liveness = up(pinhole(120000));
        QCOMPARE(liveness.nextDeadline(), start + Milliseconds(120000));
        liveness.advance(happened(Kind::Tick), start + Milliseconds(120000));
        QCOMPARE(liveness.state(), LivenessState::Suspect);
        QCOMPARE(liveness.evidence().rule, EvidenceRule::KeepAliveLate);
        QCOMPARE(liveness.evidence().subject, QStringLiteral("silence"));
        QCOMPARE(liveness.evidence().value, qint64(120000));
    }

    void keepAliveRuleGoesBeforeThePinhole()
    {
        LivenessPolicy policy = keepAlive(30000, 5000);
        policy.pinholeLifetime = Milliseconds(10000);
        QCOMPARE(up(policy).nextDeadline(), start + Milliseconds(35000));
    }

    void rulesThatAreOffDoNothing()
    {
        Liveness liveness = up(LivenessPolicy());
        QCOMPARE(liveness.nextDeadline(), start + Milliseconds(3600000));
        liveness.advance(happened(Kind::Tick), start + Milliseconds(3599999));
        QCOMPARE(liveness.state(), LivenessState::Up);

        Liveness forever{LivenessPolicy()};
        forever.advance(registered({}), start);
        QVERIFY(!forever.nextDeadline().isSet());
        QVERIFY(!forever.evidence().changesAt.isSet());
        forever.advance(happened(Kind::Tick), start + Milliseconds(qint64(1) << 50));
        QCOMPARE(forever.state(), LivenessState::Up);
    }

    void deadlineIsTheEarlierOfSilenceAndExpiry()
    {
        Liveness liveness(keepAlive(30000, 5000));
        liveness.advance(registered(start + Milliseconds(20000)), start);
        QCOMPARE(liveness.nextDeadline(), start + Milliseconds(20000));
        liveness.advance(registered(start + Milliseconds(90000)), start + Milliseconds(10000));
        QCOMPARE(liveness.nextDeadline(), start + Milliseconds(45000));
    }

    void everyPacketMovesTheDeadline()
    {
        Liveness liveness = up();
        Timestamp before = liveness.nextDeadline();
        for (int second = 1; second < 100; ++second) {
            liveness.advance(happened(Kind::KeepAlive), start + Milliseconds(second * 1000));
            QVERIFY(liveness.nextDeadline() > before);
            QCOMPARE(liveness.evidence().changesAt, liveness.nextDeadline());
            before = liveness.nextDeadline();
        }
    }

    void aNewPolicyMovesTheDeadline()
    {
        Liveness liveness = up();
        liveness.setPolicy(keepAlive(60000, 1000));
        QCOMPARE(liveness.nextDeadline(), start + Milliseconds(61000));
        QCOMPARE(liveness.evidence().changesAt, start + Milliseconds(61000));
    }

    void eventsThatLoseIt_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<LivenessState>("from");
        QTest::addColumn<LossReason>("reason");
        QTest::addColumn<EvidenceRule>("rule");
        using enum LivenessState;
        const auto row = [](const char *name, Kind kind, LivenessState from, LossReason reason, EvidenceRule rule) {
            QTest::newRow(name) << int(kind) << from << reason << rule;
        };
        row("probe lost", Kind::ProbeLost, Suspect, LossReason::PinholeClosed, EvidenceRule::ProbeLost);
        row("suspect, request unanswered", Kind::RequestUnanswered, Suspect, LossReason::PinholeClosed,
            EvidenceRule::RequestUnanswered);
        row("up, request unanswered", Kind::RequestUnanswered, Up, LossReason::PinholeClosed,
            EvidenceRule::RequestUnanswered);
        for (LivenessState from : {Up, Suspect}) {
            row(from == Up ? "up, closed" : "suspect, closed", Kind::Closed, from, LossReason::ClosedByPeer,
                EvidenceRule::ConnectionClosed);
            row(from == Up ? "up, reset" : "suspect, reset", Kind::Reset, from, LossReason::Interrupted,
                EvidenceRule::ConnectionReset);
            row(from == Up ? "up, ICMP" : "suspect, ICMP", Kind::IcmpUnreachable, from, LossReason::Interrupted,
                EvidenceRule::IcmpUnreachable);
        }
        for (LivenessState from : {Up, Suspect, Lost, Waking, Unreachable}) {
            row(qPrintable(QStringLiteral("%1, unregistered").arg(QLatin1StringView(toText(from)))), Kind::Unregistered, from,
                LossReason::ClosedByPeer, EvidenceRule::Unregistered);
            row(qPrintable(QStringLiteral("%1, replaced").arg(QLatin1StringView(toText(from)))), Kind::Replaced, from,
                LossReason::ClosedByPeer, EvidenceRule::Replaced);
        }
        row("lost by silence, then closed", Kind::Closed, Lost, LossReason::ClosedByPeer, EvidenceRule::ConnectionClosed);
        row("lost by silence, then reset", Kind::Reset, Lost, LossReason::Interrupted, EvidenceRule::ConnectionReset);
    }
    void eventsThatLoseIt()
    {
        QFETCH(int, kind);
        QFETCH(LivenessState, from);
        QFETCH(LossReason, reason);
        QFETCH(EvidenceRule, rule);
        Liveness liveness = in(from);
        const Timestamp now = start + Milliseconds(60000);
        const auto change = liveness.advance(happened(Kind(kind), "subject", 8000), now);
        QCOMPARE(change.before, from);
        QCOMPARE(change.after, LivenessState::Lost);
        QCOMPARE(change.reason, reason);
        QVERIFY(change.changed);
        QCOMPARE(liveness.reason(), reason);
        QCOMPARE(liveness.evidence().rule, rule);
        QCOMPARE(liveness.evidence().subject, QStringLiteral("subject"));
        QCOMPARE(liveness.evidence().value, qint64(8000));
        QCOMPARE(liveness.evidence().at, now);
        QVERIFY(!liveness.isUsable());
    }

    void silenceMeansWhatThePolicySays()
    {
        const LivenessPolicy tcp = keepAlive(30000, 5000, LossReason::Interrupted);
        QCOMPARE(lost(Kind::ProbeLost, tcp).reason(), LossReason::Interrupted);
        QCOMPARE(lost(Kind::RequestUnanswered, tcp).reason(), LossReason::Interrupted);
        QCOMPARE(lost(Kind::ProbeLost).reason(), LossReason::PinholeClosed);
    }

    void eventsThatChangeNothing_data()
    {
        QTest::addColumn<LivenessState>("from");
        QTest::addColumn<int>("kind");
        using enum LivenessState;
        const auto row = [](LivenessState from, const char *what, Kind kind) {
            QTest::newRow(qPrintable(QStringLiteral("%1, %2").arg(QLatin1StringView(toText(from)), QLatin1StringView(what))))
                << from << int(kind);
        };
        row(Up, "probe lost after an answer", Kind::ProbeLost);
        row(Up, "wake started", Kind::WakeStarted);
        row(Up, "wakes exhausted", Kind::WakesExhausted);
        row(Up, "wake cancelled", Kind::WakeCancelled);
        row(Up, "early tick", Kind::Tick);
        row(Suspect, "wake started", Kind::WakeStarted);
        row(Suspect, "wakes exhausted", Kind::WakesExhausted);
        row(Suspect, "tick", Kind::Tick);
        row(Lost, "wake cancelled", Kind::WakeCancelled);
        row(Unreachable, "wake cancelled", Kind::WakeCancelled);
        row(Lost, "wakes exhausted", Kind::WakesExhausted);
        row(Unreachable, "wakes exhausted", Kind::WakesExhausted);
        for (LivenessState from : {Lost, Waking, Unreachable}) {
            row(from, "probe lost", Kind::ProbeLost);
            row(from, "request unanswered", Kind::RequestUnanswered);
            row(from, "tick", Kind::Tick);
        }
        for (LivenessState from : {Waking, Unreachable}) {
            row(from, "closed", Kind::Closed);
            row(from, "reset", Kind::Reset);
            row(from, "ICMP", Kind::IcmpUnreachable);
        }
    }
    void eventsThatChangeNothing()
    {
        QFETCH(LivenessState, from);
        QFETCH(int, kind);
        Liveness liveness = in(from);
        const Evidence before = liveness.evidence();
        const auto change = liveness.advance(happened(Kind(kind), "x", 3), before.at + Milliseconds(10));
        QVERIFY(!change.changed);
        QCOMPARE(liveness.state(), from);
        QCOMPARE(liveness.evidence(), before);
    }

    void registrationRunsOut_data()
    {
        QTest::addColumn<LivenessState>("from");
        QTest::addColumn<LivenessState>("after");
        QTest::addColumn<LossReason>("reason");
        QTest::addColumn<EvidenceRule>("rule");
        using enum LivenessState;
        QTest::newRow("up") << Up << Lost << LossReason::Expired << EvidenceRule::RegistrationExpired;
        QTest::newRow("suspect") << Suspect << Lost << LossReason::Expired << EvidenceRule::RegistrationExpired;
        QTest::newRow("lost keeps its evidence") << Lost << Lost << LossReason::Expired << EvidenceRule::ProbeLost;
        QTest::newRow("waking goes on") << Waking << Waking << LossReason::PinholeClosed << EvidenceRule::WakeStarted;
        QTest::newRow("unreachable stays") << Unreachable << Unreachable << LossReason::PinholeClosed
                                           << EvidenceRule::WakesExhausted;
    }
    void registrationRunsOut()
    {
        QFETCH(LivenessState, from);
        Liveness liveness = in(from);
        const Timestamp until = liveness.registeredUntil();
        liveness.advance(happened(Kind::Tick), until - Milliseconds(1));
        QVERIFY(liveness.reason() != LossReason::Expired);
        liveness.advance(happened(Kind::Tick), until);
        QTEST(liveness.state(), "after");
        QTEST(liveness.reason(), "reason");
        QTEST(liveness.evidence().rule, "rule");
        QCOMPARE(liveness.registeredUntil(), until);
        QVERIFY(!liveness.nextDeadline().isSet());
        QVERIFY(!liveness.evidence().changesAt.isSet());
    }

    void expiryIsNoticedByAnyEventButARegistration()
    {
        for (Kind kind : {Kind::Packet, Kind::KeepAlive, Kind::Proof, Kind::RequestUnanswered, Kind::Closed}) {
            Liveness liveness = up();
            const auto change = liveness.advance(happened(kind), liveness.registeredUntil());
            QCOMPARE(change.after, LivenessState::Lost);
            QCOMPARE(liveness.reason(), LossReason::Expired);
        }
        Liveness renewed = up();
        const auto change = renewed.advance(registered(start + Milliseconds(9000000)), start + Milliseconds(3600001));
        QVERIFY(!change.changed);
        QCOMPARE(renewed.evidence().rule, EvidenceRule::Registered);
    }

    void wakeUpKeepsTheReason()
    {
        Liveness liveness = lost();
        const Timestamp now = start + Milliseconds(50000);
        QVERIFY(liveness.advance(happened(Kind::WakeStarted, "wsp", 1), now).changed);
        QCOMPARE(liveness.state(), LivenessState::Waking);
        QCOMPARE(liveness.reason(), LossReason::PinholeClosed);
        const Evidence first{EvidenceRule::WakeStarted, QStringLiteral("wsp"), 1, now, {}};
        QCOMPARE(liveness.evidence(), first);

        QVERIFY(!liveness.advance(happened(Kind::WakeStarted, "sms", 2), now + Milliseconds(1)).changed);
        const Evidence second{EvidenceRule::WakeStarted, QStringLiteral("sms"), 2, now + Milliseconds(1), {}};
        QCOMPARE(liveness.evidence(), second);

        QVERIFY(liveness.advance(happened(Kind::WakesExhausted, "", 2), now + Milliseconds(2)).changed);
        QCOMPARE(liveness.state(), LivenessState::Unreachable);
        QCOMPARE(liveness.reason(), LossReason::PinholeClosed);
        QCOMPARE(liveness.evidence().rule, EvidenceRule::WakesExhausted);

        QVERIFY(liveness.advance(happened(Kind::WakeStarted, "wsp", 1), now + Milliseconds(3)).changed);
        QCOMPARE(liveness.state(), LivenessState::Waking);
    }

    void aCancelledWakeUpLeavesItLost()
    {
        Liveness liveness = waking();
        const Timestamp now = start + Milliseconds(50000);
        QVERIFY(liveness.advance(happened(Kind::WakeCancelled), now).changed);
        QCOMPARE(liveness.state(), LivenessState::Lost);
        QCOMPARE(liveness.reason(), LossReason::PinholeClosed);
        const Evidence expected{EvidenceRule::WakeCancelled, {}, 0, now, start + Milliseconds(3600000)};
        QCOMPARE(liveness.evidence(), expected);
        liveness.advance(happened(Kind::Packet), now + Milliseconds(1));
        QCOMPARE(liveness.state(), LivenessState::Up);

        Liveness late = waking();
        late.advance(happened(Kind::WakeCancelled), late.registeredUntil());
        QCOMPARE(late.reason(), LossReason::Expired);
        QVERIFY(!late.nextDeadline().isSet());
    }

    void registrationRestoresIt_data()
    {
        QTest::addColumn<LivenessState>("from");
        QTest::newRow("lost") << LivenessState::Lost;
        QTest::newRow("waking") << LivenessState::Waking;
        QTest::newRow("unreachable") << LivenessState::Unreachable;
    }
    void registrationRestoresIt()
    {
        QFETCH(LivenessState, from);
        Liveness liveness = in(from);
        const Timestamp now = start + Milliseconds(70000);
        const auto change = liveness.advance(registered(now + Milliseconds(3600000)), now);
        QVERIFY(change.changed);
        QCOMPARE(change.before, from);
        QCOMPARE(change.after, LivenessState::Up);
        QCOMPARE(liveness.reason(), LossReason::None);
        const Evidence expected{EvidenceRule::Restored, QStringLiteral("REGISTER"), 0, now, now + Milliseconds(35000)};
        QCOMPARE(liveness.evidence(), expected);
    }

    void registrationRestoresAfterEveryLoss_data()
    {
        QTest::addColumn<int>("kind");
        for (Kind kind : {Kind::Closed, Kind::Reset, Kind::IcmpUnreachable, Kind::Unregistered, Kind::Replaced})
            QTest::newRow(qPrintable(QString::number(int(kind)))) << int(kind);
    }
    void registrationRestoresAfterEveryLoss()
    {
        QFETCH(int, kind);
        Liveness liveness = lost(Kind(kind));
        liveness.advance(registered(start + Milliseconds(9000000)), start + Milliseconds(80000));
        QCOMPARE(liveness.state(), LivenessState::Up);
        QCOMPARE(liveness.evidence().rule, EvidenceRule::Restored);
    }

    void aPacketRestoresWhatSilenceLost_data()
    {
        QTest::addColumn<int>("lostBy");
        QTest::addColumn<LivenessState>("from");
        QTest::addColumn<bool>("restored");
        using enum LivenessState;
        for (LivenessState from : {Lost, Waking, Unreachable}) {
            const auto row = [&](const char *name, Kind kind, bool restored) {
                QTest::newRow(qPrintable(QStringLiteral("%1, %2").arg(QLatin1StringView(name), QLatin1StringView(toText(from)))))
                    << int(kind) << from << restored;
            };
            row("probe lost", Kind::ProbeLost, true);
            row("request unanswered", Kind::RequestUnanswered, true);
            row("closed", Kind::Closed, false);
            row("reset", Kind::Reset, false);
            row("ICMP", Kind::IcmpUnreachable, false);
            row("unregistered", Kind::Unregistered, false);
            row("replaced", Kind::Replaced, false);
        }
    }
    void aPacketRestoresWhatSilenceLost()
    {
        QFETCH(int, lostBy);
        QFETCH(LivenessState, from);
        QFETCH(bool, restored);
        for (Kind heard : {Kind::Packet, Kind::KeepAlive, Kind::Proof}) {
            Liveness liveness = from == LivenessState::Lost ? lost(Kind(lostBy))
                : from == LivenessState::Waking             ? waking(Kind(lostBy))
                                                            : unreachable(Kind(lostBy));
            const Timestamp now = start + Milliseconds(90000);
            const auto change = liveness.advance(happened(heard, "CRLF"), now);
            QCOMPARE(change.changed, restored);
            QCOMPARE(liveness.state(), restored ? LivenessState::Up : from);
            QCOMPARE(liveness.evidence().rule == EvidenceRule::Restored, restored);
            QCOMPARE(liveness.lastPacket(), now);
            QCOMPARE(liveness.lastProof().isSet(), heard == Kind::Proof);
        }
    }

    void aPacketRestoresNothingOnceTheRegistrationRanOut()
    {
        for (Liveness liveness : {lost(), waking(), unreachable()}) {
            const LivenessState before = liveness.state();
            liveness.advance(happened(Kind::Packet), start + Milliseconds(3600000));
            QCOMPARE(liveness.state(), before);
        }
    }

    void anOldExpiryCannotBeClosedAway()
    {
        Liveness liveness = up();
        liveness.advance(happened(Kind::Tick), start + Milliseconds(3600000));
        liveness.advance(happened(Kind::Closed), start + Milliseconds(3600001));
        QCOMPARE(liveness.reason(), LossReason::Expired);
        QCOMPARE(liveness.evidence().rule, EvidenceRule::RegistrationExpired);
    }

    void removalForgetsHowLongItWasRegistered()
    {
        for (Kind kind : {Kind::Unregistered, Kind::Replaced}) {
            Liveness liveness = up();
            liveness.advance(happened(kind), start + Milliseconds(1));
            QVERIFY(!liveness.registeredUntil().isSet());
            QVERIFY(!liveness.nextDeadline().isSet());
            liveness.advance(happened(Kind::Tick), start + Milliseconds(3600000));
            QCOMPARE(liveness.reason(), LossReason::ClosedByPeer);
        }
    }

    void timeRunningBackwardsStandsStill()
    {
        Liveness liveness = up();
        const Timestamp later = start + Milliseconds(10000);
        liveness.advance(happened(Kind::Packet), later);
        liveness.advance(happened(Kind::Proof), start - Milliseconds(500000));
        QCOMPARE(liveness.lastPacket(), later);
        QCOMPARE(liveness.lastProof(), later);
        QCOMPARE(liveness.evidence().at, later);
        QCOMPARE(liveness.nextDeadline(), later + Milliseconds(35000));
    }

    void restartMakesItSuspectUntilHeard()
    {
        const Timestamp until = start + Milliseconds(60000);
        const Timestamp seen = start - Milliseconds(5000);
        Liveness liveness = Liveness::restored(keepAlive(30000, 5000), until, seen, start);
        QCOMPARE(liveness.state(), LivenessState::Suspect);
        const Evidence expected{EvidenceRule::ServerRestarted, {}, 0, start, until};
        QCOMPARE(liveness.evidence(), expected);
        QCOMPARE(liveness.lastPacket(), seen);
        QVERIFY(!liveness.lastProof().isSet());
        QCOMPARE(liveness.nextDeadline(), until);

        Liveness heard = liveness;
        heard.advance(happened(Kind::KeepAlive), start + Milliseconds(10));
        QCOMPARE(heard.state(), LivenessState::Up);
        Liveness unanswered = liveness;
        unanswered.advance(happened(Kind::ProbeLost), start + Milliseconds(10));
        QCOMPARE(unanswered.reason(), LossReason::PinholeClosed);
        liveness.advance(happened(Kind::Tick), until);
        QCOMPARE(liveness.reason(), LossReason::Expired);
    }

    void restartFindsWhatRanOutMeanwhile()
    {
        const Timestamp until = start - Milliseconds(1);
        const Liveness liveness = Liveness::restored({}, until, start - Milliseconds(9000), start);
        QCOMPARE(liveness.state(), LivenessState::Lost);
        QCOMPARE(liveness.reason(), LossReason::Expired);
        QCOMPARE(liveness.evidence().rule, EvidenceRule::RegistrationExpired);
        QCOMPARE(liveness.evidence().at, until);
        QCOMPARE(liveness.registeredUntil(), until);
        QCOMPARE(Liveness::restored({}, start, {}, start).reason(), LossReason::Expired);
    }

    void restartWithAClockSetBackStandsStill()
    {
        const Timestamp seen = start + Milliseconds(50000);
        Liveness liveness = Liveness::restored({}, start + Milliseconds(100000), seen, start);
        liveness.advance(happened(Kind::Packet), start + Milliseconds(1));
        QCOMPARE(liveness.lastPacket(), seen);
    }
};

QTEST_GUILESS_MAIN(LivenessTest)
#include "tst_liveness.moc"
