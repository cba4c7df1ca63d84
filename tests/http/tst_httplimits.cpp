// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httpbench.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// What peers that are broken, slow, many or deaf cannot do to it.
class TestHttpLimits : public QObject, private HttpBench {
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void refusesBrokenRequestsAndCloses_data();
    void refusesBrokenRequestsAndCloses();
    void deliversTheRefusalOfALongBody();
    void endsSlowHeaders();
    void endsSlowBodies();
    void endsIdleConnections();
    void holdsNobodyElseUpWhileOneIsSlow();
    void refusesConnectionsOverTheLimit();
    void sendsLargeBodiesWhole();
    void cutsOffAPeerThatDoesNotRead();
    void givesUpOnAHandlerThatHangs();
};

void TestHttpLimits::refusesBrokenRequestsAndCloses_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<int>("status");
    QTest::newRow("nonsense") << QByteArray("nonsense\r\n\r\n") << 400;
    QTest::newRow("two framings") << QByteArray("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: "
                                                "4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") +
                                         get
                                  << 400;
    QTest::newRow("long header") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nX: ") + QByteArray(20000, 'x')
                                 << 431;
    QTest::newRow("long target") << QByteArray("GET /") + QByteArray(20000, 'x') << 414;
    QTest::newRow("long body") << QByteArray(
                                      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n")
                               << 413;
    QTest::newRow("other version") << QByteArray("GET / HTTP/3.0\r\nHost: a\r\n\r\n") << 505;
}

void TestHttpLimits::refusesBrokenRequestsAndCloses()
{
    QFETCH(QByteArray, octets);
    HttpPeer peer(m_port);
    peer.send(octets);
    const HttpResponse response = peer.response();
    QTEST(response.status, "status");
    QCOMPARE(response.headers.value("Connection"), QByteArray("close"));
    QVERIFY(peer.waitForEnd());
    QCOMPARE(peer.all().count("HTTP/1.1 "), 1);
    QTRY_COMPARE(m_server->connections(), 0);
}

void TestHttpLimits::deliversTheRefusalOfALongBody()
{
    HttpPeer peer(m_port);
    peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4000000\r\n\r\n" + QByteArray(4000000, 'x'));
    QCOMPARE(peer.response().status, 413);
}

void TestHttpLimits::endsSlowHeaders()
{
    HttpPeer peer(m_port);
    peer.send("GET /hello HTTP/1.1\r\n");
    QTRY_COMPARE(m_server->connections(), 1);
    QTest::qWait(20);
    for (int i = 0; i < 9; ++i) {
        peer.send("X: 1\r\n");
        QTest::qWait(2);
        m_clock->advance(Milliseconds(1000));
    }
    QVERIFY(peer.isConnected());
    m_clock->advance(Milliseconds(1000));
    QCOMPARE(peer.response().status, 408);
    QVERIFY(peer.waitForEnd());
    QTRY_COMPARE(m_server->connections(), 0);
}

void TestHttpLimits::endsSlowBodies()
{
    HttpPeer peer(m_port);
    peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n");
    QVERIFY(peer.waitForText("100 Continue"));
    m_clock->advance(HttpSettings().bodyTime - Milliseconds(1));
    QVERIFY(peer.isConnected());
    m_clock->advance(Milliseconds(1));
    QCOMPARE(peer.response().status, 408);
    QVERIFY(peer.waitForEnd());
}

void TestHttpLimits::endsIdleConnections()
{
    HttpPeer peer(m_port);
    peer.send(get);
    QCOMPARE(peer.response().status, 200);
    m_clock->advance(HttpSettings().idleTime);
    QVERIFY(peer.waitForEnd());
    QTRY_COMPARE(m_server->connections(), 0);
    QCOMPARE(peer.all().count("HTTP/1.1 "), 1);
}

void TestHttpLimits::holdsNobodyElseUpWhileOneIsSlow()
{
    std::vector<std::unique_ptr<HttpPeer>> slow;
    for (int i = 0; i < 50; ++i) {
        slow.push_back(std::make_unique<HttpPeer>(m_port));
        slow.back()->send("GET /hello HTTP/1.1\r\nHo");
    }
    HttpPeer peer(m_port);
    peer.send(get);
    QCOMPARE(peer.response().status, 200);
    QCOMPARE(m_server->connections(), 51);
}

void TestHttpLimits::refusesConnectionsOverTheLimit()
{
    HttpSettings settings;
    settings.maxConnections = 2;
    listen(settings);
    auto first = std::make_unique<HttpPeer>(m_port);
    HttpPeer second(m_port);
    QTRY_COMPARE(m_server->connections(), 2);
    HttpPeer third(m_port);
    QCOMPARE(third.response().status, 503);
    QVERIFY(third.waitForEnd());
    second.send(get);
    QCOMPARE(second.response().status, 200);
    first.reset();
    QTRY_COMPARE(m_server->connections(), 1);
    HttpPeer fourth(m_port);
    fourth.send(get);
    QCOMPARE(fourth.response().status, 200);
}

void TestHttpLimits::sendsLargeBodiesWhole()
{
    HttpPeer peer(m_port);
    peer.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n" + get);
    const HttpResponse large = peer.response();
    QCOMPARE(large.body.size(), 8 * 1024 * 1024);
    QCOMPARE(peer.response().body, QByteArray("hello"));
}

void TestHttpLimits::cutsOffAPeerThatDoesNotRead()
{
    HttpPeer peer(m_port);
    peer.socket().setReadBufferSize(1);
    peer.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_VERIFY(m_clock->pending() > 0);
    QTRY_VERIFY(peer.socket().bytesAvailable() > 0);
    m_clock->advance(HttpSettings().writeTime);
    QTRY_COMPARE(m_server->connections(), 0);
}

void TestHttpLimits::givesUpOnAHandlerThatHangs()
{
    HttpPeer peer(m_port);
    peer.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(m_replies.size(), 1);
    m_clock->advance(HttpSettings().replyTime);
    const HttpResponse response = peer.response();
    QCOMPARE(response.status, 503);
    QVERIFY(response.headers.has("Retry-After"));
    m_replies.takeFirst().sendJson(200, {});
    peer.send(get);
    QCOMPARE(peer.response().body, QByteArray("hello"));
}

QTEST_GUILESS_MAIN(TestHttpLimits)
#include "tst_httplimits.moc"
