// SPDX-License-Identifier: GPL-3.0-or-later
#include "sippeer.h"
#include "siptestserver.h"

#include "wire/stun.h"

using namespace reveille;
using namespace std::chrono_literals;

namespace {

const QByteArray phone = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
const QByteArray edge = "<sip:token@edge.example;lr;ob>";

/// A flow of its own: another Call-ID, as RFC 5626 section 4.2.1 asks for.
PeerRequest flow(const SipPeer &peer, int regId, int cseq = 1)
{
    PeerRequest request;
    request.callId = "flow-" + peer.transport() + QByteArray::number(regId);
    request.cseq = cseq;
    request.headers = {"Contact: <sip:alice@10.9.8.7:5070;transport=" + peer.transport().toLower() +
                           ";ob>;reg-id=" + QByteArray::number(regId) + ";+sip.instance=\"<" + phone + ">\"",
                       "Supported: outbound, path, gruu"};
    return request;
}

PeerRequest flowWithPath(const SipPeer &peer, const QByteArray &path, int cseq = 1)
{
    PeerRequest request = flow(peer, 1, cseq);
    request.headers.append("Path: " + path);
    return request;
}

SipSettings withEdges()
{
    SipSettings settings = SipTestServer::openSettings();
    settings.pathFrom = *parseNetworks(u"127.0.0.0/8");
    return settings;
}

} // namespace

/// Flows as the client keeps them (RFC 5626), with the server as registrar and first hop, or behind an edge proxy.
class TestSipOutbound : public QObject {
    Q_OBJECT

    static DeviceId device() { return *DeviceId::parse(QString::fromLatin1(phone)); }
    static qsizetype livePaths(SipTestServer &server)
    {
        const QVector<ConnectionSnapshot> all = server.registry().connections(device());
        return std::count_if(all.begin(), all.end(), [](const ConnectionSnapshot &c) { return c.live; });
    }
    static PushId submit(SipTestServer &server)
    {
        PushRequest request;
        request.to.user = *PublicUserId::parse(u"sip:alice@lab.example");
        request.contentType = QStringLiteral("text/plain");
        request.body = "wake up";
        PushId id;
        server.engine().pushes().submit(request, [&](const Result<PushId> &result) { id = *result; });
        (void)QTest::qWaitFor([&] { return !id.text().isEmpty(); });
        return id;
    }
    static PushState stateOf(SipTestServer &server, const PushId &id) { return server.engine().pushes().push(id)->state; }

private Q_SLOTS:
    void everyRegIdIsAFlowOfItsOwn()
    {
        SipTestServer server;
        TcpPeer first(server.tcpPort());
        UdpPeer second(server.udpPort());
        QCOMPARE(first.ask(flow(first, 1).bytes(first)), 200);
        QVERIFY(first.last()->hasToken("require", "outbound"));
        QCOMPARE(second.ask(flow(second, 2).bytes(second)), 200);
        QCOMPARE(second.last()->contacts().size(), 2);
        QCOMPARE(server.devicesOf("sip:alice@lab.example").size(), 1);
        QCOMPARE(livePaths(server), 2);
        // one ends, the other stands
        PeerRequest end = flow(first, 1, 2);
        end.headers.append("Expires: 0");
        QCOMPARE(first.ask(end.bytes(first)), 200);
        QCOMPARE(first.last()->contacts().size(), 1);
        QCOMPARE(first.last()->contacts().first().regId(), 2u);
        QVERIFY(server.registry().usableConnection(device()));
    }
    void withoutSupportedOutboundThereIsNone()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        PeerRequest request = flow(peer, 1);
        request.headers.last() = "Supported: path, gruu";
        QCOMPARE(peer.ask(request.bytes(peer)), 200);
        QVERIFY(!peer.last()->hasHeader("require"));
        QVERIFY(!peer.last()->hasHeader("flow-timer"));
        QCOMPARE(peer.last()->contacts().first().regId(), 0u);
    }

    // --- Flow-Timer
    void theFlowTimerIsWhatTheNetworkAsksFor_data()
    {
        QTest::addColumn<int>("fixed");
        QTest::addColumn<int>("ofNetwork");
        QTest::addColumn<int>("told");
        QTest::newRow("none") << 0 << 0 << 0;
        QTest::newRow("fixed here") << 40 << 0 << 40;
        QTest::newRow("of the network") << 0 << 55 << 55;
        QTest::newRow("fixed wins") << 40 << 55 << 40;
    }
    void theFlowTimerIsWhatTheNetworkAsksFor()
    {
        QFETCH(int, fixed);
        QFETCH(int, ofNetwork);
        QFETCH(int, told);
        SipSettings settings = SipTestServer::openSettings();
        settings.flowTimer = fixed;
        Engine::Settings engine;
        engine.pinholes.fixed = std::chrono::seconds(ofNetwork);
        MemoryStore store;
        const auto policy = [](SipTestServer &server) { return server.liveness(device())->policy(); };
        {
            SipTestServer server(settings, &store, engine);
            UdpPeer peer(server.udpPort());
            QCOMPARE(peer.ask(flow(peer, 1).bytes(peer)), 200);
            QCOMPARE(peer.last()->number("flow-timer").value_or(0), quint32(told));
            QCOMPARE(policy(server).keepAliveInterval, Milliseconds(told * 1000));
            QTRY_COMPARE(store.bindings.size(), size_t(1));
        }
        SipTestServer again(settings, &store); // knows what the device was told, not what it would be told now
        QCOMPARE(policy(again).keepAliveInterval, Milliseconds(told * 1000));
    }
    void keepAlivesAreAnsweredAndWatched_data()
    {
        QTest::addColumn<bool>("stream");
        QTest::newRow("STUN over UDP") << false;
        QTest::newRow("CRLF over TCP") << true;
    }
    void keepAlivesAreAnsweredAndWatched()
    {
        QFETCH(bool, stream);
        SipSettings settings = SipTestServer::openSettings();
        settings.flowTimer = 20;
        SipTestServer server(settings);
        const std::unique_ptr<SipPeer> peer = stream ? std::unique_ptr<SipPeer>(new TcpPeer(server.tcpPort()))
                                                     : std::unique_ptr<SipPeer>(new UdpPeer(server.udpPort()));
        QCOMPARE(peer->ask(flow(*peer, 1).bytes(*peer)), 200);
        for (int i = 0; i < 10; ++i) {
            server.clock.advance(19s);
            peer->send(stream ? QByteArray("\r\n\r\n") : encodeStunRequest("abcdefghijkl"));
            const QByteArray answer = peer->receiveBytes();
            if (stream)
                QCOMPARE(answer, QByteArray("\r\n"));
            else
                QCOMPARE(parseStunResponse(answer)->port, peer->port());
        }
        QCOMPARE(server.liveness(device())->state(), LivenessState::Up);
        server.clock.advance(24s);
        QCOMPARE(server.liveness(device())->state(), LivenessState::Up);
        server.clock.advance(2s);
        const Evidence evidence = server.liveness(device())->evidence();
        QVERIFY2(server.liveness(device())->state() == LivenessState::Suspect && evidence.rule == EvidenceRule::KeepAliveLate,
                 qPrintable(QLatin1String(toText(evidence.rule)) + u' ' + evidence.subject));
        QCOMPARE(peer->receive()->method(), QByteArrayView("OPTIONS")); // asked whether it is there
    }

    // --- a flow that fails
    void aPushGoesOverTheNextFlow_data()
    {
        QTest::addColumn<QByteArray>("failure");
        QTest::newRow("closed") << QByteArray();
        QTest::newRow("430") << QByteArray("430 Flow Failed");
    }
    void aPushGoesOverTheNextFlow()
    {
        QFETCH(QByteArray, failure);
        SipTestServer server;
        UdpPeer second(server.udpPort());
        QCOMPARE(second.ask(flow(second, 2).bytes(second)), 200);
        server.clock.advance(1s);
        TcpPeer first(server.tcpPort()); // heard last, tried first
        QCOMPARE(first.ask(flow(first, 1).bytes(first)), 200);
        const PushId id = submit(server);
        const std::optional<SipMessage> lost = first.receive();
        QVERIFY(lost && lost->method() == "MESSAGE");
        if (failure.isEmpty())
            first.socket().disconnectFromHost();
        else
            first.send(peerAnswer(*lost, failure));
        const std::optional<SipMessage> message = second.receive();
        QVERIFY(message && message->method() == "MESSAGE");
        QCOMPARE(message->header("x-reveille-push"), lost->header("x-reveille-push"));
        QCOMPARE(message->requestUri().text, QByteArray("sip:alice@10.9.8.7:5070;transport=udp;ob"));
        second.send(peerAnswer(*message, "200 OK"));
        QTRY_COMPARE(stateOf(server, id), PushState::Delivered);
        QCOMPARE(livePaths(server), 1);
        PeerRequest query;
        query.callId = "query";
        QCOMPARE(second.ask(query.bytes(second)), 200);
        QCOMPARE(second.last()->contacts().size(), 1);
    }
    void aNewerRegistrationEvictsTheOlder()
    {
        SipTestServer server;
        TcpPeer older(server.tcpPort());
        QCOMPARE(older.ask(flow(older, 1).bytes(older)), 200);
        TcpPeer newer(server.tcpPort());
        PeerRequest request = flow(newer, 1);
        request.callId = "another"; // as after a restart of the device
        QCOMPARE(newer.ask(request.bytes(newer)), 200);
        QCOMPARE(newer.last()->contacts().size(), 1);
        QCOMPARE(livePaths(server), 1);
        older.socket().disconnectFromHost(); // late
        QTRY_VERIFY(!older.isOpen());
        QCOMPARE(newer.ask(PeerRequest{.callId = "query"}.bytes(newer)), 200);
        QCOMPARE(newer.last()->contacts().size(), 1);
        QCOMPARE(server.liveness(device())->state(), LivenessState::Up);
        const PushId id = submit(server);
        const std::optional<SipMessage> message = newer.receive();
        QVERIFY(message);
        newer.send(peerAnswer(*message, "200 OK"));
        QTRY_COMPARE(stateOf(server, id), PushState::Delivered);
    }

    // --- behind an edge proxy
    void aTrustedEdgesPathIsTheRoute()
    {
        SipTestServer server(withEdges());
        UdpPeer proxy(server.udpPort());
        QCOMPARE(proxy.ask(flowWithPath(proxy, edge + ", <sip:inner.example;lr>").bytes(proxy)), 200);
        QVERIFY(proxy.last()->hasToken("require", "outbound"));
        QVERIFY(!proxy.last()->hasHeader("flow-timer"));
        QCOMPARE(proxy.last()->path().size(), 2);
        const auto hasRoute = [](const std::optional<SipMessage> &request) {
            return request && request->values("route") == QVector<QByteArrayView>{edge, "<sip:inner.example;lr>"};
        };
        server.registry().usableConnection(device())->probe([](const SendOutcome &) {});
        server.clock.advance(100ms);
        QVERIFY(hasRoute(proxy.receive()));
        submit(server);
        const std::optional<SipMessage> message = proxy.receive();
        QVERIFY(hasRoute(message));
        QCOMPARE(message->method(), QByteArrayView("MESSAGE"));
    }
    void nobodyElseSetsARoute()
    {
        SipSettings settings = SipTestServer::openSettings();
        settings.pathFrom = *parseNetworks(u"192.0.2.0/24");
        SipTestServer server(settings);
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(flowWithPath(peer, "<sip:evil.example;lr;ob>").bytes(peer)), 200);
        QVERIFY(!peer.last()->hasHeader("path"));
        submit(server);
        const std::optional<SipMessage> message = peer.receive();
        QVERIFY(message);
        QVERIFY(!message->hasHeader("route"));
    }
    void aFirstHopWithoutOutboundIsTold_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("throughProxy");
        QTest::addColumn<int>("status");
        QTest::newRow("this server") << QByteArray() << false << 200;
        QTest::newRow("edge with ob") << edge << true << 200;
        QTest::newRow("edge without ob") << QByteArray("<sip:token@edge.example;lr>") << true << 439;
        QTest::newRow("edge that cannot be read") << QByteArray("<sip:>") << true << 439;
        QTest::newRow("proxy without Path") << QByteArray() << true << 439;
    }
    void aFirstHopWithoutOutboundIsTold()
    {
        QFETCH(QByteArray, path);
        QFETCH(bool, throughProxy);
        QFETCH(int, status);
        SipTestServer server(withEdges());
        UdpPeer peer(server.udpPort());
        const auto withHops = [&](PeerRequest request) {
            if (throughProxy)
                request.headers.append("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKphone");
            if (!path.isEmpty())
                request.headers.append("Path: " + path);
            return request;
        };
        QCOMPARE(peer.ask(withHops(flow(peer, 1)).bytes(peer)), status);
        QCOMPARE(server.registry().usableConnection(device()) != nullptr, status == 200);
        // who does not ask for outbound is registered all the same
        PeerRequest plain = withHops(flow(peer, 1, 2));
        plain.headers[1] = "Supported: path";
        QCOMPARE(peer.ask(plain.bytes(peer)), 200);
        QVERIFY(!peer.last()->hasHeader("require"));
    }
    void aProxySpeaksForNobody()
    {
        QVector<SendOutcome> outcomes;
        SipTestServer server(withEdges());
        UdpPeer proxy(server.udpPort());
        QCOMPARE(proxy.ask(flowWithPath(proxy, edge).bytes(proxy)), 200);
        const Timestamp registered = server.liveness(device())->lastPacket();
        server.clock.advance(10s);
        QCOMPARE(proxy.ask(PeerRequest{.method = "OPTIONS", .from = "<sip:bob@lab.example>"}.bytes(proxy)), 200);
        proxy.send("\r\n\r\n");
        Connection *connection = server.registry().usableConnection(device());
        const auto answered = [&](const QByteArray &status) {
            connection->probe([&](const SendOutcome &outcome) { outcomes.append(outcome); });
            server.clock.advance(10ms);
            const std::optional<SipMessage> probe = proxy.receive();
            if (!probe)
                return false;
            const qsizetype before = outcomes.size();
            proxy.send(peerAnswer(*probe, "100 Trying"));
            proxy.send(peerAnswer(*probe, status));
            return QTest::qWaitFor([&] { return outcomes.size() > before; });
        };
        QVERIFY(answered("504 Server Time-out"));
        QCOMPARE(outcomes.last().kind, SendOutcome::Kind::Unanswered);
        QVERIFY(answered("430 Flow Failed"));
        QCOMPARE(outcomes.last().kind, SendOutcome::Kind::Broken);
        QCOMPARE(server.liveness(device())->lastPacket(), registered);
        QVERIFY(answered("200 OK"));
        QCOMPARE(outcomes.last().kind, SendOutcome::Kind::Delivered);
        QVERIFY(server.liveness(device())->lastPacket() > registered);
    }

    // --- the same request by two ways (RFC 3261 section 8.2.2.2)
    void aMergedRequestIsRefused()
    {
        SipTestServer server;
        UdpPeer one(server.udpPort()), other(server.udpPort());
        PeerRequest request = flow(one, 1);
        request.fromTag = "same";
        QCOMPARE(one.ask(request.bytes(one)), 200);
        QCOMPARE(other.ask(request.bytes(other)), 482);
        PeerRequest options;
        options.method = "OPTIONS";
        options.fromTag = "same";
        options.callId = request.callId;
        QCOMPARE(other.ask(options.bytes(other)), 200); // another method
        server.clock.advance(33s);                      // the first transaction is over
        QCOMPARE(other.ask(options.bytes(other)), 200);
    }
};

QTEST_GUILESS_MAIN(TestSipOutbound)
#include "tst_sipoutbound.moc"
