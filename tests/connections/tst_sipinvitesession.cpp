// SPDX-License-Identifier: GPL-3.0-or-later
#include "invitestage.h"

using namespace reveille;
using namespace std::chrono_literals;
using Kind = SendOutcome::Kind;
using Stage = InviteStage;

class TestSipInviteSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLargePushGoesInASession_data()
    {
        QTest::addColumn<bool>("udp");
        QTest::addColumn<int>("size");
        QTest::newRow("udp, over a datagram") << true << 1301;
        QTest::newRow("udp, a megabyte") << true << 1048576;
        QTest::newRow("tcp, over a message") << false << 70000;
    }
    void aLargePushGoesInASession()
    {
        QFETCH(bool, udp);
        QFETCH(int, size);
        Stage stage(udp);
        PushMessage message = push(size);
        message.contentEncoding = QStringLiteral("aes128gcm");
        stage.send(message);
        const auto invite = stage.next("INVITE");
        QVERIFY(invite);
        QCOMPARE(invite->requestUri().text, QByteArray("sip:alice@10.9.8.7:5070"));
        QCOMPARE(invite->header("x-reveille-push"), QByteArrayView("p-abcdefghijklmnopqrst"));
        QVERIFY(invite->supports("timer"));
        const auto offer = SdpMsrp::parse(invite->body());
        QVERIFY(offer);
        QCOMPARE(offer->setup, SdpSetup::ActPass);
        QCOMPARE(offer->direction, SdpDirection::SendOnly);
        stage.accept(*invite);
        const auto ack = stage.next("ACK");
        QVERIFY(ack);
        QCOMPARE(ack->toTag(), QByteArray("peer"));
        stage.device.bindTo(offer->path.first(), stage.device.path);
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Delivered);
        QCOMPARE(stage.outcomes[0].code, QByteArray("200"));
        QCOMPARE(stage.outcomes[0].request, QStringLiteral("SEND"));
        QVERIFY(stage.outcomes[0].bytes.startsWith("INVITE sip:alice@10.9.8.7:5070 SIP/2.0\r\n"));
        QVERIFY(stage.outcomes[0].bytes.contains("\r\n\r\nMSRP "));
        QVERIFY(!stage.outcomes[0].bytes.contains("abcdefghijklmnopqrstuvwxyzabc"));
        QCOMPARE(stage.device.body, message.body);
        for (const MsrpPeer::Got &got : std::as_const(stage.device.requests))
            QVERIFY(got.content.size() <= MsrpLimit::chunk);
        QCOMPARE(stage.device.requests.last().head.other("x-reveille-push"), QByteArray("p-abcdefghijklmnopqrst"));
        QCOMPARE(stage.device.requests.last().head.other("x-wap-application-id"), QByteArray("x-wap-application:mms.ua"));
        QCOMPARE(stage.device.requests.last().head.other("content-encoding"), QByteArray("aes128gcm"));

        stage.server.clock.advance(6s);
        const auto bye = stage.next("BYE");
        QVERIFY(bye);
        stage.peer->send(peerAnswer(*bye, "200 OK"));
        QTRY_COMPARE(stage.msrp.sessions(), 0);
        QTRY_COMPARE(stage.msrp.links(), 0);
    }

    void pushesShareASession()
    {
        Stage stage;
        stage.send(push(5000, "p-one"));
        stage.send(push(6000, "p-two"));
        const auto invite = stage.next("INVITE");
        QVERIFY(invite);
        stage.accept(*invite);
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_COMPARE(stage.outcomes.size(), 2);
        stage.send(push(7000, "p-three"));
        QTRY_COMPARE(stage.outcomes.size(), 3);
        QCOMPARE(stage.device.body.size(), 7000);
        QCOMPARE(stage.msrp.sessions(), 1);
        for (const SendOutcome &outcome : std::as_const(stage.outcomes))
            QCOMPARE(outcome.kind, Kind::Delivered);
        QVERIFY(stage.outcomes[2].bytes.startsWith("MSRP "));
    }

    void answersDoWhereNoReportComes()
    {
        Stage stage;
        stage.device.reports = false;
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite);
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_COMPARE(stage.device.body.size(), 5000);
        QVERIFY(QTest::qWaitFor([&] { stage.server.clock.advance(1s); return !stage.outcomes.isEmpty(); }, 5000));
        QCOMPARE(stage.outcomes[0].kind, Kind::Delivered);
    }

    void aDeviceThatWaitsIsConnectedTo()
    {
        Stage stage;
        QTcpServer listener;
        QVERIFY(listener.listen(QHostAddress::LocalHost));
        stage.device.path = "msrp://127.0.0.1:" + QByteArray::number(listener.serverPort()) + "/device1;tcp";
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite, "passive");
        QTRY_VERIFY(listener.hasPendingConnections());
        stage.device.use(listener.nextPendingConnection());
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Delivered);
        QVERIFY(stage.device.requests.first().head.contentType.isEmpty());
        QCOMPARE(stage.device.body.size(), 5000);
    }

    void nobodyElseIsConnectedTo()
    {
        Stage stage;
        stage.device.path = "msrp://192.0.2.7:2855/device1;tcp";
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite, "passive");
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Refused);
        QCOMPARE(stage.outcomes[0].code, QByteArray("session-path"));
        QVERIFY(stage.next("BYE"));
        QCOMPARE(stage.msrp.links(), 0);
    }

    void theAnswerDecidesTheOutcome_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("404 Not Found") << int(Kind::Refused);
        QTest::newRow("408 Timeout") << int(Kind::Unanswered);
        QTest::newRow("480 Unavailable") << int(Kind::Busy);
        QTest::newRow("486 Busy") << int(Kind::Busy);
        QTest::newRow("488 Not Acceptable") << int(Kind::Refused);
        QTest::newRow("603 Decline") << int(Kind::Refused);
    }
    void theAnswerDecidesTheOutcome()
    {
        QFETCH(int, kind);
        Stage stage;
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        const QByteArray refusal = peerAnswer(*invite, QTest::currentDataTag());
        stage.peer->send(refusal);
        QVERIFY(stage.next("ACK"));
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QCOMPARE(int(stage.outcomes[0].kind), kind);
        QCOMPARE(stage.outcomes[0].code, QByteArray(QTest::currentDataTag()).left(3));
        stage.peer->send(refusal); // our ACK was lost
        QVERIFY(stage.next("ACK"));
        stage.server.clock.advance(0ms);
        QCOMPARE(stage.msrp.sessions(), 0);
    }

    void silenceIsUnanswered()
    {
        Stage stage;
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.server.clock.advance(600ms);
        const auto again = stage.next("INVITE");
        QVERIFY(again);
        QCOMPARE(again->bytes(), invite->bytes());
        stage.server.clock.advance(8s);
        QCOMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Unanswered);
        QCOMPARE(stage.outcomes[0].code, QByteArray("timeout"));
    }

    void endlessRingingIsCancelled()
    {
        Stage stage;
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.peer->send(peerAnswer(*invite, "180 Ringing"));
        std::optional<SipMessage> cancel;
        for (int second = 0; second < 40 && (!cancel || cancel->method() != "CANCEL"); ++second) {
            stage.server.clock.advance(1s);
            cancel = stage.peer->receive(50);
        }
        QVERIFY(cancel && cancel->method() == "CANCEL");
        QCOMPARE(cancel->topVia().branch, invite->topVia().branch);
        stage.peer->send(peerAnswer(*cancel, "200 OK"));
        stage.peer->send(peerAnswer(*invite, "487 Terminated"));
        QVERIFY(stage.next("ACK"));
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Busy);
    }

    void aRefusedMessageIsAbandoned()
    {
        Stage stage;
        stage.device.answers = 0;
        stage.send(push(500000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite);
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_COMPARE(stage.device.requests.size(), msrpSettings().maxUnanswered); // no more than that ahead
        stage.device.answer(stage.device.requests.first().head, 413);
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Refused);
        QCOMPARE(stage.outcomes[0].code, QByteArray("413"));
        QTRY_COMPARE(stage.device.requests.last().end, MsrpEnd::Aborted);
        QVERIFY(stage.device.body.size() < 500000);
    }

    void anUnansweredChunkEndsTheSession()
    {
        Stage stage;
        stage.device.answers = 0;
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite);
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_COMPARE(stage.device.requests.size(), 3);
        stage.server.clock.advance(29s);
        QVERIFY(stage.outcomes.isEmpty());
        stage.server.clock.advance(2s);
        QCOMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Unanswered);
        QVERIFY(stage.next("BYE"));
    }

    void aBrokenConnectionIsTriedAgainLater()
    {
        Stage stage;
        stage.device.answers = 0;
        stage.send(push(500000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite);
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_VERIFY(!stage.device.requests.isEmpty());
        stage.device.socket->abort();
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Busy);
        QVERIFY(!stage.outcomes[0].code.at(0) || !isdigit(stage.outcomes[0].code.at(0)));
        QVERIFY(stage.next("BYE"));
    }

    void whatTheDeviceDoesNotTakeIsNotSent()
    {
        Stage stage;
        stage.maxSize = 4000;
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite);
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_VERIFY((stage.server.clock.advance(10ms), !stage.outcomes.isEmpty()));
        QCOMPARE(stage.outcomes[0].kind, Kind::Refused);
        QCOMPARE(stage.outcomes[0].code, QByteArray("too-large"));
        QVERIFY(stage.device.requests.isEmpty());
    }

    void largerThanAnyMessageIsRefused()
    {
        MsrpSettings settings = msrpSettings();
        settings.maxMessage = 4096;
        Stage stage(true, settings);
        stage.send(push(4097));
        stage.server.clock.advance(10ms);
        QCOMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Refused);
        QCOMPARE(stage.outcomes[0].code, QByteArray("too-large"));
    }

    void noMoreSessionsThanTheLimit()
    {
        MsrpSettings settings = msrpSettings();
        settings.maxSessions = 1;
        Stage stage(true, settings);
        const auto taken = stage.msrp.open(false, "127.0.0.1");
        QVERIFY(taken);
        stage.send(push(5000));
        stage.server.clock.advance(10ms);
        QCOMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Busy);
        QCOMPARE(stage.outcomes[0].code, QByteArray("sessions-full"));
    }

    void aMessageRefusedAsTooLargeGoesInASession()
    {
        Stage stage(false);
        stage.send(push(3000));
        const auto message = stage.next("MESSAGE");
        QVERIFY(message);
        stage.peer->send(peerAnswer(*message, "413 Too Large"));
        const auto invite = stage.next("INVITE");
        QVERIFY(invite);
        stage.accept(*invite);
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Delivered);
    }

    void sessionsAreBoundOnce()
    {
        Stage stage;
        stage.device.answers = 0;
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite);
        const QByteArray path = Stage::pathIn(*invite);
        stage.device.bindTo(path, stage.device.path);
        QTRY_VERIFY(!stage.device.requests.isEmpty());
        QCOMPARE(stage.device.statuses, QVector<int>{200});
        MsrpPeer second;
        second.bindTo(path, stage.device.path);
        QTRY_COMPARE(second.statuses, QVector<int>{506});
        MsrpPeer stranger;
        stranger.bindTo(path, "msrp://127.0.0.1:9999/another;tcp");
        QTRY_COMPARE(stranger.statuses, QVector<int>{481});
        MsrpPeer lost;
        QByteArray wrong = path;
        wrong.replace(MsrpUri::parse(path)->session, "nosuchsession");
        lost.bindTo(wrong, stage.device.path);
        QTRY_COMPARE(lost.statuses, QVector<int>{481});
        stage.server.clock.advance(31s);
        QTRY_COMPARE(lost.socket->state(), QAbstractSocket::UnconnectedState);
    }

    void contentOfADeviceIsNotTaken()
    {
        Stage stage;
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite);
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_COMPARE(stage.outcomes.size(), 1);
        MsrpHead head = stage.device.hello(Stage::pathIn(*invite));
        head.contentType = "text/plain";
        head.byteRange.reset();
        stage.device.statuses.clear();
        stage.device.send(head.message(QByteArray(100000, 'z'), MsrpEnd::Complete));
        QTRY_COMPARE(stage.device.statuses, QVector<int>{403});
    }

    void theDeviceHangsUp()
    {
        Stage stage;
        stage.device.answers = 0;
        stage.send(push(500000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite);
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_VERIFY(!stage.device.requests.isEmpty());
        QVERIFY(stage.next("ACK"));
        QCOMPARE(stage.peer->ask(stage.inDialogue(*invite, "BYE", 7)), 200);
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].code, QByteArray("bye"));
        QCOMPARE(stage.peer->ask(stage.inDialogue(*invite, "BYE", 8)), 481);
    }

    void oldNumbersAreRefused()
    {
        Stage stage;
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite);
        QVERIFY(stage.next("ACK"));
        QCOMPARE(stage.peer->ask(stage.inDialogue(*invite, "UPDATE", 7, {"Session-Expires: 100"})), 200);
        QCOMPARE(stage.peer->last()->header("session-expires"), QByteArrayView("100;refresher=uas"));
        QCOMPARE(stage.peer->ask(stage.inDialogue(*invite, "UPDATE", 6)), 500);
        QCOMPARE(stage.peer->ask(stage.inDialogue(*invite, "UPDATE", 8, {"Session-Expires: 10", "Supported: timer"})), 422);
        QCOMPARE(stage.peer->last()->header("min-se"), QByteArrayView("90"));
    }

    void theSessionIsRefreshed()
    {
        SipSettings sip = SipTestServer::openSettings();
        sip.sessionLinger = Milliseconds(100000000);
        sip.sessionSeconds = 600;
        Stage stage(true, msrpSettings(), sip);
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        QCOMPARE(invite->header("session-expires"), QByteArrayView("600"));
        stage.accept(*invite, "active", "Session-Expires: 600;refresher=uac\r\nRequire: timer\r\n");
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QVERIFY(stage.next("ACK"));
        stage.server.clock.advance(301s);
        const auto again = stage.next("INVITE");
        QVERIFY(again);
        QCOMPARE(again->toTag(), QByteArray("peer"));
        QCOMPARE(again->body(), invite->body());
        stage.peer->send(peerAnswer(*again, "481 Gone").replace(";tag=peer;tag=peer", ";tag=peer"));
        QTRY_COMPARE(stage.msrp.links(), 0);
    }

    void theNumberAskedForIsOffered()
    {
        SipSettings sip = SipTestServer::openSettings();
        sip.sessionSeconds = 90;
        Stage stage(true, msrpSettings(), sip);
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.peer->send(peerAnswer(*invite, "422 Too Small", {"Min-SE: 120"}));
        const auto again = stage.next("INVITE");
        QVERIFY(again);
        QCOMPARE(again->header("session-expires"), QByteArrayView("120"));
        QCOMPARE(again->cseq(), 2U);
        stage.peer->send(peerAnswer(*again, "422 Too Small", {"Min-SE: 120"}));
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].code, QByteArray("422"));
    }

    void theDeviceMayCall()
    {
        Stage stage;
        PeerRequest request;
        request.method = "INVITE";
        request.uri = "sip:reveille@lab.example";
        request.to = "<sip:reveille@lab.example>";
        request.callId = "dev-call";
        request.headers = {"Contact: <sip:alice@10.9.8.7:5070>", "Supported: timer", "Session-Expires: 300;refresher=uac"};
        const QByteArray invite = Stage::withBody(request.bytes(*stage.peer), {}, stage.description("active", stage.device.path));
        QCOMPARE(stage.peer->ask(invite), 200);
        const SipMessage answer = *stage.peer->last();
        const auto sdp = SdpMsrp::parse(answer.body());
        QVERIFY(sdp);
        QCOMPARE(sdp->setup, SdpSetup::Passive);
        QCOMPARE(answer.header("session-expires"), QByteArrayView("300;refresher=uac"));
        stage.server.clock.advance(600ms); // no ACK yet
        const auto again = stage.peer->receive();
        QVERIFY(again);
        QCOMPARE(again->bytes(), answer.bytes());

        stage.device.bindTo(sdp->path.first(), stage.device.path);
        stage.send(push(9000));
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Delivered);
        QCOMPARE(stage.device.body.size(), 9000);
    }

    void aCallThatIsNotAcknowledgedEnds()
    {
        Stage stage;
        PeerRequest request;
        request.method = "INVITE";
        request.uri = "sip:reveille@lab.example";
        request.callId = "dev-call";
        request.headers = {"Contact: <sip:alice@10.9.8.7:5070>"};
        QCOMPARE(stage.peer->ask(Stage::withBody(request.bytes(*stage.peer), {}, stage.description("active", stage.device.path))), 200);
        stage.server.clock.advance(33s);
        QVERIFY(stage.next("BYE"));
        stage.server.clock.advance(10ms);
        QCOMPARE(stage.msrp.sessions(), 0);
    }

    void strangersMayNotCall()
    {
        Stage stage;
        UdpPeer stranger(stage.server.udpPort());
        PeerRequest request;
        request.method = "INVITE";
        request.uri = "sip:reveille@lab.example";
        request.callId = "stranger";
        const QByteArray offer = stage.description("active", stage.device.path);
        QCOMPARE(stranger.ask(Stage::withBody(request.bytes(stranger), {}, offer)), 403);
        request.uri = "sip:bob@lab.example";
        QCOMPARE(stage.peer->ask(Stage::withBody(request.bytes(*stage.peer), {}, offer)), 405);
        request.uri = "sip:reveille@lab.example";
        request.branch.clear();
        request.headers = {"Session-Expires: 20"};
        QCOMPARE(stage.peer->ask(Stage::withBody(request.bytes(*stage.peer), {}, offer)), 422);
        request.headers.clear();
        QCOMPARE(stage.peer->ask(Stage::withBody(request.bytes(*stage.peer), {}, "v=0\r\nhello")), 488);
        QCOMPARE(stage.peer->ask(Stage::withBody(request.bytes(*stage.peer), {}, stage.description("passive", "msrp://192.0.2.9:1/x;tcp"))), 488);
        QCOMPARE(stage.msrp.sessions(), 0);
    }

    void aPathThatEndsEndsItsSession()
    {
        Stage stage;
        stage.device.answers = 0;
        stage.send(push(500000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite);
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_VERIFY(!stage.device.requests.isEmpty());
        stage.server.registry().closeAll(CloseReason::ServerStopping);
        QCOMPARE(stage.outcomes.size(), 1);
        QCOMPARE(stage.outcomes[0].kind, Kind::Broken);
        QVERIFY(stage.next("BYE"));
    }
};

QTEST_GUILESS_MAIN(TestSipInviteSession)
#include "tst_sipinvitesession.moc"
