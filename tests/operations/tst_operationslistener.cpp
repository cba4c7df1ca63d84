// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/operationsfixture.h"

#include <QFile>
#include <QJsonArray>
#include <QSet>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

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

    void servesEveryPathThatIsDescribed();
    void tellsTheStatus();
    void keepsUsers();
    void keepsPasswordsAsDigestsOnly();
    void listsUsersPageByPage();
    void acknowledgesNothingTheStoreRefused();
    void keepsDevices();
    void showsADeviceWithItsLiveness();
    void findsDevicesByIdentitiesOfEveryKind();
    void listsDevices();
    void probesAndDeregisters();
    void wakesByHand();
    void previewsAWakeUpWithoutDoingIt();
    void wakesOverTheBearerAskedFor();
    void pushesAndCancels();
    void explainsWithoutDoingIt();
    void readsWhatHasLeftMemory();
    void readsTheJournal();
    void pagesTheJournalBothWays();
    void keepsInitiators();
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
                                   "DELETE /v1/initiators/i-1",
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

void TestOperationsListener::servesEveryPathThatIsDescribed()
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/../../resources/openapi.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QByteArray path;
    QByteArray method;
    int asked = 0;
    for (const QByteArray &line : lines) {
        if (line.startsWith("  /"))
            path = line.trimmed().chopped(1).replace("{", "").replace("}", "");
        for (const char *name : {"get", "put", "post", "delete"}) {
            if (line.startsWith(QByteArray("    ") + name + ':'))
                method = QByteArray(name).toUpper();
        }
        if (!line.contains("tags: [operations") || path == "/v1/events")
            continue;
        const QString code = HttpPeer::code(f->ask(method, path));
        QVERIFY2(code != u"not-found" && code != u"method-not-allowed", (method + ' ' + path).constData());
        ++asked;
    }
    QVERIFY(asked > 25);
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

void TestOperationsListener::keepsUsers()
{
    const QByteArray path = "/v1/users/sip%3Acarol%40lab.example";
    const HttpResponse made = f->ask("PUT", path, R"({"name":"Carol"})");
    QCOMPARE(made.status, 201);
    QCOMPARE(HttpPeer::json(made).value(u"name").toString(), u"Carol"_s);
    QVERIFY(f->store->users.count(f->userId(u"carol"_s)) == 1);
    QCOMPARE(f->ask("PUT", path, "{}").status, 200);
    const QJsonObject shown = f->get("/v1/users/carol%40lab.example");
    QCOMPARE(shown.value(u"id").toString(), u"sip:carol@lab.example"_s);
    QCOMPARE(shown.value(u"name").toString(), u"Carol"_s);
    QCOMPARE(shown.value(u"has_password").toBool(true), false);
    QCOMPARE(f->ask("DELETE", path).status, 204);
    QCOMPARE(f->ask("GET", path).status, 404);
    QVERIFY(f->store->users.empty());
}

void TestOperationsListener::keepsPasswordsAsDigestsOnly()
{
    const QByteArray path = "/v1/users/sip%3Acarol%40lab.example";
    const HttpResponse made = f->ask("PUT", path, R"({"password":"open sesame"})");
    QCOMPARE(made.status, 201);
    QVERIFY(!made.body.contains("sesame"));
    QCOMPARE(HttpPeer::json(made).value(u"has_password").toBool(), true);
    const User kept = f->store->users.at(f->userId(u"carol"_s));
    // printf 'carol:lab.example:open sesame' | md5sum, | sha256sum
    QCOMPARE(kept.ha1Md5, QByteArray("bec9f2fa682e6b4ce1646ee910941a23"));
    QCOMPARE(kept.ha1Sha256, QByteArray("4c0b84982a462d237494f0d34726e768b214ac3d1d962558bcc5c0996dfee39b"));
    QVERIFY(!made.body.contains(kept.ha1Md5));
    QCOMPARE(f->ask("PUT", path, R"({"name":"Carol"})").status, 200);
    QVERIFY(f->store->users.at(f->userId(u"carol"_s)).hasPassword());
    QCOMPARE(f->ask("PUT", path, R"({"password":null})").status, 200);
    QVERIFY(!f->store->users.at(f->userId(u"carol"_s)).hasPassword());
}

void TestOperationsListener::listsUsersPageByPage()
{
    for (int i = 0; i < 7; ++i)
        f->bind(i + 1, u"user%1"_s.arg(i));
    QStringList seen;
    QByteArray target = "/v1/users?limit=3";
    for (int page = 0; page < 3; ++page) {
        const QJsonObject list = f->get(target);
        for (const QJsonValue item : list.value(u"items").toArray())
            seen.append(item.toObject().value(u"id").toString());
        QCOMPARE(list.value(u"next").isNull(), page == 2);
        target = "/v1/users?limit=3&cursor=" + percentEncode(list.value(u"next").toString());
    }
    QCOMPARE(seen.size(), 7);
    QCOMPARE(QSet<QString>(seen.begin(), seen.end()).size(), 7);
    QCOMPARE(f->get("/v1/users?query=USER3").value(u"items").toArray().size(), 1);
    QCOMPARE(f->get("/v1/users?query=nobody").value(u"items").toArray().size(), 0);
}

void TestOperationsListener::acknowledgesNothingTheStoreRefused()
{
    f->store->failWith("store-full");
    const HttpResponse put = f->ask("PUT", "/v1/users/sip%3Acarol%40lab.example", R"({"name":"Carol"})");
    QCOMPARE(put.status, 503);
    QVERIFY(put.headers.has("Retry-After"));
    QCOMPARE(f->ask("POST", "/v1/initiators", R"({"name":"shop"})").status, 503);
    f->store->failWith("");
    QCOMPARE(f->ask("GET", "/v1/users/sip%3Acarol%40lab.example").status, 404);
    QCOMPARE(f->get("/v1/initiators").value(u"items").toArray().size(), 0);
}

void TestOperationsListener::keepsDevices()
{
    f->bind(1);
    const QByteArray path = "/v1/devices/mac:00-A0-C9-1E-6B-F6";
    const HttpResponse made = f->ask(
        "PUT", path,
        R"({"user":"sip:alice@lab.example","name":"meter","msisdn":"+491701234567","client_port":2948,)"
        R"("wake_routes":[{"bearer":"wsp-udp","address":"127.0.0.1","port":2948}]})");
    QCOMPARE(made.status, 201);
    const QJsonObject device = HttpPeer::json(made);
    QCOMPARE(device.value(u"id").toString(), u"mac:00a0c91e6bf6"_s);
    QCOMPARE(device.value(u"user").toString(), u"sip:alice@lab.example"_s);
    QCOMPARE(device.value(u"msisdn").toString(), u"+491701234567"_s);
    QCOMPARE(device.value(u"wake_routes").toArray().size(), 1);
    QCOMPARE(device.value(u"ready_routes").toArray().size(), 1);
    QCOMPARE(f->ask("PUT", path, R"({"name":"gas meter"})").status, 200);
    QCOMPARE(f->get(path).value(u"name").toString(), u"gas meter"_s);
    QCOMPARE(f->get(path).value(u"client_port").toInt(), 2948);
    QCOMPARE(f->ask("DELETE", path).status, 204);
    QCOMPARE(f->ask("GET", path).status, 404);
}

void TestOperationsListener::showsADeviceWithItsLiveness()
{
    f->bind(1);
    const QJsonObject up = f->get(f->path(f->deviceId(1)));
    QCOMPARE(up.value(u"liveness").toObject().value(u"state").toString(), u"up"_s);
    QCOMPARE(up.value(u"connections").toArray().size(), 1);
    const QJsonObject connection = up.value(u"connections").toArray().at(0).toObject();
    QCOMPARE(connection.value(u"kind").toString(), u"sip"_s);
    QCOMPARE(connection.value(u"peer").toString(), u"127.0.0.1:40001"_s);
    QVERIFY(up.value(u"active_wake").isNull());
    f->lose(1);
    const QJsonObject lost = f->get(f->path(f->deviceId(1))).value(u"liveness").toObject();
    QCOMPARE(lost.value(u"state").toString(), u"lost"_s);
    QCOMPARE(lost.value(u"evidence").toObject().value(u"rule").toString(), u"icmp_unreachable"_s);
    for (const char *name : {"registered_until", "last_packet", "last_proof"})
        QVERIFY(lost.contains(QLatin1StringView(name)));
}

void TestOperationsListener::findsDevicesByIdentitiesOfEveryKind()
{
    f->bind(1);
    const QList<QByteArray> ids{
        "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "urn:gsma:imei:35209900-176148-0",
        "sip:alice@lab.example;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "mac:00a0c91e6bf6"};
    for (const QByteArray &id : ids) {
        const QByteArray target = "/v1/devices/" + percentEncode(QString::fromLatin1(id));
        QCOMPARE(f->ask("PUT", target, R"({"user":"sip:alice@lab.example"})").status, 201);
        QCOMPARE(f->ask("GET", target).status, 200);
        QCOMPARE(f->ask("DELETE", target).status, 204);
    }
}

void TestOperationsListener::listsDevices()
{
    f->bind(1);
    f->bind(2);
    f->bind(3, u"bob"_s);
    QCOMPARE(f->get("/v1/devices").value(u"items").toArray().size(), 3);
    QCOMPARE(f->get("/v1/devices?user=sip%3Aalice%40lab.example").value(u"items").toArray().size(), 2);
    QCOMPARE(f->get("/v1/devices?user=sip%3Anobody%40lab.example").value(u"items").toArray().size(), 0);
    QCOMPARE(f->get("/v1/devices?query=000000000003").value(u"items").toArray().size(), 1);
    const QJsonObject first = f->get("/v1/devices?limit=2");
    QCOMPARE(first.value(u"items").toArray().size(), 2);
    const QJsonObject second =
        f->get("/v1/devices?limit=2&cursor=" + percentEncode(first.value(u"next").toString()));
    QCOMPARE(second.value(u"items").toArray().size(), 1);
    QVERIFY(second.value(u"next").isNull());
}

void TestOperationsListener::probesAndDeregisters()
{
    const auto phone = f->bind(1);
    f->peer->send("POST " + f->path(f->deviceId(1), "/probe") +
                  " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + OperationsFixture::token +
                  "\r\n\r\n");
    QTRY_COMPARE(phone->probes.size(), 1u);
    phone->probes.front()({SendOutcome::Kind::Delivered, "200", {}});
    QCOMPARE(f->peer->response().status, 204);

    QCOMPARE(f->ask("POST", f->path(f->deviceId(1), "/deregister")).status, 204);
    QCOMPARE(phone->closed, (QVector<CloseReason>{CloseReason::Deregistered}));
    const HttpResponse gone = f->ask("POST", f->path(f->deviceId(1), "/probe"));
    QCOMPARE(gone.status, 409);
    QCOMPARE(HttpPeer::code(gone), u"not-connected"_s);
}

void TestOperationsListener::wakesByHand()
{
    f->bind(1);
    f->lose(1);
    const HttpResponse response = f->ask("POST", f->path(f->deviceId(1), "/wake"),
                                         R"({"request":["capability"],"application":"chat"})");
    QCOMPARE(response.status, 202);
    const QJsonObject wake = HttpPeer::json(response);
    QCOMPARE(wake.value(u"by_hand").toBool(), true);
    QCOMPARE(wake.value(u"state").toString(), u"active"_s);
    const QByteArray target = "/v1/wakes/" + wake.value(u"id").toString().toLatin1();
    QTRY_COMPARE(f->bearer->sent.size(), 1);
    QCOMPARE(f->get(target).value(u"request").toArray().at(0).toString(), u"capability"_s);
    QCOMPARE(f->get("/v1/wakes").value(u"items").toArray().size(), 1);
    QCOMPARE(f->get(f->path(f->deviceId(1))).value(u"active_wake").toString(), wake.value(u"id").toString());
    const HttpResponse joined = f->ask("POST", f->path(f->deviceId(1), "/wake"));
    QCOMPARE(HttpPeer::json(joined).value(u"id"), wake.value(u"id"));
    QCOMPARE(f->ask("DELETE", target).status, 204);
    QCOMPARE(f->get(target).value(u"state").toString(), u"cancelled"_s);
    QCOMPARE(f->ask("DELETE", target).status, 409);
}

void TestOperationsListener::previewsAWakeUpWithoutDoingIt()
{
    f->bind(1);
    f->bind(2);
    f->lose(1);
    const HttpResponse response = f->ask("POST", f->path(f->deviceId(1), "/wake/preview"), "{}");
    QCOMPARE(response.status, 200);
    const QJsonObject preview = HttpPeer::json(response);
    QCOMPARE(preview.value(u"bearer").toString(), u"wsp"_s);
    QCOMPARE(preview.value(u"mode").toString(), u"routed"_s);
    QCOMPARE(preview.value(u"identity_inside").toBool(), true);
    QCOMPARE(preview.value(u"sir").toObject().value(u"device").toString(), f->deviceId(1).toString());
    QVERIFY(!preview.value(u"sir_bytes").toString().isEmpty());
    QVERIFY(!preview.value(u"checks").toArray().isEmpty());
    QVERIFY(f->bearer->sent.isEmpty());
    QCOMPARE(f->get("/v1/wakes").value(u"items").toArray().size(), 0);
}

void TestOperationsListener::wakesOverTheBearerAskedFor()
{
    f->bind(1);
    f->lose(1);
    QCOMPARE(
        f->ask("POST", f->path(f->deviceId(1), "/wake"), R"({"bearer":"wsp","empty":true,"mode":"routed"})")
            .status,
        202);
    QTRY_COMPARE(f->bearer->sent.size(), 1);
    QVERIFY(f->bearer->sent.first().sir.isEmpty());
}

void TestOperationsListener::pushesAndCancels()
{
    const auto phone = f->bind(1);
    const HttpResponse response =
        f->ask("POST", "/v1/pushes", R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})");
    QCOMPARE(response.status, 202);
    const QString id = HttpPeer::json(response).value(u"id").toString();
    const QByteArray target = "/v1/pushes/" + id.toLatin1();
    QTRY_COMPARE(phone->sent.size(), 1);
    const QJsonObject push = f->get(target);
    QCOMPARE(push.value(u"state").toString(), u"sending"_s);
    QCOMPARE(push.value(u"deliveries").toArray().at(0).toObject().value(u"device").toString(),
             f->deviceId(1).toString());
    QVERIFY(f->get(target + "/explanation")
                .value(u"devices")
                .toArray()
                .at(0)
                .toObject()
                .value(u"chosen")
                .toBool());
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QCOMPARE(f->get(target).value(u"state").toString(), u"delivered"_s);
    const HttpResponse late = f->ask("DELETE", target);
    QCOMPARE(late.status, 409);
    QCOMPARE(HttpPeer::code(late), u"push-finished"_s);
    QCOMPARE(f->get("/v1/pushes?limit=5").value(u"items").toArray().size(), 1);
}

void TestOperationsListener::explainsWithoutDoingIt()
{
    const auto phone = f->bind(1);
    const HttpResponse response =
        f->ask("POST", "/v1/pushes/explain", R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})");
    QCOMPARE(response.status, 200);
    const QJsonObject device = HttpPeer::json(response).value(u"devices").toArray().at(0).toObject();
    QCOMPARE(device.value(u"path").toString(), u"direct"_s);
    QVERIFY(!device.value(u"checks").toArray().isEmpty());
    QVERIFY(phone->sent.isEmpty());
    QVERIFY(f->store->pushes.empty());
}

void TestOperationsListener::readsWhatHasLeftMemory()
{
    Push push;
    push.id = PushId(u"p-old"_s);
    push.state = PushState::Delivered;
    f->store->pushes[push.id] = push;
    WakeUp wake;
    wake.id = WakeId(u"w-old"_s);
    wake.state = WakeState::Succeeded;
    f->store->wakes[wake.id] = wake;
    QCOMPARE(f->get("/v1/pushes/p-old").value(u"state").toString(), u"delivered"_s);
    QCOMPARE(f->get("/v1/wakes/w-old").value(u"state").toString(), u"succeeded"_s);
    QCOMPARE(HttpPeer::code(f->ask("GET", "/v1/pushes/p-old/explanation")), u"explanation-unknown"_s);
    QCOMPARE(HttpPeer::code(f->ask("DELETE", "/v1/pushes/p-old")), u"push-finished"_s);
}

void TestOperationsListener::readsTheJournal()
{
    f->bind(1);
    f->bind(2, u"bob"_s);
    f->lose(1);
    const QJsonArray all = f->get("/v1/journal").value(u"items").toArray();
    QVERIFY(all.size() >= 3);
    const QJsonObject newest = all.at(0).toObject();
    QCOMPARE(newest.value(u"kind").toString(), u"connection"_s);
    QCOMPARE(newest.value(u"device").toString(), f->deviceId(1).toString());
    for (const char *name :
         {"id", "time", "kind", "event", "user", "device", "push", "wake", "fields", "bytes"})
        QVERIFY2(newest.contains(QLatin1StringView(name)), name);
    const QJsonArray bobs = f->get("/v1/journal?user=bob%40lab.example").value(u"items").toArray();
    QVERIFY(!bobs.isEmpty() && bobs.size() < all.size());
    QCOMPARE(f->get("/v1/journal?kind=trigger").value(u"items").toArray().size(), 0);
    QVERIFY(!f->get("/v1/journal?kind=connection&device=" + percentEncode(f->deviceId(2).toString()))
                 .value(u"items")
                 .toArray()
                 .isEmpty());
    QCOMPARE(f->get("/v1/journal?push=p-1").value(u"items").toArray().size(), 0);
    QCOMPARE(f->get("/v1/journal?from=2100-01-01T00:00:00.000Z").value(u"items").toArray().size(), 0);
}

void TestOperationsListener::pagesTheJournalBothWays()
{
    for (int i = 0; i < 7; ++i) {
        JournalEntry entry;
        entry.event = u"note"_s;
        f->engine->journal().add(entry);
    }
    const auto readAll = [&](QByteArray target) {
        QVector<int> ids;
        for (int page = 0; page < 10; ++page) {
            const QJsonObject list = f->get(target + "&limit=3");
            for (const QJsonValue item : list.value(u"items").toArray())
                ids.append(item.toObject().value(u"id").toInt());
            if (list.value(u"next").isNull())
                break;
            target = "/v1/journal?text=note&cursor=" + percentEncode(list.value(u"next").toString());
        }
        return ids;
    };
    QCOMPARE(readAll("/v1/journal?text=note"), (QVector<int>{7, 6, 5, 4, 3, 2, 1}));
    QCOMPARE(readAll("/v1/journal?text=note&after=2"), (QVector<int>{3, 4, 5, 6, 7}));
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
    QCOMPARE(f->ask("DELETE", "/v1/initiators/" + initiator.value(u"id").toString().toLatin1()).status, 204);
    QVERIFY(!f->engine->initiatorOfToken(token));
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
