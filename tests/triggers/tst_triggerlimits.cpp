// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/carrierserver.h"
#include "papbench.h"
#include "support/logcatcher.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// How much initiators can make the server keep, and what they can find out by trying.
class TestTriggerLimits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void maxOwed();
    void maxOwedPerInitiator();
    void maxStreams();
    void maxStreamsPerInitiator();
    void readsNoBodyOfStrangers_data();
    void readsNoBodyOfStrangers();
    void learnsNothingMoreAfterTooManyMisses_data();
    void learnsNothingMoreAfterTooManyMisses();
    void mayLookForEachOfABatch();
    void fillsNoQueueByABatch();
    void leavesRoomToOtherInitiators();
    void sendsNoProvisioningOverPap();

private:
    /// The status of a push whose initiator wants word of its end.
    static int pushWithNotice(PapBench &bench, const CarrierServer &server, const QString &pushId)
    {
        PapPushMessage message = PapBench::to(pushId);
        message.notifyTo = u"http://"_s + server.place() + u'/';
        return bench.postPush(message, {PapBench::content()}).status;
    }
    static TriggerListener::Settings notifying()
    {
        TriggerListener::Settings settings;
        settings.pap.notifyNetworks = {*IpNetwork::parse(u"127.0.0.0/8")};
        return settings;
    }
    static std::unique_ptr<HttpPeer> stream(PapBench &bench, const QByteArray &token)
    {
        auto peer = std::make_unique<HttpPeer>(bench.port);
        peer->send("GET /v1/pushes/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n");
        return peer;
    }
    /// What has ended is durable, and told.
    static void flush(PapBench &bench)
    {
        bool done = false;
        bench.engine.engine->writes().commit([&](const Result<Done> &) { done = true; });
        QVERIFY(bench.engine.settle([&] { return done; }));
    }
};

void TestTriggerLimits::maxOwed()
{
    LogCatcher log("reveille.triggers");
    CarrierServer server;
    server.silent = true;
    TriggerListener::Settings settings = notifying();
    settings.notify.maxOwed = 2;
    PapBench bench(settings);
    const auto phone = bench.engine.bind(1);
    for (const QString &id : {u"p1"_s, u"p2"_s}) {
        QCOMPARE(pushWithNotice(bench, server, id), 202);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        flush(bench);
    }
    QCOMPARE(pushWithNotice(bench, server, u"p3"_s), 503);
    QCOMPARE(log.reached(u"maxOwed"_s), 1);
    QCOMPARE(bench.push(PapBench::to(u"p4"_s)).code, 1001);
}

void TestTriggerLimits::maxOwedPerInitiator()
{
    LogCatcher log("reveille.triggers");
    CarrierServer server;
    server.silent = true;
    TriggerListener::Settings settings = notifying();
    settings.notify.maxOwedPerInitiator = 1;
    PapBench bench(settings);
    const auto phone = bench.engine.bind(1);
    const QByteArray other = bench.makeInitiator(u"other"_s);
    QCOMPARE(pushWithNotice(bench, server, u"p1"_s), 202);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    flush(bench);
    QCOMPARE(pushWithNotice(bench, server, u"p2"_s), 503);
    QCOMPARE(log.reached(u"maxOwedPerInitiator"_s), 1);
    bench.token = other;
    QCOMPARE(pushWithNotice(bench, server, u"p3"_s), 202);
}

void TestTriggerLimits::maxStreams()
{
    LogCatcher log("reveille.triggers");
    PapBench bench;
    std::vector<std::unique_ptr<HttpPeer>> open;
    QByteArray token;
    for (int i = 0; i < PushFeed::maxStreams; ++i) {
        if (i % PushFeed::maxStreamsPerInitiator == 0)
            token = bench.makeInitiator(u"shop %1"_s.arg(i));
        open.push_back(stream(bench, token));
        QVERIFY(open.back()->waitForText("text/event-stream"));
    }
    const auto refused = stream(bench, bench.makeInitiator(u"late"_s));
    const HttpResponse response = refused->response();
    QCOMPARE(response.status, 503);
    QCOMPARE(HttpPeer::code(response), u"streams-too-many"_s);
    QCOMPARE(log.reached(u"maxStreams"_s), 1);
}

void TestTriggerLimits::maxStreamsPerInitiator()
{
    LogCatcher log("reveille.triggers");
    PapBench bench;
    const QByteArray token = bench.makeInitiator(u"shop"_s);
    std::vector<std::unique_ptr<HttpPeer>> open;
    for (int i = 0; i < PushFeed::maxStreamsPerInitiator; ++i) {
        open.push_back(stream(bench, token));
        QVERIFY(open.back()->waitForText("text/event-stream"));
    }
    QCOMPARE(stream(bench, token)->response().status, 503);
    QCOMPARE(log.reached(u"maxStreamsPerInitiator"_s), 1);
    QVERIFY(stream(bench, bench.makeInitiator(u"other"_s))->waitForText("text/event-stream"));
    open.pop_back();
    QVERIFY(QTest::qWaitFor([&] { return stream(bench, token)->waitForText("text/event-stream"); }));
}

void TestTriggerLimits::readsNoBodyOfStrangers_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    const QByteArray wrong = "Authorization: Bearer wrong\r\n";
    for (const char *path : {"/v1/pushes", "/v1/pushes/batch", "/v1/sessions/s-1/pushes", "/pap"}) {
        QTest::addRow("wrong token for %s", path) << QByteArray(path) << wrong << 401;
        QTest::addRow("no token for %s", path) << QByteArray(path) << QByteArray() << 401;
    }
    QTest::newRow("no push resource") << QByteArray("/wpush/whatever") << QByteArray("TTL: 60\r\n") << 404;
    QTest::newRow("no such place") << QByteArray("/nothing") << wrong << 404;
}

/// The answer comes while the body is outstanding, and is the last one.
void TestTriggerLimits::readsNoBodyOfStrangers()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, fields);
    PapBench bench;
    HttpPeer peer(bench.port);
    peer.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n" + fields + "\r\n");
    const HttpResponse refused = peer.response();
    QTEST(refused.status, "status");
    QVERIFY(!peer.all().contains("100 Continue"));
    QVERIFY(peer.waitForEnd());
}

void TestTriggerLimits::learnsNothingMoreAfterTooManyMisses_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    const auto pap = [](const PapBody &body) { return toPapBytes({{2, 0}, {}, {}, body}); };
    const QString alice = PapBench::to({}).addresses[0];
    QTest::newRow("push") << QByteArray("/v1/pushes") << QByteArray(R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})");
    QTest::newRow("batch") << QByteArray("/v1/pushes/batch")
                           << QByteArray(R"({"pushes":[{"to":{"user":"sip:alice@lab.example"},"body":"hi"}]})");
    QTest::newRow("session") << QByteArray("/v1/sessions/s-1/pushes") << QByteArray(R"({"body":"hi"})");
    QTest::newRow("capabilities") << QByteArray("/pap") << pap(PapCcqMessage{u"q1"_s, {}, alice});
    QTest::newRow("status") << QByteArray("/pap") << pap(PapStatusQuery{u"p1"_s, {}});
}

/// What it names after that may be there: the answer is the same, and no longer of what was asked.
void TestTriggerLimits::learnsNothingMoreAfterTooManyMisses()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    TriggerListener::Settings settings;
    settings.limits.missesPerMinute = 2;
    PapBench bench(settings);
    bench.engine.bind(1);
    HttpPeer peer(bench.port);
    peer.setHeader("Authorization", "Bearer " + bench.makeInitiator(u"shop"_s));
    peer.setHeader("Content-Type", path == "/pap" ? "application/xml" : "application/json");
    QVERIFY(peer.ask("POST", path, body).status != 429);
    peer.setHeader("Content-Type", "application/json");
    for (int i = 0; i < 2; ++i)
        (void)peer.ask("POST", "/v1/pushes", R"({"to":{"user":"sip:nobody@lab.example"},"body":"hi"})");
    peer.setHeader("Content-Type", path == "/pap" ? "application/xml" : "application/json");
    const qsizetype before = bench.pushes().size();
    const HttpResponse refused = peer.ask("POST", path, body);
    QCOMPARE(refused.status, 429);
    QCOMPARE(HttpPeer::code(refused), u"misses-too-many"_s);
    QCOMPARE(bench.pushes().size(), before);
}

void TestTriggerLimits::mayLookForEachOfABatch()
{
    PapBench bench;
    bench.engine.bind(1);
    HttpPeer peer(bench.port);
    peer.setHeader("Authorization", "Bearer " + bench.makeInitiator(u"shop"_s));
    QByteArrayList pushes;
    for (int i = 0; i < 100; ++i)
        pushes.append(R"({"to":{"user":"sip:nobody)" + QByteArray::number(i) + R"(@lab.example"},"body":"hi"})");
    pushes.append(R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})");
    const HttpResponse answer = peer.ask("POST", "/v1/pushes/batch", "{\"pushes\":[" + pushes.join(',') + "]}");
    QCOMPARE(answer.status, 202);
    QCOMPARE(answer.body.count("target-unknown"), 60);
    QCOMPARE(answer.body.count("misses-too-many"), 41);
    QVERIFY(bench.pushes().isEmpty());

    QStringList users;
    for (int i = 0; i < 100; ++i)
        users.append(u"nobody%1"_s.arg(i));
    users.prepend(u"alice"_s);
    bench.token = bench.makeInitiator(u"bank"_s);
    QCOMPARE(bench.push(PapBench::to(u"p1"_s, users)).code, 1001);
    const auto refused = PapTerms::fromBytes(bench.pushes().at(0).request.terms).refused;
    QCOMPARE(std::count_if(refused.begin(), refused.end(), [](const auto &one) { return one.code == 2002; }), 60);
    QCOMPARE(std::count_if(refused.begin(), refused.end(), [](const auto &one) { return one.code == 4001; }), 40);
}

void TestTriggerLimits::fillsNoQueueByABatch()
{
    PapBench bench({}, std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), {.pendingPerDevice = 10});
    bench.engine.bind(1);
    HttpPeer peer(bench.port);
    peer.setHeader("Authorization", "Bearer " + bench.makeInitiator(u"shop"_s));
    const QByteArrayList pushes(25, R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})");
    const HttpResponse answer = peer.ask("POST", "/v1/pushes/batch", "{\"pushes\":[" + pushes.join(',') + "]}");
    QCOMPARE(answer.status, 202);
    QCOMPARE(answer.body.count("\"id\""), 10);
    QCOMPARE(answer.body.count("device-queue-full"), 15);
    QCOMPARE(bench.engine.engine->pushes().pendingFor(EngineFixture::deviceId(1)), 10);
}

void TestTriggerLimits::leavesRoomToOtherInitiators()
{
    PapBench bench({}, std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), {.pendingTotal = 100, .pendingPerInitiator = 1});
    bench.engine.bind(1);
    const QByteArray shop = bench.makeInitiator(u"shop"_s), bank = bench.makeInitiator(u"bank"_s);
    HttpPeer peer(bench.port);
    const auto ask = [&](const QByteArray &token) {
        peer.setHeader("Authorization", "Bearer " + token);
        return peer.ask("POST", "/v1/pushes", R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})");
    };
    QCOMPARE(ask(shop).status, 202);
    const HttpResponse refused = ask(shop);
    QCOMPARE(refused.status, 429);
    QCOMPARE(HttpPeer::code(refused), u"initiator-queue-full"_s);
    QVERIFY(refused.headers.value("Retry-After").toInt() > 0);
    QCOMPARE(ask(bank).status, 202);
    bench.token = shop;
    const HttpResponse overPap = bench.postPush(PapBench::to(u"p1"_s), {PapBench::content()});
    QCOMPARE(overPap.status, 429);
    QCOMPARE(HttpPeer::code(overPap), u"initiator-queue-full"_s);
}

void TestTriggerLimits::sendsNoProvisioningOverPap()
{
    PapBench bench;
    bench.engine.bind(1);
    BodyPart settings = PapBench::content();
    settings.headers.set("Content-Type", "text/vnd.wap.connectivity-xml");
    const PapDocument answer = PapBench::read(bench.postPush(PapBench::to(u"p1"_s), {settings}));
    const auto *response = std::get_if<PapPushResponse>(&answer.body);
    QVERIFY(response);
    QCOMPARE(response->code, 2001);
    QVERIFY(bench.pushes().isEmpty());
}

QTEST_GUILESS_MAIN(TestTriggerLimits)
#include "tst_triggerlimits.moc"
