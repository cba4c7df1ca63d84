// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/msrppeer.h"
#include "e2e/stage.h"
#include "support/testpaths.h"

#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTest>
#include <QUdpSocket>

using namespace reveille;
using namespace Qt::StringLiterals;

/// A large push to a device whose SIP is SIPp's: REGISTER, INVITE, 180, 200, ACK, BYE. SIPp speaks no MSRP, so the
/// content goes to a real socket of the test.
class TestMsrpSipp : public QObject {
    Q_OBJECT

    static QStringList scenario(const QString &name, const QString &server, quint16 port, quint16 msrp)
    {
        return {server, u"-sf"_s, testData(u"sipp/%1.xml").arg(name), u"-i"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(port),
                u"-m"_s, u"1"_s, u"-key"_s, u"msrp_port"_s, QString::number(msrp), u"-timeout"_s, u"40s"_s, u"-nostdin"_s};
    }

    /// Somebody has bound this UDP port.
    static bool isHeard(quint16 port)
    {
        QFile sockets(u"/proc/net/udp"_s);
        return sockets.open(QIODevice::ReadOnly) && sockets.readAll().contains(u":%1 "_s.arg(port, 4, 16, QChar(u'0')).toUpper().toLatin1());
    }

private Q_SLOTS:
    void aLargePushGoesToADeviceOfSipp()
    {
        Stage stage;
        QVERIFY(stage.startServer());
        QUdpSocket probe; // a port that is free
        QVERIFY(probe.bind(QHostAddress::LocalHost));
        const quint16 port = probe.localPort();
        probe.close();
        QTcpServer listener;
        QVERIFY(listener.listen(QHostAddress::LocalHost));

        QProcess registering;
        registering.start(QStringLiteral(SIPP_PROGRAM), scenario(u"msrp-register"_s, stage.address(u"sip_udp"_s), port, 0));
        QVERIFY(registering.waitForFinished(20000));
        QCOMPARE(registering.exitCode(), 0);

        QProcess phone;
        phone.setProcessChannelMode(QProcess::MergedChannels);
        phone.start(QStringLiteral(SIPP_PROGRAM), scenario(u"msrp-accept"_s, stage.address(u"sip_udp"_s), port, listener.serverPort()));
        QTRY_VERIFY_WITH_TIMEOUT(isHeard(port), 20000); // else the INVITE is refused, and the path counts as lost
        const QByteArray body = QByteArray("0123456789abcdef").repeated(4096);
        const QString push = stage.push(u"sip:alice@lab.example"_s, QString::fromLatin1(body));
        QTRY_VERIFY_WITH_TIMEOUT(listener.hasPendingConnections(), 10000);
        MsrpPeer device;
        device.path = "msrp://127.0.0.1:" + QByteArray::number(listener.serverPort()) + "/sippsession;tcp";
        device.use(listener.nextPendingConnection());
        QTRY_COMPARE_WITH_TIMEOUT(stage.state(push), u"delivered"_s, 10000);
        QCOMPARE(device.body, body);
        QVERIFY(device.requests.first().head.contentType.isEmpty()); // the SEND that binds
        QVERIFY(phone.waitForFinished(30000));
        QVERIFY2(phone.exitCode() == 0, phone.readAll().right(3000).constData());
    }
};

QTEST_GUILESS_MAIN(TestMsrpSipp)
#include "tst_msrpsipp.moc"
