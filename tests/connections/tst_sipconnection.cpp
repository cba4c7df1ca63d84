// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipconnection.h"
#include "sippeer.h"
#include "siptestserver.h"

using namespace reveille;
using namespace std::chrono_literals;
using Kind = SendOutcome::Kind;

namespace {

const QByteArray phone = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

PushMessage push(const QByteArray &body = "wake up")
{
    PushMessage message;
    message.push = PushId(QStringLiteral("p-abcdefghijklmnopqrst"));
    message.application = QStringLiteral("x-wap-application:mms.ua");
    message.contentType = QStringLiteral("text/plain");
    message.body = body;
    return message;
}

} // namespace

class TestSipConnection : public QObject {
    Q_OBJECT

    QVector<SendOutcome> m_outcomes;
    std::function<void(SendOutcome)> collect()
    {
        return [this](const SendOutcome &outcome) {
            m_outcomes.append(outcome);
        };
    }
    static PeerRequest registration(const SipPeer &peer, int cseq = 1)
    {
        PeerRequest request;
        request.cseq = cseq;
        request.headers = {"Contact: <sip:alice@10.9.8.7:5070>;+sip.instance=\"<" + phone + ">\";reg-id=1",
                           "Supported: outbound, gruu"};
        request.callId = "call-" + peer.transport();
        return request;
    }
    static DeviceId device() { return *DeviceId::parse(QString::fromLatin1(phone)); }

private Q_SLOTS:
    void init() { m_outcomes.clear(); }

    void aPushIsAMessageOverTheFlow_data()
    {
        QTest::addColumn<bool>("udp");
        QTest::newRow("udp") << true;
        QTest::newRow("tcp") << false;
    }
    void aPushIsAMessageOverTheFlow()
    {
        QFETCH(bool, udp);
        SipTestServer server;
        const std::unique_ptr<SipPeer> peer = udp ? std::unique_ptr<SipPeer>(new UdpPeer(server.udpPort()))
                                                  : std::unique_ptr<SipPeer>(new TcpPeer(server.tcpPort()));
        QCOMPARE(peer->ask(registration(*peer).bytes(*peer)), 200);
        ConnectionId id;
        Connection *connection = server.registry().usableConnection(device(), &id);
        QVERIFY(connection);
        const ConnectionFacts facts = connection->facts();
        QCOMPARE(facts.kind, QStringLiteral("sip"));
        QCOMPARE(facts.transport, udp ? QStringLiteral("udp") : QStringLiteral("tcp"));
        QCOMPARE(facts.peer, QStringLiteral("127.0.0.1:%1").arg(peer->port()));
        QCOMPARE(facts.local,
                 server.bound.value(udp ? QStringLiteral("sip_udp") : QStringLiteral("sip_tcp")));
        QCOMPARE(facts.address, QStringLiteral("sip:alice@10.9.8.7:5070"));

        connection->send(push(), collect());
        const std::optional<SipMessage> message = peer->receive();
        QVERIFY(message);
        QCOMPARE(message->method(), QByteArrayView("MESSAGE"));
        QCOMPARE(message->requestUri().text, QByteArray("sip:alice@10.9.8.7:5070"));
        QCOMPARE(message->to().uri.text, QByteArray("sip:alice@lab.example"));
        QCOMPARE(message->header("x-reveille-push"), QByteArrayView("p-abcdefghijklmnopqrst"));
        QCOMPARE(message->header("x-wap-application-id"), QByteArrayView("x-wap-application:mms.ua"));
        QCOMPARE(message->contentType(), QByteArrayView("text/plain"));
        QCOMPARE(message->body(), QByteArray("wake up"));
        QVERIFY(!message->hasHeader("contact"));
        QVERIFY(!message->hasHeader("content-encoding"));
        QVERIFY(m_outcomes.isEmpty());

        server.clock.advance(10ms);
        peer->send(peerAnswer(*message, "200 OK"));
        QTRY_COMPARE(m_outcomes.size(), 1);
        QCOMPARE(m_outcomes[0].kind, Kind::Delivered);
        QCOMPARE(m_outcomes[0].code, QByteArray("200"));
        QVERIFY(m_outcomes[0].bytes.startsWith("MESSAGE sip:alice@10.9.8.7:5070 SIP/2.0\r\n"));
        QVERIFY(m_outcomes[0].bytes.endsWith("\r\n\r\n"));
        QCOMPARE(server.registry().livenessOf(id)->lastProof(), server.clock.now());
    }

    void theCodingOfTheContentIsTold()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(registration(peer).bytes(peer)), 200);
        PushMessage coded = push(QByteArray("\0\xff", 2));
        coded.contentEncoding = QStringLiteral("aes128gcm");
        server.registry().usableConnection(device())->send(coded, collect());
        const std::optional<SipMessage> message = peer.receive();
        QVERIFY(message);
        QCOMPARE(message->header("content-encoding"), QByteArrayView("aes128gcm"));
        QCOMPARE(message->body(), coded.body);
    }

    void theAnswerDecidesTheOutcome_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *status, Kind kind) {
            QTest::newRow(status) << QByteArray(status) << int(kind);
        };
        row("200 OK", Kind::Delivered);
        row("202 Accepted", Kind::Delivered);
        row("302 Moved", Kind::Refused);
        row("400 Bad", Kind::Refused);
        row("401 Unauthorized", Kind::Refused);
        row("404 Not Found", Kind::Refused);
        row("408 Timeout", Kind::Unanswered);
        row("413 Too Large", Kind::Refused);
        row("415 Type", Kind::Refused);
        row("430 Flow Failed", Kind::Broken);
        row("480 Unavailable", Kind::Busy);
        row("486 Busy", Kind::Busy);
        row("500 Error", Kind::Busy);
        row("501 Not Implemented", Kind::Refused);
        row("503 Unavailable", Kind::Busy);
        row("600 Busy Everywhere", Kind::Refused);
        row("603 Decline", Kind::Refused);
    }
    void theAnswerDecidesTheOutcome()
    {
        QFETCH(QByteArray, status);
        QFETCH(int, kind);
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(registration(peer).bytes(peer));
        server.registry().usableConnection(device())->send(push(), collect());
        const std::optional<SipMessage> message = peer.receive();
        peer.send(peerAnswer(*message, "100 Trying"));
        peer.send(peerAnswer(*message, status));
        QTRY_COMPARE(m_outcomes.size(), 1);
        QCOMPARE(int(m_outcomes[0].kind), kind);
        QCOMPARE(m_outcomes[0].code, status.left(3));
    }

    void silenceIsUnansweredAfterTheRequestTimeout()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(registration(peer).bytes(peer));
        server.registry().usableConnection(device())->send(push(), collect());
        const QByteArray first = peer.receiveBytes();
        server.clock.advance(500ms);
        QCOMPARE(peer.receiveBytes(), first); // timer E
        server.clock.advance(7499ms);
        QVERIFY(m_outcomes.isEmpty());
        server.clock.advance(1ms);
        QCOMPARE(m_outcomes.size(), 1);
        QCOMPARE(m_outcomes[0].kind, Kind::Unanswered);
        QCOMPARE(m_outcomes[0].code, QByteArray("timeout"));
    }
    void aProbeIsOptionsAndAnyAnswerWillDo_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<int>("kind");
        QTest::newRow("ok") << QByteArray("200 OK") << int(Kind::Delivered);
        QTest::newRow("not known") << QByteArray("404 Not Found") << int(Kind::Delivered);
        QTest::newRow("not done") << QByteArray("501 Not Implemented") << int(Kind::Delivered);
        QTest::newRow("a proxy's timeout") << QByteArray("408 Timeout") << int(Kind::Unanswered);
    }
    void aProbeIsOptionsAndAnyAnswerWillDo()
    {
        QFETCH(QByteArray, status);
        QFETCH(int, kind);
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(registration(peer).bytes(peer));
        server.registry().usableConnection(device())->probe(collect());
        const std::optional<SipMessage> options = peer.receive();
        QCOMPARE(options->method(), QByteArrayView("OPTIONS"));
        peer.send(peerAnswer(*options, status));
        QTRY_COMPARE(m_outcomes.size(), 1);
        QCOMPARE(int(m_outcomes[0].kind), kind);
    }
    void tooLargeForADatagramIsRefused()
    {
        SipTestServer server;
        UdpPeer udp(server.udpPort());
        udp.ask(registration(udp).bytes(udp));
        server.registry().usableConnection(device())->send(push(QByteArray(1300, 'x')), collect());
        QVERIFY(m_outcomes.isEmpty()); // never from within send()
        server.clock.advance(0ms);
        QCOMPARE(m_outcomes.size(), 1);
        QCOMPARE(m_outcomes[0].kind, Kind::Refused);
        QCOMPARE(m_outcomes[0].code, QByteArray("too-large"));

        TcpPeer tcp(server.tcpPort());
        tcp.ask(registration(tcp).bytes(tcp)); // same reg-id: takes the place of the other
        server.registry().usableConnection(device())->send(push(QByteArray(20000, 'x')), collect());
        QCOMPARE(tcp.receive()->body().size(), 20000);
    }
    void theLargestDatagramStillGoes()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(registration(peer).bytes(peer));
        int body = 1299; // how much fits depends on ports and names of different length
        QByteArray seen;
        for (; body > 600 && seen.isEmpty(); --body) {
            server.registry().usableConnection(device())->send(push(QByteArray(body, 'x')), collect());
            server.clock.advance(0ms);
            if (m_outcomes.isEmpty())
                seen = peer.receiveBytes();
            m_outcomes.clear();
        }
        QVERIFY(seen.size() <= 1300);
        QVERIFY(seen.size() > 1290);
    }

    void aNewFlowOfTheDeviceEvictsTheOld()
    {
        SipTestServer server;
        UdpPeer before(server.udpPort()), after(server.udpPort());
        before.ask(registration(before).bytes(before));
        server.registry().usableConnection(device())->send(push(), collect());
        QVERIFY(before.receive());
        QCOMPARE(after.ask(registration(after, 2).bytes(after)), 200);
        QCOMPARE(m_outcomes.size(), 1); // told before the old connection went
        QCOMPARE(m_outcomes[0].kind, Kind::Broken);
        server.registry().usableConnection(device())->send(push(), collect());
        QVERIFY(after.receive());
        server.clock.advance(60s);
        QCOMPARE(m_outcomes.size(), 2);
    }
    void aLateDisconnectTakesNothingFromTheNewFlow()
    {
        SipTestServer server;
        TcpPeer before(server.tcpPort()), after(server.tcpPort());
        before.ask(registration(before).bytes(before));
        after.ask(registration(after, 2).bytes(after));
        before.socket().disconnectFromHost();
        after.ask(PeerRequest{.method = "OPTIONS"}.bytes(after));
        QTRY_VERIFY(!before.isOpen());
        QTest::qWait(20);
        QCOMPARE(server.liveness(device())->state(), LivenessState::Up);
        server.registry().usableConnection(device())->send(push(), collect());
        QVERIFY(after.receive());
        after.ask(PeerRequest{.callId = "query"}.bytes(after));
        QCOMPARE(after.last()->contacts().size(), 1);
    }
    void deregisteredByStaff()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(registration(peer).bytes(peer));
        QVERIFY(server.registry().deregister(device()).ok());
        peer.ask(PeerRequest{.callId = "query"}.bytes(peer));
        QVERIFY(peer.last()->contacts().isEmpty());
        QCOMPARE(peer.ask(registration(peer, 2).bytes(peer)), 200);
        QCOMPARE(server.liveness(device())->state(), LivenessState::Up);
    }
    void aServiceThatStopsLeavesNothingHanging()
    {
        auto server = std::make_unique<SipTestServer>();
        UdpPeer udp(server->udpPort());
        TcpPeer tcp(server->tcpPort());
        udp.ask(registration(udp).bytes(udp));
        tcp.ask(PeerRequest{.method = "OPTIONS"}.bytes(tcp));
        server->registry().usableConnection(device())->send(push(), collect());
        server.reset();
        QCOMPARE(m_outcomes.size(), 1);
        QTRY_VERIFY(!tcp.isOpen());
    }
    void aTakenPortIsNamed()
    {
        SipTestServer first;
        FakeClock clock;
        MemoryStore store;
        (void)store.open();
        Engine engine(clock, clock, store, {});
        SipSettings settings = SipTestServer::openSettings();
        settings.tcp.port = first.tcpPort();
        SipService second(settings, engine);
        const auto result = second.start();
        QVERIFY(!result);
        QVERIFY(result.error().is("listen-failed"));
        QCOMPARE(result.error().about,
                 QStringLiteral("sip/tcp 127.0.0.1:%1: address in use").arg(first.tcpPort()));
        QVERIFY(second.gatewayUri().isEmpty());
        QCOMPARE(first.sip.gatewayUri(),
                 QStringLiteral("sip:127.0.0.1:%1;transport=udp").arg(first.udpPort()));
    }
};

QTEST_GUILESS_MAIN(TestSipConnection)
#include "tst_sipconnection.moc"
