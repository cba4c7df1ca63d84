// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/historyfromjournal.h"
#include "support/enginefixture.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;
using Kind = HistoryMark::Kind;

class TestDeviceHistories : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<EngineFixture> f;

    Registry &registry() { return f->engine->registry(); }
    DeviceHistory history(int n)
    {
        std::optional<Result<DeviceHistory>> answer;
        f->engine->histories().history(f->deviceId(n), [&](const Result<DeviceHistory> &result) { answer = result; });
        f->settle([&] { return answer.has_value(); });
        return answer && *answer ? answer->value() : DeviceHistory();
    }
    static QVector<Kind> kinds(const DeviceHistory &history)
    {
        QVector<Kind> list;
        for (const HistoryMark &mark : history.marks)
            list.append(mark.kind);
        return list;
    }
    void heard(LivenessEvent::Kind kind = LivenessEvent::Kind::Packet, const QString &subject = {})
    {
        registry().observe(f->lastBound, {kind, subject, 0, {}});
    }

private Q_SLOTS:
    void init() { f = std::make_unique<EngineFixture>(); }

    void aDeviceThatOnlyKeepsItsPathOpenCostsNothing()
    {
        const auto log = f->bind(1);
        for (int i = 0; i < 50; ++i) {
            f->clock->advance(Milliseconds(50000));
            heard(LivenessEvent::Kind::KeepAlive);
        }
        f->clock->advance(Milliseconds(121000)); // probed as a matter of course
        QCOMPARE(log->probes.size(), size_t(1));
        log->probes.front()({SendOutcome::Kind::Delivered, "200", {}});
        QCOMPARE(f->engine->histories().devices(), 0);
        QCOMPARE(f->engine->counters().probesSent, 1);
        QCOMPARE(f->engine->counters().probesAnswered, 1);
        QCOMPARE(f->journalCount(u"suspect"_s), 0); // a probe that changes nothing is a number, not a row
        QCOMPARE(f->journalCount(u"up"_s), 0);
    }
    void aLostProbeIsMarkedWithTheStateItLeadsTo()
    {
        const auto log = f->bind(1);
        f->clock->advance(Milliseconds(121000));
        log->probes.front()({SendOutcome::Kind::Unanswered, "timeout", {}, u"OPTIONS"_s});
        const DeviceHistory told = history(1);
        QCOMPARE(kinds(told), QVector<Kind>({Kind::State, Kind::ProbeLost, Kind::State}));
        QCOMPARE(told.marks[0].state, LivenessState::Up); // read back from the journal
        QCOMPARE(told.marks[1].subject, u"OPTIONS"_s);
        QCOMPARE(told.marks[2].state, LivenessState::Lost);
        QCOMPARE(told.marks[2].reason, LossReason::PinholeClosed);
        QCOMPARE(told.probesLost, 1);
        QCOMPARE(f->engine->counters().probesLost, 1);
        QCOMPARE(f->journalCount(u"lost"_s), 1);
    }
    void packetsOfOneSecondShareAMark()
    {
        f->bind(1);
        f->lose(1);
        f->bind(1);
        f->clock->advance(Milliseconds(5000));
        for (int i = 0; i < 10; ++i) {
            heard();
            f->clock->advance(Milliseconds(10));
        }
        const DeviceHistory told = history(1);
        QCOMPARE(told.marks.last().kind, Kind::PacketIn);
        QCOMPARE(told.marks.last().count, 10);
        f->clock->advance(Milliseconds(2000));
        heard();
        QCOMPARE(history(1).marks.last().count, 1);
    }
    void addressChangesWakesAndMissedPushesAreMarked()
    {
        const auto log = f->bind(1);
        heard(LivenessEvent::Kind::AddressChanged, u"203.0.113.7:4012 > 203.0.113.7:4090"_s);
        QCOMPARE(f->journalCount(u"address-changed"_s), 1);
        QVERIFY(registry().usableConnection(f->deviceId(1)));
        f->clock->advance(Milliseconds(20000));
        QVERIFY(f->submit(f->request()));
        const auto done = std::move(log->waiting.front());
        log->waiting.pop_front();
        done({SendOutcome::Kind::Unanswered, "timeout", {}, u"MESSAGE"_s});
        const DeviceHistory told = history(1);
        QCOMPARE(told.addressChanges, 1);
        QCOMPARE(told.pushesMissed, 1);
        QCOMPARE(told.wakes, 1);
        const QVector<Kind> marked = kinds(told);
        for (Kind kind : {Kind::AddressChanged, Kind::PacketIn, Kind::PacketOut, Kind::PushMissed, Kind::State, Kind::Wake})
            QVERIFY2(marked.contains(kind), toText(kind));
        for (const HistoryMark &mark : told.marks) {
            if (mark.kind == Kind::AddressChanged)
                QCOMPARE(mark.subject, u"203.0.113.7:4012 > 203.0.113.7:4090"_s);
            if (mark.kind == Kind::Wake)
                QCOMPARE(mark.subject, u"wsp"_s);
        }
        QCOMPARE(told.marks.last().kind, Kind::Wake);
    }
    void theStatesOfADayAreThereAfterARestart()
    {
        f->bind(1);
        f->clock->advance(Milliseconds(60000));
        f->lose(1);
        f->clock->advance(Milliseconds(60000));
        f->bind(1);
        f->clock->advance(WriteBehind::delay);
        QVERIFY(f->settle([&] { return f->store->journal.size() == 3; }));
        const auto store = f->store;
        const auto clock = f->clock;
        f->engine.reset();
        store->close();
        f = std::make_unique<EngineFixture>(store, clock);
        QCOMPARE(f->engine->histories().devices(), 0);
        const DeviceHistory told = history(1);
        QCOMPARE(kinds(told), QVector<Kind>({Kind::State, Kind::State, Kind::State}));
        QCOMPARE(told.marks[1].state, LivenessState::Lost);
        QCOMPARE(told.marks[1].reason, LossReason::Interrupted);
        QCOMPARE(told.marks[2].state, LivenessState::Up);
        QCOMPARE(told.since, clock->now() - Milliseconds(24 * 3600 * 1000));
        QCOMPARE(history(1), told);
    }
    void aLifelineIsBounded()
    {
        f->bind(1);
        for (int i = 0; i < 1000; ++i) {
            f->clock->advance(Milliseconds(2000));
            heard(LivenessEvent::Kind::AddressChanged, QString::number(i) + u" > x"_s);
        }
        const DeviceHistory told = history(1);
        QCOMPARE(told.marks.size(), DeviceHistories::Limits().marksPerDevice);
        QCOMPARE(told.addressChanges, 1000);
        QCOMPARE(told.since, told.marks.first().at);
        QVERIFY(told.marks.last().at > told.marks.first().at);
    }
    void allTogetherAreBoundedAndTheLongestUnusedGoFirst()
    {
        DeviceHistories::Limits limits;
        limits.marksTotal = 1000;
        DeviceHistories bounded(limits, *f->clock, f->engine->writes(), registry());
        for (int n = 1; n <= 500; ++n) {
            f->bind(n, u"user%1"_s.arg(n / 50));
            f->lose(n);
        }
        QVERIFY(bounded.marks() + 4 * bounded.devices() <= 1000);
        QVERIFY(bounded.devices() > 100);
        std::optional<DeviceHistory> told;
        bounded.history(f->deviceId(500), [&](const Result<DeviceHistory> &result) { told = *result; });
        QVERIFY(f->settle([&] { return told.has_value(); }));
        QCOMPARE(told->marks.last().state, LivenessState::Lost);
        registry().removeDevice(f->deviceId(500), [](const Result<Done> &) {});
        const qint64 before = bounded.devices();
        QVERIFY(f->settle([&] { return bounded.devices() == before - 1; }));
    }
    void aDeviceNobodyKnowsHasNoHistory()
    {
        std::optional<Result<DeviceHistory>> answer;
        f->engine->histories().history(f->deviceId(9), [&](const Result<DeviceHistory> &result) { answer = result; });
        QVERIFY(answer && !*answer);
        QCOMPARE(QByteArray(answer->error().code), QByteArray("device-unknown"));
    }
    void theBestOfSeveralPathsIsShown()
    {
        const auto row = [](qint64 second, const QString &event, const QString &transport, const QString &reason = {}) {
            JournalEntry entry;
            entry.time = {1'000'000 + second * 1000};
            entry.kind = JournalKind::Connection;
            entry.event = event;
            entry.fields = {{u"transport"_s, transport}, {u"reason"_s, reason}};
            return entry;
        };
        const QVector<JournalEntry> rows = {
            row(5, u"expired"_s, u"datagram/udp"_s, u"expired"_s), row(4, u"lost"_s, u"sip/udp"_s, u"pinhole_closed"_s),
            row(3, u"registered"_s, u"datagram/udp"_s), row(2, u"registration-refused"_s, u"sip/udp"_s),
            row(1, u"registered"_s, u"sip/udp"_s)};
        const QVector<HistoryMark> marks = historyFromJournal(rows, {2'000'000});
        QCOMPARE(marks.size(), 2);
        QCOMPARE(marks[0].state, LivenessState::Up);
        QCOMPARE(marks[0].at, Timestamp{1'001'000});
        QCOMPARE(marks[1].state, LivenessState::Lost);
        QCOMPARE(marks[1].at, Timestamp{1'005'000});
        QCOMPARE(historyFromJournal(rows, {1'003'000}).size(), 1);
    }

    // --- what exchanges teach
    void anUnansweredPushAfterASilenceLowersTheInterval()
    {
        auto log = std::make_shared<StubConnection::Log>();
        const auto bound = registry().bind(f->registration(1), std::make_unique<StubConnection>(log, u"203.0.113.7:4012"_s));
        QVERIFY(bound);
        const IpAddress peer = *IpAddress::parse(u"203.0.113.7");
        f->engine->pinholes().sample(peer, PathTransport::Udp, Milliseconds(60000), true, PinholeSample::Source::Test);
        f->clock->advance(Milliseconds(90000));
        QVERIFY(f->submit(f->request()));
        log->answer(SendOutcome::Kind::Unanswered, "timeout");
        const LearnedNetwork network = f->engine->pinholes().networks().value(0);
        QCOMPARE(network.shortestClosed, Milliseconds(90000));
        QCOMPARE(network.samples.last().source, PinholeSample::Source::Missed);
        QCOMPARE(f->engine->pinholes().keepAliveInterval(peer, PathTransport::Udp), Milliseconds(48000));
        QCOMPARE(f->journalCount(u"interval-learned"_s), 1);
        f->clock->advance(WriteBehind::delay);
        QVERIFY(f->settle([&] { return f->store->networks.size() == 1; }));

        // An answer after as long a silence puts it right.
        auto again = std::make_shared<StubConnection::Log>();
        QVERIFY(registry().bind(f->registration(1), std::make_unique<StubConnection>(again, u"203.0.113.7:4012"_s)));
        f->clock->advance(Milliseconds(0));
        while (!again->waiting.empty())
            again->answer(SendOutcome::Kind::Delivered, "200");
        f->clock->advance(Milliseconds(95000));
        QVERIFY(f->submit(f->request()));
        again->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f->engine->pinholes().networks().value(0).longestOpen, Milliseconds(95000));
    }
    void aDeviceThatIsLateWithItsKeepAliveTeachesNothing()
    {
        auto log = std::make_shared<StubConnection::Log>();
        Registration registration = f->registration(1);
        registration.policy.keepAliveInterval = Milliseconds(40000);
        QVERIFY(registry().bind(registration, std::make_unique<StubConnection>(log, u"203.0.113.7:4012"_s)));
        f->clock->advance(Milliseconds(46000));
        QCOMPARE(log->probes.size(), size_t(1));
        log->probes.front()({SendOutcome::Kind::Unanswered, "timeout", {}, u"OPTIONS"_s});
        QVERIFY(f->engine->pinholes().networks().isEmpty());
        QCOMPARE(f->journalCount(u"suspect"_s), 1); // a promise was broken: that is worth a row
    }
    void aProbeAnsweredOrLostOfAQuietPathTeaches()
    {
        auto log = std::make_shared<StubConnection::Log>();
        QVERIFY(registry().bind(f->registration(1), std::make_unique<StubConnection>(log, u"203.0.113.7:4012"_s)));
        f->clock->advance(Milliseconds(121000));
        log->probes.front()({SendOutcome::Kind::Delivered, "200", {}});
        QCOMPARE(f->engine->pinholes().networks().value(0).longestOpen, Milliseconds(120000));
        log->probes.pop_front();
        f->clock->advance(Milliseconds(121000));
        log->probes.front()({SendOutcome::Kind::Unanswered, "timeout", {}, u"OPTIONS"_s});
        QCOMPARE(f->engine->pinholes().networks().value(0).shortestClosed, Milliseconds(120000));
    }
};

QTEST_GUILESS_MAIN(TestDeviceHistories)
#include "tst_devicehistories.moc"
