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
            f.clock->advance(Milliseconds(0));
        }
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
