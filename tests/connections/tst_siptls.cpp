// SPDX-License-Identifier: GPL-3.0-or-later
#include "sippeer.h"
#include "siptestserver.h"
#include "support/testtls.h"

using namespace reveille;
using namespace std::chrono_literals;

namespace {

const QByteArray phone = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

PeerRequest registration(int cseq = 1)
{
    PeerRequest request;
    request.cseq = cseq;
    request.headers = {"Contact: <sip:alice@10.9.8.7:5070;transport=tls>;+sip.instance=\"<" + phone +
                           ">\";reg-id=1",
                       "Supported: outbound, gruu"};
    return request;
}

/// Connected, and silent where a handshake is expected.
std::unique_ptr<QTcpSocket> silentPeer(quint16 port)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    socket->waitForConnected(3000);
    return socket;
}

} // namespace

/// SIP over TLS, and that a handshake which fails or dawdles harms nobody else.
class TestSipTls : public QObject {
    Q_OBJECT

    const TestTls m_tls;
    SipSettings settings(const std::function<void(SipSettings &)> &change = {}) const
    {
        SipSettings settings = SipTestServer::openSettings();
        settings.tls = {true, QHostAddress(QHostAddress::LocalHost), 0};
        settings.tlsIdentity = m_tls.identity;
        if (change)
            change(settings);
        return settings;
    }
    static DeviceId device() { return *DeviceId::parse(QString::fromLatin1(phone)); }
    static bool isServed(SipTestServer &server)
    {
        TlsPeer peer(server.tlsPort());
        PeerRequest options;
        options.method = "OPTIONS";
        return peer.ask(options.bytes(peer)) == 200;
    }

private Q_SLOTS:
    void aDeviceRegistersAndIsPushedTo_data()
    {
        QTest::addColumn<int>("protocol");
        QTest::newRow("TLS 1.2") << int(QSsl::TlsV1_2);
        QTest::newRow("TLS 1.3") << int(QSsl::TlsV1_3);
    }
    void aDeviceRegistersAndIsPushedTo()
    {
        QFETCH(int, protocol);
        SipTestServer server(settings());
        TlsPeer peer(server.tlsPort(), QSsl::SslProtocol(protocol));
        QVERIFY(peer.isEncrypted());
        QCOMPARE(peer.ask(registration().bytes(peer)), 200);
        Connection *connection = server.registry().usableConnection(device());
        QVERIFY(connection);
        QCOMPARE(connection->facts().transport, QStringLiteral("tls"));
        QCOMPARE(connection->facts().local, server.bound.value(QStringLiteral("sip_tls")));
        PushMessage push;
        push.push = PushId(QStringLiteral("p-1"));
        push.contentType = QStringLiteral("text/plain");
        push.body = QByteArray(20000, 'x');
        SendOutcome outcome;
        connection->send(push, [&](const SendOutcome &o) { outcome = o; });
        const std::optional<SipMessage> message = peer.receive();
        QVERIFY(message);
        QVERIFY(message->header("via").startsWith("SIP/2.0/TLS "));
        QCOMPARE(message->body(), push.body);
        peer.send(peerAnswer(*message, "200 OK"));
        QTRY_COMPARE(outcome.code, QByteArray("200"));
        peer.send("\r\n\r\n");
        QCOMPARE(peer.receiveBytes(), QByteArray("\r\n"));
        peer.socket().disconnectFromHost();
        QTRY_VERIFY(!server.registry().usableConnection(device()));
        QCOMPARE(server.liveness(device())->evidence().subject, QStringLiteral("TLS"));
    }
    void aStreamIsCutIntoMessages()
    {
        SipTestServer server(settings());
        TlsPeer peer(server.tlsPort());
        QByteArray many;
        PeerRequest options;
        options.method = "OPTIONS";
        options.body = QByteArray(9000, 'b');
        for (int i = 1; i <= 20; ++i) {
            options.cseq = i;
            many += options.bytes(peer);
        }
        for (qsizetype i = 0; i < many.size(); i += 7001)
            peer.send(many.mid(i, 7001));
        for (int i = 0; i < 20; ++i)
            QCOMPARE(peer.receive()->statusCode(), 200);
    }
    void afterARestartTheDeviceIsKnownWithoutAPath()
    {
        MemoryStore store;
        {
            SipTestServer server(settings(), &store);
            TlsPeer peer(server.tlsPort());
            QCOMPARE(peer.ask(registration().bytes(peer)), 200);
            QTRY_COMPARE(store.bindings.size(), size_t(1));
        }
        SipTestServer server(settings(), &store);
        QVERIFY(!server.registry().usableConnection(device()));
        QCOMPARE(server.registry().lastTransport(device()), QStringLiteral("sip-tls"));
        TlsPeer peer(server.tlsPort());
        QCOMPARE(peer.ask(registration(2).bytes(peer)), 200);
        QVERIFY(server.registry().usableConnection(device()));
    }
    void withoutACertificateItDoesNotStart_data()
    {
        QTest::addColumn<TlsIdentity>("identity");
        QTest::addColumn<QByteArray>("code");
        const TlsIdentity &good = m_tls.identity;
        QTest::newRow("no certificate") << TlsIdentity{{}, good.keyFile} << QByteArray("tls-certificate");
        QTest::newRow("no key") << TlsIdentity{good.certificateFile, {}} << QByteArray("tls-key");
        QTest::newRow("swapped") << TlsIdentity{good.keyFile, good.certificateFile} << QByteArray("tls-certificate");
    }
    void withoutACertificateItDoesNotStart()
    {
        QFETCH(TlsIdentity, identity);
        QFETCH(QByteArray, code);
        MemoryStore store;
        FakeClock clock;
        Engine engine(clock, clock, store, {});
        SipService service(settings([&](SipSettings &s) { s.tlsIdentity = identity; }), engine);
        const auto started = service.start();
        QVERIFY(!started);
        QCOMPARE(QByteArray(started.error().code), code);
        QVERIFY(service.gatewayUri().isEmpty()); // all or nothing
    }

    // --- handshakes that go wrong
    void whatIsNoHandshakeIsClosed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("plain SIP") << QByteArray("OPTIONS sip:lab.example SIP/2.0\r\n\r\n");
        QTest::newRow("zeroes") << QByteArray(5000, '\0');
        QTest::newRow("an alert") << QByteArray::fromHex("15030300020228");
        QTest::newRow("a hello cut off") << QByteArray::fromHex("160301000a0100000603030000000000");
        QTest::newRow("a length that lies") << QByteArray::fromHex("1603017fff01007ffb0303") + QByteArray(40000, 'x');
        QTest::newRow("line ends") << QByteArray("\r\n\r\n\r\n\r\n");
    }
    void whatIsNoHandshakeIsClosed()
    {
        QFETCH(QByteArray, bytes);
        SipTestServer server(settings());
        TlsPeer before(server.tlsPort());
        QCOMPARE(before.ask(registration().bytes(before)), 200);
        const auto garbage = silentPeer(server.tlsPort());
        garbage->write(bytes);
        garbage->flush();
        QTRY_COMPARE(garbage->state(), QAbstractSocket::UnconnectedState);
        QVERIFY(isServed(server));
        QVERIFY(server.registry().usableConnection(device()));
        QCOMPARE(before.ask(registration(2).bytes(before)), 200);
    }
    void aHandshakeThatIsNotFinishedIsClosed()
    {
        SipTestServer server(settings());
        const auto silent = silentPeer(server.tlsPort()), halfway = silentPeer(server.tlsPort());
        halfway->write(QByteArray::fromHex("1603010200010001fc0303"));
        halfway->flush();
        QVERIFY(isServed(server));
        server.clock.advance(10s);
        QTRY_COMPARE(silent->state(), QAbstractSocket::UnconnectedState);
        QTRY_COMPARE(halfway->state(), QAbstractSocket::UnconnectedState);
        QVERIFY(isServed(server));
    }
    void onlySoManyHandshakesAreUnderWay()
    {
        SipTestServer server(settings([](SipSettings &s) { s.maxHandshakes = 2; }));
        TlsPeer early(server.tlsPort());
        QCOMPARE(early.ask(registration().bytes(early)), 200); // its handshake is over on this side too
        const auto one = silentPeer(server.tlsPort()), two = silentPeer(server.tlsPort());
        const auto three = silentPeer(server.tlsPort());
        QTRY_COMPARE(three->state(), QAbstractSocket::UnconnectedState);
        QVERIFY(!isServed(server));
        QCOMPARE(early.ask(registration(2).bytes(early)), 200); // who is in is served on
        one->abort();
        QTRY_VERIFY(isServed(server));
        server.clock.advance(10s);
        QTRY_COMPARE(two->state(), QAbstractSocket::UnconnectedState);
    }
    void whoDawdlesMakesRoom()
    {
        SipTestServer server(settings([](SipSettings &s) { s.maxHandshakes = 2; }));
        const auto oldest = silentPeer(server.tlsPort());
        const auto older = silentPeer(server.tlsPort());
        TcpPeer bystander(server.tcpPort());
        PeerRequest options;
        options.method = "OPTIONS";
        QCOMPARE(bystander.ask(options.bytes(bystander)), 200); // both have been accepted by now
        server.clock.advance(2s);
        QVERIFY(isServed(server));
        QTRY_COMPARE(oldest->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(older->state(), QAbstractSocket::ConnectedState);
    }
    void handshakesCountAsConnections()
    {
        SipTestServer server(settings([](SipSettings &s) { s.maxStreams = 2; }));
        const auto shaking = silentPeer(server.tlsPort());
        TcpPeer plain(server.tcpPort());
        PeerRequest options;
        options.method = "OPTIONS";
        QCOMPARE(plain.ask(options.bytes(plain)), 200);
        TcpPeer second(server.tcpPort());
        QTRY_VERIFY(!second.isOpen());
        const auto third = silentPeer(server.tlsPort());
        QTRY_COMPARE(third->state(), QAbstractSocket::UnconnectedState);
    }
    void whoDoesNotReadIsClosed()
    {
        SipTestServer server(settings([](SipSettings &s) { s.maxWriteBuffer = 64 * 1024; }));
        TlsPeer peer(server.tlsPort());
        QCOMPARE(peer.ask(registration().bytes(peer)), 200);
        peer.socket().setReadBufferSize(1);
        PushMessage push;
        push.push = PushId(QStringLiteral("p-1"));
        push.contentType = QStringLiteral("text/plain");
        push.body = QByteArray(32 * 1024, 'x');
        for (int i = 0; i < 500; ++i) {
            if (Connection *connection = server.registry().usableConnection(device()))
                connection->send(push, [](const SendOutcome &) {});
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(!server.registry().usableConnection(device()));
        QVERIFY(isServed(server));
    }
    void stoppingEndsHandshakesToo()
    {
        std::unique_ptr<QTcpSocket> silent;
        {
            SipTestServer server(settings());
            silent = silentPeer(server.tlsPort());
            QVERIFY(isServed(server));
        }
        QTRY_COMPARE(silent->state(), QAbstractSocket::UnconnectedState);
    }
};

QTEST_GUILESS_MAIN(TestSipTls)
#include "tst_siptls.moc"
