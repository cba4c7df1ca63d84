// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/livenessexamples.h"

#include <QtTest>

using namespace reveille;
using namespace reveille::examples;

/// Wake-ups and the ways back.
class LivenessReturnTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
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

    void aWakeUpThatEndedOtherwiseLeavesAnUnreachablePathLostToo()
    {
        Liveness liveness = unreachable();
        QVERIFY(liveness.advance(happened(Kind::WakeCancelled), start + Milliseconds(50000)).changed);
        QCOMPARE(liveness.state(), LivenessState::Lost);
        QCOMPARE(liveness.reason(), LossReason::PinholeClosed);
        QCOMPARE(liveness.nextDeadline(), start + Milliseconds(3600000));
    }

    void anotherAddressIsHeardAndShown()
    {
        for (LivenessState state : {LivenessState::Up, LivenessState::Suspect}) {
            Liveness liveness = in(state);
            const Timestamp now = start + Milliseconds(50000);
            liveness.advance(happened(Kind::AddressChanged, "203.0.113.7:4012 > 203.0.113.7:4090"), now);
            QCOMPARE(liveness.state(), LivenessState::Up);
            QCOMPARE(liveness.lastPacket(), now);
            QCOMPARE(liveness.evidence().rule, EvidenceRule::AddressChanged);
            QCOMPARE(liveness.evidence().subject, QStringLiteral("203.0.113.7:4012 > 203.0.113.7:4090"));
        }
        Liveness silent = lost();
        QVERIFY(silent.advance(happened(Kind::AddressChanged), start + Milliseconds(50000)).changed);
        QCOMPARE(silent.evidence().rule, EvidenceRule::Restored);
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
        const Evidence expected{EvidenceRule::Restored, QStringLiteral("REGISTER"), 0, now,
                                now + Milliseconds(35000)};
        QCOMPARE(liveness.evidence(), expected);
    }

    void registrationRestoresAfterEveryLoss_data()
    {
        QTest::addColumn<int>("kind");
        for (Kind kind :
             {Kind::Closed, Kind::Reset, Kind::IcmpUnreachable, Kind::Unregistered, Kind::Replaced})
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

    void aPacketRestoresWhatWasNotTornDown_data()
    {
        QTest::addColumn<int>("lostBy");
        QTest::addColumn<LivenessState>("from");
        QTest::addColumn<bool>("restored");
        using enum LivenessState;
        for (LivenessState from : {Lost, Waking, Unreachable}) {
            const auto row = [&](const char *name, Kind kind, bool restored) {
                QTest::newRow(qPrintable(
                    QStringLiteral("%1, %2").arg(QLatin1StringView(name), QLatin1StringView(toText(from)))))
                    << int(kind) << from << restored;
            };
            row("probe lost", Kind::ProbeLost, true);
            row("request unanswered", Kind::RequestUnanswered, true);
            row("closed", Kind::Closed, false);
            row("reset", Kind::Reset, false);
            row("ICMP", Kind::IcmpUnreachable, true);
            row("unregistered", Kind::Unregistered, false);
            row("replaced", Kind::Replaced, false);
        }
    }
    void aPacketRestoresWhatWasNotTornDown()
    {
        QFETCH(int, lostBy);
        QFETCH(LivenessState, from);
        QFETCH(bool, restored);
        for (Kind heard : {Kind::Packet, Kind::KeepAlive, Kind::Proof}) {
            Liveness liveness = from == LivenessState::Lost     ? lost(Kind(lostBy))
                                : from == LivenessState::Waking ? waking(Kind(lostBy))
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
};

QTEST_GUILESS_MAIN(LivenessReturnTest)
#include "tst_livenessreturn.moc"
