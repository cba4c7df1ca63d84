// SPDX-License-Identifier: GPL-3.0-or-later
#include "sipbearer.h"

#include "connections/sippeer.h"
#include "connections/siptestserver.h"

#include <QTcpServer>

using namespace reveille;
using namespace std::chrono_literals;
using Kind = WakeReceipt::Kind;

namespace {

const QByteArray tablet = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
const QByteArray watch = "urn:uuid:00000000-0000-4000-8000-000000000007";

WakeMessage messageTo(const QByteArray &uri)
{
    WakeMessage message;
    message.wake = WakeId(QStringLiteral("w-1"));
    message.user = *PublicUserId::parse(QStringLiteral("sip:alice@lab.example"));
    message.route = {QStringLiteral("sip"), QString::fromLatin1(uri), ClientPort(), WakeRoute::Source::Client};
    message.sir = QByteArray::fromHex("0102b2820008c40b0fc3c000020a");
    return message;
}

/// A bearer on a SIP side whose time stands still until it is told to move.
struct Bench {
    SipTestServer server;
    UdpPeer peer{server.udpPort()}; ///< the core, or the phone
    SipBearer bearer;
    QVector<WakeReceipt> receipts;

    explicit Bench(bool core, const WakeQueue::Settings &queue = {1000, 100, 100}, const SipWakeSender::Login &login = {})
        : bearer(settings(core, queue, login), server.sip, server.clock, server.clock)
    {
    }
    SipBearer::Settings settings(bool core, const WakeQueue::Settings &queue, const SipWakeSender::Login &login) const
    {
        SipBearer::Settings settings;
        settings.login = login;
        settings.name = QStringLiteral("core");
        settings.queue = queue;
        if (core) {
            settings.coreHost = QStringLiteral("127.0.0.1");
            settings.corePort = peer.port();
        }
        return settings;
    }
    void send(const WakeMessage &message)
    {
        bearer.send(message, [this](const WakeReceipt &receipt) { receipts.append(receipt); });
    }
    /// Until something came, or a receipt; the clock goes on by a little each time.
    bool moveUntil(const std::function<bool()> &reached, Milliseconds step = 10ms)
    {
        return QTest::qWaitFor([&] {
            if (reached())
                return true;
            server.clock.advance(step);
            return reached();
        });
    }
    /// The next request with this method that the peer gets; others are answered 200.
    std::optional<SipMessage> request(const QByteArray &method)
    {
        for (int i = 0; i < 10; ++i) {
            if (!moveUntil([this] { return !peer.hasNothing(); }))
                return std::nullopt;
            std::optional<SipMessage> message = peer.receive();
            if (!message || message->method() == method)
                return message;
            peer.send(peerAnswer(*message, "200 OK"));
        }
        return std::nullopt;
    }
    void registerPhone()
    {
        PeerRequest request;
        request.headers = {"Contact: <sip:alice@10.9.8.7:5070>;+sip.instance=\"<" + tablet + ">\";reg-id=1",
                           "Supported: outbound, gruu"};
        peer.send(request.bytes(peer));
        const std::optional<SipMessage> answer = peer.receive();
        if (!answer || answer->statusCode() != 200)
            qFatal("not registered");
    }
};

const QByteArray gruu = "sip:alice@lab.example;gr=" + tablet;

} // namespace

class TestSipBearer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void throughACoreTheSirIsAMessage()
    {
        Bench bench(true);
        const WakeMessage message = messageTo("sip:alice@core.example");
        bench.send(message);
        QVERIFY(bench.receipts.isEmpty());
        const std::optional<SipMessage> request = bench.request("MESSAGE");
        QVERIFY(request.has_value());
        QCOMPARE(request->requestUri().text, QByteArray("sip:alice@core.example"));
        QCOMPARE(request->contentType().toByteArray(), QByteArray("application/vnd.wap.sia"));
        QCOMPARE(request->body(), message.sir);
        QCOMPARE(request->bytes(), bench.bearer.encode(message));
        QCOMPARE(bench.bearer.health().inFlight, 1);
        bench.peer.send(peerAnswer(*request, "200 OK"));
        QVERIFY(bench.moveUntil([&] { return bench.receipts.size() == 2; }));
        QCOMPARE(bench.receipts[0].kind, Kind::Accepted);
        QCOMPARE(bench.receipts[1].kind, Kind::Received);
        QCOMPARE(bench.bearer.health().received, quint64(1));
        QCOMPARE(bench.bearer.health().inFlight, 0);
    }
    void theIdentityStandsWhereTold()
    {
        Bench bench(true);
        WakeMessage message = messageTo("sip:alice@core.example");
        message.device = *DeviceId::parse(QString::fromLatin1(watch));
        message.placement = IdentityPlacement::Header;
        bench.send(message);
        std::optional<SipMessage> request = bench.request("MESSAGE");
        QVERIFY(request.has_value());
        QCOMPARE(request->requestUri().text, "sip:alice@core.example;gr=" + watch);
        QVERIFY(!request->hasHeader("accept-contact"));
        message.placement = IdentityPlacement::HeaderValue;
        message.attempt = 2;
        bench.send(message);
        request = bench.request("MESSAGE");
        QVERIFY(request.has_value());
        QCOMPARE(request->requestUri().text, QByteArray("sip:alice@core.example"));
        QCOMPARE(request->header("accept-contact").toByteArray(),
                 "*;+sip.instance=\"<" + watch + ">\";require;explicit");
        message.placement = IdentityPlacement::Body;
        QVERIFY(!bench.bearer.encode(message).contains(watch));
    }
    void aChallengeIsAnsweredOnce_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("asks");
        QTest::addColumn<QByteArray>("answers");
        QTest::newRow("proxy") << QByteArray("407 Proxy Authentication Required") << QByteArray("Proxy-Authenticate") << QByteArray("proxy-authorization");
        QTest::newRow("server") << QByteArray("401 Unauthorized") << QByteArray("WWW-Authenticate") << QByteArray("authorization");
    }
    void aChallengeIsAnsweredOnce()
    {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, asks);
        QFETCH(QByteArray, answers);
        Bench bench(true, {1000, 100, 100}, {"wakes", "secret"});
        const WakeMessage message = messageTo("sip:alice@core.example");
        bench.send(message);
        const std::optional<SipMessage> first = bench.request("MESSAGE");
        QVERIFY(first.has_value());
        QVERIFY(!first->hasHeader(answers));
        const auto challenge = [&](const QByteArray &nonce, const QByteArray &more = {}) {
            return QByteArrayList{asks + ": Digest realm=\"core\", nonce=\"old\", algorithm=MD5, qop=\"auth\"",
                                  asks + ": Digest realm=\"core\", nonce=\"" + nonce + "\", algorithm=SHA-256, qop=\"auth\"" + more};
        };
        bench.peer.send(peerAnswer(*first, status, challenge("n1")));
        const std::optional<SipMessage> second = bench.request("MESSAGE");
        QVERIFY(second.has_value());
        QCOMPARE(second->cseq(), 2U);
        QCOMPARE(second->callId().toByteArray(), first->callId().toByteArray());
        QVERIFY(second->topVia().branch != first->topVia().branch);
        QCOMPARE(second->body(), message.sir);
        const auto credentials = SipDigestCredentials::parse(second->header(answers));
        QVERIFY(credentials);
        QCOMPARE(credentials->nonce, QByteArray("n1"));
        QVERIFY(verifySipDigest(*credentials, sipDigestHa1(SipDigestAlgorithm::Sha256, "wakes", "core", "secret"), "MESSAGE"));
        bench.peer.send(peerAnswer(*second, status, challenge("n2", ", stale=true")));
        const std::optional<SipMessage> third = bench.request("MESSAGE");
        QVERIFY(third.has_value());
        QCOMPARE(SipDigestCredentials::parse(third->header(answers))->nonce, QByteArray("n2"));
        bench.peer.send(peerAnswer(*third, status, challenge("n3", ", stale=true")));
        QVERIFY(bench.moveUntil([&] { return bench.receipts.size() == 1; }));
        QCOMPARE(bench.receipts[0].kind, Kind::Failed);
        QCOMPARE(bench.receipts[0].code, status.left(3));
        QVERIFY(bench.peer.hasNothing());
    }
    void credentialsThatWereRefusedAreNotSentAgain()
    {
        Bench bench(true, {1000, 100, 100}, {"wakes", "wrong"});
        bench.send(messageTo("sip:alice@core.example"));
        const QByteArrayList challenge{"Proxy-Authenticate: Digest realm=\"core\", nonce=\"n\", qop=\"auth\""};
        for (int i = 0; i < 2; ++i) {
            const std::optional<SipMessage> request = bench.request("MESSAGE");
            QVERIFY(request.has_value());
            bench.peer.send(peerAnswer(*request, "407 Proxy Authentication Required", challenge));
        }
        QVERIFY(bench.moveUntil([&] { return bench.receipts.size() == 1; }));
        QCOMPARE(bench.receipts[0].kind, Kind::Failed);
        QVERIFY(bench.peer.hasNothing());
    }
    void anEmptyWakeUpHasNoBody()
    {
        Bench bench(true);
        WakeMessage message = messageTo("sip:alice@core.example");
        message.sir.clear();
        bench.send(message);
        const std::optional<SipMessage> request = bench.request("MESSAGE");
        QVERIFY(request.has_value());
        QVERIFY(request->body().isEmpty());
    }
    void answersAreJudged_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *answer, Kind kind) { QTest::newRow(answer) << QByteArray(answer) << int(kind); };
        row("200 OK", Kind::Received);
        row("202 Accepted", Kind::Accepted);
        row("404 Not Found", Kind::Failed);
        row("403 Forbidden", Kind::Failed);
        row("407 Proxy Authentication Required", Kind::Failed);
        row("408 Request Timeout", Kind::Retry);
        row("480 Temporarily Unavailable", Kind::Retry);
        row("486 Busy Here", Kind::Retry);
        row("503 Service Unavailable", Kind::Retry);
        row("603 Decline", Kind::Refused);
        row("604 Does Not Exist Anywhere", Kind::Failed);
    }
    void answersAreJudged()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, kind);
        Bench bench(true);
        bench.send(messageTo("sip:alice@core.example"));
        const std::optional<SipMessage> request = bench.request("MESSAGE");
        QVERIFY(request.has_value());
        bench.peer.send(peerAnswer(*request, answer));
        QVERIFY(bench.moveUntil([&] { return !bench.receipts.isEmpty(); }));
        QCOMPARE(int(bench.receipts.constLast().kind), kind);
        QCOMPARE(bench.receipts.constLast().code, answer.left(3));
        QVERIFY(bench.bearer.health().healthy);
    }
    void aCoreThatAsksToBeLeftAloneIs()
    {
        Bench bench(true);
        bench.send(messageTo("sip:alice@core.example"));
        const std::optional<SipMessage> request = bench.request("MESSAGE");
        QVERIFY(request.has_value());
        bench.peer.send(peerAnswer(*request, "503 Service Unavailable", {"Retry-After: 20 (busy)"}));
        QVERIFY(bench.moveUntil([&] { return !bench.receipts.isEmpty(); }));
        bench.send(messageTo("sip:bob@core.example"));
        bench.server.clock.advance(19s);
        QCOMPARE(bench.bearer.health().queued, 1);
        bench.server.clock.advance(2s);
        QVERIFY(bench.request("MESSAGE").has_value());
    }
    void aSilentCoreIsAskedAgainUntilItAnswers()
    {
        Bench bench(true, {1000, 1, 100});
        int changes = 0;
        bench.bearer.setHealthObserver([&] { ++changes; });
        bench.send(messageTo("sip:alice@core.example"));
        bench.send(messageTo("sip:bob@core.example"));
        QVERIFY(bench.moveUntil([&] { return bench.receipts.size() == 2; }, 100ms));
        QCOMPARE(bench.receipts[0].kind, Kind::Retry);
        QCOMPARE(bench.receipts[1].kind, Kind::Retry);
        QVERIFY(!bench.bearer.health().healthy);
        QCOMPARE(bench.bearer.health().code, QByteArray("timeout"));
        QVERIFY(!bench.bearer.facts().healthy);
        QVERIFY(changes >= 1);
        while (bench.peer.receive(50)) {
        }
        const std::optional<SipMessage> options = bench.request("OPTIONS");
        QVERIFY(options.has_value());
        bench.peer.send(peerAnswer(*options, "404 Not Found"));
        QVERIFY(bench.moveUntil([&] { return bench.bearer.health().healthy; }));
        QCOMPARE(bench.bearer.health().code, QByteArray());
    }
    void overTcpTheCoreIsConnectedTo()
    {
        QTcpServer core;
        QVERIFY(core.listen(QHostAddress::LocalHost));
        SipTestServer server;
        SipBearer::Settings settings;
        settings.name = QStringLiteral("core");
        settings.coreHost = QStringLiteral("127.0.0.1");
        settings.corePort = core.serverPort();
        settings.transport = SipTransport::Tcp;
        SipBearer bearer(settings, server.sip, server.clock, server.clock);
        std::optional<WakeReceipt> last;
        bearer.send(messageTo("sip:alice@core.example"), [&](const WakeReceipt &receipt) { last = receipt; });
        QByteArray octets;
        QTcpSocket *socket = nullptr;
        QVERIFY(QTest::qWaitFor([&] {
            server.clock.advance(10ms);
            if (!socket)
                socket = core.nextPendingConnection();
            if (socket)
                octets += socket->readAll();
            return octets.contains("MESSAGE sip:alice@core.example SIP/2.0");
        }));
        QVERIFY(!core.hasPendingConnections());
        const qsizetype begin = octets.indexOf("MESSAGE sip:");
        const Result<SipMessage, SipRejection> request = SipMessage::parse(octets.mid(begin));
        QVERIFY(request.ok());
        QVERIFY(request->lines("via").constFirst().startsWith("SIP/2.0/TCP"));
        socket->write(peerAnswer(*request, "200 OK"));
        QTRY_VERIFY(last && last->kind == Kind::Received);
        core.close();
        socket->disconnectFromHost();
        // A connection that ended is made again; nobody listens now.
        QVERIFY(QTest::qWaitFor([&] {
            bearer.send(messageTo("sip:alice@core.example"), [&](const WakeReceipt &receipt) { last = receipt; });
            server.clock.advance(50ms);
            return bearer.health().code == "connection-refused";
        }));
        QVERIFY(!bearer.health().healthy);
    }
    void withoutACoreItGoesOverTheLiveFlowOfTheGruu()
    {
        Bench bench(false);
        bench.registerPhone();
        WakeMessage message = messageTo(gruu);
        message.device = *DeviceId::parse(QString::fromLatin1(watch));
        message.placement = IdentityPlacements(IdentityPlacement::Header) | IdentityPlacement::HeaderValue;
        bench.send(message);
        const std::optional<SipMessage> request = bench.request("MESSAGE");
        QVERIFY(request.has_value());
        QCOMPARE(request->requestUri().text, QByteArray("sip:alice@10.9.8.7:5070"));
        QCOMPARE(request->header("x-reveille-device").toByteArray(), watch);
        QVERIFY(request->header("accept-contact").toByteArray().contains(watch));
        QCOMPARE(request->body(), message.sir);
        QCOMPARE(request->bytes(), bench.bearer.encode(message));
        bench.peer.send(peerAnswer(*request, "200 OK"));
        QVERIFY(bench.moveUntil([&] { return bench.receipts.size() == 2; }));
        QCOMPARE(bench.receipts.constLast().kind, Kind::Received);
    }
    void addressesThatLeadNowhereAreNamed_data()
    {
        QTest::addColumn<QByteArray>("uri");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char *name, const QByteArray &uri, const char *user, const char *code) {
            QTest::newRow(name) << uri << QString::fromLatin1(user) << QByteArray(code);
        };
        row("no SIP", "tel:+491701234567", "sip:alice@lab.example", "address-not-sip");
        row("headers", "sip:alice@lab.example?Route=%3Csip:evil%3E", "sip:alice@lab.example", "address-not-sip");
        row("line end", "sip:alice@lab.example;gr=x\r\nX: y", "sip:alice@lab.example", "address-not-sip");
        row("no GRUU", "sip:alice@lab.example", "sip:alice@lab.example", "gruu-missing");
        row("foreign temporary", "sip:tgruu.abc@lab.example;gr", "sip:alice@lab.example", "gruu-unknown");
        row("other user", gruu, "sip:bob@lab.example", "gruu-of-other-user");
        row("not there", "sip:alice@lab.example;gr=" + watch, "sip:alice@lab.example", "flow-missing");
    }
    void addressesThatLeadNowhereAreNamed()
    {
        QFETCH(QByteArray, uri);
        QFETCH(QString, user);
        QFETCH(QByteArray, code);
        Bench bench(false);
        bench.registerPhone();
        WakeMessage message = messageTo(uri);
        message.user = *PublicUserId::parse(user);
        bench.send(message);
        QVERIFY(bench.receipts.isEmpty());
        QVERIFY(bench.moveUntil([&] { return !bench.receipts.isEmpty(); }));
        QCOMPARE(bench.receipts.constFirst().kind, Kind::Failed);
        QCOMPARE(bench.receipts.constFirst().code, code);
        QVERIFY(bench.peer.hasNothing());
        QVERIFY(bench.bearer.health().healthy);
    }
    void aTestAsksTheCoreAndNoTerminal()
    {
        Bench bench(true);
        std::optional<BearerTest> test;
        bench.bearer.test([&](const BearerTest &done) { test = done; });
        for (int i = 0; i < 4 && !test; ++i) {
            QVERIFY(bench.moveUntil([&] { return test || !bench.peer.hasNothing(); }));
            if (const std::optional<SipMessage> request = test ? std::nullopt : bench.peer.receive()) {
                QCOMPARE(request->method().toByteArray(), QByteArray("OPTIONS"));
                bench.peer.send(peerAnswer(*request, "200 OK"));
            }
            bench.moveUntil([&] { return test.has_value() || !bench.peer.hasNothing(); });
        }
        QVERIFY(test.has_value());
        QVERIFY(test->ok);
        QCOMPARE(test->code, QByteArray("link-answers"));
        QCOMPARE(test->detail, QStringLiteral("200"));
    }
    void theServiceMayEndFirst()
    {
        auto server = std::make_unique<SipTestServer>();
        FakeClock clock;
        SipBearer::Settings settings;
        settings.name = QStringLiteral("flows");
        SipBearer bearer(settings, server->sip, clock, clock);
        server.reset();
        std::optional<WakeReceipt> receipt;
        bearer.send(messageTo(gruu), [&](const WakeReceipt &r) { receipt = r; });
        clock.advance(10ms);
        QVERIFY(receipt.has_value());
        QCOMPARE(receipt->code, QByteArray("server-stopping"));
        QVERIFY(!bearer.health().healthy);
    }
};

QTEST_GUILESS_MAIN(TestSipBearer)
#include "tst_sipbearer.moc"
