// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"
#include "wire/sir.h"

#include <QTest>

using namespace reveille;

namespace {

using Kind = SendOutcome::Kind;

QByteArray reasonOf(const EngineFixture &f, const PushId &id)
{
    return f.engine->pushes().push(id)->deliveries.value(0).reason;
}

QVector<PushId> sentOver(const StubConnection::Log &path)
{
    QVector<PushId> ids;
    for (const PushMessage &message : path.sent)
        ids.append(message.push);
    return ids;
}

/// Whose ends were told as durable.
std::shared_ptr<QVector<PushId>> watch(EngineFixture &f)
{
    auto told = std::make_shared<QVector<PushId>>();
    QObject::connect(&f.engine->pushes(), &PushDispatcher::pushLasts, &f.engine->pushes(), [told](const PushId &id) { told->append(id); });
    return told;
}

void flush(EngineFixture &f)
{
    f.clock->advance(WriteBehind::delay);
    bool done = false;
    f.engine->writes().commit([&](const Result<Done> &) { done = true; });
    f.settle([&] { return done; });
}

PushRequest withTtl(const EngineFixture &f, int seconds, PushWhen when = PushWhen::Wake)
{
    PushRequest request = f.request();
    request.ttl = Milliseconds(seconds * 1000);
    request.when = when;
    return request;
}

PushRequest withPriority(const EngineFixture &f, PushPriority priority)
{
    PushRequest request = f.request();
    request.priority = priority;
    return request;
}

/// Of a device that has gone, and durable.
PushId waitingPush(EngineFixture &f)
{
    f.bind(1);
    f.lose(1);
    const PushId id = f.submit(f.request()).value();
    flush(f);
    return id;
}

} // namespace

/// How pushes end, and who may rely on it: over kills, cancels, answers that come late and clocks that are set.
class TestPushEnds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Durable before it is told
    void anEndIsToldOnceItIsDurable()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const auto told = watch(f);
        const PushId id = f.submit(f.request()).value();
        flush(f);
        f.store->hold(true);
        phone->answer(Kind::Delivered, "200");
        f.clock->advance(WriteBehind::delay);
        QCoreApplication::processEvents();
        QCOMPARE(f.stateOf(id), PushState::Delivered);
        QVERIFY(told->isEmpty());
        f.store->hold(false);
        QVERIFY(f.settle([&] { return !told->isEmpty(); }));
        QCOMPARE(*told, QVector<PushId>{id});
        QCOMPARE(f.store->pushes.at(id).state, PushState::Delivered);
    }
    void anEndThatCouldNotBeWrittenIsToldLater()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const auto told = watch(f);
        const PushId id = f.submit(f.request()).value();
        flush(f);
        f.store->failWith("store-full");
        phone->answer(Kind::Delivered, "200");
        std::optional<Result<Done>> lasting;
        f.engine->pushes().makeLasting({id}, [&](const Result<Done> &done) { lasting = done; });
        QVERIFY(f.settle([&] { return lasting.has_value(); }));
        QVERIFY(lasting->error().is("store-full"));
        QVERIFY(told->isEmpty());
        f.store->failWith("");
        f.clock->advance(WriteBehind::retryDelay);
        QVERIFY(f.settle([&] { return !told->isEmpty(); }));
        QCOMPARE(*told, QVector<PushId>{id});
    }
    void whoAsksWaitsForAnEndToLast()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = f.submit(f.request()).value();
        int lasting = 0;
        f.engine->pushes().makeLasting({id}, [&](const Result<Done> &) { ++lasting; });
        QCOMPARE(lasting, 1); // still going on
        phone->answer(Kind::Delivered, "200");
        f.engine->pushes().makeLasting({id}, [&](const Result<Done> &done) { lasting += done.ok() ? 1 : 0; });
        QCOMPARE(lasting, 1);
        QVERIFY(f.settle([&] { return lasting == 2; }));
        QCOMPARE(f.store->pushes.at(id).state, PushState::Delivered);
    }

    // On its way to the device
    void whatIsBeingSentIsNotCancelled()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = f.submit(f.request()).value();
        QCOMPARE(f.stateOf(id), PushState::Sending);
        QVERIFY(f.engine->pushes().cancel(id).error().is("push-sending"));
        phone->answer(Kind::Delivered, "200");
        QCOMPARE(f.stateOf(id), PushState::Delivered);
    }
    void itIsCancelledOnceItHasToWaitAgain()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = f.submit(f.request()).value();
        phone->answer(Kind::Busy, "486");
        QVERIFY(f.engine->pushes().cancel(id));
        QCOMPARE(f.stateOf(id), PushState::Cancelled);
    }
    void anAnswerAfterTheTimeToLiveCounts_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("state");
        QTest::newRow("has it") << int(Kind::Delivered) << int(PushState::Delivered);
        QTest::newRow("refuses it") << int(Kind::Refused) << int(PushState::Undeliverable);
        QTest::newRow("is busy") << int(Kind::Busy) << int(PushState::Expired);
        QTest::newRow("says nothing") << int(Kind::Unanswered) << int(PushState::Expired);
        QTest::newRow("has gone") << int(Kind::Broken) << int(PushState::Expired);
    }
    void anAnswerAfterTheTimeToLiveCounts()
    {
        QFETCH(int, kind);
        QFETCH(int, state);
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = f.submit(withTtl(f, 5)).value();
        f.clock->advance(Milliseconds(6000));
        QCOMPARE(f.stateOf(id), PushState::Sending);
        phone->answer(Kind(kind), "x");
        QCOMPARE(f.stateOf(id), PushState(state));
        QCOMPARE(f.engine->pushes().pendingTotal(), 0);
        QCOMPARE(f.journalCount(QStringLiteral("push-answered")), 1);
    }
    void anAnswerForWhatHasEndedIsInTheJournal()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = f.submit(f.request()).value();
        auto late = std::move(phone->waiting.front());
        phone->waiting.pop_front();
        bool removed = false;
        f.engine->registry().removeDevice(f.deviceId(1), [&](const Result<Done> &) { removed = true; });
        QVERIFY(f.settle([&] { return removed; }));
        QVERIFY(isTerminal(f.stateOf(id)));
        const int before = f.journalCount(QStringLiteral("push-answered"));
        late({Kind::Delivered, "200", {}, {}});
        QCOMPARE(f.journalCount(QStringLiteral("push-answered")), before + 1);
        QVERIFY(f.stateOf(id) != PushState::Delivered);
    }

    void aSlowStoreMakesNoLifeLonger()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        f.store->hold(true);
        std::optional<Result<PushId>> accepted;
        f.engine->pushes().submit(withTtl(f, 5), [&](const Result<PushId> &id) { accepted = id; });
        f.clock->advance(Milliseconds(20000));
        f.store->hold(false);
        QVERIFY(f.settle([&] { return accepted.has_value(); }));
        QCOMPARE(f.stateOf(accepted->value()), PushState::Expired);
        QVERIFY(phone->sent.isEmpty());
    }
    void oneThatIsAlwaysRefusedAsBusyLetsOthersGoFirst()
    {
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), {.busyRetry = Milliseconds(90000)});
        const auto phone = f.bind(1);
        const PushId busy = f.submit(f.request()).value();
        const PushId other = f.submit(f.request()).value();
        phone->answer(Kind::Busy, "486");
        QCOMPARE(sentOver(*phone), (QVector<PushId>{busy, other}));
        phone->answer(Kind::Delivered, "200");
        QCOMPARE(f.stateOf(busy), PushState::Waiting);
    }

    // Now or never
    void nowOrNeverHasOneAttempt_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("isTtlZero");
        for (const Kind kind : {Kind::Busy, Kind::Unanswered, Kind::Broken}) {
            QTest::addRow("ttl 0, %d", int(kind)) << int(kind) << true;
            QTest::addRow("now, %d", int(kind)) << int(kind) << false;
        }
    }
    void nowOrNeverHasOneAttempt()
    {
        QFETCH(int, kind);
        QFETCH(bool, isTtlZero);
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = f.submit(isTtlZero ? withTtl(f, 0) : withTtl(f, 600, PushWhen::Now)).value();
        phone->answer(Kind(kind), "486");
        QCOMPARE(f.stateOf(id), isTtlZero ? PushState::Expired : PushState::Undeliverable);
        QCOMPARE(f.engine->pushes().push(id)->deliveries.first().attempts, 1);
        f.clock->advance(Milliseconds(60000));
        QCOMPARE(phone->sent.size(), 1);
    }
    void nowOrNeverGoesOverAnotherPathThatIsThere()
    {
        for (const Kind kind : {Kind::Unanswered, Kind::Broken}) {
            EngineFixture f;
            const auto first = f.bind(1);
            Registration again = f.registration(1);
            again.flow = QStringLiteral("sip/2");
            const auto second = std::make_shared<StubConnection::Log>();
            QVERIFY(f.engine->registry().bind(again, std::make_unique<StubConnection>(second, QStringLiteral("127.0.0.1:40002"))));
            const PushId id = f.submit(withTtl(f, 600, PushWhen::Now)).value();
            const auto asked = first->sent.isEmpty() ? second : first, other = first->sent.isEmpty() ? first : second;
            asked->answer(kind, "icmp");
            QCOMPARE(other->sent.size(), 1);
            other->answer(kind, "icmp");
            QCOMPARE(f.stateOf(id), PushState::Undeliverable);
            QCOMPARE(asked->sent.size() + other->sent.size(), 2);
        }
    }
    void nowOrNeverDoesNotStandInLine()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId sending = f.submit(f.request()).value();
        const PushId urgent = f.submit(withPriority(f, PushPriority::High)).value();
        const PushId now = f.submit(withTtl(f, 0)).value();
        phone->answer(Kind::Delivered, "200");
        phone->answer(Kind::Delivered, "200");
        QCOMPARE(sentOver(*phone), (QVector<PushId>{sending, now, urgent}));
    }
    void nowOrNeverEndsWhereTheDeviceIsBusyWithOthers()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId sending = f.submit(f.request()).value();
        const PushId zero = f.submit(withTtl(f, 0)).value();
        const PushId now = f.submit(withTtl(f, 600, PushWhen::Now)).value();
        phone->answer(Kind::Busy, "486");
        QCOMPARE(f.stateOf(zero), PushState::Expired);
        QCOMPARE(f.stateOf(now), PushState::Undeliverable);
        QCOMPARE(reasonOf(f, now), QByteArray("busy-486"));
        QCOMPARE(f.stateOf(sending), PushState::Waiting);
    }
    void theNextDeviceHasItsTurnWhereNowFailed()
    {
        EngineFixture f;
        const auto first = f.bind(1), second = f.bind(2);
        PushRequest request = withTtl(f, 0);
        request.choice = DeviceChoice::FirstReachable;
        const PushId id = f.submit(request).value();
        const auto asked = first->sent.isEmpty() ? second : first, other = first->sent.isEmpty() ? first : second;
        asked->answer(Kind::Unanswered, "timeout");
        QCOMPARE(other->sent.size(), 1);
        other->answer(Kind::Delivered, "200");
        QCOMPARE(f.stateOf(id), PushState::Delivered);
    }

    // Over a restart
    void priorityAndOrderSurviveAKill()
    {
        auto store = std::make_shared<MemoryStore>();
        auto clock = std::make_shared<FakeClock>();
        QVector<PushId> wanted;
        {
            EngineFixture f(store, clock);
            f.bind(1);
            f.lose(1);
            const PushId low = f.submit(withPriority(f, PushPriority::Low)).value();
            const PushId normal = f.submit(f.request()).value();
            const PushId high = f.submit(withPriority(f, PushPriority::High)).value();
            const PushId second = f.submit(withPriority(f, PushPriority::High)).value();
            wanted = {high, second, normal, low};
            flush(f);
        }
        EngineFixture f(store, clock);
        f.engine->resume();
        const auto phone = f.bind(1);
        for (int i = 0; i < 4; ++i)
            phone->answer(Kind::Delivered, "200");
        QCOMPARE(sentOver(*phone), wanted);
    }
    void orderSurvivesAClockThatIsSetBackMeanwhile()
    {
        auto store = std::make_shared<MemoryStore>();
        QVector<PushId> wanted;
        WakeId wake;
        for (int life = 0; life < 3; ++life) {
            EngineFixture f(store, std::make_shared<FakeClock>(Timestamp{1'795'000'000'000 - life * 3600'000LL}));
            f.engine->resume();
            if (life == 0) {
                f.bind(1);
                f.lose(1);
            }
            PushRequest request = f.request();
            request.ttl = Milliseconds(86400 * 1000);
            wanted.append(f.submit(request).value());
            flush(f);
            QVERIFY(f.engine->wakes().recent(1).first().id.text() >= wake.text());
            wake = f.engine->wakes().recent(1).first().id;
        }
        EngineFixture f(store);
        f.engine->resume();
        const auto phone = f.bind(1);
        for (int i = 0; i < 3; ++i)
            phone->answer(Kind::Delivered, "200");
        QCOMPARE(sentOver(*phone), wanted);
    }

    // Replacing
    void newAndOldAreDurableTogether()
    {
        auto store = std::make_shared<MemoryStore>();
        auto clock = std::make_shared<FakeClock>();
        PushId old, fresh;
        {
            EngineFixture f(store, clock);
            f.bind(1);
            f.lose(1);
            old = f.submit(f.request()).value();
            flush(f);
            f.engine->pushes().submitTogether({f.request()}, {}, [&](const Result<QVector<PushId>> &ids) { fresh = ids->first(); }, {}, {old});
            QVERIFY(f.settle([&] { return !fresh.isEmpty(); }));
        } // killed in the moment of the answer
        QCOMPARE(store->pushes.at(old).state, PushState::Replaced);
        EngineFixture f(store, clock);
        f.engine->resume();
        QCOMPARE(sentOver(*f.bind(1)), QVector<PushId>{fresh});
    }
    void theOldOneIsNotSentWhileItIsBeingReplaced()
    {
        EngineFixture f;
        const PushId old = waitingPush(f);
        f.store->hold(true);
        PushId fresh;
        f.engine->pushes().submitTogether({f.request()}, {}, [&](const Result<QVector<PushId>> &ids) { fresh = ids->first(); }, {}, {old});
        const auto phone = f.bind(1);
        QVERIFY(phone->sent.isEmpty());
        QVERIFY(f.engine->pushes().cancel(old).error().is("push-finished"));
        f.store->hold(false);
        QVERIFY(f.settle([&] { return !phone->sent.isEmpty(); }));
        QCOMPARE(sentOver(*phone), QVector<PushId>{fresh});
        QCOMPARE(f.stateOf(old), PushState::Replaced);
    }
    void theOldOneGoesOnWhereNothingTookItsPlace()
    {
        EngineFixture f;
        const PushId old = waitingPush(f);
        f.store->hold(true);
        std::optional<Result<QVector<PushId>>> answer;
        f.engine->pushes().submitTogether({f.request()}, {}, [&](const Result<QVector<PushId>> &ids) { answer = ids; }, {}, {old});
        const auto phone = f.bind(1);
        f.store->failWith("store-full");
        f.store->hold(false);
        QVERIFY(f.settle([&] { return answer.has_value(); }));
        QVERIFY(answer->error().is("store-full"));
        QCOMPARE(sentOver(*phone), QVector<PushId>{old});
    }
    void whatEndsWhileItIsBeingReplacedHasOneEnd()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const PushId old = f.submit(withTtl(f, 60)).value();
        flush(f);
        const auto told = watch(f);
        f.store->hold(true);
        bool done = false;
        f.engine->pushes().submitTogether({f.request()}, {}, [&](const Result<QVector<PushId>> &) { done = true; }, {}, {old});
        f.clock->advance(Milliseconds(61000));
        f.store->hold(false);
        QVERIFY(f.settle([&] { return done; }));
        flush(f);
        QVERIFY(f.settle([&] { return told->contains(old); }));
        QCOMPARE(f.store->pushes.at(old).state, f.stateOf(old));
    }

    // Clocks
    void aTimeOfDayIsTheSystems()
    {
        EngineFixture f;
        f.bind(1);
        PushRequest request = withTtl(f, 86400);
        request.notBefore = f.clock->wall() + Milliseconds(3 * 3600 * 1000);
        const PushId id = f.submit(request).value();
        f.clock->setWall(Milliseconds(2 * 3600 * 1000));
        f.clock->advance(Milliseconds(3590 * 1000));
        const auto phone = f.bind(1); // before its registration ends
        f.clock->advance(Milliseconds(9 * 1000));
        QVERIFY(phone->sent.isEmpty());
        f.clock->advance(Milliseconds(2000));
        QCOMPARE(sentOver(*phone), QVector<PushId>{id});
    }
    void aTimeOfDayThatWasLeapedOverIsTooLate()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        PushRequest request = withTtl(f, 2 * 3600);
        request.notBefore = f.clock->wall() + Milliseconds(3600 * 1000);
        const PushId id = f.submit(request).value();
        f.clock->setWall(Milliseconds(3 * 3600 * 1000));
        f.clock->advance(Milliseconds(600 * 1000));
        QCOMPARE(f.stateOf(id), PushState::Expired);
        QVERIFY(phone->sent.isEmpty());
    }
    void aTimeOfDayComesLaterWhereTheClockIsSetBack()
    {
        EngineFixture f;
        f.bind(1);
        PushRequest request = withTtl(f, 86400);
        request.notBefore = f.clock->wall() + Milliseconds(3600 * 1000);
        QVERIFY(f.submit(request));
        f.clock->setWall(Milliseconds(-3600 * 1000));
        f.clock->advance(Milliseconds(3590 * 1000));
        auto phone = f.bind(1);
        f.clock->advance(Milliseconds(110 * 1000));
        QVERIFY(phone->sent.isEmpty());
        phone = f.bind(1);
        f.clock->advance(Milliseconds(3500 * 1000));
        QCOMPARE(phone->sent.size(), 1);
    }
    void aTimeToLiveIsADuration()
    {
        for (const int hours : {-1, 1}) {
            EngineFixture f;
            f.bind(1);
            f.lose(1);
            const PushId id = f.submit(withTtl(f, 60, PushWhen::WhenReachable)).value();
            f.clock->setWall(Milliseconds(hours * 3600 * 1000));
            f.clock->advance(Milliseconds(59000));
            QCOMPARE(f.stateOf(id), PushState::Waiting);
            f.clock->advance(Milliseconds(2000));
            QCOMPARE(f.stateOf(id), PushState::Expired);
        }
    }
    void aSirHasTheSystemsTime()
    {
        EngineFixture f;
        Registration able = f.registration(1);
        able.capabilities = Capabilities{};
        QVERIFY(f.engine->registry().bind(able, std::make_unique<StubConnection>(std::make_shared<StubConnection::Log>(), QStringLiteral("127.0.0.1:40001"))));
        f.lose(1);
        f.clock->setWall(Milliseconds(3600 * 1000));
        QVERIFY(f.submit(f.request()));
        QCOMPARE(f.bearer->sent.size(), 1);
        const Result<SessionRequest> sir = decodeSir(f.bearer->sent.first().sir);
        QVERIFY(sir);
        QCOMPARE(sir->time.ms / 1000, f.clock->wall().ms / 1000);
    }
};

QTEST_GUILESS_MAIN(TestPushEnds)
#include "tst_pushends.moc"
