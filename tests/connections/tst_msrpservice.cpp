// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/msrp/msrpservice.h"
#include "msrppeer.h"
#include "support/fakeclock.h"
#include "support/testtls.h"

#include <QSslSocket>

using namespace reveille;
using namespace std::chrono_literals;

namespace {

MsrpSettings onFreePorts(const TestTls &tls)
{
    MsrpSettings settings;
    settings.tcp.port = settings.tls.port = 0;
    settings.identity = tls.identity;
    return settings;
}

/// The MSRP side alone, over TCP and TLS; the test agrees on sessions itself.
struct Bench {
    explicit Bench(const MsrpSettings &settings) : service(settings, clock, clock)
    {
        const auto started = service.start();
        if (!started)
            qFatal("%s", qPrintable(started.error().about));
        tcp = started->value(QStringLiteral("msrp_tcp")).section(u':', -1).toUShort();
        tls = started->value(QStringLiteral("msrp_tls")).section(u':', -1).toUShort();
    }
    static QTcpSocket *connected(quint16 port, QObject *parent)
    {
        auto *socket = new QTcpSocket(parent);
        socket->connectToHost(QHostAddress::LocalHost, port);
        (void)socket->waitForConnected(3000);
        return socket;
    }
    static QSslSocket *encrypted(quint16 port, QObject *parent)
    {
        auto *socket = new QSslSocket(parent);
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
        (void)QTest::qWaitFor([socket] { return socket->isEncrypted(); });
        return socket;
    }

    FakeClock clock;
    MsrpService service;
    quint16 tcp = 0, tls = 0;
};

} // namespace

class TestMsrpService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSecureSessionIsNotBoundInTheClear()
    {
        Bench bench(onFreePorts(m_tls));
        const auto session = bench.service.open(true, "127.0.0.1");
        MsrpPeer device;
        device.path = "msrps://127.0.0.1:9999/device1;tcp";
        session->setPeer({device.path});
        device.use(Bench::connected(bench.tcp, &device));
        device.send(device.hello(session->uri().toText()).message({}, MsrpEnd::Complete));
        QTRY_COMPARE(device.statuses, QVector<int>{481});
        QVERIFY(!session->isBound());

        MsrpPeer secure;
        secure.path = device.path;
        secure.use(Bench::encrypted(bench.tls, &secure));
        secure.send(secure.hello(session->uri().toText()).message({}, MsrpEnd::Complete));
        QTRY_COMPARE(secure.statuses, QVector<int>{200});
        QVERIFY(session->isBound());
    }

    void aBoundSessionLetsGoOfTheConnectionThatWasStillComing()
    {
        Bench bench(onFreePorts(m_tls));
        QTcpServer never; // takes the connection, says nothing of TLS
        QVERIFY(never.listen(QHostAddress::LocalHost));
        auto session = bench.service.open(true, "127.0.0.1");
        MsrpPeer device;
        device.path = "msrps://127.0.0.1:9999/device1;tcp";
        session->setPeer({device.path});
        session->connectTo(QHostAddress(QHostAddress::LocalHost), never.serverPort(), bench.service.fingerprint());
        QTRY_VERIFY(never.hasPendingConnections());
        const QTcpSocket *coming = never.nextPendingConnection();
        device.use(Bench::encrypted(bench.tls, &device));
        device.send(device.hello(session->uri().toText()).message({}, MsrpEnd::Complete));
        QTRY_VERIFY(session->isBound());
        QTRY_COMPARE(bench.service.links(), 1);
        QTRY_COMPARE(coming->state(), QAbstractSocket::UnconnectedState);
        session.reset(); // nobody may call it any more
        bench.clock.advance(60s);
        QTRY_COMPARE(bench.service.links(), 0);
    }

    void handshakesCountAsConnections()
    {
        MsrpSettings settings = onFreePorts(m_tls);
        settings.maxLinks = 3;
        Bench bench(settings);
        QObject sockets;
        QTcpSocket *plain = Bench::connected(bench.tcp, &sockets);
        QTRY_COMPARE(bench.service.links(), 1);
        for (int i = 0; i < 2; ++i)
            QTRY_COMPARE(Bench::connected(bench.tls, &sockets)->state(), QAbstractSocket::ConnectedState);
        QTest::qWait(0); // all three have been taken in
        QTcpSocket *fourth = Bench::connected(bench.tls, &sockets);
        QTRY_COMPARE(fourth->state(), QAbstractSocket::UnconnectedState);
        QTcpSocket *fifth = Bench::connected(bench.tcp, &sockets);
        QTRY_COMPARE(fifth->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(plain->state(), QAbstractSocket::ConnectedState);
        QCOMPARE(bench.service.links(), 1);
    }

    void whoReadsNoAnswersIsClosed()
    {
        MsrpSettings settings = onFreePorts(m_tls);
        settings.writeBuffer = settings.answerBuffer = 4096;
        Bench bench(settings);
        QObject sockets;
        QTcpSocket *socket = Bench::connected(bench.tcp, &sockets);
        socket->setReadBufferSize(1);
        MsrpPeer device;
        const QByteArray asked = device.hello("msrp://127.0.0.1:1/nobody;tcp").message({}, MsrpEnd::Complete);
        QTRY_COMPARE(bench.service.links(), 1);
        int sent = 0;
        while (bench.service.links() == 1 && ++sent < 1000000) {
            socket->write(asked);
            if (sent % 100 == 0)
                QCoreApplication::processEvents();
        }
        QCOMPARE(bench.service.links(), 0);
    }

    void anUnboundConnectionIsClosed()
    {
        Bench bench(onFreePorts(m_tls));
        QObject sockets;
        QTcpSocket *socket = Bench::connected(bench.tcp, &sockets);
        QTRY_COMPARE(bench.service.links(), 1);
        bench.clock.advance(31s);
        QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
        QTRY_COMPARE(bench.service.links(), 0);
    }

private:
    TestTls m_tls;
};

QTEST_GUILESS_MAIN(TestMsrpService)
#include "tst_msrpservice.moc"
