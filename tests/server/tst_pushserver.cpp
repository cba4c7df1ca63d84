// SPDX-License-Identifier: GPL-3.0-or-later
#include "pushserver.h"

#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

using namespace reveille;

namespace {

Config freePorts()
{
    return *Config::read({}, {QStringLiteral("server/ports=any")});
}

} // namespace

class TestPushServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void servesWhereItSaysAndStops()
    {
        QTemporaryDir dir;
        PushServer server(freePorts(), dir.path());
        QVERIFY(server.start().ok());
        const QMap<QString, QString> bound = server.boundAddresses();
        QCOMPARE(bound.keys(), (QStringList{QStringLiteral("datagram_coap"), QStringLiteral("datagram_dtls"), QStringLiteral("msrp_tcp"),
                                            QStringLiteral("msrp_tls"), QStringLiteral("operations_http"),
                                            QStringLiteral("ota_http_tcp"), QStringLiteral("ota_http_tls"),
                                            QStringLiteral("sip_tcp"),
                                            QStringLiteral("sip_tls"), QStringLiteral("sip_udp"),
                                            QStringLiteral("triggers_http"), QStringLiteral("triggers_https")}));
        QVERIFY(QFile::exists(server.operationsTokenFile()));
        QCOMPARE(QFile::permissions(server.operationsTokenFile()) & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        server.stop();
        QVERIFY(!server.isRunning());
        QVERIFY(server.start().ok());
    }
    void faultsAreAllowedWhereStaffIsOnThisMachine_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("allowed");
        QTest::addColumn<bool>("may");
        QTest::newRow("loopback") << QStringLiteral("127.0.0.1:0") << QStringLiteral("loopback") << true;
        QTest::newRow("anywhere") << QStringLiteral("0.0.0.0:0") << QStringLiteral("loopback") << false;
        QTest::newRow("anywhere, yes") << QStringLiteral("0.0.0.0:0") << QStringLiteral("yes") << true;
        QTest::newRow("loopback, no") << QStringLiteral("127.0.0.1:0") << QStringLiteral("no") << false;
    }
    void faultsAreAllowedWhereStaffIsOnThisMachine()
    {
        QFETCH(QString, address);
        QFETCH(QString, allowed);
        QFETCH(bool, may);
        QTemporaryDir dir;
        PushServer server(*Config::read({}, {QStringLiteral("server/ports=any"), QStringLiteral("operations/http=") + address,
                                             QStringLiteral("faults/allowed=") + allowed}),
                          dir.path());
        QVERIFY(server.start().ok());
        QCOMPARE(server.engine()->faults().isAllowed(), may);
    }
    void aTakenPortIsNamedAndNothingStaysOpen()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        QTemporaryDir dir;
        Config config = freePorts();
        config.operationsHttp.port = other.serverPort();
        PushServer server(config, dir.path());
        const Result<Done> started = server.start();
        QVERIFY(!started.ok());
        QCOMPARE(QByteArray(started.error().code), QByteArray("listen-failed"));
        QVERIFY2(started.error().about.contains(QString::number(other.serverPort())), qPrintable(started.error().about));
        QVERIFY(started.error().about.contains(QLatin1String("operations")));
        other.close();
        QVERIFY(server.start().ok()); // the database is free again too
    }
    void aSecondServerOnTheSameDataIsRefused()
    {
        QTemporaryDir dir;
        PushServer first(freePorts(), dir.path());
        QVERIFY(first.start().ok());
        PushServer second(freePorts(), dir.path());
        const Result<Done> started = second.start();
        QVERIFY(!started.ok());
        QCOMPARE(QByteArray(started.error().code), QByteArray("store-locked"));
        QVERIFY(started.error().about.contains(QLatin1String("reveille.db")));
    }
    void aBrokenDatabaseIsNeitherUsedNorReplaced()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("reveille.db"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        PushServer server(freePorts(), dir.path());
        const Result<Done> started = server.start();
        QVERIFY(!started.ok());
        QCOMPARE(QByteArray(started.error().code), QByteArray("store-corrupt"));
        QCOMPARE(QFile(path).size(), 8192);
    }
    void aWrongBearerIsNamed_data()
    {
        QTest::addColumn<QString>("set");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("type") << QStringLiteral("bearer.x/type=pigeon") << QByteArray("bearer-type");
        QTest::newRow("key") << QStringLiteral("bearer.wsp/colour=red") << QByteArray("bearer-key");
        QTest::newRow("network") << QStringLiteral("bearer.wsp/allowed_networks=10.0.0.0/99") << QByteArray("bearer-value");
        QTest::newRow("port") << QStringLiteral("bearer.wsp/default_port=0") << QByteArray("bearer-value");
    }
    void aWrongBearerIsNamed()
    {
        QFETCH(QString, set);
        QFETCH(QByteArray, code);
        QTemporaryDir dir;
        const Result<Config> config = Config::read({}, {QStringLiteral("server/ports=any"), set});
        QVERIFY(config.ok());
        PushServer server(*config, dir.path());
        const Result<Done> started = server.start();
        QVERIFY(!started.ok());
        QCOMPARE(QByteArray(started.error().code), code);
        QCOMPARE(started.error().about, set);
    }
    void withoutACertificateItMakesOne()
    {
        QTemporaryDir dir;
        PushServer server(freePorts(), dir.path());
        QVERIFY(server.start().ok());
        const QString certificate = dir.filePath(QStringLiteral("tls.crt")), key = dir.filePath(QStringLiteral("tls.key"));
        QVERIFY(QFile::exists(certificate));
        QCOMPARE(QFile::permissions(key) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const Result<Config> config =
            Config::read({}, {QStringLiteral("server/ports=any"), QStringLiteral("sip/certificate=") + certificate,
                              QStringLiteral("sip/key=") + dir.filePath(QStringLiteral("none.key"))});
        QVERIFY(config.ok());
        QTemporaryDir otherDir;
        PushServer other(*config, otherDir.path());
        const Result<Done> started = other.start();
        QVERIFY(!started.ok());
        QCOMPARE(QByteArray(started.error().code), QByteArray("tls-key"));
    }
    void aDataFolderThatIsAFileIsNamed()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        PushServer server(freePorts(), file.fileName());
        const Result<Done> started = server.start();
        QVERIFY(!started.ok());
        QCOMPARE(QByteArray(started.error().code), QByteArray("data-dir"));
    }
};

QTEST_GUILESS_MAIN(TestPushServer)
#include "tst_pushserver.moc"
