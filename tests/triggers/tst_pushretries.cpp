// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"
#include "support/httppeer.h"
#include "triggers/triggerlistener.h"

#include <QJsonArray>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QByteArray toAlice = R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})";

} // namespace

/// Pushes that are sent again because an answer got lost, and pushes sent many at a time.
class TestPushRetries : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void takesAPushOnceUnderItsKey();
    void knowsAKeyAfterTheServerStartedAnew();
    void refusesAnotherPushUnderAKey();
    void keepsTheKeysOfInitiatorsApart();
    void asksToWaitWhileThePushIsBeingTaken();
    void freesTheKeyOfAPushThatWasRefused();
    void refusesBrokenKeys_data();
    void refusesBrokenKeys();
    void countsARepetitionForNothing();

    void takesABatchInOrderAndRefusesWhatItMust();
    void refusesABatchThatIsNone_data();
    void refusesABatchThatIsNone();
    void keepsNothingOfABatchThatCannotBeStored();
    void letsInOfABatchWhatTheLimitAllows();
    void answersABatchAgainUnderItsKey();
    void refusesAnotherBatchUnderAKey();
    void freesTheKeyOfABatchThatLeftNothing();

private:
    void listen();
    void beInitiator(const QString &name, const InitiatorRights &rights = {});
    HttpResponse push(const QByteArray &key, const QByteArray &body = toAlice, const QByteArray &path = "/v1/pushes");
    HttpResponse batch(const QByteArray &key, const QByteArray &items) { return push(key, R"({"pushes":[)" + items + "]}", "/v1/pushes/batch"); }
    static QString id(const HttpResponse &response) { return HttpPeer::json(response).value(u"id").toString(); }

    std::unique_ptr<EngineFixture> m_engine;
    std::unique_ptr<TriggerListener> m_listener;
    std::unique_ptr<HttpPeer> m_peer;
    QByteArray m_token;
    quint16 m_port = 0;
};

void TestPushRetries::init()
{
    m_engine = std::make_unique<EngineFixture>();
    m_engine->bind(1);
    listen();
    beInitiator(u"shop"_s);
}

void TestPushRetries::cleanup()
{
    m_peer.reset();
    m_listener.reset();
    m_engine.reset();
}

void TestPushRetries::listen()
{
    m_peer.reset();
    m_listener = std::make_unique<TriggerListener>(TriggerListener::Settings{}, *m_engine->engine);
    const auto bound = m_listener->start(*IpAddress::parse(u"127.0.0.1"), 0);
    QVERIFY(bound);
    m_port = bound->section(u':', 1).toUShort();
    m_peer = std::make_unique<HttpPeer>(m_port);
    m_peer->setHeader("Authorization", "Bearer " + m_token);
}

void TestPushRetries::beInitiator(const QString &name, const InitiatorRights &rights)
{
    m_token.clear();
    m_engine->engine->addInitiator(name, rights, [this](const Result<std::pair<InitiatorId, QByteArray>> &made) {
        if (made)
            m_token = made->second;
    });
    m_engine->settle([this] { return !m_token.isEmpty(); });
    m_peer->setHeader("Authorization", "Bearer " + m_token);
}

HttpResponse TestPushRetries::push(const QByteArray &key, const QByteArray &body, const QByteArray &path)
{
    m_peer->setHeader("Idempotency-Key", key);
    const HttpResponse response = m_peer->ask("POST", path, body);
    m_peer->setHeader("Idempotency-Key", {});
    return response;
}

void TestPushRetries::takesAPushOnceUnderItsKey()
{
    const HttpResponse first = push("order-17");
    QCOMPARE(first.status, 202);
    const HttpResponse again = push("order-17");
    QCOMPARE(again.status, 202);
    QCOMPARE(id(again), id(first));
    QCOMPARE(m_engine->store->pushes.size(), size_t(1));
    QVERIFY(id(push({})) != id(push({})));
    QCOMPARE(m_engine->store->pushes.size(), size_t(3));
}

void TestPushRetries::knowsAKeyAfterTheServerStartedAnew()
{
    const HttpResponse first = push("order-17");
    m_peer.reset();
    m_listener.reset();
    m_engine = std::make_unique<EngineFixture>(m_engine->store, m_engine->clock);
    listen();
    QCOMPARE(id(push("order-17")), id(first));
    QCOMPARE(m_engine->store->pushes.size(), size_t(1));
}

void TestPushRetries::refusesAnotherPushUnderAKey()
{
    QCOMPARE(push("order-17").status, 202);
    const HttpResponse other = push("order-17", R"({"to":{"user":"sip:alice@lab.example"},"body":"ho"})");
    QCOMPARE(other.status, 422);
    QCOMPARE(HttpPeer::code(other), u"idempotency-mismatch"_s);
    QCOMPARE(m_engine->store->pushes.size(), size_t(1));
}

void TestPushRetries::keepsTheKeysOfInitiatorsApart()
{
    const HttpResponse first = push("order-17");
    beInitiator(u"bank"_s);
    const HttpResponse other = push("order-17");
    QCOMPARE(other.status, 202);
    QVERIFY(id(other) != id(first));
}

void TestPushRetries::asksToWaitWhileThePushIsBeingTaken()
{
    HttpPeer second(m_port);
    second.setHeader("Authorization", "Bearer " + m_token);
    second.setHeader("Idempotency-Key", "order-17");
    m_engine->store->hold(true);
    HttpRequest request;
    request.method = "POST";
    request.target = "/v1/pushes";
    request.headers.add("Host", "127.0.0.1");
    request.headers.add("Content-Type", "application/json");
    request.headers.add("Authorization", "Bearer " + m_token);
    request.headers.add("Idempotency-Key", "order-17");
    request.body = toAlice;
    m_peer->send(serialise(request));
    QTRY_VERIFY(m_engine->store->held() > 0);
    QCOMPARE(HttpPeer::code(second.ask("POST", "/v1/pushes", toAlice)), u"idempotency-under-way"_s);
    m_engine->store->hold(false);
    const HttpResponse first = m_peer->response();
    QCOMPARE(first.status, 202);
    QCOMPARE(id(second.ask("POST", "/v1/pushes", toAlice)), id(first));
}

void TestPushRetries::freesTheKeyOfAPushThatWasRefused()
{
    const QByteArray toBob = R"({"to":{"user":"sip:bob@lab.example"},"body":"hi"})";
    QCOMPARE(push("order-17", toBob).status, 404);
    m_engine->bind(2, u"bob"_s);
    QCOMPARE(push("order-17", toBob).status, 202);
    m_engine->store->failWith("store-full");
    QCOMPARE(push("order-18").status, 503);
    m_engine->store->failWith("");
    QCOMPARE(push("order-18").status, 202);
}

void TestPushRetries::refusesBrokenKeys_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("too long") << QByteArray(201, 'x');
    QTest::newRow("a space") << QByteArray("a b");
    QTest::newRow("not ASCII") << QByteArray("\xc3\xa9");
}

void TestPushRetries::refusesBrokenKeys()
{
    QFETCH(QByteArray, key);
    const HttpResponse refused = push(key);
    QCOMPARE(refused.status, 400);
    QCOMPARE(HttpPeer::code(refused), u"idempotency-key"_s);
    QVERIFY(m_engine->store->pushes.empty());
}

void TestPushRetries::countsARepetitionForNothing()
{
    beInitiator(u"frugal"_s, {{}, 0, 2});
    for (int i = 0; i < 4; ++i)
        QCOMPARE(push("one").status, 202);
    QCOMPARE(push("two").status, 202);
    QCOMPARE(push("three").status, 429);
}

void TestPushRetries::takesABatchInOrderAndRefusesWhatItMust()
{
    const int commits = m_engine->store->commits();
    const HttpResponse answer = m_peer->ask("POST", "/v1/pushes/batch",
        R"({"pushes":[{"to":{"user":"sip:alice@lab.example"},"body":"1"},{"to":{"user":"sip:nobody@lab.example"},"body":"2"},)"
        R"({"to":{},"body":"3"},{"to":{"user":"sip:alice@lab.example"},"body":"4"}]})");
    QCOMPARE(answer.status, 202);
    const QJsonArray items = HttpPeer::json(answer).value(u"items").toArray();
    QCOMPARE(items.size(), 4);
    QCOMPARE(items[1].toObject().value(u"code").toString(), u"target-unknown"_s);
    QCOMPARE(items[2].toObject().value(u"code").toString(), u"json-field-missing"_s);
    QCOMPARE(m_engine->store->pushes.size(), size_t(2));
    QCOMPARE(m_engine->store->pushes.at(PushId(items[0].toObject().value(u"id").toString())).request.body, QByteArray("1"));
    QCOMPARE(m_engine->store->pushes.at(PushId(items[3].toObject().value(u"id").toString())).request.body, QByteArray("4"));
    QVERIFY(m_engine->store->commits() > commits);
}

void TestPushRetries::refusesABatchThatIsNone_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << QByteArray("{}") << u"json-field-missing"_s;
    QTest::newRow("none") << QByteArray(R"({"pushes":[]})") << u"json-field-value"_s;
    QTest::newRow("no list") << QByteArray(R"({"pushes":{}})") << u"json-field-type"_s;
    QTest::newRow("more") << QByteArray(R"({"pushes":[{}],"to":1})") << u"json-field-unknown"_s;
    QTest::newRow("too many") << R"({"pushes":[1)" + QByteArray(",1").repeated(1000) + "]}" << u"json-too-many"_s;
}

void TestPushRetries::refusesABatchThatIsNone()
{
    QFETCH(QByteArray, body);
    const HttpResponse refused = m_peer->ask("POST", "/v1/pushes/batch", body);
    QCOMPARE(refused.status, 400);
    QTEST(HttpPeer::code(refused), "code");
    QVERIFY(m_engine->store->pushes.empty());
}

void TestPushRetries::keepsNothingOfABatchThatCannotBeStored()
{
    beInitiator(u"frugal"_s, {{}, 0, 2});
    const QByteArray two = R"({"pushes":[)" + toAlice + ',' + toAlice + "]}";
    m_engine->store->failWith("store-full");
    QCOMPARE(m_peer->ask("POST", "/v1/pushes/batch", two).status, 503);
    m_engine->store->failWith("");
    QVERIFY(m_engine->store->pushes.empty());
    const HttpResponse answer = m_peer->ask("POST", "/v1/pushes/batch", two);
    QCOMPARE(answer.status, 202);
    QCOMPARE(m_engine->store->pushes.size(), size_t(2));
}

void TestPushRetries::letsInOfABatchWhatTheLimitAllows()
{
    beInitiator(u"frugal"_s, {{}, 0, 2});
    const HttpResponse answer = m_peer->ask("POST", "/v1/pushes/batch", R"({"pushes":[)" + toAlice + ',' + toAlice + ',' + toAlice + "]}");
    const QJsonArray items = HttpPeer::json(answer).value(u"items").toArray();
    QCOMPARE(items.size(), 3);
    QVERIFY(items[1].toObject().contains(u"id"_s));
    QCOMPARE(items[2].toObject().value(u"code").toString(), u"pushes-per-day"_s);
    QCOMPARE(m_engine->store->pushes.size(), size_t(2));
}

void TestPushRetries::answersABatchAgainUnderItsKey()
{
    const QByteArray toBob = R"({"to":{"user":"sip:bob@lab.example"},"body":"hi"})";
    const QByteArray items = toAlice + ',' + toBob + R"(,{"to":{},"body":"3"},)" + toAlice;
    const HttpResponse first = batch("night", items);
    QCOMPARE(first.status, 202);
    const QJsonArray told = HttpPeer::json(first).value(u"items").toArray();
    QCOMPARE(told.size(), 4);
    QVERIFY(told[0].toObject().contains(u"id"_s) && told[3].toObject().contains(u"id"_s));
    m_engine->bind(2, u"bob"_s); // who was not there then
    // Written in another way, and after a restart.
    const HttpResponse again = batch("night", R"({ "body":"hi", "to":{"user":"sip:alice@lab.example"}},)" + toBob + R"(,{"to":{},"body":"3"},)" + toAlice);
    QCOMPARE(again.status, 202);
    QCOMPARE(HttpPeer::json(again).value(u"items").toArray(), told);
    m_peer.reset();
    m_listener.reset();
    m_engine = std::make_unique<EngineFixture>(m_engine->store, m_engine->clock);
    listen();
    QCOMPARE(HttpPeer::json(batch("night", items)).value(u"items").toArray(), told);
    QCOMPARE(m_engine->store->pushes.size(), size_t(2));
    // What is no longer kept was answered once.
    m_engine->store->pushes.erase(PushId(told[0].toObject().value(u"id").toString()));
    const QJsonArray less = HttpPeer::json(batch("night", items)).value(u"items").toArray();
    QCOMPARE(less.size(), 4);
    QCOMPARE(less[0].toObject().value(u"code").toString(), u"push-unknown"_s);
    QCOMPARE(less[3], told[3]);
    QCOMPARE(m_engine->store->pushes.size(), size_t(1));
}

void TestPushRetries::refusesAnotherBatchUnderAKey()
{
    QCOMPARE(batch("night", toAlice).status, 202);
    for (const HttpResponse &other : {batch("night", toAlice + ',' + toAlice), push("night")}) {
        QCOMPARE(other.status, 422);
        QCOMPARE(HttpPeer::code(other), u"idempotency-mismatch"_s);
    }
    QCOMPARE(push("day").status, 202);
    QCOMPARE(batch("day", toAlice).status, 422);
    QCOMPARE(HttpPeer::code(batch("a b", toAlice)), u"idempotency-key"_s);
    QCOMPARE(m_engine->store->pushes.size(), size_t(2));
}

void TestPushRetries::freesTheKeyOfABatchThatLeftNothing()
{
    const QByteArray toBob = R"({"to":{"user":"sip:bob@lab.example"},"body":"hi"})";
    QCOMPARE(batch("night", toBob).status, 202);
    m_engine->store->failWith("store-full");
    QCOMPARE(batch("night", toAlice).status, 503);
    m_engine->store->failWith("");
    QCOMPARE(batch("night", toAlice).status, 202);
    QCOMPARE(m_engine->store->pushes.size(), size_t(1));
}

QTEST_GUILESS_MAIN(TestPushRetries)
#include "tst_pushretries.moc"
