// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httpbench.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Requests, routes and answers.
class TestHttpServer : public QObject, private HttpBench {
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void answers();
    void saysNothingOfItself();
    void answersHeadWithoutBody();
    void keepsTheConnection();
    void closesWhereAskedTo();
    void servesPipelinedRequestsInOrder();
    void asksForTheBodyThatIsExpected();
    void answersLater();
    void forgetsAnAnswerToAPeerThatIsGone();
    void answersForAHandlerThatForgot();
    void answersOnlyOnce();
    void findsRoutes_data();
    void findsRoutes();
    void letsTheGuardRefuse();
    void stopsWithAnswersUnderWay();
    void saysWhyItCannotListen();
};

void TestHttpServer::answers()
{
    HttpPeer peer(m_port);
    peer.send(get);
    const HttpResponse response = peer.response();
    QCOMPARE(response.status, 200);
    QCOMPARE(response.body, QByteArray("hello"));
    QCOMPARE(response.headers.value("Content-Type"), QByteArray("text/plain"));
    QVERIFY(response.headers.value("Date").endsWith(" GMT"));
}

void TestHttpServer::saysNothingOfItself()
{
    HttpPeer peer(m_port);
    peer.send("GET /hello HTTP/1.1\r\nHost: a\r\nOrigin: http://evil.example\r\n\r\n");
    const HttpResponse response = peer.response();
    QVERIFY(!response.headers.has("Server"));
    QVERIFY(!response.headers.has("Access-Control-Allow-Origin"));
    peer.send("TRACE /hello HTTP/1.1\r\nHost: a\r\nX: secret\r\n\r\n");
    const HttpResponse trace = peer.response();
    QCOMPARE(trace.status, 405);
    QVERIFY(!trace.body.contains("secret"));
}

void TestHttpServer::answersHeadWithoutBody()
{
    HttpPeer peer(m_port);
    peer.expectHead();
    peer.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    const HttpResponse response = peer.response();
    QCOMPARE(response.status, 200);
    QCOMPARE(response.headers.value("Content-Length"), QByteArray("5"));
    QVERIFY(peer.all().endsWith("\r\n\r\n"));
}

void TestHttpServer::keepsTheConnection()
{
    HttpPeer peer(m_port);
    for (int i = 0; i < 3; ++i) {
        peer.send(get);
        QCOMPARE(peer.response().status, 200);
    }
    QVERIFY(peer.isConnected());
    QCOMPARE(m_server->connections(), 1);
}

void TestHttpServer::closesWhereAskedTo()
{
    HttpPeer peer(m_port);
    peer.send("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const HttpResponse response = peer.response();
    QCOMPARE(response.status, 200);
    QCOMPARE(response.headers.value("Connection"), QByteArray("close"));
    QVERIFY(peer.waitForEnd());
    QTRY_COMPARE(m_server->connections(), 0);

    HttpPeer old(m_port);
    old.send("GET /hello HTTP/1.0\r\n\r\n");
    QCOMPARE(old.response().status, 200);
    QVERIFY(old.waitForEnd());
}

void TestHttpServer::servesPipelinedRequestsInOrder()
{
    HttpPeer peer(m_port);
    QByteArray octets;
    for (int i = 0; i < 200; ++i)
        octets += "GET /things/" + QByteArray::number(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    peer.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n" + octets);
    QTRY_COMPARE(m_replies.size(), 1);
    m_replies.takeFirst().sendJson(200, {{u"thing"_s, u"first"_s}});
    QCOMPARE(HttpPeer::json(peer.response()).value(u"thing").toString(), u"first"_s);
    for (int i = 0; i < 200; ++i)
        QCOMPARE(HttpPeer::json(peer.response()).value(u"thing").toString(), QString::number(i));
}

void TestHttpServer::asksForTheBodyThatIsExpected()
{
    HttpPeer peer(m_port);
    peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QVERIFY(peer.waitForText("HTTP/1.1 100 Continue\r\n\r\n"));
    peer.send("ok");
    QCOMPARE(peer.response().body, QByteArray("ok"));
    QCOMPARE(peer.all().count("100 Continue"), 1);
}

void TestHttpServer::answersLater()
{
    HttpPeer peer(m_port);
    peer.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(m_replies.size(), 1);
    QVERIFY(!m_replies.first().isGone());
    m_replies.first().sendJson(200, {});
    QVERIFY(m_replies.first().isGone());
    QCOMPARE(peer.response().status, 200);
}

void TestHttpServer::forgetsAnAnswerToAPeerThatIsGone()
{
    auto peer = std::make_unique<HttpPeer>(m_port);
    peer->send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(m_replies.size(), 1);
    peer.reset();
    QTRY_COMPARE(m_server->connections(), 0);
    QVERIFY(m_replies.first().isGone());
    m_replies.first().sendJson(200, {});
    QVERIFY(!m_replies.first().openEvents());
}

void TestHttpServer::answersForAHandlerThatForgot()
{
    HttpPeer peer(m_port);
    peer.send("GET /never HTTP/1.1\r\nHost: a\r\n\r\n");
    const HttpResponse response = peer.response();
    QCOMPARE(response.status, 500);
    QCOMPARE(HttpPeer::json(response).value(u"code").toString(), u"internal"_s);
}

void TestHttpServer::answersOnlyOnce()
{
    HttpPeer peer(m_port);
    peer.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(m_replies.size(), 1);
    const HttpReply reply = m_replies.takeFirst();
    const HttpReply copy = reply;
    reply.sendJson(200, {{u"n"_s, 1}});
    copy.sendJson(200, {{u"n"_s, 2}});
    peer.send(get);
    QCOMPARE(HttpPeer::json(peer.response()).value(u"n").toInt(), 1);
    QCOMPARE(peer.response().body, QByteArray("hello"));
}

void TestHttpServer::findsRoutes_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("thing");
    QTest::newRow("param") << QByteArray("GET") << QByteArray("/things/a") << 200 << u"a"_s;
    QTest::newRow("urn") << QByteArray("GET") << QByteArray("/things/urn%3Auuid%3Af81d4fae") << 200
                         << u"urn:uuid:f81d4fae"_s;
    QTest::newRow("urn as it is") << QByteArray("GET") << QByteArray("/things/urn:uuid:f81d4fae") << 200
                                  << u"urn:uuid:f81d4fae"_s;
    QTest::newRow("gruu") << QByteArray("GET") << QByteArray("/things/sip:alice@x;gr=1") << 200
                          << u"sip:alice@x;gr=1"_s;
    QTest::newRow("slash inside") << QByteArray("GET") << QByteArray("/things/a%2Fb") << 200 << u"a/b"_s;
    QTest::newRow("literal first") << QByteArray("GET") << QByteArray("/things/special") << 200
                                   << u"literal"_s;
    QTest::newRow("query") << QByteArray("GET") << QByteArray("/things/a?q=1") << 200 << u"a"_s;
    QTest::newRow("other method") << QByteArray("DELETE") << QByteArray("/things/special") << 204
                                  << QString();
    QTest::newRow("no segment") << QByteArray("GET") << QByteArray("/things/") << 404 << QString();
    QTest::newRow("too deep") << QByteArray("GET") << QByteArray("/things/a/b") << 404 << QString();
    QTest::newRow("unknown") << QByteArray("GET") << QByteArray("/nothing") << 404 << QString();
    QTest::newRow("dots stay literal")
        << QByteArray("GET") << QByteArray("/things/../hello") << 404 << QString();
    QTest::newRow("wrong method") << QByteArray("PUT") << QByteArray("/things/a") << 405 << QString();
    QTest::newRow("broken escape") << QByteArray("GET") << QByteArray("/things/%4") << 400 << QString();
    QTest::newRow("NUL") << QByteArray("GET") << QByteArray("/things/%00") << 400 << QString();
    QTest::newRow("asterisk") << QByteArray("OPTIONS") << QByteArray("*") << 404 << QString();
}

void TestHttpServer::findsRoutes()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    HttpPeer peer(m_port);
    peer.send(method + ' ' + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    const HttpResponse response = peer.response();
    QTEST(response.status, "status");
    QTEST(HttpPeer::json(response).value(u"thing").toString(), "thing");
    if (response.status == 405)
        QCOMPARE(response.headers.value("Allow"), QByteArray("GET, HEAD, DELETE"));
    if (response.status >= 400)
        QCOMPARE(response.headers.value("Content-Type"), QByteArray("application/problem+json"));
}

void TestHttpServer::letsTheGuardRefuse()
{
    m_server->router().setGuard([](const HttpCall &call) -> std::optional<HttpResponse> {
        if (call.request.headers.value("X-Key") == "1")
            return {};
        HttpResponse refusal;
        refusal.status = 401;
        return refusal;
    });
    HttpPeer peer(m_port);
    peer.send(get);
    QCOMPARE(peer.response().status, 401);
    peer.send("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
    QCOMPARE(peer.response().status, 401);
    peer.send("GET /hello HTTP/1.1\r\nHost: a\r\nX-Key: 1\r\n\r\n");
    QCOMPARE(peer.response().status, 200);
}

void TestHttpServer::stopsWithAnswersUnderWay()
{
    HttpPeer busy(m_port);
    busy.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(m_replies.size(), 1);
    HttpPeer listening(m_port);
    listening.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_VERIFY(m_stream);
    HttpPeer idle(m_port);
    QTRY_COMPARE(m_server->connections(), 3);

    m_server->stop();
    m_server->stop();
    QCOMPARE(m_server->connections(), 0);
    QCOMPARE(busy.response().status, 503);
    QVERIFY(listening.waitForEnd());
    QVERIFY(listening.all().endsWith("0\r\n\r\n"));
    QVERIFY(idle.waitForEnd());
    QCOMPARE(m_clock->pending(), 0);
    m_replies.takeFirst().sendJson(200, {});

    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, m_port);
    QTRY_COMPARE(late.error(), QAbstractSocket::ConnectionRefusedError);
}

void TestHttpServer::saysWhyItCannotListen()
{
    HttpServer other({}, *m_clock, *m_clock);
    const auto taken = other.start(u"operations/http"_s, *IpAddress::parse(u"127.0.0.1"), m_port);
    QVERIFY(!taken);
    QVERIFY(taken.error().is("listen-failed"));
    QCOMPARE(taken.error().about, u"operations/http 127.0.0.1:%1: address in use"_s.arg(m_port));
    const auto foreign = other.start(u"operations/http"_s, *IpAddress::parse(u"192.0.2.1"), 0);
    QVERIFY(!foreign);
    QCOMPARE(foreign.error().about, u"operations/http 192.0.2.1:0: address not available"_s);
    const auto six = other.start(u"operations/http"_s, *IpAddress::parse(u"::1"), 0);
    if (six)
        QVERIFY(six->startsWith(u"[::1]:"));
    else
        QVERIFY(six.error().about.contains(u"[::1]"));
}

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_httpserver.moc"
