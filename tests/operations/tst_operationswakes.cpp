// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/operationsfixture.h"

#include <QJsonArray>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// What staff do with bearers and with wake-ups that are there already.
class TestOperationsWakes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { f = std::make_unique<OperationsFixture>(); }
    void cleanup() { f.reset(); }

    void listsBearers();
    void testsABearer_data();
    void testsABearer();
    void doesNotTestAnUnknownBearer();
    void repeatsAWakeUp();
    void showsWhyThisRoute();
    void takesAGatewayOfSipOnly();
    void promisesAWakeUpOnlyOnceItIsDurable();
    void setsAndShowsWakePolicies();
    void showsWhatADeviceReturned();

private:
    std::unique_ptr<OperationsFixture> f;
};

void TestOperationsWakes::listsBearers()
{
    const QJsonArray bearers = f->get("/v1/bearers").value(u"items").toArray();
    QCOMPARE(bearers.size(), 1);
    QCOMPARE(bearers[0].toObject().value(u"name").toString(), u"wsp"_s);
    QCOMPARE(bearers[0].toObject().value(u"in_flight").toInt(-1), 0);
}

void TestOperationsWakes::testsABearer_data()
{
    QTest::addColumn<bool>("ok");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("answers") << true << QByteArray("link-answers");
    QTest::newRow("refuses") << false << QByteArray("bind-refused");
}

void TestOperationsWakes::testsABearer()
{
    QFETCH(bool, ok);
    QFETCH(QByteArray, code);
    f->peer->send("POST /v1/bearers/wsp/test HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + OperationsFixture::token +
                  "\r\nContent-Length: 0\r\n\r\n");
    QTRY_COMPARE(f->bearer->tests.size(), 1);
    f->bearer->tests[0]({ok, code, u"SMSC 5"_s, Milliseconds(12)});
    const QJsonObject answer = HttpPeer::json(f->peer->response());
    QCOMPARE(answer.value(u"ok").toBool(), ok);
    QCOMPARE(answer.value(u"code").toString(), QString::fromLatin1(code));
    QCOMPARE(answer.value(u"detail").toString(), u"SMSC 5"_s);
    QCOMPARE(answer.value(u"took_ms").toInt(), 12);
    QVERIFY(f->bearer->sent.isEmpty());
}

void TestOperationsWakes::doesNotTestAnUnknownBearer()
{
    const HttpResponse answer = f->ask("POST", "/v1/bearers/pigeon/test");
    QCOMPARE(answer.status, 404);
    QCOMPARE(HttpPeer::code(answer), u"bearer-unknown"_s);
}

void TestOperationsWakes::repeatsAWakeUp()
{
    f->bind(1);
    f->lose(1);
    const QString first = HttpPeer::json(f->ask("POST", f->path(f->deviceId(1), "/wake"), "{}")).value(u"id").toString();
    const QByteArray repeat = "/v1/wakes/" + first.toLatin1() + "/repeat";
    const HttpResponse early = f->ask("POST", repeat);
    QCOMPARE(early.status, 409);
    QCOMPARE(HttpPeer::code(early), u"wake-active"_s);
    QCOMPARE(f->ask("DELETE", "/v1/wakes/" + first.toLatin1()).status, 204);
    const HttpResponse again = f->ask("POST", repeat, R"({"bearer":"wsp"})");
    QCOMPARE(again.status, 202);
    const QJsonObject wake = HttpPeer::json(again);
    QCOMPARE(wake.value(u"repeats").toString(), first);
    QCOMPARE(wake.value(u"bearer").toString(), u"wsp"_s);
    QCOMPARE(f->bearer->sent.size(), 2);
    QCOMPARE(f->ask("POST", "/v1/wakes/w-none/repeat").status, 404);
    QCOMPARE(f->ask("POST", repeat, R"({"mode":"routed"})").status, 400);
}

void TestOperationsWakes::showsWhyThisRoute()
{
    f->bind(1);
    f->lose(1);
    const QJsonObject wake = HttpPeer::json(f->ask("POST", f->path(f->deviceId(1), "/wake"), "{}"));
    const QJsonArray checks = wake.value(u"attempts").toArray().at(0).toObject().value(u"checks").toArray();
    QCOMPARE(checks.first().toObject().value(u"question").toString(), u"route-known"_s);
    QCOMPARE(checks.last().toObject().value(u"question").toString(), u"attempts-left"_s);
    QCOMPARE(checks.last().toObject().value(u"outcome").toString(), u"passed"_s);
}

void TestOperationsWakes::takesAGatewayOfSipOnly()
{
    f->bind(1);
    f->lose(1);
    const QByteArray wake = f->path(f->deviceId(1), "/wake");
    QCOMPARE(HttpPeer::code(f->ask("POST", wake, R"({"gateway":"mailto:x"})")), u"json-field-value"_s);
    const QJsonObject started = HttpPeer::json(f->ask("POST", wake, R"({"gateway":"sip:192.0.2.9"})"));
    QCOMPARE(started.value(u"gateway").toString(), u"sip:192.0.2.9"_s);
}

void TestOperationsWakes::promisesAWakeUpOnlyOnceItIsDurable()
{
    f->bind(1);
    f->lose(1);
    f->store->failWith("store-full");
    const HttpResponse refused = f->ask("POST", f->path(f->deviceId(1), "/wake"), "{}");
    QCOMPARE(refused.status, 503);
    f->store->failWith("");
    const HttpResponse taken = f->ask("POST", f->path(f->deviceId(1), "/wake"), "{}");
    QCOMPARE(taken.status, 202);
    QCOMPARE(f->store->wakes.count(WakeId(HttpPeer::json(taken).value(u"id").toString())), 1U);
}

void TestOperationsWakes::setsAndShowsWakePolicies()
{
    f->bind(1);
    const QByteArray device = f->path(f->deviceId(1));
    const QByteArray user = "/v1/users/sip%3Aalice%40lab.example";
    QVERIFY(f->get(device).value(u"wake_policy").isNull());
    QCOMPARE(f->ask("PUT", device, R"({"wake_policy":"never"})").status, 200);
    QCOMPARE(f->get(device).value(u"wake_policy").toString(), u"never"_s);
    QCOMPARE(f->ask("PUT", user, R"({"wake_policy":"always"})").status, 200);
    QCOMPARE(f->get(user).value(u"wake_policy").toString(), u"always"_s);
    QCOMPARE(f->ask("PUT", device, R"({"wake_policy":"sometimes"})").status, 400);
    QCOMPARE(f->ask("PUT", device, R"({"wake_policy":null})").status, 200);
    QVERIFY(f->get(device).value(u"wake_policy").isNull());
    QCOMPARE(f->store->users.begin()->second.wakeRule, WakeRule::Always);
}

void TestOperationsWakes::showsWhatADeviceReturned()
{
    f->bind(1);
    Device device = *f->engine->registry().device(f->deviceId(1));
    device.returned = {{SirRequest::Security, u"{\"tls\":\"1.3\"}"_s, f->clock->now(), WakeId(u"w-1"_s), u"coap"_s}};
    f->engine->registry().amend(device);
    const QJsonObject told =
        f->get(f->path(f->deviceId(1))).value(u"returned").toArray().at(0).toObject();
    QCOMPARE(told.value(u"what").toString(), u"security"_s);
    QCOMPARE(told.value(u"value").toObject().value(u"tls").toString(), u"1.3"_s);
    QCOMPARE(told.value(u"wake").toString(), u"w-1"_s);
    QCOMPARE(told.value(u"over").toString(), u"coap"_s);
}

QTEST_GUILESS_MAIN(TestOperationsWakes)
#include "tst_operationswakes.moc"
