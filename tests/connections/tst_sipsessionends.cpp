// SPDX-License-Identifier: GPL-3.0-or-later
#include "invitestage.h"

using namespace reveille;
using namespace std::chrono_literals;
using Kind = SendOutcome::Kind;
using Stage = InviteStage;

/// How sessions end, and what becomes of what was under way.
class TestSipSessionEnds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasAnsweredWholeIsDeliveredWhenTheDeviceHangsUp()
    {
        Stage stage;
        const auto invite = sendWithoutReport(stage);
        QVERIFY(stage.next("ACK"));
        QCOMPARE(stage.peer->ask(stage.inDialogue(invite, "BYE", 7)), 200);
        QTRY_COMPARE(stage.outcomes.size(), 2);
        QCOMPARE(stage.outcomes[0].kind, Kind::Delivered);
        QCOMPARE(stage.outcomes[0].code, QByteArray("200"));
        QVERIFY(stage.outcomes[1].kind != Kind::Delivered); // had not begun
    }

    void whatWasAnsweredWholeIsDeliveredWhenTheConnectionGoes()
    {
        Stage stage;
        sendWithoutReport(stage);
        stage.device.socket->disconnectFromHost();
        QTRY_VERIFY(!stage.outcomes.isEmpty());
        QCOMPARE(stage.outcomes[0].kind, Kind::Delivered);
        for (qsizetype i = 1; i < stage.outcomes.size(); ++i)
            QVERIFY(stage.outcomes[i].kind != Kind::Delivered);
    }

    void whatWasNotAnsweredIsNotDelivered()
    {
        Stage stage;
        stage.device.answers = 0;
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite);
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_COMPARE(stage.device.body.size(), 5000);
        stage.device.socket->disconnectFromHost();
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QVERIFY(stage.outcomes[0].kind != Kind::Delivered);
    }

    void aRefreshThatFailsTwiceLetsTheSessionRunOut()
    {
        SipSettings sip = SipTestServer::openSettings();
        sip.sessionLinger = Milliseconds(100000000);
        sip.sessionSeconds = 600;
        sip.udpLiveness.silence = Milliseconds(0); // no probes between
        Stage stage(true, msrpSettings(), sip);
        stage.send(push(5000));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite, "active", "Session-Expires: 600;refresher=uac\r\nRequire: timer\r\n");
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        QTRY_COMPARE(stage.outcomes.size(), 1);
        QVERIFY(stage.next("ACK"));
        stage.server.clock.advance(301s);
        for (int attempt = 0; attempt < 2; ++attempt) {
            const auto again = stage.next("INVITE");
            QVERIFY(again);
            stage.peer->send(peerAnswer(*again, "500 Later").replace(";tag=peer;tag=peer", ";tag=peer"));
            QVERIFY(stage.next("ACK"));
            stage.server.clock.advance(5s);
        }
        stage.server.clock.advance(200s);
        QCOMPARE(stage.msrp.sessions(), 1); // it is good for the time agreed on
        stage.server.clock.advance(600s);
        const auto last = stage.peer->receive();
        QVERIFY(last);
        QCOMPARE(last->method(), QByteArrayView("BYE")); // no third INVITE before it
        QTRY_COMPARE(stage.msrp.links(), 0);
    }

    void nothingStaysOfTheCallsOfADevice()
    {
        Stage stage(false);
        int pending = 0;
        for (int call = 0; call < 12; ++call) {
            PeerRequest request;
            request.method = "INVITE";
            request.uri = "sip:reveille@lab.example";
            request.callId = "dev-call-" + QByteArray::number(call);
            request.fromTag = "dev";
            request.headers = {"Contact: <sip:alice@10.9.8.7:5070>"};
            const QByteArray offer = stage.description("active", stage.device.path);
            QCOMPARE(stage.peer->ask(Stage::withBody(request.bytes(*stage.peer), {}, offer)), 200);
            const SipMessage answer = *stage.peer->last();
            for (const char *method : {"ACK", "BYE"}) {
                PeerRequest inside;
                inside.method = method;
                inside.uri = "sip:reveille@127.0.0.1";
                inside.callId = request.callId;
                inside.fromTag = request.fromTag;
                inside.cseq = request.cseq + (inside.method == "BYE");
                QByteArray bytes = inside.bytes(*stage.peer);
                const QByteArray to = "To: " + answer.header("to").toByteArray();
                bytes.replace("To: <sip:alice@lab.example>", to);
                if (inside.method == "ACK")
                    stage.peer->send(bytes);
                else
                    QCOMPARE(stage.peer->ask(bytes), 200);
            }
            stage.server.clock.advance(10ms);
            QTRY_COMPARE(stage.msrp.sessions(), 0);
            if (call == 1)
                pending = stage.server.clock.pending();
        }
        QCOMPARE(stage.server.clock.pending(), pending);
    }

private:
    /// Two pushes of which the first is answered whole but never reported, so that the second waits.
    static SipMessage sendWithoutReport(Stage &stage)
    {
        stage.device.reports = false;
        stage.send(push(5000, "p-first"));
        const auto invite = stage.next("INVITE");
        stage.accept(*invite);
        stage.device.bindTo(Stage::pathIn(*invite), stage.device.path);
        [&] { QTRY_COMPARE(stage.device.body.size(), 5000); }();
        stage.send(push(3000, "p-second"));
        // A refused stranger on the same socket comes back after every answer to a chunk was read.
        MsrpHead stranger = stage.device.hello("msrp://127.0.0.1:1/nobody;tcp");
        stage.device.send(stranger.message({}, MsrpEnd::Complete));
        [&] { QTRY_VERIFY(stage.device.statuses.contains(481)); }();
        return *invite;
    }
};

QTEST_GUILESS_MAIN(TestSipSessionEnds)
#include "tst_sipsessionends.moc"
