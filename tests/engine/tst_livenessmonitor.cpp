// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"

#include <QTest>

using namespace reveille;

class TestLivenessMonitor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void probesASilentPathAndKeepsItWhenAnswered()
    {
        EngineFixture f;
        const auto log = f.bind(1);
        f.clock->advance(Milliseconds(119000));
        QVERIFY(log->probes.empty());
        f.clock->advance(Milliseconds(2000));
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Suspect);
        QCOMPARE(log->probes.size(), size_t(1));
        log->probes.front()({SendOutcome::Kind::Delivered, "200", {}});
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Up);
        QVERIFY(f.engine->registry().liveness(f.deviceId(1))->lastProof().isSet());
    }
    void takesAnUnansweredProbeForAClosedPinhole()
    {
        EngineFixture f;
        const auto log = f.bind(1);
        f.clock->advance(Milliseconds(121000));
        QCOMPARE(log->probes.size(), size_t(1));
        log->probes.front()({SendOutcome::Kind::Unanswered, "timeout", {}});
        const Liveness liveness = *f.engine->registry().liveness(f.deviceId(1));
        QCOMPARE(liveness.state(), LivenessState::Lost);
        QCOMPARE(liveness.reason(), LossReason::PinholeClosed);
        QCOMPARE(liveness.evidence().rule, EvidenceRule::ProbeLost);
        QVERIFY(liveness.registeredUntil() > f.clock->now()); // the registration itself still stands
        QCOMPARE(f.engine->registry().connections(f.deviceId(1)).first().probesLost, 1);
    }
    void aProbeThatTheNetworkAnsweredLosesThePathButNotTheRegistration()
    {
        EngineFixture f;
        const auto log = f.bind(1);
        f.clock->advance(Milliseconds(121000));
        QCOMPARE(log->probes.size(), size_t(1));
        log->probes.front()({SendOutcome::Kind::Broken, "icmp", {}});
        const Liveness lost = *f.engine->registry().liveness(f.deviceId(1));
        QCOMPARE(lost.state(), LivenessState::Lost);
        QCOMPARE(lost.reason(), LossReason::Interrupted);
        QCOMPARE(lost.evidence().rule, EvidenceRule::IcmpUnreachable);
        f.engine->registry().observe(f.lastBound, {LivenessEvent::Kind::KeepAlive, {}, 0, {}});
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Up);
    }
    void packetsPutTheProbeOff()
    {
        EngineFixture f;
        const auto log = f.bind(1);
        for (int i = 0; i < 10; ++i) {
            f.clock->advance(Milliseconds(100000));
            f.engine->registry().observe(f.lastBound, {LivenessEvent::Kind::KeepAlive, {}, 0, {}});
        }
        QVERIFY(log->probes.empty());
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Up);
    }
    void aProbeThatWasNeverSentIsNoEvidenceAndIsTriedAgain()
    {
        EngineFixture f;
        QVector<PathExchange> answers;
        QObject::connect(&f.engine->registry(), &Registry::answered, f.engine.get(),
                         [&](const PathExchange &exchange) { answers.append(exchange); });
        const auto log = f.bind(1);
        f.clock->advance(Milliseconds(121000));
        for (int attempt = 0; attempt < 3; ++attempt) {
            QCOMPARE(log->probes.size(), size_t(1));
            const auto probe = std::move(log->probes.front());
            log->probes.pop_front();
            probe({SendOutcome::Kind::Unanswered, "too-many", {}});
            QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Suspect);
            QVERIFY(!answers.last().unanswered()); // nobody learns a closed pinhole from it
            // What else happens on the path meanwhile does not make more probes of the one.
            f.engine->registry().observe(f.lastBound, {LivenessEvent::Kind::Tick, {}, 0, {}});
            QVERIFY(log->probes.empty());
            f.clock->advance(Milliseconds(5000));
        }
        QCOMPARE(log->probes.size(), size_t(1));
        QCOMPARE(f.engine->registry().connections(f.deviceId(1)).first().probesLost, 0);
        log->probes.front()({SendOutcome::Kind::Unanswered, "timeout", {}});
        QVERIFY(answers.last().unanswered());
        QCOMPARE(f.engine->registry().liveness(f.deviceId(1))->state(), LivenessState::Lost);
    }
    void costsOneTimerForEachConnection()
    {
        EngineFixture f;
        for (int n = 0; n < 100; ++n)
            f.bind(n, QStringLiteral("user%1").arg(n));
        for (int round = 0; round < 5; ++round) {
            for (int n = 0; n < 100; ++n) {
                const ConnectionId id = f.engine->registry().connectionOf(f.deviceId(n), QStringLiteral("sip/1"));
                f.engine->registry().observe(id, {LivenessEvent::Kind::Packet, {}, 0, {}});
            }
            f.clock->advance(Milliseconds(1000));
        }
        QVERIFY2(f.clock->pending() <= 102, qPrintable(QString::number(f.clock->pending())));
    }
};

QTEST_GUILESS_MAIN(TestLivenessMonitor)
#include "tst_livenessmonitor.moc"
