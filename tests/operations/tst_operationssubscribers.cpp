// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/operationsfixture.h"

#include <QJsonArray>
#include <QSet>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Users and their devices.
class TestOperationsSubscribers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { f = std::make_unique<OperationsFixture>(); }
    void cleanup() { f.reset(); }

    void keepsUsers();
    void keepsPasswordsAsDigestsOnly();
    void listsUsersPageByPage();
    void acknowledgesNothingTheStoreRefused();
    void keepsDevices();
    void showsADeviceWithItsLiveness();
    void findsDevicesByIdentitiesOfEveryKind();
    void listsDevices();
    void probesAndDeregisters();

private:
    std::unique_ptr<OperationsFixture> f;
};

void TestOperationsSubscribers::keepsUsers()
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

void TestOperationsSubscribers::keepsPasswordsAsDigestsOnly()
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

void TestOperationsSubscribers::listsUsersPageByPage()
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

void TestOperationsSubscribers::acknowledgesNothingTheStoreRefused()
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

void TestOperationsSubscribers::keepsDevices()
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
    const QJsonArray routes = device.value(u"wake_routes").toArray();
    QCOMPARE(routes.size(), 2);
    QCOMPARE(routes[0].toObject().value(u"source").toString(), u"provisioned"_s);
    QCOMPARE(routes[1].toObject().value(u"source").toString(), u"implied"_s); // of number and port
    QCOMPARE(routes[1].toObject().value(u"address").toString(), u"491701234567"_s);
    QCOMPARE(device.value(u"ready_routes").toArray().size(), 1);
    QCOMPARE(f->ask("PUT", path, R"({"name":"gas meter"})").status, 200);
    const HttpResponse wrong = f->ask("PUT", path, R"({"wake_routes":[{"bearer":"sms","address":"0170123456"}]})");
    QCOMPARE(wrong.status, 400);
    QVERIFY2(wrong.body.contains("wake_routes[0].address"), wrong.body.constData());
    const QJsonObject back{{u"wake_routes"_s, routes}}; // as it was shown
    QCOMPARE(f->ask("PUT", path, QJsonDocument(back).toJson()).status, 200);
    QCOMPARE(f->get(path).value(u"wake_routes").toArray(), routes);
    QCOMPARE(f->get(path).value(u"name").toString(), u"gas meter"_s);
    QCOMPARE(f->get(path).value(u"client_port").toInt(), 2948);
    QCOMPARE(f->ask("DELETE", path).status, 204);
    QCOMPARE(f->ask("GET", path).status, 404);
}

void TestOperationsSubscribers::showsADeviceWithItsLiveness()
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

void TestOperationsSubscribers::findsDevicesByIdentitiesOfEveryKind()
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

void TestOperationsSubscribers::listsDevices()
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

void TestOperationsSubscribers::probesAndDeregisters()
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

QTEST_GUILESS_MAIN(TestOperationsSubscribers)
#include "tst_operationssubscribers.moc"
