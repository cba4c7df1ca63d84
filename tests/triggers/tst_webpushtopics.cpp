// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/webpushbench.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

using Kind = SendOutcome::Kind;

/// A newer push of a topic takes the place of the one that still waits (RFC 8030 section 5.4), over restarts too.
class TestWebPushTopics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { f.reset(); }

    void replacesThePushThatWaits();
    void keepsOtherTopicsAndResources();
    void givesTheReplacedPushNoReceipt();
    void leavesOneThatIsBeingSent();
    void replacesOneThatWasBeingSentOnceItWaitsAgain();
    void forgetsWhatHasEnded();
    void replacesAfterARestart();
    void finishesAReplacementThatAKillCutShort();

private:
    PushId push(const QByteArray &topic, const QByteArray &body = "octets")
    {
        return WebPushBench::idOf(f->push({{"Topic", topic}, {"TTL", "3600"}}, body));
    }
    void restart();

    std::unique_ptr<WebPushBench> f;
};

void TestWebPushTopics::init()
{
    f = std::make_unique<WebPushBench>();
    f->bind(1);
    f->makeResource();
    f->lose(1);
}

void TestWebPushTopics::restart()
{
    f->clock->advance(WriteBehind::delay);
    (void)f->settle([&] { return f->store->facts().queued == 0; });
    const auto store = f->store;
    const auto clock = f->clock;
    const QByteArray token = f->token;
    const QVector<Push> before = [&] {
        QVector<Push> pushes;
        for (const auto &[id, push] : store->pushes)
            pushes.append(push);
        return pushes;
    }();
    f.reset();
    store->close();
    f = std::make_unique<WebPushBench>(store, clock);
    f->token = token;
    f->listener->load(before);
    f->engine->resume();
}

void TestWebPushTopics::replacesThePushThatWaits()
{
    const PushId first = push("score", "1:0");
    QCOMPARE(f->stateOf(first), PushState::Waking);
    const PushId second = push("score", "2:0");
    QCOMPARE(f->stateOf(first), PushState::Replaced);
    QCOMPARE(f->store->pushes.at(first).state, PushState::Replaced); // durable by the answer
    const auto phone = f->bind(1);
    QCOMPARE(phone->sent.size(), 1);
    QCOMPARE(phone->sent[0].push, second);
    QCOMPARE(phone->sent[0].body, QByteArray("2:0"));
}

void TestWebPushTopics::keepsOtherTopicsAndResources()
{
    const PushId score = push("score"), weather = push("weather"), none = push({});
    const PushId none2 = push({});
    f->makeResource();
    const PushId elsewhere = push("score");
    for (const PushId &id : {score, weather, none, none2, elsewhere})
        QVERIFY(!isTerminal(f->stateOf(id)));
}

void TestWebPushTopics::givesTheReplacedPushNoReceipt()
{
    const HttpResponse first = f->push({{"Topic", "score"}, {"Prefer", "respond-async"}});
    QCOMPARE(f->ask("GET", WebPushBench::receiptOf(first)).status, 202);
    push("score");
    QCOMPARE(f->ask("GET", WebPushBench::receiptOf(first)).status, 410);
}

void TestWebPushTopics::leavesOneThatIsBeingSent()
{
    const auto phone = f->bind(1);
    const PushId first = push("score");
    QCOMPARE(f->stateOf(first), PushState::Sending);
    const PushId second = push("score");
    QCOMPARE(f->stateOf(first), PushState::Sending);
    phone->answer(Kind::Delivered, "200");
    QCOMPARE(f->stateOf(first), PushState::Delivered);
    phone->answer(Kind::Delivered, "200");
    QCOMPARE(f->stateOf(second), PushState::Delivered);
}

void TestWebPushTopics::replacesOneThatWasBeingSentOnceItWaitsAgain()
{
    const auto phone = f->bind(1);
    const PushId first = push("score");
    const PushId second = push("score");
    phone->answer(Kind::Broken, "reset");
    f->clock->advance(Milliseconds(0));
    QCOMPARE(f->stateOf(first), PushState::Replaced);
    QVERIFY(!isTerminal(f->stateOf(second)));
}

void TestWebPushTopics::forgetsWhatHasEnded()
{
    for (int i = 0; i < 5; ++i)
        push("score");
    QCOMPARE(f->listener->webPush().topics().count(), 1);
    f->bind(1)->answer(Kind::Delivered, "200");
    QCOMPARE(f->listener->webPush().topics().count(), 0);
    f->lose(1);
    const HttpResponse late = f->push({{"Topic", "score"}, {"TTL", "1"}});
    QCOMPARE(f->listener->webPush().topics().count(), 1);
    f->clock->advance(Milliseconds(60000));
    QVERIFY(isTerminal(f->stateOf(WebPushBench::idOf(late))));
    QCOMPARE(f->listener->webPush().topics().count(), 0);
}

void TestWebPushTopics::replacesAfterARestart()
{
    const PushId first = push("score");
    restart();
    QVERIFY(!isTerminal(f->stateOf(first)));
    push("score");
    QCOMPARE(f->stateOf(first), PushState::Replaced);
}

void TestWebPushTopics::finishesAReplacementThatAKillCutShort()
{
    const PushId first = push("score");
    f->clock->advance(Milliseconds(1000));
    const PushId second = push("score");
    QCOMPARE(f->stateOf(first), PushState::Replaced);
    f->store->pushes[first].state = PushState::Waiting; // as if its end had not been written
    f->store->pushes[first].deliveries[0].state = PushState::Waiting;
    f->store->pushes[first].finishedAt = {};
    restart();
    QCOMPARE(f->stateOf(first), PushState::Replaced);
    QVERIFY(!isTerminal(f->stateOf(second)));
}

QTEST_GUILESS_MAIN(TestWebPushTopics)
#include "tst_webpushtopics.moc"
