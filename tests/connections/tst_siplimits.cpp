// SPDX-License-Identifier: GPL-3.0-or-later
#include "sipcaller.h"
#include "siptestserver.h"
#include "support/logcatcher.h"
#include "support/testtls.h"

using namespace reveille;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// Each limit of the SIP side under its name in docs/limits.md: what happens at it, and that it says so.
class TestSipLimits : public QObject {
    Q_OBJECT

    using Change = std::function<void(SipSettings &)>;

    static SipSettings with(const Change &change, bool digest = false)
    {
        SipSettings settings = digest ? SipTestServer::digestSettings() : SipTestServer::openSettings();
        change(settings);
        return settings;
    }
    SipSettings overTls(const Change &change) const
    {
        return with([&](SipSettings &settings) {
            settings.tls = {true, QHostAddress(QHostAddress::LocalHost), 0};
            settings.tlsIdentity = m_tls.identity;
            change(settings);
        });
    }
    static PeerRequest options()
    {
        PeerRequest request;
        request.method = "OPTIONS";
        return request;
    }
    static PeerRequest registration(const SipPeer &peer)
    {
        PeerRequest request;
        request.headers = {"Contact: <sip:alice@127.0.0.1:" + QByteArray::number(peer.port()) + ";transport="
                           + peer.transport().toLower() + '>'};
        return request;
    }
    static PeerRequest registrationOf(const SipPeer &peer, const QByteArray &user)
    {
        PeerRequest request = registration(peer);
        request.from = request.to = "<sip:" + user + "@lab.example>";
        return request;
    }
    static QByteArray instance(const SipPeer &peer, const QByteArray &id, int cseq, int regId = 1)
    {
        PeerRequest request;
        request.cseq = cseq;
        request.callId = id + QByteArray::number(regId);
        request.headers = {"Contact: <sip:alice@127.0.0.1:" + QByteArray::number(peer.port())
                               + ">;+sip.instance=\"<urn:uuid:00000000-0000-4000-8000-00000000" + id
                               + ">\";reg-id=" + QByteArray::number(regId),
                           "Supported: path, outbound"};
        return request.bytes(peer);
    }
    static std::unique_ptr<QTcpSocket> silentPeer(quint16 port)
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        socket->waitForConnected(3000);
        return socket;
    }

private Q_SLOTS:
    void maxStreams()
    {
        const LogCatcher log;
        SipTestServer server(with([](SipSettings &s) { s.maxStreams = 1; }));
        TcpPeer first(server.tcpPort());
        QCOMPARE(first.ask(options().bytes(first)), 200);
        TcpPeer second(server.tcpPort());
        const quint16 port = second.port();
        QTRY_VERIFY(!second.isOpen());
        QVERIFY(first.isOpen());
        QCOMPARE(log.reached(u"maxStreams"_s, port), 1);
    }
    void maxHandshakes()
    {
        const LogCatcher log;
        SipTestServer server(overTls([](SipSettings &s) { s.maxHandshakes = 1; }));
        const auto first = silentPeer(server.tlsPort()), second = silentPeer(server.tlsPort());
        const quint16 port = second->localPort();
        QTRY_COMPARE(second->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(first->state(), QAbstractSocket::ConnectedState);
        QCOMPARE(log.reached(u"maxHandshakes"_s, port), 1);
        server.clock.advance(2s); // the first dawdles, and makes room
        const auto third = silentPeer(server.tlsPort());
        QTRY_COMPARE(first->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(log.reached(u"maxHandshakes"_s, third->localPort()), 1);
    }
    void handshakeTime()
    {
        const LogCatcher log;
        SipTestServer server(overTls([](SipSettings &s) { s.handshakeTime = 3s; }));
        const auto silent = silentPeer(server.tlsPort());
        const quint16 port = silent->localPort();
        TcpPeer other(server.tcpPort());
        QCOMPARE(other.ask(options().bytes(other)), 200); // both were accepted by now
        server.clock.advance(2s);
        QCOMPARE(log.reached(u"handshakeTime"_s), 0);
        server.clock.advance(1s);
        QTRY_COMPARE(silent->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(log.reached(u"handshakeTime"_s, port), 1);
    }
    void idleSeconds()
    {
        const LogCatcher log;
        SipTestServer server(with([](SipSettings &s) { s.idleSeconds = 5; }));
        TcpPeer idle(server.tcpPort()), registered(server.tcpPort());
        const quint16 port = idle.port();
        QCOMPARE(idle.ask(options().bytes(idle)), 200);
        QCOMPARE(registered.ask(registration(registered).bytes(registered)), 200);
        server.clock.advance(10s);
        QTRY_VERIFY(!idle.isOpen());
        QVERIFY(registered.isOpen());
        QCOMPARE(log.reached(u"idleSeconds"_s), 1);
        QCOMPARE(log.reached(u"idleSeconds"_s, port), 1);
    }
    void messageSeconds()
    {
        const LogCatcher log;
        SipTestServer server(with([](SipSettings &s) { s.messageSeconds = 5; }));
        TcpPeer mute(server.tcpPort()), talker(server.tcpPort());
        const quint16 port = mute.port();
        QCOMPARE(talker.ask(options().bytes(talker)), 200);
        server.clock.advance(5s);
        QTRY_VERIFY(!mute.isOpen());
        QVERIFY(talker.isOpen());
        QCOMPARE(log.reached(u"messageSeconds"_s, port), 1);
    }
    void maxWriteBuffer()
    {
        const LogCatcher log;
        SipTestServer server(with([](SipSettings &s) { s.maxWriteBuffer = 64 * 1024; }));
        TcpPeer peer(server.tcpPort());
        const quint16 port = peer.port();
        QCOMPARE(peer.ask(registration(peer).bytes(peer)), 200);
        const DeviceId device = server.devicesOf("sip:alice@lab.example").first();
        peer.socket().setReadBufferSize(1);
        PushMessage push;
        push.push = PushId(u"p-1"_s);
        push.contentType = u"text/plain"_s;
        push.body = QByteArray(32 * 1024, 'x');
        for (int i = 0; i < 500; ++i) {
            if (Connection *connection = server.registry().usableConnection(device))
                connection->send(push, [](const SendOutcome &) {});
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(!server.registry().usableConnection(device));
        QVERIFY(log.reached(u"maxWriteBuffer"_s, port) >= 1);
    }
    void maxTransactions()
    {
        const LogCatcher log;
        SipTestServer server(with([](SipSettings &s) { s.maxTransactions = 1; }));
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(options().bytes(peer)), 200);
        QCOMPARE(log.reached(u"maxTransactions"_s), 0);
        QCOMPARE(peer.ask(options().bytes(peer)), 503);
        QVERIFY(peer.last()->hasHeader("retry-after"));
        QCOMPARE(log.reached(u"maxTransactions"_s, peer.port()), 1);
    }
    void maxContacts()
    {
        const LogCatcher log;
        SipTestServer server(with([](SipSettings &s) { s.maxContacts = 2; }));
        UdpPeer peer(server.udpPort());
        PeerRequest request;
        request.headers = {"Contact: <sip:a@127.0.0.1:1>, <sip:a@127.0.0.1:2>"};
        QCOMPARE(peer.ask(request.bytes(peer)), 200);
        request.cseq = 2;
        request.headers = {"Contact: <sip:a@127.0.0.1:1>, <sip:a@127.0.0.1:2>, <sip:a@127.0.0.1:3>"};
        QCOMPARE(peer.ask(request.bytes(peer)), 403);
        QCOMPARE(log.reached(u"maxContacts"_s, peer.port()), 1);
        QCOMPARE(log.reached(u"maxBindings"_s), 0);
    }
    void maxBindings()
    {
        const LogCatcher log;
        SipTestServer server(with([](SipSettings &s) { s.maxBindings = 1; }));
        UdpPeer peer(server.udpPort());
        PeerRequest request;
        request.headers = {"Contact: <sip:a@127.0.0.1:1>"};
        QCOMPARE(peer.ask(request.bytes(peer)), 200);
        request.cseq = 2;
        request.headers = {"Contact: <sip:a@127.0.0.1:2>"};
        QCOMPARE(peer.ask(request.bytes(peer)), 403);
        QCOMPARE(server.devicesOf("sip:alice@lab.example").size(), 1);
        QCOMPARE(log.reached(u"maxBindings"_s, peer.port()), 1);
    }
    void manyDevices()
    {
        const LogCatcher log;
        SipTestServer server(with([](SipSettings &s) { s.manyDevices = 2; }));
        UdpPeer peer(server.udpPort());
        for (int i = 1; i <= 4; ++i) {
            PeerRequest request;
            request.callId = QByteArray::number(i);
            request.headers = {"Contact: <sip:alice@127.0.0.1:" + QByteArray::number(1000 + i) + ">;expires=60"};
            QCOMPARE(peer.ask(request.bytes(peer)), 200);
            server.clock.advance(61s);
            QCOMPARE(log.reached(u"manyDevices"_s, peer.port()), std::max(0, i - 2));
        }
        QTRY_COMPARE(server.devicesOf("sip:alice@lab.example").size(), 2);
    }
    void maxNonces()
    {
        const LogCatcher log;
        SipTestServer server(with([](SipSettings &s) { s.maxNonces = 2; }, true));
        server.addUser(u"sip:alice@lab.example"_s, "secret");
        UdpPeer peer(server.udpPort());
        SipCaller first(peer), others(peer);
        PeerRequest request = registration(peer);
        const auto ask = [&](SipCaller &caller, quint32 count) {
            request.cseq += 2;
            return caller.askWithCredentials(request, count);
        };
        QCOMPARE(first.ask(request), 401);
        QCOMPARE(ask(first, 1), 200);
        QCOMPARE(ask(first, 2), 200);
        for (int i = 0; i < 4; ++i) {
            server.clock.advance(1s);
            request.cseq += 2;
            QCOMPARE(others.ask(request), 401);
            QCOMPARE(ask(others, 1), 200);
        }
        QCOMPARE(log.reached(u"maxNonces"_s, u" 127.0.0.1 "_s), 2);
        QCOMPARE(ask(first, 3), 401); // its counter was forgotten
        QVERIFY(peer.last()->header("www-authenticate").toByteArray().contains("stale=true"));
    }
    void loginFailures()
    {
        const LogCatcher log;
        SipTestServer server(with([](SipSettings &s) { s.loginFailures = 2; }, true));
        server.addUser(u"sip:alice@lab.example"_s, "secret");
        UdpPeer peer(server.udpPort());
        SipCaller caller(peer, "guess");
        PeerRequest request = registration(peer);
        QCOMPARE(caller.ask(request), 401);
        for (quint32 i = 1; i <= 2; ++i) {
            request.cseq += 2;
            QCOMPARE(caller.askWithCredentials(request, i), 403);
        }
        QCOMPARE(log.reached(u"loginFailures"_s), 0);
        caller.password = "secret";
        request.cseq += 2;
        QCOMPARE(caller.askWithCredentials(request, 3), 403);
        QVERIFY(peer.last()->hasHeader("retry-after"));
        QCOMPARE(log.reached(u"loginFailures"_s, u" 127.0.0.1 "_s), 1);
        QVERIFY(log.lines().filter(u"secret"_s).isEmpty() && log.lines().filter(u"guess"_s).isEmpty());
    }
    void loginPairs()
    {
        const LogCatcher log;
        SipTestServer server(with(
            [](SipSettings &s) {
                s.loginFailures = 2;
                s.loginPairs = 2;
            },
            true));
        UdpPeer peer(server.udpPort());
        const auto guess = [&](const QByteArray &user) {
            SipCaller caller(peer, "guess");
            caller.user = user;
            PeerRequest request = registrationOf(peer, user);
            request.callId = user;
            (void)caller.ask(request);
            (void)caller.askWithCredentials(request);
            return peer.last() && peer.last()->statusCode() == 403 && !peer.last()->hasHeader("retry-after");
        };
        QVERIFY(guess("alice"));
        QVERIFY(guess("bob"));
        QCOMPARE(log.reached(u"loginPairs"_s), 0);
        QVERIFY(guess("carol"));
        QCOMPARE(log.reached(u"loginPairs"_s, u" 127.0.0.1 "_s), 1);
        QVERIFY(guess("alice")); // her first was forgotten
        QVERIFY(guess("alice"));
        QVERIFY(!guess("alice"));
    }
    void maxDevices()
    {
        const LogCatcher log;
        Engine::Settings engine;
        engine.registry.maxDevices = 1;
        SipTestServer server(SipTestServer::openSettings(), nullptr, engine);
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(instance(peer, "0001", 1)), 200);
        QCOMPARE(log.reached(u"maxDevices"_s), 0);
        QCOMPARE(peer.ask(instance(peer, "0002", 2)), 403);
        QCOMPARE(server.devicesOf("sip:alice@lab.example").size(), 1);
        QCOMPARE(log.reached(u"maxDevices"_s, peer.port()), 1);
    }
    void maxFlows()
    {
        const LogCatcher log;
        Engine::Settings engine;
        engine.registry.maxFlows = 1;
        SipTestServer server(SipTestServer::openSettings(), nullptr, engine);
        UdpPeer one(server.udpPort()), other(server.udpPort());
        QCOMPARE(one.ask(instance(one, "0001", 1, 1)), 200);
        QCOMPARE(log.reached(u"maxFlows"_s), 0);
        QCOMPARE(other.ask(instance(other, "0001", 2, 2)), 403);
        QCOMPARE(log.reached(u"maxFlows"_s, other.port()), 1);
    }
    void fixedLimits_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("message") << QByteArray("Content-Length: 70000\r\n") << QByteArray("sip-frame-too-long");
        QTest::newRow("headers") << QByteArray("X-More: 1\r\n").repeated(300) << QByteArray("sip-header-count");
        QTest::newRow("values") << QByteArray("Contact: <sip:a@b>\r\n").repeated(65) << QByteArray("sip-contact-count");
    }
    void fixedLimits()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, code);
        const LogCatcher log("reveille.sip");
        SipTestServer server;
        TcpPeer peer(server.tcpPort());
        QByteArray bytes = registration(peer).bytes(peer);
        bytes.replace("Contact: ", "X-Contact: ");
        bytes.replace("Content-Length: 0\r\n", headers.contains("Content-Length") ? headers : headers + "Content-Length: 0\r\n");
        peer.send(bytes);
        QTRY_COMPARE(log.lines().size(), 1);
        QVERIFY2(log.lines().first().contains(QString::fromLatin1(code)), qPrintable(log.lines().first()));
        QVERIFY(log.lines().first().contains(u"127.0.0.1:%1"_s.arg(peer.port())) || !peer.isOpen());
        QVERIFY(server.devicesOf("sip:alice@lab.example").isEmpty());
    }

private:
    TestTls m_tls;
};

QTEST_GUILESS_MAIN(TestSipLimits)
#include "tst_siplimits.moc"
