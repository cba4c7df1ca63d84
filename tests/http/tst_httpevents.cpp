// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httpbench.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Streams of server-sent events.
class TestHttpEvents : public QObject, private HttpBench {
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void streamsEvents();
    void streamsEventsToOldClients();
    void sendsHeartbeats();
    void dropsAReaderThatFallsBehind();
};

void TestHttpEvents::streamsEvents()
{
    HttpPeer peer(m_port);
    peer.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_VERIFY(m_stream);
    QVERIFY(m_stream->send("journal", 7, "{\"id\":7}"));
    QVERIFY(m_stream->send("device", 0, "{}"));
    m_stream->close();
    QVERIFY(!m_stream->send("device", 0, "{}"));
    const HttpResponse response = peer.response();
    QCOMPARE(response.headers.value("Content-Type"), QByteArray("text/event-stream"));
    QCOMPARE(response.headers.value("Cache-Control"), QByteArray("no-store"));
    QVERIFY(response.body.endsWith("event: journal\nid: 7\ndata: {\"id\":7}\n\nevent: device\ndata: {}\n\n"));
    QVERIFY(peer.waitForEnd());
    QTRY_VERIFY(!m_stream);
}

void TestHttpEvents::streamsEventsToOldClients()
{
    HttpPeer peer(m_port);
    peer.send("GET /events HTTP/1.0\r\n\r\n");
    QTRY_VERIFY(m_stream);
    m_stream->send("journal", 7, "{}");
    m_stream->close();
    QVERIFY(peer.waitForEnd());
    QVERIFY(!peer.all().contains("chunked"));
    QVERIFY(peer.all().endsWith("data: {}\n\n"));
}

void TestHttpEvents::sendsHeartbeats()
{
    HttpPeer peer(m_port);
    peer.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_VERIFY(m_stream);
    m_clock->advance(HttpSettings().heartbeat);
    QVERIFY(peer.waitForText(": still here\n\n"));
    m_clock->advance(Milliseconds(3600 * 1000));
    QVERIFY(peer.isConnected());
    QVERIFY(m_stream->send("journal", 1, "{}"));
    peer.socket().abort();
    QTRY_VERIFY(!m_stream);
}

void TestHttpEvents::dropsAReaderThatFallsBehind()
{
    HttpPeer peer(m_port);
    peer.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_VERIFY(m_stream);
    const QByteArray data(64 * 1024, 'x');
    bool open = true;
    int sent = 0;
    while (open && sent < 1000) {
        open = m_stream->send("journal", 1, data);
        ++sent;
    }
    QVERIFY(!open);
    QVERIFY(sent > 4);
    QVERIFY(peer.waitForText("event: dropped\n"));
    QVERIFY(peer.waitForEnd());
    QTRY_VERIFY(!m_stream);
}

QTEST_GUILESS_MAIN(TestHttpEvents)
#include "tst_httpevents.moc"
