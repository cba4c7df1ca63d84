// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/stage.h"

#include <QCryptographicHash>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QString alice = u"sip:alice@lab.example"_s;
const QString phone = u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6b01"_s;

/// Text of that many octets in which no piece looks like another.
QString text(qsizetype octets)
{
    QByteArray out;
    for (quint32 i = 0; out.size() < octets; ++i)
        out += QCryptographicHash::hash(QByteArray::number(i), QCryptographicHash::Sha256).toHex() + "\r\n";
    out.truncate(octets);
    return QString::fromLatin1(out);
}

} // namespace

/// Requirement S16: content that no MESSAGE takes goes in an MSRP session. Real programs, real sockets on loopback.
class TestLargePush : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMegabyteArrives_data()
    {
        QTest::addColumn<QString>("transport");
        QTest::newRow("registered over UDP") << u"udp"_s;
        QTest::newRow("registered over TCP") << u"tcp"_s;
        QTest::newRow("registered over TLS, so over TLS") << u"tls"_s;
    }
    void aMegabyteArrives()
    {
        QFETCH(QString, transport);
        Stage stage;
        QVERIFY(stage.startServer({u"http/max_body=4194304"_s}));
        JsonProcess &client = stage.addClient(alice, phone, transport, transport == u"tls" ? QStringList{u"--tls-insecure"_s} : QStringList());
        QTRY_COMPARE(client.count("registered"), 1);
        const QString body = text(1024 * 1024);
        const QString push = stage.push(alice, body);
        QVERIFY(!push.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(client.count("push-received"), 1, 20000);
        const QJsonObject got = client.last("push-received");
        QVERIFY(got.value(u"body"_s).toString() == body);
        QCOMPARE(got.value(u"push"_s).toString(), push);
        QCOMPARE(got.value(u"duplicate"_s).toBool(), false);
        QTRY_COMPARE(stage.state(push), u"delivered"_s);
        QCOMPARE(client.count("session-opened"), 1);
        QCOMPARE(client.last("session-opened").value(u"secure"_s).toBool(), transport == u"tls");
        QTRY_COMPARE_WITH_TIMEOUT(client.count("session-closed"), 1, 15000);
        QCOMPARE(client.last("session-closed").value(u"reason"_s).toString(), u"bye"_s);
        for (const QJsonObject &entry : stage.journal(u"kind=push"_s)) {
            const QByteArray bytes = QByteArray::fromBase64(entry.value(u"bytes"_s).toString().toLatin1());
            QVERIFY(bytes.size() < 4096); // heads, no body
        }
    }

    void aSmallPushStaysAMessage()
    {
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &client = stage.addClient(alice, phone, u"udp"_s);
        QTRY_COMPARE(client.count("registered"), 1);
        const QString push = stage.push(alice, u"small"_s);
        QTRY_COMPARE(client.count("push-received"), 1);
        QTRY_COMPARE(stage.state(push), u"delivered"_s);
        QCOMPARE(client.count("session-opened"), 0);
    }

    void whatIsTooLargeForTheDeviceIsRefused()
    {
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &client = stage.addClient(alice, phone, u"udp"_s, {u"--max-message"_s, u"4000"_s});
        QTRY_COMPARE(client.count("registered"), 1);
        const QString push = stage.push(alice, text(20000));
        QTRY_COMPARE_WITH_TIMEOUT(stage.state(push), u"undeliverable"_s, 10000);
        QCOMPARE(client.count("push-received"), 0);
    }

    void aDeviceWithoutSessionsRefuses()
    {
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &client = stage.addClient(alice, phone, u"udp"_s, {u"--max-message"_s, u"0"_s});
        QTRY_COMPARE(client.count("registered"), 1);
        const QString push = stage.push(alice, text(20000));
        QTRY_COMPARE_WITH_TIMEOUT(stage.state(push), u"undeliverable"_s, 10000);
    }

    void aDeviceCalledBackAsksForTheSession()
    {
        Stage stage;
        QVERIFY(stage.startServer());
        JsonProcess &client = stage.addClient(alice, phone, u"udp"_s, {u"--invite-after-sir"_s, u"--silent"_s});
        QTRY_COMPARE(client.count("silent"), 1);
        const QString body = text(100000);
        const QString push = stage.push(alice, body);
        QTRY_COMPARE_WITH_TIMEOUT(client.count("push-received"), 1, 30000);
        QVERIFY(client.last("push-received").value(u"body"_s).toString() == body);
        QTRY_COMPARE(stage.state(push), u"delivered"_s);
        QVERIFY(client.count("session-opened") >= 1);
    }
};

QTEST_GUILESS_MAIN(TestLargePush)
#include "tst_largepush.moc"
