// SPDX-License-Identifier: GPL-3.0-or-later
#include "sipcaller.h"
#include "siptestserver.h"

using namespace reveille;
using namespace std::chrono_literals;
using Caller = SipCaller;

namespace {

PeerRequest registration(const SipPeer &peer)
{
    PeerRequest request;
    request.headers = {"Contact: <sip:alice@127.0.0.1:" + QByteArray::number(peer.port()) + '>'};
    return request;
}

} // namespace

class TestSipAuthentication : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theStrongerAlgorithmIsOfferedFirst()
    {
        SipTestServer server(SipTestServer::digestSettings());
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(registration(peer).bytes(peer)), 401);
        const QVector<QByteArrayView> lines = peer.last()->lines("www-authenticate");
        QCOMPARE(lines.size(), 2);
        QCOMPARE(SipDigestChallenge::parse(lines[0])->algorithm, SipDigestAlgorithm::Sha256);
        QCOMPARE(SipDigestChallenge::parse(lines[1])->algorithm, SipDigestAlgorithm::Md5);
        QCOMPARE(SipDigestChallenge::parse(lines[0])->realm, QByteArray("lab.example"));
        QVERIFY(!SipDigestChallenge::parse(lines[0])->stale);
        QVERIFY(server.devicesOf("sip:alice@lab.example").isEmpty());
    }
    void theRightPasswordRegisters_data()
    {
        QTest::addColumn<SipDigestAlgorithm>("algorithm");
        QTest::newRow("SHA-256") << SipDigestAlgorithm::Sha256;
        QTest::newRow("MD5") << SipDigestAlgorithm::Md5;
    }
    void theRightPasswordRegisters()
    {
        QFETCH(SipDigestAlgorithm, algorithm);
        SipTestServer server(SipTestServer::digestSettings());
        server.addUser(QStringLiteral("sip:alice@lab.example"), "secret");
        UdpPeer peer(server.udpPort());
        Caller caller(peer);
        caller.algorithm = algorithm;
        PeerRequest request = registration(peer);
        QCOMPARE(caller.ask(request), 401);
        QCOMPARE(caller.askWithCredentials(request), 200);
        QCOMPARE(server.devicesOf("sip:alice@lab.example").size(), 1);
        // the nonce goes on being good for the next request
        request.cseq += 10;
        QCOMPARE(caller.askWithCredentials(request, 2), 200);
    }
    void theServerProvesItselfAndGivesTheNextNonce()
    {
        SipSettings settings = SipTestServer::digestSettings();
        settings.udpLiveness.silence = Milliseconds(0); // nobody is asked whether it is there
        SipTestServer server(settings);
        server.addUser(QStringLiteral("sip:alice@lab.example"), "secret");
        UdpPeer peer(server.udpPort());
        Caller caller(peer);
        PeerRequest request = registration(peer);
        request.headers.append("Expires: 3600");
        const auto infoValue = [&](const QByteArray &name) {
            const QByteArray info = peer.last()->header("authentication-info").toByteArray();
            const qsizetype begin = info.indexOf(name + "=\"") + name.size() + 2;
            return info.contains(name + "=\"") ? info.mid(begin, info.indexOf('"', begin) - begin) : QByteArray();
        };
        QCOMPARE(caller.ask(request), 401);
        QCOMPARE(caller.askWithCredentials(request), 200);
        SipDigestCredentials given =
            answerSipChallenge(caller.challenge, "alice", "secret", "REGISTER", request.uri, 1, "cnonce");
        const QByteArray ha1 = sipDigestHa1(SipDigestAlgorithm::Sha256, "alice", "lab.example", "secret");
        QCOMPARE(infoValue("rspauth"), sipDigestResponse(given, ha1, ""));
        QCOMPARE(infoValue("cnonce"), QByteArray("cnonce"));
        QVERIFY(peer.last()->header("authentication-info").toByteArray().contains("nc=00000001"));
        // it serves for the refresh, long after those of challenges are stale; and only once
        caller.challenge.nonce = infoValue("nextnonce");
        QVERIFY(!caller.challenge.nonce.isEmpty());
        server.clock.advance(3500s);
        request.cseq += 10;
        QCOMPARE(caller.askWithCredentials(request), 200);
        request.cseq += 10;
        QCOMPARE(caller.askWithCredentials(request), 401);
        QVERIFY(caller.challenge.stale);
        // one that lives long enough is not replaced
        request.headers.last() = "Expires: 120";
        request.cseq += 10;
        QCOMPARE(caller.askWithCredentials(request), 200);
        QVERIFY(infoValue("nextnonce").isEmpty());
        QVERIFY(!infoValue("rspauth").isEmpty());
    }
    void unknownUserAndWrongPasswordAreTheSame_data()
    {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArray>("password");
        QTest::newRow("wrong password") << QByteArray("alice") << QByteArray("guess");
        QTest::newRow("unknown user") << QByteArray("nobody") << QByteArray("secret");
        QTest::newRow("user without password") << QByteArray("bare") << QByteArray();
    }
    void unknownUserAndWrongPasswordAreTheSame()
    {
        QFETCH(QByteArray, user);
        QFETCH(QByteArray, password);
        SipTestServer server(SipTestServer::digestSettings());
        server.addUser(QStringLiteral("sip:alice@lab.example"), "secret");
        User bare;
        bare.id = *PublicUserId::parse(u"sip:bare@lab.example");
        server.registry().putUser(bare, [](const Result<Done> &) {});
        QTRY_VERIFY(server.registry().user(bare.id));
        UdpPeer peer(server.udpPort());
        Caller caller(peer, password);
        caller.user = user;
        PeerRequest request = registration(peer);
        request.from = request.to = "<sip:" + user + "@lab.example>";
        QCOMPARE(caller.ask(request), 401);
        QCOMPARE(caller.askWithCredentials(request), 403);
        QCOMPARE(peer.last()->header("warning").toByteArray().right(13), QByteArray("\"credentials\""));
        QVERIFY(server.devicesOf("sip:alice@lab.example").isEmpty());
    }
    void oneUsersPasswordOpensNoOther()
    {
        SipTestServer server(SipTestServer::digestSettings());
        server.addUser(QStringLiteral("sip:alice@lab.example"), "secret");
        server.addUser(QStringLiteral("sip:bob@lab.example"), "other");
        UdpPeer peer(server.udpPort());
        Caller caller(peer);
        PeerRequest request = registration(peer);
        request.from = request.to = "<sip:bob@lab.example>";
        QCOMPARE(caller.ask(request), 401);
        QCOMPARE(caller.askWithCredentials(request), 403);
    }
    void anOldNonceIsStale()
    {
        SipTestServer server(SipTestServer::digestSettings());
        server.addUser(QStringLiteral("sip:alice@lab.example"), "secret");
        UdpPeer peer(server.udpPort());
        Caller caller(peer);
        PeerRequest request = registration(peer);
        QCOMPARE(caller.ask(request), 401);
        server.clock.advance(301s);
        QCOMPARE(caller.askWithCredentials(request), 401);
        QVERIFY(caller.challenge.stale);
        request.cseq += 10;
        QCOMPARE(caller.askWithCredentials(request), 200);
    }
    void aNonceOfOurOwnMakingIsNoExcuseForAWrongPassword()
    {
        SipTestServer server(SipTestServer::digestSettings());
        server.addUser(QStringLiteral("sip:alice@lab.example"), "secret");
        UdpPeer peer(server.udpPort());
        Caller caller(peer);
        PeerRequest request = registration(peer);
        QCOMPARE(caller.ask(request), 401);
        caller.challenge.nonce = "c29tZXRoaW5nIGVsc2U";
        QCOMPARE(caller.askWithCredentials(request), 401); // password right, nonce not ours: ask again
        QVERIFY(caller.challenge.stale);
        caller.password = "guess";
        request.cseq += 10;
        QCOMPARE(caller.askWithCredentials(request), 403);
    }
    void aReplayIsStale()
    {
        SipTestServer server(SipTestServer::digestSettings());
        server.addUser(QStringLiteral("sip:alice@lab.example"), "secret");
        UdpPeer peer(server.udpPort()), thief(server.udpPort());
        Caller caller(peer);
        PeerRequest request = registration(peer);
        QCOMPARE(caller.ask(request), 401);
        QCOMPARE(caller.askWithCredentials(request), 200);
        Caller replay(thief);
        replay.challenge = caller.challenge;
        PeerRequest again = registration(thief);
        again.callId = "elsewhere";
        QCOMPARE(replay.askWithCredentials(again), 401);
        QVERIFY(replay.challenge.stale);
        QCOMPARE(server.devicesOf("sip:alice@lab.example").size(), 1);
    }
    void credentialsForAnotherUriAreRefused()
    {
        SipTestServer server(SipTestServer::digestSettings());
        server.addUser(QStringLiteral("sip:alice@lab.example"), "secret");
        UdpPeer peer(server.udpPort());
        Caller caller(peer);
        PeerRequest request = registration(peer);
        QCOMPARE(caller.ask(request), 401);
        caller.credentialsUri = "sip:other.example";
        QCOMPARE(caller.askWithCredentials(request), 400);
    }
    void credentialsThatAreNotOursAreChallenged_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status");
        QTest::newRow("other scheme") << QByteArray("Basic YWxpY2U6c2VjcmV0") << 401;
        QTest::newRow("other realm") << QByteArray("Digest username=\"alice\", realm=\"x\", nonce=\"n\", "
                                                   "uri=\"sip:lab.example\", response=\"0\"")
                                     << 401;
        QTest::newRow("without qop")
            << QByteArray("Digest username=\"alice\", realm=\"lab.example\", nonce=\"n\", "
                          "uri=\"sip:lab.example\", response=\"00000000000000000000000000000000\"")
            << 401;
        QTest::newRow("unknown algorithm")
            << QByteArray("Digest username=\"alice\", realm=\"lab.example\", nonce=\"n\", "
                          "uri=\"sip:lab.example\", response=\"0\", algorithm=ROT13")
            << 401;
        QTest::newRow("broken") << QByteArray("Digest username=\"ali") << 400;
    }
    void credentialsThatAreNotOursAreChallenged()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, status);
        SipTestServer server(SipTestServer::digestSettings());
        server.addUser(QStringLiteral("sip:alice@lab.example"), "secret");
        UdpPeer peer(server.udpPort());
        PeerRequest request = registration(peer);
        request.headers.append("Authorization: " + line);
        QCOMPARE(peer.ask(request.bytes(peer)), status);
    }
    void guessingHasToWait()
    {
        SipTestServer server(SipTestServer::digestSettings());
        server.addUser(QStringLiteral("sip:alice@lab.example"), "secret");
        UdpPeer peer(server.udpPort());
        Caller caller(peer, "guess");
        PeerRequest request = registration(peer);
        QCOMPARE(caller.ask(request), 401);
        for (quint32 i = 1; i <= 10; ++i) {
            request.cseq += 2;
            QCOMPARE(caller.askWithCredentials(request, i), 403);
            QVERIFY(!peer.last()->hasHeader("retry-after"));
        }
        caller.password = "secret";
        request.cseq += 2;
        QCOMPARE(caller.askWithCredentials(request, 11), 403);
        QVERIFY(peer.last()->hasHeader("retry-after"));
        server.clock.advance(60s);
        request.cseq += 2;
        QCOMPARE(caller.askWithCredentials(request, 12), 200);
    }
    void onlyUsersMayAskForUsers()
    {
        SipTestServer server(SipTestServer::digestSettings());
        server.addUser(QStringLiteral("sip:alice@lab.example"), "secret");
        server.addUser(QStringLiteral("sip:bob@lab.example"), "other");
        UdpPeer peer(server.udpPort());
        Caller caller(peer);
        PeerRequest request;
        request.method = "MESSAGE";
        for (const QByteArray &to :
             {QByteArray("sip:bob@lab.example"), QByteArray("sip:nobody@lab.example")}) {
            request.uri = to;
            request.cseq += 2;
            QCOMPARE(caller.ask(request), 401);
        }
        QCOMPARE(caller.askWithCredentials(request), 404);
        request.uri = "sip:bob@lab.example";
        request.cseq += 2;
        QCOMPARE(caller.askWithCredentials(request, 2), 480);
        request.from = "<sip:mallory@elsewhere.example>";
        request.cseq += 2;
        QCOMPARE(caller.ask(request), 403);
    }
};

QTEST_GUILESS_MAIN(TestSipAuthentication)
#include "tst_sipauthentication.moc"
