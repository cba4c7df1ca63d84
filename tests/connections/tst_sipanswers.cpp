// SPDX-License-Identifier: GPL-3.0-or-later
#include "sippeer.h"
#include "siptestserver.h"

using namespace reveille;
using namespace std::chrono_literals;

namespace {

const QByteArray phone = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

QByteArray instance(const QByteArray &urn)
{
    return ";+sip.instance=\"<" + urn + ">\"";
}

QByteArray contactLine(const SipPeer &peer, const QByteArray &parameters = {},
                       const QByteArray &uriParameters = {}, const QByteArray &user = "alice")
{
    return "Contact: <sip:" + user + "@127.0.0.1:" + QByteArray::number(peer.port()) + uriParameters + '>' +
           parameters;
}

} // namespace

class TestSipAnswers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRequestGetsItsStatus_data()
    {
        QTest::addColumn<PeerRequest>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("header"); ///< one line that must be there
        const QByteArray contact = "Contact: <sip:alice@127.0.0.1:5099>";
        const auto row = [](const char *name, PeerRequest request, int status,
                            const QByteArray &header = {}) {
            QTest::newRow(name) << request << status << header;
        };
        row("register", {.headers = {contact}}, 200, "contact");
        row("query", {}, 200);
        row("own address as registrar", {.uri = "sip:127.0.0.1", .headers = {contact}}, 200);
        row("other domain in Request-URI", {.uri = "sip:elsewhere.example", .headers = {contact}}, 404);
        row("other domain in To",
            {.from = "<sip:alice@elsewhere.example>",
             .to = "<sip:alice@elsewhere.example>",
             .headers = {contact}},
            404);
        row("To without user", {.from = "<sip:lab.example>", .to = "<sip:lab.example>", .headers = {contact}},
            404);
        row("third party", {.from = "<sip:bob@lab.example>", .headers = {contact}}, 403);
        row("tel Request-URI", {.uri = "tel:+4930123", .headers = {contact}}, 416);
        row("unknown scheme", {.uri = "soap:lab.example", .headers = {contact}}, 416);
        row("required extension", {.headers = {contact, "Require: 100rel, gruu"}}, 420, "unsupported");
        row("required extensions we have", {.headers = {contact, "Require: gruu, path"}}, 200);
        row("too brief", {.headers = {contact, "Expires: 10"}}, 423, "min-expires");
        row("too brief in Contact", {.headers = {contact + ";expires=59"}}, 423, "min-expires");
        row("shortest", {.headers = {contact, "Expires: 60"}}, 200, "contact");
        row("star without Expires", {.headers = {"Contact: *"}}, 400);
        row("star with Expires", {.headers = {"Contact: *", "Expires: 10"}}, 400);
        row("star and another", {.headers = {"Contact: *, <sip:a@b>", "Expires: 0"}}, 400);
        row("star", {.headers = {"Contact: *", "Expires: 0"}}, 200);
        row("contact of another scheme", {.headers = {"Contact: <mailto:alice@lab.example>"}}, 400);
        row("contact that is a GRUU", {.headers = {"Contact: <sip:alice@lab.example;gr=urn:uuid:1>"}}, 403);
        row("broken push parameters", {.headers = {"Contact: <sip:alice@127.0.0.1;pn-provider=sms>"}}, 400);
        row("options", {.method = "OPTIONS"}, 200, "allow");
        row("options elsewhere", {.method = "OPTIONS", .uri = "sip:elsewhere.example"}, 404);
        row("options with extension", {.method = "OPTIONS", .headers = {"Require: foo"}}, 420, "unsupported");
        row("message to the server", {.method = "MESSAGE"}, 405, "allow");
        row("message to nobody", {.method = "MESSAGE", .uri = "sip:nobody@lab.example"}, 404);
        row("message elsewhere", {.method = "MESSAGE", .uri = "sip:bob@elsewhere.example"}, 404);
        row("message to unknown GRUU",
            {.method = "MESSAGE",
             .uri = "sip:alice@lab.example;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"},
            404);
        row("subscribe", {.method = "SUBSCRIBE", .headers = {"Event: reg"}}, 405, "allow");
        row("publish", {.method = "PUBLISH", .headers = {"Event: presence"}}, 405, "allow");
        row("bye", {.method = "BYE", .to = "<sip:alice@lab.example>;tag=x"}, 481);
        row("info in a dialogue", {.method = "INFO", .to = "<sip:alice@lab.example>;tag=x"}, 481);
        row("cancel", {.method = "CANCEL"}, 481);
        row("unknown method", {.method = "NEWMETHOD"}, 501, "allow");
    }
    void aRequestGetsItsStatus()
    {
        QFETCH(PeerRequest, request);
        QFETCH(int, status);
        QFETCH(QByteArray, header);
        SipTestServer server;
        UdpPeer udp(server.udpPort());
        QCOMPARE(udp.ask(request.bytes(udp)), status);
        QVERIFY(udp.last()->toTag().size() >= 8 || !request.to.endsWith('>'));
        if (!header.isEmpty())
            QVERIFY(udp.last()->hasHeader(header));
        TcpPeer tcp(server.tcpPort());
        request.callId = "call-tcp";
        QCOMPARE(tcp.ask(request.bytes(tcp)), status);
    }

    void whatASirAskedForIsTaken()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        const QByteArray device = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer) + ";+sip.instance=\"<" + device + ">\""}}.bytes(peer)), 200);
        const auto message = [&](const QByteArray &type, const QByteArray &rest, const QByteArray &from = "alice") {
            return PeerRequest{.method = "MESSAGE",
                               .from = "<sip:" + from + "@lab.example>",
                               .headers = {"Content-Type: application/vnd.reveille." + type + "+json"},
                               .body = "{\"user\":\"sip:alice@lab.example\",\"device\":\"" + device + "\"," + rest + '}'}
                .bytes(peer);
        };
        QCOMPARE(peer.ask(message("returned", R"("capability":{"sir_version":1},"security":{"tls":"1.3"})")), 200);
        QCOMPARE(peer.ask(message("refusal", R"("status":603)")), 200);
        QCOMPARE(peer.ask(message("refusal", R"("status":200)")), 400);
        QCOMPARE(peer.ask(message("refusal", R"("status":603)", "bob")), 403);
        const Device *kept = server.registry().device(*DeviceId::parse(QString::fromLatin1(device)));
        QVERIFY(kept);
        QCOMPARE(kept->capabilities.sirVersion, 1);
        QCOMPARE(kept->returned.size(), 4);
        QCOMPARE(kept->returned.last().what, SirRequest::Refusal);
        QCOMPARE(kept->returned.last().over, QStringLiteral("sip"));
    }

    void anInviteIsRefusedAndItsAckAbsorbed()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        const PeerRequest invite{.method = "INVITE", .uri = "sip:bob@lab.example", .branch = "z9hG4bKinvite"};
        QCOMPARE(peer.ask(invite.bytes(peer)), 405);
        const QByteArray toTag = peer.last()->toTag();
        server.clock.advance(500ms);
        QCOMPARE(peer.receive()->statusCode(), 405); // timer G
        PeerRequest cancel = invite;
        cancel.method = "CANCEL";
        QCOMPARE(peer.ask(cancel.bytes(peer)), 200);
        PeerRequest ack = invite;
        ack.method = "ACK";
        ack.to += ";tag=" + toTag;
        peer.send(ack.bytes(peer));
        QCOMPARE(peer.ask(PeerRequest{.method = "OPTIONS"}.bytes(peer)), 200); // the ACK has been read by now
        server.clock.advance(10s);
        QTest::qWait(20);
        QVERIFY(peer.hasNothing());
    }

    void aRetransmissionGetsTheSameAnswer()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        const QByteArray bytes = PeerRequest{.headers = {contactLine(peer)}}.bytes(peer);
        peer.send(bytes);
        const QByteArray first = peer.receiveBytes();
        peer.send(bytes);
        QCOMPARE(peer.receiveBytes(), first);
        QCOMPARE(server.journaled(QStringLiteral("registered")), 1);
    }

    void theAnswerSaysWhereTheRequestCameFrom()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(PeerRequest{.method = "OPTIONS"}.bytes(peer));
        const SipParameters &via = peer.last()->topVia().parameters;
        QCOMPARE(via.value("received"), QByteArray("127.0.0.1"));
        QCOMPARE(via.value("rport"), QByteArray::number(peer.port()));
    }

    void aRefusalIsJournaledWithoutWhatProvesAPassword()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(
            peer.ask(PeerRequest{.headers = {contactLine(peer), "Expires: 10",
                                             "Authorization: Digest username=\"alice\", response=\"secret\""}}
                         .bytes(peer)),
            423);
        const QVector<JournalEntry> rows = server.engine().journal().since({});
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0].event, QStringLiteral("registration-refused"));
        QVERIFY(rows[0].fields.contains(std::pair(QStringLiteral("status"), QStringLiteral("423"))));
        QVERIFY(rows[0].bytes.contains("Authorization: ***"));
        QVERIFY(!rows[0].bytes.contains("secret"));
        for (int i = 0; i < 200; ++i)
            peer.ask(PeerRequest{.headers = {contactLine(peer), "Expires: 10"}}.bytes(peer));
        QCOMPARE(server.engine().journal().since({}).size(), 60);
    }

    void aNewContactIsAnsweredOnceItIsStored()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        server.store().hold(true);
        PeerRequest request{.headers = {contactLine(peer, instance(phone))}};
        peer.send(request.bytes(peer));
        QTRY_COMPARE(server.devicesOf("sip:alice@lab.example").size(), 1);
        QTest::qWait(20);
        QVERIFY(peer.hasNothing());
        server.store().hold(false);
        QCOMPARE(peer.receive()->statusCode(), 200);
        QCOMPARE(server.store().bindings.size(), size_t(1));

        // a refresh waits for nothing
        server.store().hold(true);
        request.cseq = 2;
        QCOMPARE(peer.ask(request.bytes(peer)), 200);
        server.store().hold(false);
    }
    void aStoreInTroubleKeepsNoDeviceOut()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        server.store().failWith("store-full");
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer, instance(phone))}}.bytes(peer)), 200);
        QCOMPARE(server.liveness(server.devicesOf("sip:alice@lab.example").first())->state(),
                 LivenessState::Up);
    }

    void overloadIsRefusedWithRetryAfter()
    {
        SipSettings settings = SipTestServer::openSettings();
        settings.maxTransactions = 5;
        SipTestServer server(settings);
        UdpPeer peer(server.udpPort());
        for (int i = 0; i < 5; ++i)
            QCOMPARE(peer.ask(PeerRequest{.method = "OPTIONS"}.bytes(peer)), 200);
        QCOMPARE(peer.ask(PeerRequest{.method = "OPTIONS"}.bytes(peer)), 503);
        QCOMPARE(peer.last()->number("retry-after"), std::optional<quint32>(5));
        server.clock.advance(32s);
        QCOMPARE(peer.ask(PeerRequest{.method = "OPTIONS"}.bytes(peer)), 200);
    }
    void openRegistrationWithoutDomainsServesAny()
    {
        SipSettings settings = SipTestServer::openSettings();
        settings.domains.clear();
        SipTestServer server(settings);
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.uri = "sip:any.example",
                                      .from = "<sip:a@any.example>",
                                      .to = "<sip:a@any.example>",
                                      .headers = {contactLine(peer)}}
                              .bytes(peer)),
                 200);
    }
};

QTEST_GUILESS_MAIN(TestSipAnswers)
#include "tst_sipanswers.moc"
