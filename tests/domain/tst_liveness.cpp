// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/livenessexamples.h"

#include <QtTest>

using namespace reveille;
using namespace reveille::examples;

/// Being up, falling silent, and the passing of time.
class LivenessTest : public QObject {
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
        const Evidence expected{
            EvidenceRule::KeepAliveLate, {}, 35000, deadline, start + Milliseconds(3600000)};
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
