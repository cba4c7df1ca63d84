// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/tlsidentity.h"
#include "http/httpserver.h"
#include "selfsignedpair.h"
#include "support/fakeclock.h"
#include "wire/httpresponseparser.h"

#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// The same server over TLS, and what peers that do not get through the handshake cannot do to it.
class TestHttpSecure : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QSslConfiguration m_tls;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<HttpServer> m_server;
    quint16 m_port = 0;

    void listen(const HttpSettings &settings)
    {
        m_clock = std::make_unique<FakeClock>();
        m_server = std::make_unique<HttpServer>(settings, *m_clock, *m_clock);
        m_server->router().add("POST", "/echo", [](const HttpCall &call, const HttpReply &reply) {
            HttpResponse response;
            response.body = call.request.body;
            reply.send(response);
        });
        m_server->router().add("GET", "/large", [](const HttpCall &, const HttpReply &reply) {
            HttpResponse response;
            response.body = QByteArray(8 * 1024 * 1024, 'x');
            reply.send(response);
        });
        const auto bound = m_server->start(u"test/https"_s, *IpAddress::parse(u"127.0.0.1"), 0, m_tls);
        QVERIFY(bound);
        m_port = bound->section(u':', 1).toUShort();
    }

    std::unique_ptr<QSslSocket> connected()
    {
        auto socket = std::make_unique<QSslSocket>();
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        socket->connectToHostEncrypted(u"127.0.0.1"_s, m_port);
        return QTest::qWaitFor([&] { return socket->isEncrypted(); }) ? std::move(socket) : nullptr;
    }

    static HttpResponse response(QSslSocket &socket)
    {
        HttpResponseParser parser;
        const bool came = QTest::qWaitFor(
            [&] {
                parser.feed(socket.readAll());
                return parser.state() != HttpResponseParser::State::NeedMore;
            },
            20000);
        return came && parser.state() == HttpResponseParser::State::Complete ? parser.take() : HttpResponse{};
    }

private Q_SLOTS:
    void initTestCase()
    {
        const auto pair = ensureSelfSignedPair(m_folder.path(), u"localhost"_s);
        QVERIFY(pair);
        const auto tls = serverTls({pair->certificateFile, pair->keyFile});
        QVERIFY(tls);
        m_tls = *tls;
    }
    void cleanup()
    {
        m_server.reset();
        m_clock.reset();
    }

    void answersSeveralRequestsOnOneConnection()
    {
        listen({});
        const auto peer = connected();
        QVERIFY(peer);
        for (const QByteArray &body : {QByteArray("one"), QByteArray("two")}) {
            peer->write("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n" + body);
            QCOMPARE(response(*peer).body, body);
        }
        QCOMPARE(m_server->connections(), 1);
        peer->disconnectFromHost();
        QTRY_COMPARE(m_server->connections(), 0);
    }

    void sendsLargeBodiesWhole()
    {
        listen({});
        const auto peer = connected();
        QVERIFY(peer);
        peer->write("GET /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        QCOMPARE(response(*peer).body.size(), 8 * 1024 * 1024);
    }

    void deliversTheRefusalOfALongBody()
    {
        HttpSettings settings;
        settings.limits.body = 1000;
        listen(settings);
        const auto peer = connected();
        QVERIFY(peer);
        peer->write("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n" + QByteArray(50000, 'x'));
        QCOMPARE(response(*peer).status, 413);
    }

    void endsAHandshakeThatDawdles()
    {
        HttpSettings settings;
        settings.headerTime = Milliseconds(5000);
        listen(settings);
        QTcpSocket silent;
        silent.connectToHost(QHostAddress::LocalHost, m_port);
        QTRY_COMPARE(m_server->handshakes(), 1);
        m_clock->advance(Milliseconds(4999));
        QCOMPARE(m_server->handshakes(), 1);
        m_clock->advance(Milliseconds(1));
        QCOMPARE(m_server->handshakes(), 0);
        QTRY_COMPARE(silent.state(), QAbstractSocket::UnconnectedState);
    }

    void closesAPeerThatSpeaksNoTls()
    {
        listen({});
        QTcpSocket plain;
        plain.connectToHost(QHostAddress::LocalHost, m_port);
        plain.write("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTRY_COMPARE(plain.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(m_server->handshakes(), 0);
        QCOMPARE(m_server->connections(), 0);
        QVERIFY(!plain.readAll().contains("HTTP/1.1"));
    }

    void countsHandshakesAmongTheConnections()
    {
        HttpSettings settings;
        settings.maxConnections = 2;
        listen(settings);
        QTcpSocket silent;
        silent.connectToHost(QHostAddress::LocalHost, m_port);
        QTRY_COMPARE(m_server->handshakes(), 1);
        const auto peer = connected();
        QVERIFY(peer);
        QTcpSocket third;
        third.connectToHost(QHostAddress::LocalHost, m_port);
        QVERIFY(QTest::qWaitFor([&] { return third.state() == QAbstractSocket::ConnectedState; }));
        QTRY_COMPARE(third.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(m_server->handshakes() + m_server->connections(), 2);
    }

    void stopsWithHandshakesUnderWay()
    {
        listen({});
        QTcpSocket silent;
        silent.connectToHost(QHostAddress::LocalHost, m_port);
        QTRY_COMPARE(m_server->handshakes(), 1);
        m_server->stop();
        QTRY_COMPARE(silent.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(m_clock->pending(), 0);
    }
};

QTEST_GUILESS_MAIN(TestHttpSecure)
#include "tst_httpsecure.moc"
