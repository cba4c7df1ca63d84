// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttpcalls.h"
#include "connections/otapeer.h"
#include "connections/otatestserver.h"
#include "support/logcatcher.h"
#include "support/testtls.h"

using namespace reveille;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = SendOutcome::Kind;

namespace {

const QString phone = u"urn:uuid:00000000-0000-4000-8000-000000000001"_s;
const DeviceId phoneId = *DeviceId::parse(phone);

} // namespace

/// Each limit of the OTA-HTTP side under its name in docs/limits.md: what happens at it, and that it says so.
class TestOtaLimits : public QObject {
    Q_OBJECT

    using Change = std::function<void(OtaHttpSettings &)>;

    static OtaHttpSettings with(const Change &change, bool password = false)
    {
        OtaHttpSettings settings = password ? OtaTestServer::passwordSettings() : OtaTestServer::openSettings();
        change(settings);
        return settings;
    }
    OtaHttpSettings overTls(const Change &change) const
    {
        return with([&](OtaHttpSettings &settings) {
            settings.tls.enabled = true;
            settings.identity = m_tls.identity;
            change(settings);
        });
    }
    static bool enter(OtaTestServer &server, OtaPeer &peer, int pipeline = 1)
    {
        if (!server.registry().device(phoneId))
            server.addDevice(phone);
        peer.ota();
        OtaAnswer answer = OtaPeer::registration(phone.toUtf8());
        answer.cpi->maxPushRequests = pipeline;
        answer.cpiTag = answer.cpi->tag();
        peer.answer(answer);
        return QTest::qWaitFor([&] { return server.state(phoneId) == LivenessState::Up; });
    }
    static quint16 portOf(OtaPeer &peer) { return peer.socket().localPort(); }
    static std::unique_ptr<QTcpSocket> silentPeer(quint16 port)
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        socket->waitForConnected(3000);
        return socket;
    }
    static OtaAnswer guess(const QByteArray &user)
    {
        return OtaPeer::withPassword(OtaPeer::registration("pump-" + user), user, "guess");
    }

private Q_SLOTS:
    void maxConnections()
    {
        const LogCatcher log;
        OtaTestServer server(with([](OtaHttpSettings &s) { s.maxConnections = 1; }));
        OtaPeer first(server.port());
        first.ota();
        const auto second = silentPeer(server.port());
        const quint16 port = second->localPort();
        QTRY_COMPARE(second->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(server.ota.sessions(), 1);
        QCOMPARE(log.reached(u"maxConnections"_s, port), 1);
    }
    void maxHandshakes()
    {
        const LogCatcher log;
        OtaTestServer server(overTls([](OtaHttpSettings &s) { s.maxHandshakes = 1; }));
        const auto first = silentPeer(server.port("tls")), second = silentPeer(server.port("tls"));
        const quint16 port = second->localPort();
        QTRY_COMPARE(second->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(first->state(), QAbstractSocket::ConnectedState);
        QCOMPARE(log.reached(u"maxHandshakes"_s, port), 1);
    }
    void handshakeTime()
    {
        const LogCatcher log;
        OtaTestServer server(overTls([](OtaHttpSettings &s) { s.handshakeTime = 3s; }));
        const auto silent = silentPeer(server.port("tls"));
        const quint16 port = silent->localPort();
        OtaPeer other(server.port());
        other.ota(); // both were accepted by now
        server.clock.advance(3s);
        QTRY_COMPARE(silent->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(log.reached(u"handshakeTime"_s, port), 1);
    }
    void idleSeconds()
    {
        const LogCatcher log;
        OtaTestServer server(with([](OtaHttpSettings &s) { s.idleSeconds = 4; }));
        OtaPeer peer(server.port());
        const quint16 port = portOf(peer);
        peer.ota();
        server.clock.advance(4s);
        QVERIFY(peer.waitForEnd());
        QCOMPARE(log.reached(u"idleSeconds"_s, port), 1);
    }
    void maxHead()
    {
        const LogCatcher log;
        OtaTestServer server(with([](OtaHttpSettings &s) { s.maxHead = 1024; }));
        OtaPeer peer(server.port());
        const quint16 port = portOf(peer);
        peer.ota();
        peer.send("HTTP/1.1 204 No Content\r\nX-Long: " + QByteArray(2000, 'x') + "\r\n\r\n");
        QVERIFY(peer.waitForEnd());
        QCOMPARE(log.reached(u"maxHead"_s, port), 1);
        QCOMPARE(log.reached(u"maxBody"_s), 0);
    }
    void maxBody()
    {
        const LogCatcher log;
        OtaTestServer server(with([](OtaHttpSettings &s) { s.maxBody = 1024; }));
        OtaPeer peer(server.port());
        const quint16 port = portOf(peer);
        peer.ota();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n");
        QVERIFY(peer.waitForEnd());
        QCOMPARE(log.reached(u"maxBody"_s, port), 1);
        QCOMPARE(log.reached(u"maxHead"_s), 0);
    }
    void maxWriteBuffer()
    {
        const LogCatcher log;
        OtaTestServer server(with([](OtaHttpSettings &s) { s.maxWriteBuffer = 20000; }));
        OtaPeer peer(server.port());
        QVERIFY(enter(server, peer));
        QVERIFY(server.send(phoneId, QByteArray(25000, 'x')));
        server.clock.advance(0ms);
        QCOMPARE(server.outcomes.value(0).kind, Kind::Busy);
        QCOMPARE(server.outcomes.value(0).code, QByteArray("queue-full"));
        QCOMPARE(log.reached(u"maxWriteBuffer"_s, portOf(peer)), 1);
    }
    void maxPipeline()
    {
        const LogCatcher log;
        OtaTestServer server(with([](OtaHttpSettings &s) { s.maxPipeline = 2; }));
        OtaPeer peer(server.port());
        QVERIFY(enter(server, peer, 50));
        for (int i = 0; i < 3; ++i)
            QVERIFY(server.send(phoneId));
        QCOMPARE(peer.request().method, QByteArray("POST"));
        QCOMPARE(peer.request().method, QByteArray("POST"));
        QVERIFY(!peer.hasRequest());
        QVERIFY(log.reached(u"maxPipeline"_s, portOf(peer)) >= 1);
        peer.answer(400);
        QCOMPARE(peer.request().method, QByteArray("POST"));
    }
    void maxWaiting()
    {
        const LogCatcher log;
        OtaTestServer server(with([](OtaHttpSettings &s) { s.maxWaiting = 2; }));
        OtaPeer peer(server.port());
        QVERIFY(enter(server, peer));
        for (int i = 0; i < 4; ++i)
            QVERIFY(server.send(phoneId));
        server.clock.advance(0ms);
        QCOMPARE(server.outcomes.size(), 1);
        QCOMPARE(server.outcomes[0].kind, Kind::Busy);
        QCOMPARE(log.reached(u"maxWaiting"_s, portOf(peer)), 1);
    }
    void registrationTries()
    {
        const LogCatcher log;
        OtaTestServer server(with([](OtaHttpSettings &s) { s.registrationTries = 2; }));
        OtaPeer peer(server.port());
        const quint16 port = portOf(peer);
        QCOMPARE(peer.request().method, QByteArray("OPTIONS"));
        peer.answer(300);
        QVERIFY(!peer.hasRequest());
        QCOMPARE(log.reached(u"registrationTries"_s), 0);
        server.clock.advance(5s);
        QCOMPARE(peer.request().method, QByteArray("OPTIONS"));
        peer.answer(300);
        QCOMPARE(server.refusal(), u"registration-rejected"_s);
        QVERIFY(peer.waitForEnd());
        QCOMPARE(log.reached(u"registrationTries"_s, port), 1);
    }
    void loginTries()
    {
        const LogCatcher log;
        OtaTestServer server(with([](OtaHttpSettings &s) { s.loginTries = 2; }, true));
        OtaPeer peer(server.port());
        const quint16 port = portOf(peer);
        peer.ota();
        peer.answer(guess("alice"));
        QCOMPARE(OtaChallenge::parse(peer.ota().authenticate)->refusal, OtaChallenge::Refusal::Retry);
        QCOMPARE(log.reached(u"loginTries"_s), 0);
        peer.answer(guess("alice"));
        QCOMPARE(OtaChallenge::parse(peer.ota().authenticate)->refusal, OtaChallenge::Refusal::Final);
        peer.answer(guess("alice"));
        QVERIFY(peer.waitForEnd());
        QCOMPARE(log.reached(u"loginTries"_s, port), 1);
    }
    void loginFailures()
    {
        const LogCatcher log;
        OtaTestServer server(with([](OtaHttpSettings &s) { s.loginFailures = 1; }, true));
        server.addUser(u"sip:alice@lab.example"_s, u"wonderland"_s);
        OtaPeer first(server.port()), second(server.port());
        first.ota();
        first.answer(guess("alice"));
        QCOMPARE(server.refusal(1), u"credentials"_s);
        QCOMPARE(log.reached(u"loginFailures"_s), 0);
        second.ota();
        second.answer(OtaPeer::withPassword(OtaPeer::registration("pump-alice"), "alice", "wonderland"));
        QCOMPARE(server.refusal(2), u"credentials-wait"_s);
        QCOMPARE(log.reached(u"loginFailures"_s, u" 127.0.0.1 "_s), 1);
        QVERIFY(log.lines().filter(u"wonderland"_s).isEmpty() && log.lines().filter(u"guess"_s).isEmpty());
    }
    void loginPairs()
    {
        const LogCatcher log;
        OtaTestServer server(with(
            [](OtaHttpSettings &s) {
                s.loginFailures = 2;
                s.loginPairs = 2;
                s.loginTries = 100;
            },
            true));
        OtaPeer peer(server.port());
        int refusals = 0;
        const auto reasonFor = [&](const QByteArray &user) {
            peer.ota();
            peer.answer(guess(user));
            return server.refusal(++refusals);
        };
        QCOMPARE(reasonFor("alice"), u"credentials"_s);
        QCOMPARE(reasonFor("bob"), u"credentials"_s);
        QCOMPARE(log.reached(u"loginPairs"_s), 0);
        QCOMPARE(reasonFor("carol"), u"credentials"_s);
        QCOMPARE(log.reached(u"loginPairs"_s, u" 127.0.0.1 "_s), 1);
        QCOMPARE(reasonFor("alice"), u"credentials"_s); // her first was forgotten
        QCOMPARE(reasonFor("alice"), u"credentials"_s);
        QCOMPARE(reasonFor("alice"), u"credentials-wait"_s);
    }
    void maxCalls()
    {
        const LogCatcher log;
        OtaHttpSettings settings;
        settings.maxCalls = 1;
        FakeClock clock;
        OtaHttpCalls calls(settings, clock, serverTls(m_tls.identity).value());
        QTcpServer terminal; // never begins its handshake
        QVERIFY(terminal.listen(QHostAddress::LocalHost));
        QByteArrayList outcomes;
        const auto call = [&] {
            calls.call(QHostAddress(QHostAddress::LocalHost), terminal.serverPort(), true,
                       [&](const Result<QTcpSocket *> &result) { outcomes.append(result ? "connected" : result.error().code); });
        };
        call();
        QCOMPARE(log.reached(u"maxCalls"_s), 0);
        call();
        clock.advance(0ms);
        QCOMPARE(outcomes, QByteArrayList{"queue-full"});
        QCOMPARE(log.reached(u"maxCalls"_s, terminal.serverPort()), 1);
    }
    void callTime()
    {
        const LogCatcher log;
        OtaHttpSettings settings;
        settings.callTime = 4s;
        FakeClock clock;
        OtaHttpCalls calls(settings, clock, serverTls(m_tls.identity).value());
        QTcpServer terminal;
        QVERIFY(terminal.listen(QHostAddress::LocalHost));
        QByteArrayList outcomes;
        calls.call(QHostAddress(QHostAddress::LocalHost), terminal.serverPort(), true,
                   [&](const Result<QTcpSocket *> &result) { outcomes.append(result ? "connected" : result.error().code); });
        QTRY_VERIFY(terminal.hasPendingConnections());
        clock.advance(4s);
        QTRY_COMPARE((clock.advance(0ms), outcomes), QByteArrayList{"no-answer"});
        QCOMPARE(log.reached(u"callTime"_s, terminal.serverPort()), 1);
    }
    void stuckTime()
    {
        const LogCatcher log;
        OtaTestServer server(with([](OtaHttpSettings &s) { s.stuckTime = 20s; }));
        OtaPeer peer(server.port());
        const quint16 port = portOf(peer);
        QVERIFY(enter(server, peer));
        QVERIFY(server.send(phoneId));
        peer.ota();
        server.clock.advance(8s);
        QVERIFY(peer.isConnected());
        server.clock.advance(20s);
        QVERIFY(peer.waitForEnd());
        QCOMPARE(server.state(phoneId), LivenessState::Lost);
        QCOMPARE(log.reached(u"stuckTime"_s, port), 1);
    }

private:
    TestTls m_tls;
};

QTEST_GUILESS_MAIN(TestOtaLimits)
#include "tst_otalimits.moc"
