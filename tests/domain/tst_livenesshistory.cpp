// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/liveness.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace reveille;
using Kind = LivenessEvent::Kind;

/// Long random histories: whatever happens in whatever order, what is shown stays true.
class LivenessHistoryTest : public QObject {
    Q_OBJECT

    static LivenessPolicy randomPolicy(QRandomGenerator &random)
    {
        LivenessPolicy policy;
        policy.keepAliveInterval = Milliseconds(random.bounded(3) * 20000);
        policy.keepAliveGrace = Milliseconds(random.bounded(10000));
        policy.pinholeLifetime = Milliseconds(random.bounded(2) * 90000);
        policy.silenceMeans = random.bounded(2) ? LossReason::PinholeClosed : LossReason::Interrupted;
        return policy;
    }

    static LivenessEvent randomEvent(QRandomGenerator &random, Timestamp now)
    {
        LivenessEvent event;
        event.kind = Kind(random.bounded(int(Kind::Tick) + 1));
        event.subject = QString::number(random.bounded(100));
        event.value = random.bounded(10);
        if (event.kind == Kind::Registered && random.bounded(10) > 0)
            event.until = now + Milliseconds(random.bounded(200000) - 1000);
        return event;
    }

    static QByteArray whyWrong(const Liveness &before, const Liveness &liveness,
                               const Liveness::Change &change, const LivenessEvent &event)
    {
        const Evidence &evidence = liveness.evidence();
        const bool away = !liveness.isUsable();
        if (change.before != before.state() || change.after != liveness.state() ||
            change.reason != liveness.reason())
            return "the change tells something else";
        if (change.changed != (before.state() != liveness.state() || before.reason() != liveness.reason()))
            return "changed is wrong";
        if (liveness.lastProof() > liveness.lastPacket())
            return "a proof is a packet too";
        if (liveness.lastPacket() < before.lastPacket() || liveness.lastProof() < before.lastProof())
            return "a time went back";
        if (evidence.at < before.evidence().at)
            return "the evidence went back";
        if (!away && (liveness.reason() != LossReason::None || evidence.rule == EvidenceRule::None))
            return "a usable path has evidence and no reason";
        if (away && evidence.rule != EvidenceRule::None && evidence.rule != EvidenceRule::WakeStarted &&
            evidence.rule != EvidenceRule::WakesExhausted && evidence.rule != EvidenceRule::WakeCancelled &&
            liveness.reason() == LossReason::None)
            return "a loss has a reason";
        if (liveness.state() == LivenessState::Waking && evidence.rule != EvidenceRule::WakeStarted)
            return "waking because of a wake-up";
        if (liveness.state() == LivenessState::Unreachable && evidence.rule != EvidenceRule::WakesExhausted)
            return "unreachable because of exhausted wake-ups";
        if (liveness.state() == LivenessState::Up && liveness.lastPacket() < evidence.at)
            return "up at the last packet";
        if (evidence.changesAt != liveness.nextDeadline())
            return "the deadline shown is another";
        if (change.changed && evidence.at < before.evidence().at)
            return "a change is new";
        if (event.kind == Kind::Registered && liveness.state() != LivenessState::Up)
            return "a registration brings it up";
        const bool news = event.kind == Kind::WakeStarted || event.kind == Kind::WakesExhausted;
        if (!news &&
            (liveness.state() == LivenessState::Waking || liveness.state() == LivenessState::Unreachable) &&
            before.state() != liveness.state())
            return "only a wake-up starts or ends waking that way";
        return {};
    }

private Q_SLOTS:
    void keepsItsPromises_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 40; ++seed)
            QTest::newRow(qPrintable(QString::number(seed))) << seed;
    }
    void keepsItsPromises()
    {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        for (int history = 0; history < 50; ++history) {
            Timestamp now{1'000'000};
            Timestamp latest = now;
            Liveness liveness = random.bounded(3) == 0
                                    ? Liveness::restored(randomPolicy(random),
                                                         now + Milliseconds(random.bounded(100000) - 5000),
                                                         now - Milliseconds(random.bounded(9000)), now)
                                    : Liveness(randomPolicy(random));
            for (int step = 0; step < 100; ++step) {
                now = now + Milliseconds(random.bounded(40000) - 4000);
                latest = std::max(latest, now);
                const LivenessEvent event = randomEvent(random, now);
                const Liveness before = liveness;
                const Liveness::Change change = liveness.advance(event, now);
                const QByteArray wrong = whyWrong(before, liveness, change, event);
                QVERIFY2(wrong.isEmpty(),
                         (wrong + ", event " + QByteArray::number(int(event.kind))).constData());

                liveness.advance(LivenessEvent(), now);
                const Timestamp deadline = liveness.nextDeadline();
                QVERIFY2(!deadline.isSet() || deadline > latest, "a deadline in the past after a tick");
                QVERIFY2(liveness.evidence().at <= latest, "evidence of the future");
            }
        }
    }

    /// A caller that ticks at each deadline sees the same as one that ticks every second.
    void ticksAtDeadlinesAreEnough()
    {
        QRandomGenerator random(99);
        for (int history = 0; history < 200; ++history) {
            const LivenessPolicy policy = randomPolicy(random);
            Liveness lazy(policy);
            Liveness eager(policy);
            Timestamp now{1'000'000};
            LivenessEvent registration{
                Kind::Registered, {}, 0, now + Milliseconds(1000 * (1 + random.bounded(200)))};
            lazy.advance(registration, now);
            eager.advance(registration, now);
            for (int second = 0; second < 250; ++second) {
                now = now + Milliseconds(1000);
                eager.advance(LivenessEvent(), now);
                if (lazy.nextDeadline().isSet() && lazy.nextDeadline() <= now)
                    lazy.advance(LivenessEvent(), now);
                if (random.bounded(30) == 0) {
                    const LivenessEvent packet{Kind::Packet, {}, 0, {}};
                    lazy.advance(packet, now);
                    eager.advance(packet, now);
                }
                QCOMPARE(lazy.state(), eager.state());
                QCOMPARE(lazy.reason(), eager.reason());
                QCOMPARE(lazy.evidence(), eager.evidence());
            }
        }
    }
};

QTEST_GUILESS_MAIN(LivenessHistoryTest)
#include "tst_livenesshistory.moc"
