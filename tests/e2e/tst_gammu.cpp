// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/fakemodem.h"
#include "bearers/smssubmit.h"
#include "e2e/stage.h"
#include "wire/smsassembler.h"
#include "wire/wsp.h"

#include <QJsonArray>
#include <QTest>
#include <QUdpSocket>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QString alice = u"sip:alice@lab.example"_s;
const QString phone = u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6b01"_s;
const QString laptop = u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6b02"_s;
const QString number = u"491701234567"_s;

} // namespace

/// A device that is known by a phone number only is woken through a modem: what libGammu gives it (AT+CMGS) is read as a
/// terminal reads it and handed to the client port that the user data header names.
class TestGammu : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWakeUpThroughAModemBringsTheDeviceBack_data()
    {
        QTest::addColumn<QString>("identity");
        QTest::addColumn<int>("parts");
        QTest::newRow("one message") << u"body"_s << 1;
        QTest::newRow("in parts") << u"body, header, header-value"_s << 2;
    }
    void aWakeUpThroughAModemBringsTheDeviceBack()
    {
        QFETCH(QString, identity);
        QFETCH(int, parts);
        FakeModem modem;
        Stage stage;
        QVERIFY(stage.startServer({u"bearer.modem/type=gammu"_s, u"bearer.modem/device="_s + modem.device,
                                   u"sip/authentication=digest"_s, u"wake/routes=sms"_s, u"wake/identity="_s + identity,
                                   u"wake/mode="_s + (parts == 1 ? u"routed"_s : u"broadcast_identified"_s),
                                   u"wake/answer_timeout_ms=20000"_s}));
        stage.setPassword(alice, u"secret"_s);
        JsonProcess &client =
            stage.addClient(alice, phone, u"udp"_s, {u"--no-wake-route"_s, u"--password"_s, u"secret"_s});
        QTRY_COMPARE(client.count("registered"), 1);
        const quint16 port = quint16(client.last("started")[u"client_port"_s].toInt());
        const QJsonObject route{{u"bearer"_s, u"sms"_s}, {u"address"_s, number}, {u"port"_s, port}};
        const ApiCaller::Answer provisioned = stage.operations().put(
            u"/v1/devices/"_s + segment(phone), {{u"user"_s, alice}, {u"wake_routes"_s, QJsonArray{route}}});
        QCOMPARE(provisioned.status / 100, 2);
        if (parts > 1) // only among several devices one has to be named
            stage.operations().put(u"/v1/devices/"_s + segment(laptop), {{u"user"_s, alice}});
        client.write("unregister");
        QTRY_COMPARE(client.count("unregistered"), 1);

        const QString push = stage.push(alice, u"hello"_s, {phone});
        QTRY_COMPARE_WITH_TIMEOUT(modem.pdus.size(), qsizetype(parts), 30'000);
        SmsAssembler terminal({});
        std::optional<SmsAssembler::Whole> whole;
        for (const QByteArray &pdu : std::as_const(modem.pdus)) {
            const SmsSubmit submit = submitOf(pdu);
            QCOMPARE(submit.recipient, number.toLatin1());
            const Result<SmsUserData> data = decodeSmsUserData(submit.userData);
            QVERIFY(data.ok());
            whole = terminal.take(u"2948"_s, *data, Milliseconds(0));
        }
        QVERIFY(whole.has_value() && whole->ports.has_value());
        QCOMPARE(whole->ports->destination, port);
        QVERIFY(decodeWspPush(whole->payload).ok());
        QUdpSocket socket;
        socket.writeDatagram(whole->payload, QHostAddress(QHostAddress::LocalHost), whole->ports->destination);

        QTRY_COMPARE(client.count("sir-received"), 1);
        QVERIFY(client.last("sir-received")[u"signed"_s].toBool());
        QTRY_COMPARE_WITH_TIMEOUT(stage.state(push), u"delivered"_s, 20'000);
        QTRY_COMPARE(client.count("push-received"), 1);
        QCOMPARE(client.last("push-received")[u"body"_s].toString(), u"hello"_s);
        QCOMPARE(client.count("registered"), 2);
        QCOMPARE(stage.liveness(phone), u"up"_s);
    }
};

QTEST_GUILESS_MAIN(TestGammu)
#include "tst_gammu.moc"
