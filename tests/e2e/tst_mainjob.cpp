// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/stage.h"
#include "wire/sir.h"
#include "wire/wsp.h"

#include <QJsonArray>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QString alice = u"sip:alice@lab.example"_s;
const QString phone = u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6b01"_s;
const QString laptop = u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6b02"_s;

/// The SIR a journal entry says was on the wire.
Result<SessionRequest> sirOf(const QJsonObject &entry)
{
    const QByteArray bytes = QByteArray::fromBase64(entry.value(u"bytes"_s).toString().toLatin1());
    const Result<WspPush> push = decodeWspPush(bytes);
    if (!push)
        return push.error();
    return decodeSir(push->data);
}

} // namespace

/// Issue 2: a device registers, goes quiet, a push arrives, the server wakes it over another bearer, it comes
/// back, the push is delivered once. Real programs, real sockets on loopback.
class TestMainJob : public QObject {
    Q_OBJECT

    void addTransports()
    {
        QTest::addColumn<QString>("transport");
        QTest::newRow("udp") << u"udp"_s;
        QTest::newRow("tcp") << u"tcp"_s;
    }
    void addAuthentications()
    {
        QTest::addColumn<QString>("transport");
        QTest::addColumn<bool>("digest");
        QTest::newRow("udp, open") << u"udp"_s << false;
        QTest::newRow("tcp, open") << u"tcp"_s << false;
        QTest::newRow("udp, digest") << u"udp"_s << true;
        QTest::newRow("tcp, digest") << u"tcp"_s << true;
    }

private Q_SLOTS:
    void aConnectedDeviceGetsThePushDirectly_data() { addAuthentications(); }
    void aConnectedDeviceGetsThePushDirectly()
    {
        QFETCH(QString, transport);
        QFETCH(bool, digest);
        Stage stage;
        QVERIFY(stage.startServer(digest ? QStringList{u"sip/authentication=digest"_s} : QStringList()));
        if (digest)
            stage.setPassword(alice, u"secret"_s);
        JsonProcess &client = stage.addClient(
            alice, phone, transport, digest ? QStringList{u"--password"_s, u"secret"_s} : QStringList());
        QTRY_COMPARE(client.count("registered"), 1);
        QVERIFY(client.last("registered").value(u"gruu"_s).toString().contains(phone));
        QCOMPARE(stage.liveness(phone), u"up"_s);

        const QString push = stage.push(alice, u"hello"_s);
        QVERIFY(!push.isEmpty());
        QTRY_COMPARE(client.count("push-received"), 1);
        QCOMPARE(client.last("push-received").value(u"body"_s).toString(), u"hello"_s);
        QCOMPARE(client.last("push-received").value(u"push"_s).toString(), push);
        QTRY_COMPARE(stage.state(push), u"delivered"_s);
        QVERIFY(stage.journalEvents(u"kind=sir"_s).isEmpty());
        QVERIFY(stage.journalEvents(u"kind=wake"_s).isEmpty());
    }

    void aWrongPasswordIsRefused()
    {
        Stage stage;
        QVERIFY(stage.startServer({u"sip/authentication=digest"_s}));
        stage.setPassword(alice, u"secret"_s);
        JsonProcess &client = stage.addClient(alice, phone, u"udp"_s, {u"--password"_s, u"guess"_s});
        QTRY_VERIFY(client.count("register-failed") >= 1);
        QCOMPARE(client.count("registered"), 0);
    }

    void aQuietDeviceIsWokenAndServedOnce_data() { addAuthentications(); }
    void aQuietDeviceIsWokenAndServedOnce()
    {
        QFETCH(QString, transport);
        QFETCH(bool, digest);
        Stage stage;
        QVERIFY(stage.startServer(digest ? QStringList{u"sip/authentication=digest"_s} : QStringList()));
        if (digest)
            stage.setPassword(alice, u"secret"_s);
        JsonProcess &client = stage.addClient(
            alice, phone, transport, digest ? QStringList{u"--password"_s, u"secret"_s} : QStringList());
        QTRY_COMPARE(client.count("registered"), 1);
        client.write("silent");
        QTRY_COMPARE(client.count("silent"), 1);

        const QString push = stage.push(alice, u"wake up"_s);
        QTRY_COMPARE_WITH_TIMEOUT(client.count("push-received"), 1, 20000);
        QTRY_COMPARE(stage.state(push), u"delivered"_s);
        QCOMPARE(client.last("sir-received").value(u"signed"_s).toBool(), digest);
        QCOMPARE(client.count("reconnecting"), 1);
        QCOMPARE(client.last("push-received").value(u"duplicate"_s).toBool(), false);
        QTRY_COMPARE(stage.liveness(phone), u"up"_s);

        const QVector<QJsonObject> sirs = stage.journal(u"kind=sir"_s);
        QVERIFY(!sirs.isEmpty());
        QCOMPARE(sirs.first().value(u"event"_s).toString(), u"sir-sent"_s);
        const QStringList wakes = stage.journalEvents(u"kind=wake"_s);
        QVERIFY(wakes.contains(u"wake-started"_s));
        QTRY_VERIFY(stage.journalEvents(u"kind=wake"_s).contains(u"wake-succeeded"_s));
        QVERIFY(stage.journalEvents(u"kind=connection"_s).contains(u"lost"_s));
        QVERIFY(stage.journalEvents(u"kind=connection"_s).contains(u"restored"_s));

        // Nothing comes a second time: another push is the next thing it hears.
        stage.push(alice, u"next"_s);
        QTRY_COMPARE(client.count("push-received"), 2);
        QCOMPARE(client.last("push-received").value(u"body"_s).toString(), u"next"_s);
    }

    void aDroppedDeviceIsWoken_data() { addTransports(); }
    void aDroppedDeviceIsWoken()
    {
        QFETCH(QString, transport);
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &client = stage.addClient(alice, phone, transport);
        QTRY_COMPARE(client.count("registered"), 1);
        client.write("drop");
        QTRY_COMPARE(client.count("dropped"), 1);
        if (transport == u"tcp"_s)
            QTRY_COMPARE(stage.liveness(phone), u"lost"_s);
        const QString push = stage.push(alice, u"wake up"_s);
        QTRY_COMPARE_WITH_TIMEOUT(client.count("push-received"), 1, 20000);
        QTRY_COMPARE(stage.state(push), u"delivered"_s);
    }

    void onlyTheDeviceMeantComesBack_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<bool>("otherHears");
        QTest::newRow("routed") << u"routed"_s << false;
        QTest::newRow("broadcast with identity") << u"broadcast_identified"_s << true;
    }
    void onlyTheDeviceMeantComesBack()
    {
        QFETCH(QString, mode);
        QFETCH(bool, otherHears);
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &meant = stage.addClient(alice, phone, u"udp"_s);
        JsonProcess &other = stage.addClient(alice, laptop, u"udp"_s);
        QTRY_VERIFY(meant.count("registered") == 1 && other.count("registered") == 1);
        meant.write("silent");
        other.write("silent");
        QTRY_VERIFY(meant.count("silent") == 1 && other.count("silent") == 1);

        const QString push = stage.push(alice, u"for the phone"_s, {phone}, {{u"sir_mode"_s, mode}});
        QTRY_COMPARE_WITH_TIMEOUT(meant.count("push-received"), 1, 20000);
        QTRY_COMPARE(stage.state(push), u"delivered"_s);
        QCOMPARE(meant.last("sir-received").value(u"device"_s).toString(), phone);
        QCOMPARE(other.count("sir-received") > 0, otherHears);
        QTRY_COMPARE(other.count("sir-ignored"), other.count("sir-received"));
        if (otherHears)
            QCOMPARE(other.last("sir-ignored").value(u"reason"_s).toString(), u"not-for-me"_s);
        QCOMPARE(other.count("reconnecting"), 0);
        QCOMPARE(other.count("push-received"), 0);
        const Result<SessionRequest> sir = sirOf(stage.journal(u"kind=sir"_s).first());
        QVERIFY(sir.ok());
        QCOMPARE(sir->device.toString(), phone);
    }

    void aBroadcastNamesTheUserAndEachDeviceDecides()
    {
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &quiet = stage.addClient(alice, phone, u"udp"_s);
        JsonProcess &connected = stage.addClient(alice, laptop, u"udp"_s);
        QTRY_VERIFY(quiet.count("registered") == 1 && connected.count("registered") == 1);
        quiet.write("silent");
        QTRY_COMPARE(quiet.count("silent"), 1);
        const QString push = stage.push(alice, u"hello"_s, {phone}, {{u"sir_mode"_s, u"broadcast"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(quiet.count("push-received"), 1, 20000);
        QTRY_COMPARE(stage.state(push), u"delivered"_s);
        QTRY_VERIFY(connected.count("sir-ignored") >= 1);
        QCOMPARE(connected.last("sir-ignored").value(u"reason"_s).toString(), u"already-connected"_s);
        QCOMPARE(quiet.last("sir-received").value(u"device"_s).toString(), QString());
        QCOMPARE(quiet.last("sir-received").value(u"user"_s).toString(), alice);
    }

    void aSingleDeviceNeedsNoIdentity()
    {
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &client = stage.addClient(alice, phone, u"udp"_s);
        QTRY_COMPARE(client.count("registered"), 1);
        client.write("silent");
        QTRY_COMPARE(client.count("silent"), 1);
        stage.push(alice, u"hello"_s);
        QTRY_COMPARE_WITH_TIMEOUT(client.count("push-received"), 1, 20000);
        const QJsonObject entry = stage.journal(u"kind=sir"_s).first();
        const Result<SessionRequest> sir = sirOf(entry);
        QVERIFY(sir.ok());
        QVERIFY(sir->device.isEmpty());
        QCOMPARE(sir->version, 2);
        QVERIFY(sir->gateway.contains(stage.address(u"sip_udp"_s)));
        QVERIFY(!QByteArray::fromBase64(entry.value(u"bytes"_s).toString().toLatin1()).contains("f81d4fae"));
    }

    void theIdentityStandsWhereItIsToldTo_data()
    {
        QTest::addColumn<QString>("placement");
        for (const char *placement : {"body", "header", "header-value", "body,header,header-value"})
            QTest::newRow(placement) << QString::fromLatin1(placement);
    }
    void theIdentityStandsWhereItIsToldTo()
    {
        QFETCH(QString, placement);
        Stage stage;
        QVERIFY(stage.startServer({u"wake/identity="_s + placement}));
        JsonProcess &meant = stage.addClient(alice, phone, u"udp"_s);
        JsonProcess &other = stage.addClient(alice, laptop, u"udp"_s);
        QTRY_VERIFY(meant.count("registered") == 1 && other.count("registered") == 1);
        meant.write("drop");
        other.write("drop");
        QTRY_VERIFY(meant.count("dropped") == 1 && other.count("dropped") == 1);
        stage.push(alice, u"hello"_s, {phone}, {{u"sir_mode"_s, u"broadcast_identified"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(meant.count("push-received"), 1, 20000);
        QCOMPARE(meant.last("sir-received").value(u"device"_s).toString(), phone);
        QTRY_VERIFY(other.count("sir-ignored") >= 1);
        QCOMPARE(other.last("sir-ignored").value(u"reason"_s).toString(), u"not-for-me"_s);

        const QByteArray bytes = QByteArray::fromBase64(
            stage.journal(u"kind=sir"_s).first().value(u"bytes"_s).toString().toLatin1());
        const Result<WspPush> push = decodeWspPush(bytes);
        QVERIFY(push.ok());
        QCOMPARE(decodeSir(push->data)->device.isEmpty(), !placement.contains(u"body"_s));
        QCOMPARE(push->header("X-Reveille-Device"_L1).isEmpty(),
                 !placement.split(u',').contains(u"header"_s));
        QCOMPARE(push->contentTypeParameters.isEmpty(), !placement.contains(u"header-value"_s));
    }

    void staffWakesADevice_data()
    {
        QTest::addColumn<bool>("empty");
        QTest::addColumn<QString>("transport");
        QTest::newRow("SIR, udp") << false << u"udp"_s;
        QTest::newRow("empty, udp") << true << u"udp"_s;
        QTest::newRow("SIR, tcp") << false << u"tcp"_s;
        QTest::newRow("empty, tcp") << true << u"tcp"_s;
    }
    void staffWakesADevice()
    {
        QFETCH(bool, empty);
        QFETCH(QString, transport);
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &client = stage.addClient(alice, phone, transport);
        QTRY_COMPARE(client.count("registered"), 1);
        client.write("silent");
        QTRY_COMPARE(client.count("silent"), 1);
        const ApiCaller::Answer answer =
            stage.operations().post(u"/v1/devices/"_s + segment(phone) + u"/wake"_s,
                                    {{u"bearer"_s, u"wsp-udp"_s}, {u"empty"_s, empty}});
        QCOMPARE(answer.status, 202);
        QTRY_COMPARE_WITH_TIMEOUT(client.count("registered"), 2, 10000);
        QCOMPARE(client.count(empty ? "wake-received" : "sir-received"), 1);
        const QString wake = answer.body.value(u"id"_s).toString();
        QTRY_COMPARE(
            stage.operations().get(u"/v1/wakes/"_s + segment(wake)).body.value(u"state"_s).toString(),
            u"succeeded"_s);
        QTRY_COMPARE(stage.liveness(phone), u"up"_s);
    }

    void aDeafDeviceIsTriedUntilItHears()
    {
        Stage stage;
        QVERIFY(stage.startServer({u"wake/answer_timeout_ms=300"_s}));
        JsonProcess &client = stage.addClient(alice, phone, u"udp"_s, {u"--deaf"_s, u"--silent"_s});
        QTRY_COMPARE(client.count("silent"), 1);
        stage.push(alice, u"hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(stage.journalEvents(u"kind=sir"_s).count(u"sir-sent"_s) >= 2, 10000);
        QCOMPARE(client.count("sir-received"), 0);
        client.write("hear");
        QTRY_COMPARE_WITH_TIMEOUT(client.count("push-received"), 1, 20000);
    }

    void aRefusalEndsThePush()
    {
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &client = stage.addClient(alice, phone, u"udp"_s, {u"--refuse"_s, u"603"_s});
        QTRY_COMPARE(client.count("registered"), 1);
        const QString push = stage.push(alice, u"no"_s);
        QTRY_COMPARE(client.count("push-received"), 1);
        QTRY_COMPARE(stage.state(push), u"undeliverable"_s);
    }

    void theSameSessionComesBack()
    {
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &client = stage.addClient(alice, phone, u"udp"_s);
        QTRY_COMPARE(client.count("registered"), 1);
        const QJsonObject before = stage.device(phone);
        client.write("silent");
        QTRY_COMPARE(client.count("silent"), 1);
        stage.push(alice, u"hello"_s);
        QTRY_COMPARE_WITH_TIMEOUT(client.count("push-received"), 1, 20000);
        const QJsonObject after = stage.device(phone);
        QCOMPARE(after.value(u"gruu"_s), before.value(u"gruu"_s));
        QCOMPARE(after.value(u"subscriptions"_s), before.value(u"subscriptions"_s));
        QCOMPARE(after.value(u"preferences"_s), before.value(u"preferences"_s));
        QCOMPARE(after.value(u"wake_routes"_s), before.value(u"wake_routes"_s));
        QVERIFY(after.value(u"connections"_s) != before.value(u"connections"_s));
    }

    void aClosedPinholeIsNoticedWithoutAPush()
    {
        Stage stage;
        QVERIFY(stage.startServer({u"liveness/udp_pinhole_ms=1000"_s}));
        JsonProcess &quiet = stage.addClient(alice, phone, u"udp"_s);
        JsonProcess &lively = stage.addClient(alice, laptop, u"udp"_s, {u"--keep-alive-interval"_s, u"1"_s});
        QTRY_VERIFY(quiet.count("registered") == 1 && lively.count("registered") == 1);
        quiet.write("silent");
        QTRY_COMPARE_WITH_TIMEOUT(stage.liveness(phone), u"lost"_s, 15000);
        QCOMPARE(stage.device(phone).value(u"liveness"_s)[u"reason"_s].toString(), u"pinhole_closed"_s);
        QVERIFY(!stage.device(phone).value(u"liveness"_s)[u"evidence"_s].isNull());
        QTRY_COMPARE(stage.liveness(laptop), u"up"_s);
    }

    void theWakeRouteOutlivesTheRegistration()
    {
        Stage stage;
        QVERIFY(stage.startServer({u"sip/min_expires=1"_s}));
        JsonProcess &client =
            stage.addClient(alice, phone, u"udp"_s, {u"--expires"_s, u"2"_s, u"--silent"_s});
        QTRY_COMPARE(client.count("silent"), 1);
        QTRY_COMPARE_WITH_TIMEOUT(stage.liveness(phone), u"lost"_s, 15000);
        QCOMPARE(stage.device(phone).value(u"liveness"_s)[u"reason"_s].toString(), u"expired"_s);
        const QString push = stage.push(alice, u"hello"_s);
        QTRY_COMPARE_WITH_TIMEOUT(client.count("push-received"), 1, 20000);
        QTRY_COMPARE(stage.state(push), u"delivered"_s);
    }

    void anInitiatorWithItsTokenTriggersAPush()
    {
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &client = stage.addClient(alice, phone, u"udp"_s);
        QTRY_COMPARE(client.count("registered"), 1);
        const ApiCaller::Answer made =
            stage.operations().post(u"/v1/initiators"_s, {{u"name"_s, u"shop"_s}});
        const QByteArray token = made.body.value(u"token"_s).toString().toLatin1();
        QVERIFY(!token.isEmpty());

        const QJsonObject request{{u"to"_s, QJsonObject{{u"user"_s, alice}}}, {u"body"_s, u"sale"_s}};
        ApiCaller triggers;
        triggers.use(u"http://"_s + stage.address(u"triggers_http"_s), {});
        QCOMPARE(triggers.post(u"/v1/pushes"_s, request).status, 401);
        triggers.use(u"http://"_s + stage.address(u"triggers_http"_s), token);
        const ApiCaller::Answer accepted = triggers.post(u"/v1/pushes"_s, request);
        QCOMPARE(accepted.status, 202);
        QTRY_COMPARE(client.count("push-received"), 1);
        QCOMPARE(client.last("push-received").value(u"body"_s).toString(), u"sale"_s);
        const QString id = accepted.body.value(u"id"_s).toString();
        QTRY_COMPARE(triggers.get(u"/v1/pushes/"_s + segment(id)).body.value(u"state"_s).toString(),
                     u"delivered"_s);
    }

    void aServerKilledWhileWakingWakesAgain()
    {
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &client = stage.addClient(alice, phone, u"udp"_s, {u"--deaf"_s, u"--silent"_s});
        QTRY_COMPARE(client.count("silent"), 1);
        const QString push = stage.push(alice, u"kept"_s);
        QTRY_VERIFY_WITH_TIMEOUT(stage.journalEvents(u"kind=sir"_s).contains(u"sir-sent"_s), 10000);
        stage.server().kill();
        QVERIFY(stage.restartServer());
        client.write("hear");
        QTRY_COMPARE_WITH_TIMEOUT(client.count("push-received"), 1, 30000);
        QTRY_COMPARE(stage.state(push), u"delivered"_s);
    }

    void anAcceptedPushSurvivesKill9_data() { addAuthentications(); }
    void anAcceptedPushSurvivesKill9()
    {
        QFETCH(QString, transport);
        QFETCH(bool, digest);
        Stage stage;
        QVERIFY(stage.startServer(digest ? QStringList{u"sip/authentication=digest"_s} : QStringList()));
        if (digest)
            stage.setPassword(alice, u"secret"_s);
        JsonProcess &client = stage.addClient(
            alice, phone, transport,
            QStringList{u"--deaf"_s} + (digest ? QStringList{u"--password"_s, u"secret"_s} : QStringList()));
        QTRY_COMPARE(client.count("registered"), 1);
        const QString gruu = client.last("registered").value(u"gruu"_s).toString();
        client.write("silent");
        QTRY_COMPARE(client.count("silent"), 1);

        const QString push = stage.push(alice, u"kept"_s);
        QVERIFY(!push.isEmpty());
        stage.server().kill(); // nothing between the 202 and this
        client.write("hear");
        QVERIFY(stage.restartServer());
        QTRY_COMPARE_WITH_TIMEOUT(client.count("push-received"), 1, 30000);
        QCOMPARE(client.last("push-received").value(u"push"_s).toString(), push);
        QCOMPARE(client.last("push-received").value(u"body"_s).toString(), u"kept"_s);
        QTRY_COMPARE(stage.state(push), u"delivered"_s);
        QCOMPARE(client.last("registered").value(u"gruu"_s).toString(), gruu);

        stage.push(alice, u"next"_s);
        QTRY_COMPARE_WITH_TIMEOUT(client.count("push-received"), 2, 10000);
        QCOMPARE(client.last("push-received").value(u"body"_s).toString(), u"next"_s);
    }

    void aServerEndsCleanly()
    {
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &client = stage.addClient(alice, phone, u"tcp"_s);
        QTRY_COMPARE(client.count("registered"), 1);
        stage.server().terminate();
        QTRY_VERIFY_WITH_TIMEOUT(!stage.server().isRunning(), 10000);
        QCOMPARE(stage.server().exitCode(), 0);
        QTRY_VERIFY(client.count("flow-lost") >= 1);
        QVERIFY(stage.restartServer());
        QTRY_COMPARE_WITH_TIMEOUT(client.count("registered"), 2, 20000);
        client.terminate();
        QTRY_VERIFY_WITH_TIMEOUT(!client.isRunning(), 10000);
        QCOMPARE(client.exitCode(), 0);
        QTRY_COMPARE(stage.liveness(phone), u"lost"_s);
    }
};

QTEST_GUILESS_MAIN(TestMainJob)
#include "tst_mainjob.moc"
