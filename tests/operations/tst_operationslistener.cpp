// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/operationsfixture.h"
#include "support/testpaths.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Who is let in, and what is said of the server as a whole.
class TestOperationsListener : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { f = std::make_unique<OperationsFixture>(); }
    void cleanup() { f.reset(); }

    void needsTheTokenForEverything_data();
    void needsTheTokenForEverything();
    void refusesPagesFromElsewhere_data();
    void refusesPagesFromElsewhere();
    void refusesBadInput_data();
    void refusesBadInput();
    void servesItsDescription();
    void tellsTheStatus();
    void keepsInitiators();
    void journalsWhoMayPush();
    void journalsWhoIsNotStaff();
    void writesMetrics();

private:
    std::unique_ptr<OperationsFixture> f;
};

void TestOperationsListener::needsTheTokenForEverything_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    const QList<QByteArray> routes{"GET /v1/status",
                                   "GET /metrics",
                                   "GET /v1/users",
                                   "GET /v1/users/sip%3Aa%40b",
                                   "PUT /v1/users/sip%3Aa%40b",
                                   "DELETE /v1/users/sip%3Aa%40b",
                                   "GET /v1/devices",
                                   "GET /v1/devices/mac:00a0c91e6bf6",
                                   "PUT /v1/devices/mac:00a0c91e6bf6",
                                   "DELETE /v1/devices/mac:00a0c91e6bf6",
                                   "POST /v1/devices/mac:00a0c91e6bf6/wake",
                                   "POST /v1/devices/mac:00a0c91e6bf6/wake/preview",
                                   "POST /v1/devices/mac:00a0c91e6bf6/probe",
                                   "POST /v1/devices/mac:00a0c91e6bf6/deregister",
                                   "GET /v1/pushes",
                                   "POST /v1/pushes",
                                   "POST /v1/pushes/explain",
                                   "GET /v1/pushes/p-1",
                                   "DELETE /v1/pushes/p-1",
                                   "GET /v1/pushes/p-1/explanation",
                                   "GET /v1/wakes",
                                   "GET /v1/wakes/w-1",
                                   "DELETE /v1/wakes/w-1",
                                   "GET /v1/journal",
                                   "GET /v1/events",
                                   "GET /v1/initiators",
                                   "POST /v1/initiators",
                                   "PUT /v1/initiators/i-1",
                                   "DELETE /v1/initiators/i-1",
                                   "GET /openapi.yaml",
                                   "GET /nothing"};
    for (const QByteArray &route : routes)
        QTest::newRow(route.constData())
            << route.left(route.indexOf(' ')) << route.mid(route.indexOf(' ') + 1);
}

void TestOperationsListener::needsTheTokenForEverything()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    f->peer->setHeader("Authorization", {});
    const HttpResponse without = f->ask(method, target);
    QCOMPARE(without.status, 401);
    QCOMPARE(HttpPeer::code(without), u"token-missing"_s);
    f->peer->setHeader("Authorization", "Bearer " + QByteArray(43, 'x'));
    const HttpResponse wrong = f->ask(method, target);
    QCOMPARE(wrong.status, 401);
    QCOMPARE(HttpPeer::code(wrong), u"token-wrong"_s);
    QVERIFY(!wrong.body.contains(OperationsFixture::token));
}

void TestOperationsListener::refusesPagesFromElsewhere_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<int>("status");
    QTest::newRow("address") << QByteArray("127.0.0.1:8081") << QByteArray() << 200;
    QTest::newRow("IPv6 address") << QByteArray("[::1]:8081") << QByteArray() << 200;
    QTest::newRow("localhost") << QByteArray("LocalHost:8081") << QByteArray() << 200;
    QTest::newRow("configured name") << QByteArray("push.lab.example") << QByteArray() << 200;
    QTest::newRow("rebound name") << QByteArray("evil.example:8081") << QByteArray() << 403;
    QTest::newRow("name that looks local") << QByteArray("localhost.evil.example") << QByteArray() << 403;
    QTest::newRow("own origin") << QByteArray("127.0.0.1:8081") << QByteArray("http://127.0.0.1:8081") << 200;
    QTest::newRow("foreign origin") << QByteArray("127.0.0.1:8081") << QByteArray("http://evil.example")
                                    << 403;
    QTest::newRow("null origin") << QByteArray("127.0.0.1:8081") << QByteArray("null") << 403;
}

void TestOperationsListener::refusesPagesFromElsewhere()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, origin);
    f->peer->setHeader("Host", host);
    f->peer->setHeader("Origin", origin);
    QTEST(f->ask("GET", "/v1/status").status, "status");
}

void TestOperationsListener::refusesBadInput_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const QByteArray &route, const QByteArray &body, int status) {
        QTest::newRow((route + ' ' + body.left(40)).constData())
            << route.left(route.indexOf(' ')) << route.mid(route.indexOf(' ') + 1) << body << status;
    };
    const QByteArray device = OperationsFixture::path(OperationsFixture::deviceId(1));
    row("GET /v1/users?limit=0", {}, 400);
    row("GET /v1/users?limit=1001", {}, 400);
    row("GET /v1/users?limit=many", {}, 400);
    row("GET /v1/users/http%3A%2F%2Fx", {}, 400);
    row("GET /v1/users/sip%3Anobody%40lab.example", {}, 404);
    row("DELETE /v1/users/sip%3Anobody%40lab.example", {}, 404);
    row("PUT /v1/users/nonsense", "{}", 400);
    row("PUT /v1/users/sip%3Aa%40b", "[]", 400);
    row("PUT /v1/users/sip%3Aa%40b", R"({"ha1Md5":"x"})", 400);
    row("PUT /v1/users/sip%3Aa%40b", R"({"name":7})", 400);
    row("GET /v1/devices/imei:12", {}, 400);
    row("GET /v1/devices/mac:00a0c91e6bf6", {}, 404);
    row("GET /v1/devices?user=%40", {}, 400);
    row("DELETE /v1/devices/mac:00a0c91e6bf6", {}, 404);
    row("PUT /v1/devices/mac:00a0c91e6bf6", "{}", 400);
    row("PUT /v1/devices/mac:00a0c91e6bf6", R"({"user":"sip:alice@lab.example","msisdn":"0170"})", 400);
    row("PUT /v1/devices/mac:00a0c91e6bf6", R"({"user":"sip:alice@lab.example","liveness":{}})", 400);
    row("PUT " + device, R"({"user":"sip:bob@lab.example"})", 409);
    row("POST /v1/devices/mac:00a0c91e6bf6/wake", "{}", 404);
    row("POST " + device + "/wake", R"({"mode":"loud"})", 400);
    row("POST " + device + "/wake", R"({"bearer":"pigeon"})", 409);
    row("POST " + device + "/wake", R"({"request":["everything"]})", 400);
    row("POST " + device + "/wake/preview", R"({"empty":"yes"})", 400);
    row("POST /v1/devices/mac:00a0c91e6bf6/probe", {}, 404);
    row("POST /v1/devices/mac:00a0c91e6bf6/deregister", {}, 404);
    row("POST /v1/pushes", "{}", 400);
    row("POST /v1/pushes", R"({"to":{"user":"sip:nobody@lab.example"},"body":"x"})", 404);
    row("POST /v1/pushes/explain", R"({"to":{"user":"sip:nobody@lab.example"}})", 404);
    row("GET /v1/pushes/p-1", {}, 404);
    row("DELETE /v1/pushes/p-1", {}, 404);
    row("GET /v1/pushes/p-1/explanation", {}, 404);
    row("GET /v1/wakes/w-1", {}, 404);
    row("DELETE /v1/wakes/w-1", {}, 404);
    row("GET /v1/journal?kind=gossip", {}, 400);
    row("GET /v1/journal?after=x", {}, 400);
    row("GET /v1/journal?cursor=x", {}, 400);
    row("GET /v1/journal?from=yesterday", {}, 400);
    row("GET /v1/journal?user=%40", {}, 400);
    row("GET /v1/journal?device=imei:1", {}, 400);
    row("GET /v1/journal?user=%4", {}, 400);
    row("GET /v1/events?after=x", {}, 400);
    row("POST /v1/initiators", "{}", 400);
    row("POST /v1/initiators", R"({"name":""})", 400);
    row("POST /v1/initiators", R"({"name":"a","token":"mine"})", 400);
    row("POST /v1/initiators", R"({"name":"a","targets":["nobody"]})", 400);
    row("POST /v1/initiators", R"({"name":"a","pushes_per_second":-1})", 400);
    row("PUT /v1/initiators/i-1", "{}", 404);
    row("DELETE /v1/initiators/i-1", {}, 404);
    row("POST /v1/status", "{}", 405);
    row("PATCH /v1/users/sip%3Aa%40b", "{}", 405);
    row("GET /v2/status", {}, 404);
    row("GET /v1/status/", {}, 404);
}

void TestOperationsListener::refusesBadInput()
{
    f->bind(1);
    f->bind(2, u"bob"_s);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    const HttpResponse response = f->ask(method, target, body);
    QTEST(response.status, "status");
    QCOMPARE(response.headers.value("Content-Type"), QByteArray("application/problem+json"));
    const QJsonObject problem = HttpPeer::json(response);
    QCOMPARE(problem.value(u"status").toInt(), response.status);
    QVERIFY(!problem.value(u"code").toString().isEmpty());
    QVERIFY(!problem.value(u"title").toString().isEmpty());
}

void TestOperationsListener::servesItsDescription()
{
    QFile file(testData(u"../../resources/openapi.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(f->ask("GET", "/openapi.yaml").body, file.readAll());
}

void TestOperationsListener::tellsTheStatus()
{
    f->bind(1);
    f->listener->setBoundAddresses({{u"sip_udp"_s, u"127.0.0.1:5060"_s}});
    const QJsonObject status = f->get("/v1/status");
    QCOMPARE(status.value(u"state").toString(), u"running"_s);
    QCOMPARE(status.value(u"realm").toString(), u"lab.example"_s);
    QCOMPARE(status.value(u"addresses").toObject().value(u"sip_udp").toString(), u"127.0.0.1:5060"_s);
    QCOMPARE(status.value(u"counters").toObject().value(u"devices").toInt(), 1);
    QCOMPARE(status.value(u"counters").toObject().value(u"up").toInt(), 1);
    QCOMPARE(status.value(u"bearers").toArray().at(0).toObject().value(u"name").toString(), u"wsp"_s);
    QVERIFY(status.value(u"store").toObject().value(u"trouble").isNull());
    QVERIFY(status.value(u"started_at").toString().endsWith(u'Z'));
}

void TestOperationsListener::keepsInitiators()
{
    const HttpResponse made = f->ask("POST", "/v1/initiators", R"({"name":"shop"})");
    QCOMPARE(made.status, 201);
    const QJsonObject initiator = HttpPeer::json(made);
    QCOMPARE(initiator.value(u"name").toString(), u"shop"_s);
    const QByteArray token = initiator.value(u"token").toString().toLatin1();
    QVERIFY(f->engine->initiatorOfToken(token));
    const HttpResponse list = f->ask("GET", "/v1/initiators");
    QVERIFY(list.body.contains("shop"));
    QVERIFY(!list.body.contains(token));
    QCOMPARE(HttpPeer::code(f->ask("POST", "/v1/initiators", R"({"name":"shop"})")), u"initiator-exists"_s);
    const QByteArray own = "/v1/initiators/" + initiator.value(u"id").toString().toLatin1();
    const HttpResponse changed = f->ask("PUT", own, R"({"targets":["sip:*@lab.example"],"pushes_per_day":1000})");
    QCOMPARE(changed.status, 200);
    QCOMPARE(HttpPeer::json(changed).value(u"targets").toArray(), QJsonArray{u"sip:*@lab.example"_s});
    QCOMPARE(f->ask("PUT", own, R"({"pushes_per_second":7})").status, 200);
    const InitiatorRights rights{{u"sip:*@lab.example"_s}, 7, 1000};
    QCOMPARE(f->engine->initiators().first().rights, rights);
    QVERIFY(f->engine->initiatorOfToken(token));
    QCOMPARE(HttpPeer::code(f->ask("PUT", own, R"({"targets":["nobody"]})")), u"initiator-target"_s);
    QCOMPARE(f->ask("DELETE", own).status, 204);
    QVERIFY(!f->engine->initiatorOfToken(token));
}

void TestOperationsListener::journalsWhoMayPush()
{
    const QJsonObject initiator = HttpPeer::json(f->ask("POST", "/v1/initiators", R"({"name":"shop","contents":["session"]})"));
    const QString id = initiator.value(u"id").toString(), token = initiator.value(u"token").toString();
    QCOMPARE(f->ask("PUT", "/v1/initiators/" + id.toLatin1(), R"({"targets":["sip:*@lab.example"],"pushes_per_day":7})").status, 200);
    QCOMPARE(f->ask("DELETE", "/v1/initiators/" + id.toLatin1()).status, 204);
    QStringList events;
    for (const JournalEntry &row : f->engine->journal().since({})) {
        if (row.kind != JournalKind::Trigger)
            continue;
        events.append(row.event);
        QVERIFY(row.fields.contains({u"initiator"_s, id}) && row.fields.contains({u"name"_s, u"shop"_s}));
        QVERIFY(std::any_of(row.fields.begin(), row.fields.end(),
                            [](const auto &field) { return field.first == u"peer" && field.second.startsWith(u"127.0.0.1:"); }));
        QVERIFY(row.event == u"initiator-removed" || row.fields.contains({u"contents"_s, u"session"_s}));
        QVERIFY(row.event != u"initiator-changed" || row.fields.contains({u"targets"_s, u"sip:*@lab.example"_s}));
        for (const auto &[name, value] : row.fields)
            QVERIFY(!value.contains(token));
    }
    QCOMPARE(events, QStringList({u"initiator-added"_s, u"initiator-changed"_s, u"initiator-removed"_s}));
}

void TestOperationsListener::journalsWhoIsNotStaff()
{
    f->peer->setHeader("Authorization", "Bearer guess");
    for (int i = 0; i < 62; ++i)
        QCOMPARE(f->ask("GET", "/v1/status").status, 401);
    int entries = 0;
    for (const JournalEntry &row : f->engine->journal().since({}))
        entries += row.event == u"operations-refused" && row.fields.contains({u"code"_s, u"token-wrong"_s});
    QCOMPARE(entries, 60);
}

void TestOperationsListener::writesMetrics()
{
    f->bind(1);
    const HttpResponse response = f->ask("GET", "/metrics");
    QCOMPARE(response.status, 200);
    QVERIFY(response.headers.value("Content-Type").startsWith("text/plain; version=0.0.4"));
    QVERIFY(response.body.contains("reveille_devices{state=\"up\"} 1\n"));
}

QTEST_GUILESS_MAIN(TestOperationsListener)
#include "tst_operationslistener.moc"
