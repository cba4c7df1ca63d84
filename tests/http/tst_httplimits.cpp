// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/addresscount.h"
#include "http/httpbench.h"
#include "support/logcatcher.h"

#include <QTest>

#include <deque>

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
    void writesALineAtTheLimit_data();
    void writesALineAtTheLimit();
    void maxConnections();
    void maxPerAddress();
    void maxBodies();
    void readsNoBodyOfWhoMayNotAsk_data();
    void readsNoBodyOfWhoMayNotAsk();
    void judgesWhatIsSentAheadByItsOwnHead();
    void countsAnAddressOnlyWhileItsConnectionsLast();
    void takesAnIpv6NetworkForOneAddress();
    void servesOthersWhileTenThousandAreHalfOpen();
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

void TestHttpLimits::writesALineAtTheLimit_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<Milliseconds>("pause");
    QTest::addColumn<int>("status"); ///< 0: none
    const Milliseconds none(0);
    QTest::newRow("header") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nX: ") + QByteArray(20000, 'x') << none << 431;
    QTest::newRow("target") << QByteArray("GET /") + QByteArray(20000, 'x') << none << 414;
    QTest::newRow("body") << QByteArray("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n") << none << 413;
    QTest::newRow("headerTime") << QByteArray("GET /hello HTTP/1.1\r\n") << HttpSettings().headerTime << 408;
    QTest::newRow("bodyTime") << QByteArray("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf") << HttpSettings().bodyTime << 408;
    QTest::newRow("idleTime") << QByteArray() << HttpSettings().idleTime << 0;
    QTest::newRow("replyTime") << QByteArray("GET /later HTTP/1.1\r\nHost: a\r\n\r\n") << HttpSettings().replyTime << 503;
    QTest::newRow("writeTime") << QByteArray("GET /large HTTP/1.1\r\nHost: a\r\n\r\n") << HttpSettings().writeTime << 0;
}

void TestHttpLimits::writesALineAtTheLimit()
{
    QFETCH(QByteArray, octets);
    QFETCH(Milliseconds, pause);
    QFETCH(int, status);
    LogCatcher log("reveille.http");
    HttpPeer peer(m_port);
    QTRY_COMPARE(m_server->connections(), 1);
    const QString limit = QString::fromLatin1(QTest::currentDataTag());
    if (limit == u"writeTime")
        peer.socket().setReadBufferSize(1);
    peer.send(octets);
    if (pause > Milliseconds(0)) {
        QTest::qWait(20); // so that what was sent is there before the clock moves
        m_clock->advance(pause);
    }
    if (status > 0)
        QCOMPARE(peer.response().status, status);
    QTRY_COMPARE(log.reached(limit, peer.socket().localPort()), 1);
}

void TestHttpLimits::maxConnections()
{
    LogCatcher log("reveille.http");
    HttpSettings settings;
    settings.maxConnections = 1;
    listen(settings);
    HttpPeer first(m_port);
    QTRY_COMPARE(m_server->connections(), 1);
    HttpPeer second(m_port);
    QCOMPARE(second.response().status, 503);
    QCOMPARE(log.reached(u"maxConnections"_s), 1);
}

void TestHttpLimits::maxPerAddress()
{
    LogCatcher log("reveille.http");
    HttpSettings settings;
    settings.maxPerAddress = 2;
    listen(settings);
    HttpPeer first(m_port), second(m_port);
    QTRY_COMPARE(m_server->connections(), 2);
    HttpPeer third(m_port);
    const HttpResponse refused = third.response();
    QCOMPARE(refused.status, 503);
    QCOMPARE(HttpPeer::code(refused), u"connections-too-many"_s);
    QVERIFY(third.waitForEnd());
    QCOMPARE(log.reached(u"maxPerAddress"_s), 1);

    QTcpSocket elsewhere;
    QVERIFY(elsewhere.bind(QHostAddress(u"127.0.0.2"_s)));
    elsewhere.connectToHost(QHostAddress::LocalHost, m_port);
    elsewhere.write(get);
    QTRY_VERIFY(elsewhere.peek(100).startsWith("HTTP/1.1 200"));
}

/// Bodies of 64 KiB at most, and room for two of them.
void TestHttpLimits::maxBodies()
{
    LogCatcher log("reveille.http");
    HttpSettings settings;
    settings.limits.body = 64 * 1024;
    settings.maxBodies = 2 * settings.limits.body;
    listen(settings);
    const QByteArray head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n";
    HttpPeer first(m_port), second(m_port), third(m_port);
    for (HttpPeer *peer : {&first, &second})
        peer->send(head + QByteArray(50000, 'x'));
    QTRY_COMPARE(m_server->heldOctets(), 100000);
    const quint16 port = third.socket().localPort();
    third.send(head + QByteArray(50000, 'x'));
    const HttpResponse refused = third.response();
    QCOMPARE(refused.status, 503);
    QCOMPARE(HttpPeer::code(refused), u"bodies-too-many"_s);
    QVERIFY(refused.headers.has("Retry-After"));
    QVERIFY(third.waitForEnd());
    QCOMPARE(m_server->heldOctets(), 100000);
    QCOMPARE(log.reached(u"maxBodies"_s, port), 1);

    first.send(QByteArray(10000, 'x'));
    QCOMPARE(first.response().status, 200);
    QCOMPARE(m_server->heldOctets(), 50000);
    second.socket().abort();
    QTRY_COMPARE(m_server->heldOctets(), 0);
    HttpPeer late(m_port);
    late.send(head + QByteArray(60000, 'x'));
    QCOMPARE(late.response().status, 200);
}

void TestHttpLimits::readsNoBodyOfWhoMayNotAsk_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    const QByteArray length = "Content-Length: 1000000\r\n";
    QTest::newRow("stranger") << QByteArray("POST /echo") << length << 401;
    QTest::newRow("chunked") << QByteArray("POST /echo") << QByteArray("Transfer-Encoding: chunked\r\n") << 401;
    QTest::newRow("too long as well") << QByteArray("POST /echo") << QByteArray("Content-Length: 100000000\r\n") << 401;
    QTest::newRow("waits for our word") << QByteArray("POST /echo") << length + "Expect: 100-continue\r\n" << 401;
    QTest::newRow("no such place") << QByteArray("POST /nothing") << length + "X-Key: 1\r\n" << 404;
    QTest::newRow("no such method") << QByteArray("PUT /echo") << length + "X-Key: 1\r\n" << 405;
}

void TestHttpLimits::readsNoBodyOfWhoMayNotAsk()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, fields);
    m_server->router().setGuard([](HttpCall &call) -> std::optional<HttpResponse> {
        if (call.request.headers.value("X-Key") == "1")
            return {};
        return HttpResponse{401, {}, {}};
    });
    HttpPeer peer(m_port);
    peer.send(request + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
    const HttpResponse response = peer.response();
    QTEST(response.status, "status");
    QCOMPARE(response.headers.value("Connection"), QByteArray("close"));
    QVERIFY(!peer.all().contains("100 Continue"));
    peer.send(QByteArray(300000, 'x')); // whatever still comes is for nobody
    QVERIFY(peer.waitForEnd());
    QCOMPARE(m_server->heldOctets(), 0);
    QTRY_COMPARE(m_server->connections(), 0);
}

void TestHttpLimits::judgesWhatIsSentAheadByItsOwnHead()
{
    int judged = 0;
    m_server->router().setGuard([&judged](HttpCall &call) -> std::optional<HttpResponse> {
        ++judged;
        if (call.request.headers.value("X-Key") == "1")
            return {};
        return HttpResponse{401, {}, {}};
    });
    const QByteArray post = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n";
    HttpPeer peer(m_port);
    peer.send(post + "X-Key: 1\r\n\r\ngood" + post + "\r\nevil" + post + "X-Key: 1\r\n\r\nfine" + post + "\r\n");
    QCOMPARE(peer.response().body, QByteArray("good"));
    QCOMPARE(peer.response().status, 401);
    QCOMPARE(peer.response().body, QByteArray("fine"));
    QCOMPARE(peer.response().status, 401); // its body has not even come
    QVERIFY(peer.waitForEnd());
    QCOMPARE(judged, 4);
}

void TestHttpLimits::countsAnAddressOnlyWhileItsConnectionsLast()
{
    HttpSettings settings;
    settings.maxPerAddress = 1;
    listen(settings);
    for (int i = 0; i < 3; ++i) {
        HttpPeer peer(m_port);
        peer.send(get);
        QCOMPARE(peer.response().status, 200);
        peer.socket().abort();
        QTRY_COMPARE(m_server->connections(), 0);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

void TestHttpLimits::takesAnIpv6NetworkForOneAddress()
{
    AddressCount count(2);
    QObject first, mapped;
    {
        QObject second;
        count.add(QHostAddress(u"2001:db8:0:1::1"_s), &first);
        count.add(QHostAddress(u"2001:db8:0:1:ffff::2"_s), &second);
        QVERIFY(!count.hasRoom(QHostAddress(u"2001:db8:0:1::3"_s)));
        QVERIFY(count.hasRoom(QHostAddress(u"2001:db8:0:2::1"_s)));
    }
    QVERIFY(count.hasRoom(QHostAddress(u"2001:db8:0:1::3"_s)));
    count.add(QHostAddress(u"::ffff:192.0.2.1"_s), &mapped);
    count.add(QHostAddress(u"192.0.2.1"_s), &mapped);
    QVERIFY(!count.hasRoom(QHostAddress(u"192.0.2.1"_s)));
    QCOMPARE(count.addresses(), 2);
    QVERIFY(AddressCount(0).hasRoom(QHostAddress(u"192.0.2.1"_s)));
}

/// Ten thousand connections with half a request each, from many addresses, of which only so many are let in: they cost what
/// the limit allows, and whoever is in is served meanwhile.
void TestHttpLimits::servesOthersWhileTenThousandAreHalfOpen()
{
    HttpSettings settings;
    settings.maxConnections = 600;
    settings.maxPerAddress = 100;
    listen(settings);
    HttpPeer inside(m_port);
    QTRY_COMPARE(m_server->connections(), 1);
    std::deque<std::unique_ptr<QTcpSocket>> attackers;
    qsizetype most = 0;
    for (int i = 0; i < 10000; ++i) {
        auto socket = std::make_unique<QTcpSocket>();
        QVERIFY(socket->bind(QHostAddress(u"127.0.1.%1"_s.arg(i % 200 + 1))));
        socket->connectToHost(QHostAddress::LocalHost, m_port);
        socket->write("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
        attackers.push_back(std::move(socket));
        if (attackers.size() > 2000)
            attackers.pop_front();
        if (i % 25 == 0) // the queue of the listening socket is short
            QCoreApplication::processEvents();
        if (i % 500 == 499) {
            inside.send(get);
            QCOMPARE(inside.response().status, 200);
            most = std::max(most, m_server->connections());
            QVERIFY(m_server->connections() <= settings.maxConnections);
        }
    }
    QCOMPARE(most, settings.maxConnections);
    attackers.clear();
    QTRY_COMPARE(m_server->connections(), 1);
    HttpPeer late(m_port);
    late.send(get);
    QCOMPARE(late.response().status, 200);
}

QTEST_GUILESS_MAIN(TestHttpLimits)
#include "tst_httplimits.moc"
