// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/livenessexamples.h"

#include <QtTest>

using namespace reveille;
using namespace reveille::examples;

/// What loses a connection, and what does not.
class LivenessLossTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eventsThatLoseIt_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<LivenessState>("from");
        QTest::addColumn<LossReason>("reason");
        QTest::addColumn<EvidenceRule>("rule");
        using enum LivenessState;
        const auto row = [](const char *name, Kind kind, LivenessState from, LossReason reason,
                            EvidenceRule rule) {
            QTest::newRow(name) << int(kind) << from << reason << rule;
        };
        row("probe lost", Kind::ProbeLost, Suspect, LossReason::PinholeClosed, EvidenceRule::ProbeLost);
        row("suspect, request unanswered", Kind::RequestUnanswered, Suspect, LossReason::PinholeClosed,
            EvidenceRule::RequestUnanswered);
        row("up, request unanswered", Kind::RequestUnanswered, Up, LossReason::PinholeClosed,
            EvidenceRule::RequestUnanswered);
        for (LivenessState from : {Up, Suspect}) {
            row(from == Up ? "up, closed" : "suspect, closed", Kind::Closed, from, LossReason::Interrupted,
                EvidenceRule::ConnectionClosed);
            row(from == Up ? "up, reset" : "suspect, reset", Kind::Reset, from, LossReason::Interrupted,
                EvidenceRule::ConnectionReset);
            row(from == Up ? "up, ICMP" : "suspect, ICMP", Kind::IcmpUnreachable, from,
                LossReason::Interrupted, EvidenceRule::IcmpUnreachable);
            row(from == Up ? "up, user timeout" : "suspect, user timeout", Kind::UserTimeout, from,
                LossReason::Interrupted, EvidenceRule::UserTimeout);
        }
        for (LivenessState from : {Up, Suspect, Lost, Waking, Unreachable}) {
            row(qPrintable(QStringLiteral("%1, unregistered").arg(QLatin1StringView(toText(from)))),
                Kind::Unregistered, from, LossReason::ClosedByPeer, EvidenceRule::Unregistered);
            row(qPrintable(QStringLiteral("%1, replaced").arg(QLatin1StringView(toText(from)))),
                Kind::Replaced, from, LossReason::ClosedByPeer, EvidenceRule::Replaced);
        }
        row("lost by silence, then closed", Kind::Closed, Lost, LossReason::Interrupted,
            EvidenceRule::ConnectionClosed);
        row("lost by silence, then reset", Kind::Reset, Lost, LossReason::Interrupted,
            EvidenceRule::ConnectionReset);
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
            QTest::newRow(qPrintable(
                QStringLiteral("%1, %2").arg(QLatin1StringView(toText(from)), QLatin1StringView(what))))
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
        QTest::newRow("suspect") << Suspect << Lost << LossReason::Expired
                                 << EvidenceRule::RegistrationExpired;
        QTest::newRow("lost keeps its evidence")
            << Lost << Lost << LossReason::Expired << EvidenceRule::ProbeLost;
        QTest::newRow("waking goes on")
            << Waking << Waking << LossReason::PinholeClosed << EvidenceRule::WakeStarted;
        QTest::newRow("unreachable stays")
            << Unreachable << Unreachable << LossReason::PinholeClosed << EvidenceRule::WakesExhausted;
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
        for (Kind kind :
             {Kind::Packet, Kind::KeepAlive, Kind::Proof, Kind::RequestUnanswered, Kind::Closed}) {
            Liveness liveness = up();
            const auto change = liveness.advance(happened(kind), liveness.registeredUntil());
            QCOMPARE(change.after, LivenessState::Lost);
            QCOMPARE(liveness.reason(), LossReason::Expired);
        }
        Liveness renewed = up();
        const auto change =
            renewed.advance(registered(start + Milliseconds(9000000)), start + Milliseconds(3600001));
        QVERIFY(!change.changed);
        QCOMPARE(renewed.evidence().rule, EvidenceRule::Registered);
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
};

QTEST_GUILESS_MAIN(LivenessLossTest)
#include "tst_livenessloss.moc"
