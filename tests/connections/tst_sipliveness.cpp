// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipconnection.h"
#include "sippeer.h"
#include "siptestserver.h"

#include <sys/socket.h>

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

class TestSipLiveness : public QObject {
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

    void aLostTcpConnectionSaysHow_data()
    {
        QTest::addColumn<bool>("reset");
        QTest::addColumn<LossReason>("reason");
        QTest::addColumn<EvidenceRule>("rule");
        QTest::newRow("closed") << false << LossReason::Interrupted << EvidenceRule::ConnectionClosed;
        QTest::newRow("reset") << true << LossReason::Interrupted << EvidenceRule::ConnectionReset;
    }
    void aLostTcpConnectionSaysHow()
    {
        QFETCH(bool, reset);
        QFETCH(LossReason, reason);
        QFETCH(EvidenceRule, rule);
        SipTestServer server;
        TcpPeer peer(server.tcpPort());
        peer.ask(registration(peer).bytes(peer));
        server.registry().usableConnection(device())->send(push(), collect());
        QVERIFY(peer.receive());
        if (reset) {
            const linger hard{1, 0};
            setsockopt(int(peer.socket().socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
            peer.socket().abort();
        } else {
            peer.socket().disconnectFromHost();
        }
        QTRY_COMPARE(m_outcomes.size(), 1);
        QCOMPARE(m_outcomes[0].kind, Kind::Broken);
        QCOMPARE(server.liveness(device())->reason(), reason);
        QCOMPARE(server.liveness(device())->evidence().rule, rule);
        QVERIFY(!server.registry().usableConnection(device()));
    }
    void icmpUnreachableEndsTheWaitAtOnce()
    {
        SipTestServer server;
        auto peer = std::make_unique<UdpPeer>(server.udpPort());
        peer->ask(registration(*peer).bytes(*peer));
        peer->close();
        server.registry().usableConnection(device())->send(push(), collect());
        QTRY_COMPARE(m_outcomes.size(), 1); // no time has passed
        QCOMPARE(m_outcomes[0].kind, Kind::Broken);
        QCOMPARE(server.liveness(device())->state(), LivenessState::Lost);
        QCOMPARE(server.liveness(device())->reason(), LossReason::Interrupted);
        QCOMPARE(server.liveness(device())->evidence().rule, EvidenceRule::IcmpUnreachable);
        QCOMPARE(server.liveness(device())->evidence().subject, QStringLiteral("ICMP port unreachable"));
    }
    void afterIcmpADeviceHeardFromTheSameAddressIsBack()
    {
        SipTestServer server;
        auto peer = std::make_unique<UdpPeer>(server.udpPort());
        peer->ask(registration(*peer).bytes(*peer));
        const quint16 port = peer->port();
        peer->close();
        server.registry().usableConnection(device())->send(push(), collect());
        QTRY_COMPARE(server.liveness(device())->state(), LivenessState::Lost);

        QUdpSocket again;
        QVERIFY(again.bind(QHostAddress::LocalHost, port));
        again.writeDatagram("\r\n\r\n", 4, QHostAddress::LocalHost, server.udpPort());
        QTRY_COMPARE(server.liveness(device())->state(), LivenessState::Up);
        QCOMPARE(server.liveness(device())->evidence().rule, EvidenceRule::Restored);
        QVERIFY(server.registry().usableConnection(device()));
    }
    void whatIsHeardOnAFlowKeepsItAlive_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("line ends") << QByteArray("\r\n\r\n");
        QTest::newRow("stun") << QByteArray::fromHex("000100002112a442") + QByteArray(12, 'x');
        QTest::newRow("options") << QByteArray();
    }
    void whatIsHeardOnAFlowKeepsItAlive()
    {
        QFETCH(QByteArray, bytes);
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(registration(peer).bytes(peer));
        const Timestamp registered = server.liveness(device())->lastPacket();
        server.clock.advance(100s);
        peer.send(bytes.isEmpty() ? PeerRequest{.method = "OPTIONS"}.bytes(peer) : bytes);
        QTRY_COMPARE(server.liveness(device())->lastPacket(), registered + 100s);
        QCOMPARE(server.liveness(device())->lastProof(), Timestamp{}); // heard, not proven
        server.clock.advance(100s);
        QCOMPARE(server.liveness(device())->state(), LivenessState::Up);
        server.clock.advance(21s); // the pinhole's 120 s are over: the engine probes
        QCOMPARE(server.liveness(device())->state(), LivenessState::Suspect);
    }
    void probesArePaced()
    {
        SipSettings settings = SipTestServer::openSettings();
        settings.probeInterval = 100ms;
        settings.probeBurst = 2;
        SipTestServer server(settings);
        UdpPeer peer(server.udpPort());
        peer.ask(registration(peer).bytes(peer));
        server.clock.advance(10s);
        Connection *connection = server.registry().usableConnection(device());
        for (int i = 0; i < 5; ++i)
            connection->probe(collect());
        int seen = 0;
        for (const int due : {3, 4, 5}) {
            for (; seen < due; ++seen)
                QVERIFY(peer.receive());
            QTest::qWait(20);
            QVERIFY(peer.hasNothing());
            server.clock.advance(100ms);
        }
    }
    void strangersKeepNobodyAlive()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort()), stranger(server.udpPort());
        peer.ask(registration(peer).bytes(peer));
        const Timestamp before = server.liveness(device())->lastPacket();
        server.clock.advance(10s);
        QCOMPARE(stranger.ask(PeerRequest{.method = "OPTIONS"}.bytes(stranger)), 200);
        QCOMPARE(server.liveness(device())->lastPacket(), before);
    }
    void behindAProxyEachIsHeardForItself()
    {
        SipTestServer server;
        UdpPeer proxy(server.udpPort());
        const auto user = [](int i) {
            return "<sip:user" + QByteArray::number(i) + "@lab.example>";
        };
        for (int i = 0; i < 9; ++i) {
            QCOMPARE(proxy.ask(PeerRequest{
                         .from = user(i),
                         .to = user(i),
                         .callId = QByteArray::number(i),
                         .headers = {"Contact: <sip:u@10.0.0.1:" + QByteArray::number(6000 + i) + '>'}}
                                   .bytes(proxy)),
                     200);
        }
        const Timestamp registered = server.clock.now();
        server.clock.advance(10s);
        QCOMPARE(proxy.ask(PeerRequest{.method = "OPTIONS", .from = user(3)}.bytes(proxy)), 200);
        proxy.send("\r\n\r\n");
        QCOMPARE(proxy.ask(PeerRequest{.method = "OPTIONS", .from = user(3)}.bytes(proxy)), 200);
        for (int i = 0; i < 9; ++i) {
            const DeviceId id = server.devicesOf(user(i).mid(1).chopped(1).constData()).first();
            QCOMPARE(server.liveness(id)->lastPacket(), i == 3 ? registered + 10s : registered);
        }
        proxy.close();
        ConnectionId id;
        server.registry()
            .usableConnection(server.devicesOf("sip:user0@lab.example").first(), &id)
            ->probe(collect());
        QTRY_COMPARE(m_outcomes.size(), 1);
        QCOMPARE(server.registry().inState(LivenessState::Lost), 9);
    }
    void garbageKeepsNobodyAlive()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(registration(peer).bytes(peer));
        const Timestamp before = server.liveness(device())->lastPacket();
        server.clock.advance(10s);
        peer.send("this is not SIP at all");
        QTest::qWait(20);
        QCOMPARE(server.liveness(device())->lastPacket(), before);
    }
    void idleTcpStaysOpenWhileRegistered()
    {
        SipTestServer server;
        TcpPeer peer(server.tcpPort());
        peer.ask(registration(peer).bytes(peer));
        server.clock.advance(1000s); // longer than the idle limit
        QTest::qWait(20);
        QVERIFY(peer.isOpen());
    }

    void aLostRegistrationComesBack()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(registration(peer).bytes(peer));
        server.clock.advance(121s);
        server.clock.advance(9s); // probe unanswered
        QCOMPARE(server.liveness(device())->reason(), LossReason::PinholeClosed);
        while (!peer.hasNothing())
            peer.receiveBytes(0);
        peer.receiveBytes(50);
        UdpPeer back(server.udpPort());
        QCOMPARE(back.ask(registration(back, 2).bytes(back)), 200);
        QCOMPARE(server.liveness(device())->state(), LivenessState::Up);
        QCOMPARE(server.journaled(QStringLiteral("restored")), 1);
    }

    void udpRegistrationsSurviveARestart()
    {
        MemoryStore store;
        quint16 port = 0;
        std::unique_ptr<UdpPeer> peer;
        {
            SipTestServer server(SipTestServer::openSettings(), &store);
            port = server.udpPort();
            peer = std::make_unique<UdpPeer>(port);
            QCOMPARE(peer->ask(registration(*peer, 7).bytes(*peer)), 200);
        }
        QTRY_COMPARE(store.bindings.size(), size_t(1));
        SipSettings settings = SipTestServer::openSettings();
        settings.udp.port = port;
        SipTestServer server(settings, &store);
        QCOMPARE(server.liveness(device())->state(), LivenessState::Suspect);
        QCOMPARE(server.liveness(device())->evidence().rule, EvidenceRule::ServerRestarted);

        // probed at once, or as soon as there is something to send: over the old path
        Connection *connection = server.registry().usableConnection(device());
        QVERIFY(connection);
        connection->send(push(), collect());
        std::optional<SipMessage> message = peer->receive();
        while (message && message->method() != "MESSAGE")
            message = peer->receive();
        QVERIFY(message);
        peer->send(peerAnswer(*message, "200 OK"));
        QTRY_COMPARE(m_outcomes.size(), 1);
        QCOMPARE(server.liveness(device())->state(), LivenessState::Up);

        // what it knew of the registration is there again
        while (!peer->hasNothing())
            peer->receiveBytes(0);
        QCOMPARE(peer->ask(registration(*peer, 6).bytes(*peer)), 500);
        QCOMPARE(peer->ask(registration(*peer, 8).bytes(*peer)), 200);
        QCOMPARE(peer->last()->contacts().size(), 1);
        QCOMPARE(peer->last()->contacts().first().regId(), 1u);
        QCOMPARE(peer->last()->contacts().first().instance(), phone);
        QCOMPARE(server.journaled(QStringLiteral("registered")), 0); // a refresh, not a new one
    }
    void tcpRegistrationsComeBackWithoutAPath()
    {
        MemoryStore store;
        {
            SipTestServer server(SipTestServer::openSettings(), &store);
            TcpPeer peer(server.tcpPort());
            QCOMPARE(peer.ask(registration(peer).bytes(peer)), 200);
            QTRY_COMPARE(store.bindings.size(), size_t(1));
            server.registry().closeAll(CloseReason::ServerStopping);
        }
        SipTestServer server(SipTestServer::openSettings(), &store);
        QCOMPARE(server.liveness(device())->state(), LivenessState::Lost);
        QVERIFY(!server.registry().usableConnection(device()));
        TcpPeer peer(server.tcpPort());
        QCOMPARE(peer.ask(registration(peer, 2).bytes(peer)), 200);
        QCOMPARE(peer.last()->contacts().size(), 1);
        QCOMPARE(server.liveness(device())->state(), LivenessState::Up);
    }
    void bindingsThatCannotBeReadDoNoHarm()
    {
        MemoryStore store;
        {
            SipTestServer server(SipTestServer::openSettings(), &store);
            UdpPeer peer(server.udpPort());
            peer.ask(registration(peer).bytes(peer));
        }
        QTRY_COMPARE(store.bindings.size(), size_t(1));
        StoredBinding &stored = store.bindings.begin()->second;
        stored.state = "nonsense";
        stored.peer = QStringLiteral("nowhere");
        StoredBinding foreign = stored;
        foreign.kind = QStringLiteral("datagram");
        foreign.flow = QStringLiteral("rd/1");
        store.bindings[{foreign.device, foreign.flow}] = foreign;
        SipTestServer server(SipTestServer::openSettings(), &store);
        QVERIFY(!server.registry().usableConnection(device()));
        QCOMPARE(server.registry().connections(device()).size(), 1);
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(registration(peer).bytes(peer)), 200);
    }
};

QTEST_GUILESS_MAIN(TestSipLiveness)
#include "tst_sipliveness.moc"
