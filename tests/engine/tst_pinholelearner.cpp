// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pinholelearner.h"
#include "support/fakeclock.h"
#include "support/logcatcher.h"

#include <QSignalSpy>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;
using Source = PinholeSample::Source;

namespace {

constexpr Milliseconds s{1000};

IpAddress address(const QString &text)
{
    return *IpAddress::parse(text);
}

} // namespace

class TestPinholeLearner : public QObject
{
    Q_OBJECT
private:
    FakeClock clock;
    std::unique_ptr<PinholeLearner> learner;
    const IpAddress peer = address(u"203.0.113.7"_s);

    void make(PinholeLearner::Settings settings = {}) { learner = std::make_unique<PinholeLearner>(settings, clock); }
    /// Runs every test it asks for against a firewall that forgets after `lifetime`.
    void learn(Milliseconds lifetime, PathTransport transport = PathTransport::Udp)
    {
        for (int i = 0; i < 100; ++i) {
            const auto silence = learner->nextTest(peer, transport);
            if (!silence)
                return;
            clock.advance(*silence);
            learner->sample(peer, transport, *silence, *silence < lifetime, Source::Test);
        }
        QFAIL("never learned");
    }

private Q_SLOTS:
    void init() { make(); }

    void learnsWhatAllOfANetworkAreTold()
    {
        QCOMPARE(learner->keepAliveInterval(peer, PathTransport::Udp), Milliseconds(0));
        QCOMPARE(learner->expectedLifetime(peer, PathTransport::Udp), Milliseconds(0));
        QSignalSpy changed(learner.get(), &PinholeLearner::networkChanged);
        learn(100 * s);
        QVERIFY(changed.size() > 4);
        const LearnedNetwork network = *learner->network({*IpNetwork::parse(u"203.0.113.0/24"), PathTransport::Udp});
        QVERIFY(network.lifetime() > 80 * s && network.lifetime() < 120 * s);
        QVERIFY(network.confidence > 50);
        const Milliseconds told = learner->keepAliveInterval(address(u"203.0.113.200"_s), PathTransport::Udp);
        QCOMPARE(told, network.keepAlive);
        QVERIFY(told > 60 * s && told < 100 * s);
        QCOMPARE(learner->expectedLifetime(peer, PathTransport::Udp), network.lifetime());
        QCOMPARE(learner->keepAliveInterval(address(u"203.0.114.7"_s), PathTransport::Udp), Milliseconds(0));
        QCOMPARE(learner->keepAliveInterval(peer, PathTransport::Tcp), Milliseconds(0));
    }
    void ipv6NetworksAre56BitsWide()
    {
        learner->sample(address(u"2001:db8:1:2::7"_s), PathTransport::Tcp, 70 * s, false, Source::Missed);
        QVERIFY(learner->network({*IpNetwork::parse(u"2001:db8:1::/56"), PathTransport::Tcp}));
        QCOMPARE(learner->keepAliveInterval(address(u"2001:db8:1:ff::9"_s), PathTransport::Tcp), 15 * s);
    }
    void oneTestOfANetworkAtATimeAndAnAbandonedOneRunsOut()
    {
        const auto silence = learner->nextTest(peer, PathTransport::Udp);
        QCOMPARE(silence, std::optional(30 * s));
        QVERIFY(!learner->nextTest(peer, PathTransport::Udp));
        QVERIFY(!learner->nextTest(address(u"203.0.113.8"_s), PathTransport::Udp));
        QVERIFY(learner->nextTest(peer, PathTransport::Tcp));
        clock.advance(*silence * 3 / 2 + 60 * s);
        QCOMPARE(learner->nextTest(peer, PathTransport::Udp), silence);
        learner->sample(peer, PathTransport::Udp, *silence, true, Source::Test);
        QCOMPARE(learner->nextTest(peer, PathTransport::Udp), std::optional(60 * s));
    }
    void aMissedPushLowersTheIntervalAtOnce()
    {
        learn(100 * s);
        QSignalSpy lowered(learner.get(), &PinholeLearner::intervalChanged);
        const Milliseconds before = learner->keepAliveInterval(peer, PathTransport::Udp);
        learner->sample(peer, PathTransport::Udp, 50 * s, false, Source::Missed);
        QVERIFY(learner->keepAliveInterval(peer, PathTransport::Udp) < 50 * s);
        QCOMPARE(lowered.size(), 1);
        QCOMPARE(lowered[0][1].value<Milliseconds>(), before);
        QCOMPARE(learner->nextTest(peer, PathTransport::Udp), std::optional(50 * s));
    }
    void aSilenceTooShortToCloseAnythingSaysNothing()
    {
        learner->sample(peer, PathTransport::Udp, 14 * s, false, Source::Missed);
        QVERIFY(learner->networks().isEmpty());
    }
    void aFixedIntervalStaysFixed()
    {
        PinholeLearner::Settings settings;
        settings.fixed = 90 * s;
        make(settings);
        QCOMPARE(learner->keepAliveInterval(peer, PathTransport::Udp), 90 * s);
        QVERIFY(!learner->nextTest(peer, PathTransport::Udp));
        learner->sample(peer, PathTransport::Udp, 50 * s, false, Source::Missed);
        QCOMPARE(learner->keepAliveInterval(peer, PathTransport::Udp), 90 * s);
        QCOMPARE(learner->networks().size(), 1);
    }
    void learnsNothingWhereItIsOff()
    {
        PinholeLearner::Settings settings;
        settings.learns = false;
        make(settings);
        learner->sample(peer, PathTransport::Udp, 50 * s, false, Source::Missed);
        QVERIFY(learner->networks().isEmpty());
        QVERIFY(!learner->nextTest(peer, PathTransport::Udp));
    }
    void maxNetworks()
    {
        PinholeLearner::Settings settings;
        settings.maxNetworks = 100;
        make(settings);
        QSignalSpy forgotten(learner.get(), &PinholeLearner::networkForgotten);
        const LogCatcher log;
        for (int i = 0; i <= 100; ++i) {
            clock.advance(s);
            learner->sample(address(u"10.0.%1.1"_s.arg(i)), PathTransport::Udp, 50 * s, true, Source::Test);
            learner->sample(address(u"10.0.0.1"_s), PathTransport::Udp, Milliseconds(50000 + i * 100), true, Source::Test);
        }
        QCOMPARE(learner->count(), 95);
        QCOMPARE(forgotten.size(), 6); // those that were idle for longest
        QCOMPARE(log.reached(u"maxNetworks"_s, u" 10.0.100.0/24 "_s), 1);
        QVERIFY(learner->network({*IpNetwork::parse(u"10.0.0.0/24"), PathTransport::Udp}));
        QVERIFY(!learner->network({*IpNetwork::parse(u"10.0.1.0/24"), PathTransport::Udp}));
        QVERIFY(learner->network({*IpNetwork::parse(u"10.0.100.0/24"), PathTransport::Udp}));
    }
    void forgetsWhatStaffSays()
    {
        learn(100 * s);
        const NetworkKey key{*IpNetwork::parse(u"203.0.113.0/24"), PathTransport::Udp};
        QVERIFY(!learner->forget({key.prefix, PathTransport::Tcp}));
        QVERIFY(learner->forget(key));
        QVERIFY(!learner->forget(key));
        QCOMPARE(learner->keepAliveInterval(peer, PathTransport::Udp), Milliseconds(0));
        QVERIFY(learner->networks().isEmpty());
    }
    void knowsTheSameAfterARestart()
    {
        learn(100 * s);
        const QVector<LearnedNetwork> known = learner->networks();
        make();
        learner->load(known);
        QCOMPARE(learner->networks(), known);
        QVERIFY(!learner->nextTest(peer, PathTransport::Udp));
        QCOMPARE(learner->keepAliveInterval(peer, PathTransport::Udp), known[0].keepAlive);
    }
    void policiesUseWhatWasLearned()
    {
        LivenessPolicy policy;
        policy.pinholeLifetime = 120 * s;
        QCOMPARE(learner->policyFor(policy, u"203.0.113.9:4012"_s, u"udp"_s), policy);
        learn(60 * s);
        const Milliseconds learned = learner->policyFor(policy, u"203.0.113.9:4012"_s, u"dtls"_s).pinholeLifetime;
        QVERIFY(learned > 50 * s && learned < 70 * s);
        QCOMPARE(learner->policyFor(policy, u"203.0.113.9:4012"_s, u"tcp"_s), policy);
        QCOMPARE(learner->policyFor(policy, u"not a peer"_s, u"udp"_s), policy);
    }
};

QTEST_GUILESS_MAIN(TestPinholeLearner)
#include "tst_pinholelearner.moc"
