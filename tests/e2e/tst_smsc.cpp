// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/stage.h"
#include "support/smscpeer.h"
#include "wire/smsuserdata.h"
#include "wire/ussdtext.h"
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

quint16 freePort()
{
    QUdpSocket socket;
    socket.bind(QHostAddress::LocalHost, 0);
    return socket.localPort();
}

} // namespace

/// A device that is known by a phone number only is woken through an SMSC that others wrote (the npm package
/// smpp), which hands what the terminal gets to the device's client port, as an adapter between SMSC and IP
/// does.
class TestSmsc : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWakeUpThroughTheSmscBringsTheDeviceBack_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QStringList>("bearer");
        QTest::addColumn<QString>("identity");
        const QString smpp = u"type=smpp"_s;
        const QString ussd = u"type=ussd"_s;
        QTest::newRow("sms") << u"sms"_s << QStringList{smpp} << u"body"_s;
        QTest::newRow("sms, pair, parameters")
            << u"sms"_s << QStringList{smpp, u"bind=pair"_s, u"ports=parameters"_s} << u"body"_s;
        QTest::newRow("sms in parts") << u"sms"_s << QStringList{smpp} << u"body, header, header-value"_s;
        QTest::newRow("ussd notification") << u"ussd"_s << QStringList{ussd} << u"body"_s;
        QTest::newRow("ussd request")
            << u"ussd"_s << QStringList{ussd, u"operation=request"_s, u"session_info=on"_s} << u"body"_s;
    }
    void aWakeUpThroughTheSmscBringsTheDeviceBack()
    {
        QFETCH(QString, kind);
        QFETCH(QStringList, bearer);
        QFETCH(QString, identity);
        const quint16 port = freePort();
        SmscPeer smsc;
        QVERIFY(smsc.open({u"--terminal"_s,
                           number + u"=127.0.0.1"_s + (kind == u"ussd"_s ? u":%1"_s.arg(port) : QString())}));
        QStringList settings{u"wake/routes="_s + kind, u"wake/identity="_s + identity,
                             u"wake/mode="_s +
                                 (identity == u"body"_s ? u"routed"_s : u"broadcast_identified"_s)};
        for (const QString &key : bearer + QStringList{u"address=127.0.0.1:%1"_s.arg(smsc.port()),
                                                       u"system_id=ppg1"_s, u"password=secret"_s})
            settings.append(u"bearer.smsc/"_s + key);
        Stage stage;
        QVERIFY(stage.startServer(settings));
        QTRY_VERIFY(smsc.count("bind") >= 1);
        JsonProcess &client = stage.addClient(
            alice, phone, u"udp"_s, {u"--client-port"_s, QString::number(port), u"--no-wake-route"_s});
        QTRY_COMPARE(client.count("registered"), 1);
        const QJsonObject route{{u"bearer"_s, kind}, {u"address"_s, number}, {u"port"_s, port}};
        const ApiCaller::Answer provisioned = stage.operations().put(
            u"/v1/devices/"_s + segment(phone), {{u"user"_s, alice}, {u"wake_routes"_s, QJsonArray{route}}});
        QVERIFY2(provisioned.status / 100 == 2, qPrintable(QString::number(provisioned.status)));

        if (identity != u"body"_s) // only among several devices one has to be named
            stage.operations().put(u"/v1/devices/"_s + segment(laptop), {{u"user"_s, alice}});

        client.write("silent");
        QTRY_COMPARE(client.count("silent"), 1);
        const QString push = stage.push(alice, u"hello"_s, {phone});
        QTRY_COMPARE_WITH_TIMEOUT(stage.state(push), u"delivered"_s, 20'000);
        QTRY_COMPARE(client.count("push-received"), 1);
        QCOMPARE(client.last("push-received").value(u"body"_s).toString(), u"hello"_s);
        QVERIFY(smsc.count("to-terminal") >= 1);
        const int parts = identity == u"body"_s ? 0 : 2; // without a place among parts: one
        QCOMPARE(smsc.last("submit")[u"place"_s].toObject()[u"total"_s].toInt(), parts);

        // The receipt may come after the push.
        QVector<QJsonObject> sent;
        const auto codes = [&] {
            sent = stage.journal(u"kind=sir"_s);
            QStringList list;
            for (const QJsonObject &entry : std::as_const(sent))
                list.append(entry[u"fields"_s].toObject()[u"code"_s].toString());
            return list;
        };
        QTRY_VERIFY(codes().contains(u"received"_s));
        QVERIFY(codes().contains(u"sent"_s));
        // What the journal says was sent is what the terminal got.
        const QByteArray octets =
            QByteArray::fromBase64(sent.value(0).value(u"bytes"_s).toString().toLatin1());
        const QByteArray arrived =
            QByteArray::fromHex(smsc.all("to-terminal").value(0)[u"octets"_s].toString().toLatin1());
        if (kind == u"ussd"_s)
            QCOMPARE(*decodeUssdPush(octets), arrived);
        else if (octets.size() <= smsUserDataLimit)
            QCOMPARE(decodeSmsUserData(octets)->payload, arrived);
        QVERIFY(decodeWspPush(arrived).ok());

        stage.server().terminate();
        QTRY_VERIFY(smsc.count("unbind") >= 1); // it says good-bye
    }
};

QTEST_GUILESS_MAIN(TestSmsc)
#include "tst_smsc.moc"
