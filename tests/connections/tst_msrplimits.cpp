// SPDX-License-Identifier: GPL-3.0-or-later
#include "invitestage.h"
#include "support/logcatcher.h"
#include "support/testtls.h"

#include <QSslSocket>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// The MSRP side alone, over TCP and TLS; the test agrees on sessions itself.
struct Bench {
    explicit Bench(const MsrpSettings &settings) : service(settings, clock, clock)
    {
        const auto started = service.start();
        if (!started)
            qFatal("%s", qPrintable(started.error().about));
        tcp = started->value(u"msrp_tcp"_s).section(u':', -1).toUShort();
        tls = started->value(u"msrp_tls"_s).section(u':', -1).toUShort();
    }
    QTcpSocket *connected(quint16 port)
    {
        auto *socket = new QTcpSocket(&sockets);
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        (void)socket->waitForConnected(3000);
        return socket;
    }
    /// A session that the device is bound to.
    std::unique_ptr<MsrpSession> bound(MsrpPeer &device)
    {
        auto session = service.open(false, "127.0.0.1");
        session->setPeer({device.path});
        device.bindTo(session->uri().toText(), device.path);
        (void)QTest::qWaitFor([&] { return session->isBound(); });
        return session;
    }

    FakeClock clock;
    QObject sockets;
    MsrpService service;
    quint16 tcp = 0, tls = 0;
};

MsrpContent content(qsizetype octets)
{
    return {"text/plain", QByteArray(octets, 'x'), {}};
}

} // namespace

/// Each limit of the MSRP side under its name in docs/limits.md: what happens at it, and that it says so.
class TestMsrpLimits : public QObject {
    Q_OBJECT

    MsrpSettings with(const std::function<void(MsrpSettings &)> &change) const
    {
        MsrpSettings settings;
        settings.tcp.port = settings.tls.port = 0;
        settings.identity = m_tls.identity;
        change(settings);
        return settings;
    }

private Q_SLOTS:
    void maxMessage()
    {
        const LogCatcher log;
        MsrpSettings settings = msrpSettings();
        settings.maxMessage = 4096;
        InviteStage stage(true, settings);
        stage.send(push(4097));
        stage.server.clock.advance(10ms);
        QCOMPARE(stage.outcomes.value(0).kind, SendOutcome::Kind::Refused);
        QCOMPARE(stage.outcomes.value(0).code, QByteArray("too-large"));
        QCOMPARE(log.reached(u"maxMessage"_s, stage.peer->port()), 1);
    }
    void maxSessions()
    {
        const LogCatcher log;
        MsrpSettings settings = msrpSettings();
        settings.maxSessions = 1;
        InviteStage stage(true, settings);
        const auto taken = stage.msrp.open(false, "127.0.0.1");
        QVERIFY(taken);
        QCOMPARE(log.reached(u"maxSessions"_s), 0);
        stage.send(push(5000));
        stage.server.clock.advance(10ms);
        QCOMPARE(stage.outcomes.value(0).kind, SendOutcome::Kind::Busy);
        QCOMPARE(stage.outcomes.value(0).code, QByteArray("sessions-full"));
        QCOMPARE(log.reached(u"maxSessions"_s, stage.peer->port()), 1);
    }
    void maxLinks()
    {
        const LogCatcher log;
        Bench bench(with([](MsrpSettings &s) { s.maxLinks = 1; }));
        const QTcpSocket *first = bench.connected(bench.tcp);
        QTRY_COMPARE(bench.service.links(), 1);
        const QTcpSocket *second = bench.connected(bench.tcp);
        const quint16 port = second->localPort();
        QTRY_COMPARE(second->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(first->state(), QAbstractSocket::ConnectedState);
        QCOMPARE(log.reached(u"maxLinks"_s, port), 1);
    }
    void maxHandshakes()
    {
        const LogCatcher log;
        Bench bench(with([](MsrpSettings &s) { s.maxHandshakes = 1; }));
        const QTcpSocket *first = bench.connected(bench.tls), *second = bench.connected(bench.tls);
        const quint16 port = second->localPort();
        QTRY_COMPARE(second->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(first->state(), QAbstractSocket::ConnectedState);
        QCOMPARE(log.reached(u"maxHandshakes"_s, port), 1);
    }
    void handshakeTime()
    {
        const LogCatcher log;
        Bench bench(with([](MsrpSettings &s) { s.handshakeTime = 3s; }));
        const QTcpSocket *silent = bench.connected(bench.tls);
        const quint16 port = silent->localPort();
        (void)bench.connected(bench.tcp);
        QTRY_COMPARE(bench.service.links(), 1); // both were accepted by now
        bench.clock.advance(3s);
        QTRY_COMPARE(silent->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(log.reached(u"handshakeTime"_s, port), 1);
    }
    void writeBuffer()
    {
        const LogCatcher log;
        Bench bench(with([](MsrpSettings &s) {
            s.writeBuffer = 4096;
            s.maxUnanswered = 1000;
        }));
        MsrpPeer device;
        const auto session = bench.bound(device);
        const quint16 port = device.socket->localPort();
        QVector<MsrpOutcome::Kind> outcomes;
        session->send(content(100), [&](const MsrpOutcome &outcome) { outcomes.append(outcome.kind); });
        QTRY_COMPARE(outcomes.size(), 1);
        QCOMPARE(log.reached(u"writeBuffer"_s), 0);
        session->send(content(100000), [&](const MsrpOutcome &outcome) { outcomes.append(outcome.kind); });
        QCOMPARE(log.reached(u"writeBuffer"_s, port), 1); // before anything could be read
        QTRY_COMPARE(outcomes.size(), 2);
        QCOMPARE(outcomes[1], MsrpOutcome::Kind::Reported); // and went on when it was
    }
    void answerBuffer()
    {
        const LogCatcher log;
        Bench bench(with([](MsrpSettings &s) { s.writeBuffer = s.answerBuffer = 4096; }));
        QTcpSocket *socket = bench.connected(bench.tcp);
        const quint16 port = socket->localPort();
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
        QCOMPARE(log.reached(u"answerBuffer"_s, port), 1);
    }
    void maxUnanswered()
    {
        const LogCatcher log;
        Bench bench(with([](MsrpSettings &s) { s.maxUnanswered = 2; }));
        MsrpPeer device;
        const auto session = bench.bound(device);
        device.answers = 0;
        session->send(content(5 * MsrpLimit::chunk), [](const MsrpOutcome &) {});
        QTRY_COMPARE(device.requests.size(), 2);
        QVERIFY(log.reached(u"maxUnanswered"_s, device.socket->localPort()) >= 1);
        device.answer(device.requests[0].head, 200);
        QTRY_COMPARE(device.requests.size(), 3);
    }
    void bindTime()
    {
        const LogCatcher log;
        Bench bench(with([](MsrpSettings &s) { s.bindTime = 4s; }));
        const QTcpSocket *socket = bench.connected(bench.tcp);
        const quint16 port = socket->localPort();
        QTRY_COMPARE(bench.service.links(), 1);
        bench.clock.advance(4s);
        QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(log.reached(u"bindTime"_s, port), 1);
    }
    void connectTime()
    {
        const LogCatcher log;
        Bench bench(with([](MsrpSettings &s) { s.connectTime = 4s; }));
        QTcpServer never; // takes the connection, says nothing of TLS
        QVERIFY(never.listen(QHostAddress::LocalHost));
        const auto session = bench.service.open(true, "127.0.0.1");
        session->setPeer({"msrps://127.0.0.1:9999/device1;tcp"});
        QByteArray over;
        session->ended = [&](const QByteArray &code) { over = code; };
        session->connectTo(QHostAddress(QHostAddress::LocalHost), never.serverPort(), bench.service.fingerprint());
        QTRY_VERIFY(never.hasPendingConnections());
        bench.clock.advance(4s);
        QTRY_COMPARE(over, QByteArray("connect-failed"));
        QCOMPARE(log.reached(u"connectTime"_s, never.serverPort()), 1);
    }
    void fixedLimits_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("code");
        const QByteArray paths = "To-Path: msrp://127.0.0.1:1/a;tcp\r\nFrom-Path: msrp://127.0.0.1:2/b;tcp\r\n";
        QTest::newRow("head") << paths + "X-Long: " + QByteArray(MsrpLimit::head, 'x') + "\r\n" << QByteArray("msrp-head-too-long");
        QTest::newRow("headers") << paths + QByteArray("X-More: 1\r\n").repeated(40) << QByteArray("msrp-header-count");
        QTest::newRow("path") << QByteArray("To-Path:" + QByteArray(" msrp://127.0.0.1:1/a;tcp").repeated(9)
                                            + "\r\nFrom-Path: msrp://127.0.0.1:2/b;tcp\r\n")
                              << QByteArray("msrp-path-count");
        QTest::newRow("uri") << QByteArray("To-Path: msrp://127.0.0.1:1/" + QByteArray(1100, 'a')
                                           + ";tcp\r\nFrom-Path: msrp://127.0.0.1:2/b;tcp\r\n")
                             << QByteArray("msrp-uri-too-long");
    }
    void fixedLimits()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, code);
        const LogCatcher log("reveille.msrp");
        Bench bench(with([](MsrpSettings &) {}));
        QTcpSocket *socket = bench.connected(bench.tcp);
        const QString peer = u"127.0.0.1:%1"_s.arg(socket->localPort());
        socket->write("MSRP abcdef SEND\r\n" + headers + "-------abcdef$\r\n");
        QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
        QVERIFY2(!log.lines().filter(u"stream refused"_s).filter(peer).filter(QString::fromLatin1(code)).isEmpty(),
                 qPrintable(log.lines().join(u'\n')));
    }

private:
    TestTls m_tls;
};

QTEST_GUILESS_MAIN(TestMsrpLimits)
#include "tst_msrplimits.moc"
