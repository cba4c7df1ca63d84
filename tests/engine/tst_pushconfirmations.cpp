// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"
#include "support/logcatcher.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// The one step out of Delivered: what brings it, what does not, and what the rest of the house hears of it.
class TestPushConfirmations : public QObject
{
    Q_OBJECT

    static PushRequest asking(const EngineFixture &f, const QString &user = u"alice"_s)
    {
        PushRequest request = f.request(user);
        request.confirm = true;
        request.ttl = Milliseconds(60000);
        return request;
    }
    /// The code of the answer, "ok" for none.
    static QByteArray confirm(EngineFixture &f, const PushId &id, int device,
                              PushConfirmation::By by = PushConfirmation::By::Application)
    {
        std::optional<QByteArray> told;
        f.engine->pushes().confirm({id, EngineFixture::deviceId(device), by, u"coap"_s},
                                   [&](const Result<Done> &done) { told = done ? QByteArray("ok") : QByteArray(done.error().code); });
        f.settle([&] { return told.has_value(); });
        return told.value_or("no answer");
    }
    static JournalEntry lastOf(const EngineFixture &f, const QString &event)
    {
        JournalEntry last;
        for (const JournalEntry &entry : f.engine->journal().since({})) {
            if (entry.event == event)
                last = entry;
        }
        return last;
    }
    /// Lets what was staged come to the store.
    static void write(EngineFixture &f)
    {
        f.clock->advance(WriteBehind::delay);
        for (int i = 0; i < 50; ++i)
            QCoreApplication::processEvents();
    }

private Q_SLOTS:
    void theWordMakesItConfirmed_data()
    {
        QTest::addColumn<int>("by");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("application") << int(PushConfirmation::By::Application) << QByteArray("by-application");
        QTest::newRow("user") << int(PushConfirmation::By::User) << QByteArray("by-user");
    }
    void theWordMakesItConfirmed()
    {
        QFETCH(int, by);
        QFETCH(QByteArray, reason);
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = *f.submit(asking(f));
        QVERIFY(phone->sent[0].confirm);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        const Push delivered = *f.engine->pushes().push(id);
        QCOMPARE(delivered.state, PushState::Delivered);
        QVERIFY(delivered.awaitsConfirmation);
        QCOMPARE(f.engine->counters().pushesAwaited, 1);
        QCOMPARE(f.engine->counters().pushesPending, 0);

        f.clock->advance(Milliseconds(1000));
        QCOMPARE(confirm(f, id, 1, PushConfirmation::By(by)), QByteArray("ok"));
        const Push confirmed = *f.engine->pushes().push(id);
        QCOMPARE(confirmed.state, PushState::Confirmed);
        QCOMPARE(confirmed.deliveries[0].reason, reason);
        QVERIFY(!confirmed.awaitsConfirmation);
        QCOMPARE(confirmed.finishedAt, delivered.finishedAt);
        QCOMPARE(f.engine->counters().pushesAwaited, 0);
        QCOMPARE(f.engine->counters().pushesConfirmed, 1);
        QCOMPARE(f.engine->counters().pushesDelivered, 1);
        QVERIFY(lastOf(f, u"push-confirmed"_s).fields.contains({u"over"_s, u"coap"_s}));
        QCOMPARE(confirm(f, id, 1), QByteArray("ok")); // said again
        QCOMPARE(f.journalCount(u"push-confirmed"_s), 1);
    }
    void itIsAnsweredOnceItIsDurable()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = *f.submit(asking(f));
        phone->answer(SendOutcome::Kind::Delivered, "200");
        write(f);
        f.store->hold(true);
        bool told = false;
        f.engine->pushes().confirm({id, f.deviceId(1), {}, {}}, [&](const Result<Done> &) { told = true; });
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
        QVERIFY(!told);
        f.store->hold(false);
        QVERIFY(f.settle([&] { return told; }));
        QCOMPARE(f.store->pushes[id].state, PushState::Confirmed);
    }
    void withoutTheWordItStaysDelivered()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = *f.submit(asking(f));
        phone->answer(SendOutcome::Kind::Delivered, "200");
        f.clock->advance(Milliseconds(59999));
        QVERIFY(f.engine->pushes().push(id)->awaitsConfirmation);
        f.clock->advance(Milliseconds(1));
        const Push push = *f.engine->pushes().push(id);
        QCOMPARE(push.state, PushState::Delivered);
        QVERIFY(!push.awaitsConfirmation);
        QCOMPARE(f.engine->counters().pushesAwaited, 0);
        QCOMPARE(f.journalCount(u"push-unconfirmed"_s), 1);
        QCOMPARE(confirm(f, id, 1), QByteArray("confirmation-late"));
        QCOMPARE(f.stateOf(id), PushState::Delivered);
    }
    void whatNobodyAskedForChangesNothing()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = *f.submit(f.request());
        QVERIFY(!phone->sent[0].confirm);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.engine->counters().pushesAwaited, 0);
        QCOMPARE(confirm(f, id, 1), QByteArray("confirmation-unasked"));
        QCOMPARE(f.stateOf(id), PushState::Delivered);
        QCOMPARE(lastOf(f, u"confirmation-ignored"_s).push, id);
    }
    void anotherDevicesWordChangesNothing()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        f.bind(2, u"mallory"_s);
        const PushId id = *f.submit(asking(f));
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(confirm(f, id, 2), QByteArray("push-unknown"));
        QCOMPARE(confirm(f, PushId(u"p-forged"_s), 2), QByteArray("push-unknown"));
        QCOMPARE(f.stateOf(id), PushState::Delivered);
        const JournalEntry row = lastOf(f, u"confirmation-ignored"_s);
        QVERIFY(row.push.isEmpty());
        QCOMPARE(row.user, f.userId(u"mallory"_s));
        QVERIFY(row.fields.contains({u"claimed"_s, u"p-forged"_s}));
    }
    void whatWasNeverSentCannotBeConfirmed()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const PushId id = *f.submit(asking(f));
        QCOMPARE(f.stateOf(id), PushState::Waking);
        QCOMPARE(confirm(f, id, 1), QByteArray("confirmation-early"));
        QCOMPARE(f.stateOf(id), PushState::Waking);
        QVERIFY(f.engine->pushes().cancel(id));
        QCOMPARE(confirm(f, id, 1), QByteArray("confirmation-late"));
        QCOMPARE(f.stateOf(id), PushState::Cancelled);
    }
    void theWordStandsForAnAnswerThatWasLost()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = *f.submit(asking(f));
        QCOMPARE(f.stateOf(id), PushState::Sending);
        QCOMPARE(confirm(f, id, 1), QByteArray("ok"));
        QCOMPARE(f.stateOf(id), PushState::Confirmed);
        QCOMPARE(f.journalCount(u"push-delivered"_s), 1);
        phone->answer(SendOutcome::Kind::Unanswered, "timeout");
        QCOMPARE(f.stateOf(id), PushState::Confirmed);
        QCOMPARE(f.bind(1)->sent.size(), 0); // not once more
        QCOMPARE(f.engine->counters().pushesDelivered, 1);
    }
    void severalDevicesHaveToAgree()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const auto tablet = f.bind(2);
        const auto watch = f.bind(3);
        const PushId id = *f.submit(asking(f));
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(confirm(f, id, 1), QByteArray("ok"));
        QCOMPARE(f.stateOf(id), PushState::Sending);
        tablet->answer(SendOutcome::Kind::Delivered, "200");
        watch->answer(SendOutcome::Kind::Refused, "603");
        QCOMPARE(f.stateOf(id), PushState::Delivered);
        QVERIFY(f.engine->pushes().push(id)->awaitsConfirmation);
        QCOMPARE(confirm(f, id, 3), QByteArray("confirmation-late"));
        QCOMPARE(confirm(f, id, 2), QByteArray("ok"));
        QCOMPARE(f.stateOf(id), PushState::Confirmed);
    }
    void isTakenUpAfterAKillAtAnyPoint_data()
    {
        QTest::addColumn<int>("killed");
        QTest::newRow("before it was confirmed") << 0;
        QTest::newRow("after it was confirmed") << 1;
        QTest::newRow("while it was delivered") << 2;
    }
    void isTakenUpAfterAKillAtAnyPoint()
    {
        QFETCH(int, killed);
        const auto store = std::make_shared<MemoryStore>();
        const auto clock = std::make_shared<FakeClock>();
        PushId id;
        {
            EngineFixture f(store, clock);
            const auto phone = f.bind(1);
            id = *f.submit(asking(f));
            write(f);
            if (killed < 2) {
                phone->answer(SendOutcome::Kind::Delivered, "200");
                write(f);
            }
            if (killed == 1)
                QCOMPARE(confirm(f, id, 1), QByteArray("ok"));
        } // no close, nothing flushed
        EngineFixture f(store, clock);
        f.engine->resume();
        if (killed == 1) {
            QCOMPARE(store->pushes[id].state, PushState::Confirmed);
            QVERIFY(!f.engine->pushes().push(id));
            return;
        }
        QCOMPARE(f.engine->counters().pushesAwaited, killed == 0);
        QCOMPARE(f.engine->counters().pushesPending, killed == 2);
        const auto phone = f.bind(1);
        QCOMPARE(phone->sent.size(), killed == 2);
        QCOMPARE(confirm(f, id, 1), QByteArray("ok"));
        QCOMPARE(f.stateOf(id), PushState::Confirmed);
        QCOMPARE(store->pushes[id].state, PushState::Confirmed);
        QCOMPARE(f.engine->counters().pushesAwaited, 0);
    }
    void aLifeThatEndedWhileDownIsOver()
    {
        const auto store = std::make_shared<MemoryStore>();
        const auto clock = std::make_shared<FakeClock>();
        PushId id;
        {
            EngineFixture f(store, clock);
            const auto phone = f.bind(1);
            id = *f.submit(asking(f));
            phone->answer(SendOutcome::Kind::Delivered, "200");
            write(f);
        }
        clock->advance(Milliseconds(60000));
        EngineFixture f(store, clock);
        f.engine->resume();
        f.bind(1);
        QCOMPARE(confirm(f, id, 1), QByteArray("confirmation-late"));
        write(f);
        QCOMPARE(store->pushes[id].state, PushState::Delivered);
        QVERIFY(!store->pushes[id].awaitsConfirmation);
    }
    void itEndsOnceForThoseWhoAreTold()
    {
        EngineFixture f;
        int ended = 0;
        connect(&f.engine->pushes(), &PushDispatcher::pushEnded, this, [&](const PushId &) { ++ended; });
        const auto phone = f.bind(1);
        const PushId id = *f.submit(asking(f));
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(ended, 0); // not durable yet
        f.clock->advance(WriteBehind::delay);
        QVERIFY(f.settle([&] { return ended > 0; }));
        QCOMPARE(ended, 1);
        QCOMPARE(confirm(f, id, 1), QByteArray("ok"));
        f.clock->advance(WriteBehind::delay);
        QCoreApplication::processEvents();
        QCOMPARE(ended, 1);
    }
    void nobodyIsToldAgainAfterARestart()
    {
        auto store = std::make_shared<MemoryStore>();
        auto clock = std::make_shared<FakeClock>();
        PushId id;
        {
            EngineFixture f(store, clock);
            const auto phone = f.bind(1);
            id = *f.submit(asking(f));
            phone->answer(SendOutcome::Kind::Delivered, "200");
            bool done = false;
            f.engine->writes().commit([&](const Result<Done> &) { done = true; });
            QVERIFY(f.settle([&] { return done; }));
        }
        EngineFixture f(store, clock);
        int ended = 0, lasting = 0;
        connect(&f.engine->pushes(), &PushDispatcher::pushEnded, this, [&](const PushId &) { ++ended; });
        connect(&f.engine->pushes(), &PushDispatcher::pushLasts, this, [&](const PushId &) { ++lasting; });
        f.engine->resume();
        QCOMPARE(confirm(f, id, 1), QByteArray("ok"));
        f.clock->advance(WriteBehind::delay);
        QVERIFY(f.settle([&] { return lasting == 1; }));
        QCOMPARE(f.stateOf(id), PushState::Confirmed);
        QCOMPARE(ended, 0);
    }
    void countsWhateverTheClockIsSetTo()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = *f.submit(asking(f));
        phone->answer(SendOutcome::Kind::Delivered, "200");
        f.clock->setWall(Milliseconds(365LL * 24 * 3600 * 1000));
        QCOMPARE(confirm(f, id, 1), QByteArray("ok"));
    }
    void needsATimeInWhichItCounts()
    {
        EngineFixture f;
        f.bind(1);
        PushRequest request = asking(f);
        request.ttl = Milliseconds(0);
        QVERIFY(f.submit(request).error().is("confirm-needs-ttl"));
    }
    void ignoredWordsFillNoJournal()
    {
        EngineFixture f;
        f.bind(1);
        for (int i = 0; i < 2 * PushDispatcher::ignoredPerMinute; ++i)
            confirm(f, PushId(QString::number(i)), 1);
        QCOMPARE(f.journalCount(u"confirmation-ignored"_s), PushDispatcher::ignoredPerMinute);
        f.clock->advance(Milliseconds(60000));
        confirm(f, PushId(u"x"_s), 1);
        QCOMPARE(f.journalCount(u"confirmation-ignored"_s), PushDispatcher::ignoredPerMinute + 1);
    }
    void awaitedTotal()
    {
        LogCatcher log("reveille.pushes");
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), {.awaitedTotal = 2});
        const auto phone = f.bind(1);
        QVector<PushId> ids;
        for (int i = 0; i < 3; ++i) {
            ids.append(*f.submit(asking(f)));
            phone->answer(SendOutcome::Kind::Delivered, "200");
        }
        QCOMPARE(f.engine->counters().pushesAwaited, 2);
        QCOMPARE(log.reached(u"awaitedTotal"_s), 1);
        QVERIFY(!f.engine->pushes().push(ids[0])->awaitsConfirmation);
        QCOMPARE(f.stateOf(ids[0]), PushState::Delivered);
        QCOMPARE(confirm(f, ids[0], 1), QByteArray("confirmation-late"));
        QCOMPARE(confirm(f, ids[2], 1), QByteArray("ok"));
    }
    void awaitedOctets()
    {
        LogCatcher log("reveille.pushes");
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), {.awaitedOctets = 1000});
        const auto phone = f.bind(1);
        PushRequest large = asking(f);
        large.body = QByteArray(600, 'x');
        for (int i = 0; i < 3; ++i) {
            QVERIFY(f.submit(large).ok());
            phone->answer(SendOutcome::Kind::Delivered, "200");
        }
        QCOMPARE(f.engine->counters().pushesAwaited, 1);
        QCOMPARE(log.reached(u"awaitedOctets"_s), 2);
    }
};

QTEST_GUILESS_MAIN(TestPushConfirmations)
#include "tst_pushconfirmations.moc"
