// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"
#include "support/logcatcher.h"

#include <QTest>

using namespace reveille;

/// Pushes that come together, are held back, replace others, or owe somebody word of their end.
class TestPushSubmission : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void severalAreDurableTogetherOrNotAtAll()
    {
        EngineFixture f;
        f.bind(1);
        f.bind(2, QStringLiteral("bob"));
        PushRequest second = f.request(QStringLiteral("bob"));
        second.notifyTo = QStringLiteral("http://192.0.2.1/n");
        const int before = f.store->commits();
        const auto ids = submitTogether(f, {f.request(), second});
        QVERIFY(ids.ok());
        QCOMPARE(ids->size(), 2);
        QVERIFY(f.store->pushes.count(ids->at(0)) && f.store->pushes.count(ids->at(1)));
        QVERIFY(f.store->commits() - before <= 2);
        QCOMPARE(f.store->notices.size(), size_t(1));
        const Notice &notice = f.store->notices.begin()->second;
        QCOMPARE(notice.push, ids->at(1));
        QCOMPARE(notice.url, second.notifyTo);

        const auto none = submitTogether(f, {f.request(), f.request(QStringLiteral("nobody"))});
        QVERIFY(!none.ok());
        QVERIFY(none.error().is("user-unknown"));
        QCOMPARE(f.store->pushes.size(), size_t(2));
        f.store->failWith("store-full");
        QVERIFY(submitTogether(f, {f.request(), second}).error().is("store-full"));
        QCOMPARE(f.store->notices.size(), size_t(1));
        QCOMPARE(f.engine->pushes().pendingTotal(), 2);
    }
    void isHeldBackUntilItsTime()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = *f.submit(later(f, 60));
        QCOMPARE(f.stateOf(id), PushState::Accepted);
        f.clock->advance(Milliseconds(59999));
        QVERIFY(phone->sent.isEmpty());
        f.clock->advance(Milliseconds(1));
        QCOMPARE(phone->sent.size(), 1);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(id), PushState::Delivered);
    }
    void isHeldBackOverARestart()
    {
        const auto store = std::make_shared<MemoryStore>();
        const auto clock = std::make_shared<FakeClock>();
        PushId id;
        {
            EngineFixture f(store, clock);
            f.bind(1);
            id = *f.submit(later(f, 60));
        }
        clock->advance(Milliseconds(30000));
        EngineFixture f(store, clock);
        const auto phone = f.bind(1);
        f.engine->resume();
        f.clock->advance(Milliseconds(29999));
        QVERIFY(phone->sent.isEmpty());
        f.clock->advance(Milliseconds(1));
        QCOMPARE(phone->sent.size(), 1);
        QCOMPARE(phone->sent[0].push, id);
    }
    void expiresWhereItWouldStartTooLate()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        PushRequest request = later(f, 60);
        request.ttl = Milliseconds(10000);
        const PushId id = *f.submit(request);
        f.clock->advance(Milliseconds(10000));
        QCOMPARE(f.stateOf(id), PushState::Expired);
        f.clock->advance(Milliseconds(60000));
        QVERIFY(phone->sent.isEmpty());
        QCOMPARE(f.engine->pushes().pendingTotal(), 0);
    }
    void canBeCancelledWhileHeldBack()
    {
        EngineFixture f;
        const auto phone = f.bind(1);
        const PushId id = *f.submit(later(f, 60));
        QVERIFY(f.engine->pushes().cancel(id));
        QCOMPARE(f.stateOf(id), PushState::Cancelled);
        f.clock->advance(Milliseconds(60000));
        QVERIFY(phone->sent.isEmpty());
        QCOMPARE(f.stateOf(id), PushState::Cancelled);
    }
    void isReplacedUnlessItMayHaveArrived()
    {
        EngineFixture f;
        const PushId held = [&] {
            f.bind(1);
            return *f.submit(later(f, 60));
        }();
        QVERIFY(f.engine->pushes().canReplace(held));
        QVERIFY(f.engine->pushes().replace(held));
        QCOMPARE(f.stateOf(held), PushState::Replaced);
        QVERIFY(f.engine->pushes().replace(held).error().is("push-finished"));
        const PushId sending = *f.submit(f.request());
        QCOMPARE(f.stateOf(sending), PushState::Sending);
        QVERIFY(f.engine->pushes().replace(sending).error().is("push-sending"));
        QCOMPARE(f.stateOf(sending), PushState::Sending);
        QVERIFY(f.engine->pushes().replace(PushId(QStringLiteral("p-none"))).error().is("push-unknown"));
    }
    void pendingTotal()
    {
        LogCatcher log("reveille.pushes");
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), {.pendingTotal = 2});
        f.bind(1);
        QVERIFY(submitTogether(f, {f.request(), f.request(), f.request()}).error().is("queue-full"));
        QVERIFY(f.store->pushes.empty());
        QVERIFY(submitTogether(f, {f.request(), f.request()}));
        QVERIFY(isRefused(f.submit(f.request()), "queue-full", QStringLiteral("2")));
        QCOMPARE(log.reached(QStringLiteral("pendingTotal")), 2);
    }
    void pendingOctets()
    {
        LogCatcher log("reveille.pushes");
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), {.pendingOctets = 1000});
        const auto phone = f.bind(1);
        PushRequest large = f.request();
        large.body = QByteArray(600, 'x');
        QVERIFY(submitTogether(f, {large, large}).error().is("queue-full"));
        f.store->failWith("store-full");
        QVERIFY(f.submit(large).error().is("store-full"));
        f.store->failWith("");
        const PushId first = *f.submit(large);
        QVERIFY(isRefused(f.submit(large), "queue-full", QStringLiteral("1000")));
        QVERIFY(f.submit(f.request()).ok());
        QCOMPARE(log.reached(QStringLiteral("pendingOctets")), 2);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(first), PushState::Delivered);
        QVERIFY(f.submit(large).ok());
    }
    void pendingPerInitiator()
    {
        LogCatcher log("reveille.pushes");
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), {.pendingPerInitiator = 2});
        const auto phone = f.bind(1);
        const PushRequest staff = f.request(), shop = from(f, "shop"), bank = from(f, "bank");
        const PushId first = *f.submit(shop);
        QVERIFY(submitTogether(f, {shop, shop}).error().is("initiator-queue-full"));
        QVERIFY(submitTogether(f, {shop}));
        QVERIFY(isRefused(f.submit(shop), "initiator-queue-full", {}));
        QCOMPARE(log.reached(QStringLiteral("pendingPerInitiator")), 2);
        QVERIFY(submitTogether(f, {bank, bank}));
        QVERIFY(submitTogether(f, {staff, staff, staff}));
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f.stateOf(first), PushState::Delivered);
        QVERIFY(f.submit(shop).ok());
    }
    void pendingOctetsPerInitiator()
    {
        LogCatcher log("reveille.pushes");
        const auto store = std::make_shared<MemoryStore>();
        EngineFixture f(store, std::make_shared<FakeClock>(), {.pendingOctetsPerInitiator = 1000});
        f.bind(1);
        PushRequest shop = from(f, "shop"), bank = from(f, "bank");
        shop.body = bank.body = QByteArray(600, 'x');
        store->failWith("store-full");
        QVERIFY(f.submit(shop).error().is("store-full"));
        store->failWith("");
        QVERIFY(f.submit(shop).ok());
        QVERIFY(isRefused(f.submit(shop), "initiator-queue-full", {}));
        QVERIFY(f.submit(bank).ok());
        QCOMPARE(log.reached(QStringLiteral("pendingOctetsPerInitiator")), 1);

        EngineFixture again(store, std::make_shared<FakeClock>(), {.pendingOctetsPerInitiator = 1000});
        again.bind(1);
        QVERIFY(again.submit(shop).error().is("initiator-queue-full"));
    }
    void countsWhatIsBeingSubmitted()
    {
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), {.pendingPerDevice = 10, .pendingTotal = 30});
        f.bind(1);
        f.bind(2);
        f.bind(3, QStringLiteral("bob"));
        PushRequest first = f.request(), second = f.request(), user = f.request();
        first.to = second.to = {};
        first.to.device = EngineFixture::deviceId(1);
        second.to.device = EngineFixture::deviceId(2);
        QVERIFY(submitTogether(f, QVector<PushRequest>(11, first)).error().is("device-queue-full"));
        QVERIFY(submitTogether(f, QVector<PushRequest>(11, later(f, 60))).error().is("device-queue-full"));
        QVERIFY(f.store->pushes.empty());

        f.store->hold(true);
        int accepted = 0;
        const auto submit = [&](int count, const PushRequest &request) {
            Error error{};
            f.engine->pushes().submitTogether(QVector<PushRequest>(count, request), {}, [&](const Result<QVector<PushId>> &ids) {
                if (ids)
                    accepted += int(ids->size());
                else
                    error = ids.error();
            });
            return error;
        };
        QVERIFY(!*submit(6, first).code);
        QVERIFY(submit(5, first).is("device-queue-full"));
        QVERIFY(!*submit(10, second).code);
        QVERIFY(submit(1, user).is("device-queue-full"));
        QVERIFY(!*submit(4, first).code);
        const PushRequest bob = later(f, 60, QStringLiteral("bob"));
        QVERIFY(!*submit(10, bob).code);
        QVERIFY(submit(1, bob).is("queue-full"));
        f.store->hold(false);
        QVERIFY(f.settle([&] { return accepted == 30; }));
        QCOMPARE(f.engine->pushes().pendingTotal(), 30);
        QCOMPARE(f.engine->pushes().pendingFor(EngineFixture::deviceId(1)), 10);
    }
    void countsOctetsOfWhatARestartBringsBack()
    {
        const auto store = std::make_shared<MemoryStore>();
        const auto clock = std::make_shared<FakeClock>();
        PushRequest large;
        {
            EngineFixture f(store, clock);
            f.bind(1);
            large = f.request();
            large.body = QByteArray(600, 'x');
            QVERIFY(f.submit(large).ok());
        }
        EngineFixture f(store, clock, {.pendingOctets = 1000});
        const auto phone = f.bind(1);
        f.engine->resume();
        QVERIFY(f.submit(large).error().is("queue-full"));
        f.clock->advance(Milliseconds(0));
        phone->answer(SendOutcome::Kind::Delivered, "200");
        QVERIFY(f.submit(large).ok());
    }
    void pendingPerDevice()
    {
        LogCatcher log("reveille.pushes");
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), {.pendingPerDevice = 1});
        f.bind(1);
        f.bind(2, QStringLiteral("bob"));
        QVERIFY(f.submit(f.request()).ok());
        QVERIFY(isRefused(f.submit(f.request()), "device-queue-full", EngineFixture::deviceId(1).toString()));
        QVERIFY(f.submit(later(f, 60, QStringLiteral("bob"))).ok());
        QVERIFY(isRefused(f.submit(later(f, 60, QStringLiteral("bob"))), "device-queue-full",
                          EngineFixture::userId(QStringLiteral("bob")).toString()));
        QCOMPARE(log.reached(QStringLiteral("pendingPerDevice")), 2);
    }
    void keepsFewOfThoseThatEndedWhateverWaits()
    {
        EngineFixture f;
        f.bind(1);
        const auto other = f.bind(2, QStringLiteral("bob"));
        f.lose(1);
        const PushId waits = *f.submit(f.request()); // the oldest of all, and it does not end
        PushRequest request = f.request(QStringLiteral("bob"));
        request.body = QByteArray(1024 * 1024, 'x');
        QVector<PushId> ended;
        for (int i = 0; i < 80; ++i) {
            ended.append(*f.submit(request));
            other->answer(SendOutcome::Kind::Delivered, "200");
            f.clock->advance(WriteBehind::delay);
        }
        QVERIFY(f.settle([&] { return f.engine->pushes().recent(1000).size() <= 65; }));
        QVERIFY(!f.engine->pushes().push(ended.first()));
        QVERIFY(f.engine->pushes().push(ended.last()));
        QVERIFY(f.engine->pushes().push(waits));
        const QVector<Push> recent = f.engine->pushes().recent(1000);
        QVERIFY(recent.size() > 60 && recent.size() <= 65);
        QCOMPARE(recent.first().id, ended.last());
        QCOMPARE(recent.last().id, waits);
    }
    void bodySize()
    {
        EngineFixture f(std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), {.bodySize = 5});
        f.bind(1);
        PushRequest request = f.request();
        QVERIFY(f.submit(request).ok());
        request.body += '!';
        QVERIFY(f.submit(request).error().is("body-too-large"));
    }

private:
    static bool isRefused(const Result<PushId> &answer, const char *code, const QString &about)
    {
        return !answer && answer.error().is(code) && answer.error().about == about;
    }
    static PushRequest from(const EngineFixture &f, const char *initiator)
    {
        PushRequest request = f.request();
        request.initiator = InitiatorId(QString::fromLatin1(initiator));
        return request;
    }
    static PushRequest later(const EngineFixture &f, int seconds, const QString &user = QStringLiteral("alice"))
    {
        PushRequest request = f.request(user);
        request.notBefore = f.clock->now() + Milliseconds(seconds * 1000);
        return request;
    }
    static Result<QVector<PushId>> submitTogether(EngineFixture &f, const QVector<PushRequest> &requests)
    {
        std::optional<Result<QVector<PushId>>> answer;
        f.engine->pushes().submitTogether(requests, {}, [&](const Result<QVector<PushId>> &ids) { answer = ids; });
        f.settle([&] { return answer.has_value(); });
        return answer.value_or(Error{"no-answer", {}});
    }
};

QTEST_GUILESS_MAIN(TestPushSubmission)
#include "tst_pushsubmission.moc"
