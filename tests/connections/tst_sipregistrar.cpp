// SPDX-License-Identifier: GPL-3.0-or-later
#include "sippeer.h"
#include "siptestserver.h"

using namespace reveille;
using namespace std::chrono_literals;

namespace {

const QByteArray phone = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
const QByteArray laptop = "urn:uuid:00000000-7dec-11d0-a765-00a0c91e6bf6";

QByteArray instance(const QByteArray &urn)
{
    return ";+sip.instance=\"<" + urn + ">\"";
}

QByteArray contactLine(const SipPeer &peer, const QByteArray &parameters = {}, const QByteArray &uriParameters = {},
                       const QByteArray &user = "alice")
{
    return "Contact: <sip:" + user + "@127.0.0.1:" + QByteArray::number(peer.port()) + uriParameters + '>' + parameters;
}

/// Contact values of an answer by their URI.
QMap<QByteArray, SipContact> contactsOf(const SipPeer &peer)
{
    QMap<QByteArray, SipContact> result;
    for (const SipContact &contact : peer.last()->contacts())
        result.insert(contact.uriText(), contact);
    return result;
}

} // namespace

class TestSipRegistrar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRequestGetsItsStatus_data()
    {
        QTest::addColumn<PeerRequest>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("header"); ///< one line that must be there
        const QByteArray contact = "Contact: <sip:alice@127.0.0.1:5099>";
        const auto row = [](const char *name, PeerRequest request, int status, const QByteArray &header = {}) {
            QTest::newRow(name) << request << status << header;
        };
        row("register", {.headers = {contact}}, 200, "contact");
        row("query", {}, 200);
        row("own address as registrar", {.uri = "sip:127.0.0.1", .headers = {contact}}, 200);
        row("other domain in Request-URI", {.uri = "sip:elsewhere.example", .headers = {contact}}, 404);
        row("other domain in To", {.from = "<sip:alice@elsewhere.example>", .to = "<sip:alice@elsewhere.example>", .headers = {contact}}, 404);
        row("To without user", {.from = "<sip:lab.example>", .to = "<sip:lab.example>", .headers = {contact}}, 404);
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
        row("message to unknown GRUU", {.method = "MESSAGE", .uri = "sip:alice@lab.example;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"}, 404);
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

    void severalContactsMakeSeveralDevices()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {"Contact: <sip:alice@127.0.0.1:1111>;q=0.5, <sip:alice@127.0.0.1:2222>;expires=120"}}.bytes(peer)), 200);
        const auto contacts = contactsOf(peer);
        QCOMPARE(contacts.size(), 2);
        QCOMPARE(contacts["sip:alice@127.0.0.1:1111"].expires, std::optional<quint32>(3600));
        QCOMPARE(contacts["sip:alice@127.0.0.1:1111"].q, 500);
        QCOMPARE(contacts["sip:alice@127.0.0.1:2222"].expires, std::optional<quint32>(120));
        const QVector<DeviceId> devices = server.devicesOf("sip:alice@lab.example");
        QCOMPARE(devices.size(), 2);
        QCOMPARE(devices[0].kind(), DeviceId::Kind::Uri);
    }

    void expiresIsTheSmallerOfAskedAndMost()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer), "Expires: 1000000"}}.bytes(peer)), 200);
        QCOMPARE(peer.last()->contacts().first().expires, std::optional<quint32>(7200));
    }

    void theInstanceNamesTheDevice_data()
    {
        QTest::addColumn<QByteArray>("urn");
        QTest::addColumn<DeviceId::Kind>("kind");
        QTest::newRow("uuid") << phone << DeviceId::Kind::Uuid;
        QTest::newRow("imei") << QByteArray("urn:gsma:imei:35209900-176148-0") << DeviceId::Kind::Imei;
        QTest::newRow("broken uuid") << QByteArray("urn:uuid:nonsense") << DeviceId::Kind::Uri;
    }
    void theInstanceNamesTheDevice()
    {
        QFETCH(QByteArray, urn);
        QFETCH(DeviceId::Kind, kind);
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer, instance(urn)), "User-Agent: Acme 1.0"}}.bytes(peer)), 200);
        const QVector<DeviceId> devices = server.devicesOf("sip:alice@lab.example");
        QCOMPARE(devices.size(), 1);
        QCOMPARE(devices[0].kind(), kind);
        QCOMPARE(server.registry().device(devices[0])->name, QStringLiteral("Acme 1.0"));
    }
    void anInstanceOfSomeoneElseIsNamedByItsGruu()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer, instance(phone))}}.bytes(peer)), 200);
        QCOMPARE(peer.ask(PeerRequest{.from = "<sip:bob@lab.example>", .to = "<sip:bob@lab.example>", .callId = "b",
                                      .headers = {contactLine(peer, instance(phone), {}, "bob")}}.bytes(peer)), 200);
        QCOMPARE(server.devicesOf("sip:alice@lab.example").size(), 1);
        const QVector<DeviceId> bobs = server.devicesOf("sip:bob@lab.example");
        QCOMPARE(bobs.size(), 1);
        QCOMPARE(bobs[0].kind(), DeviceId::Kind::Gruu);
    }
    void aDisplayNameNamesTheDevice()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(PeerRequest{.headers = {"Contact: \"Kitchen phone\" <sip:alice@127.0.0.1>" + instance(phone)}}.bytes(peer));
        QCOMPARE(server.registry().device(server.devicesOf("sip:alice@lab.example")[0])->name, QStringLiteral("Kitchen phone"));
    }

    void gruusAreHandedOut()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        PeerRequest request{.headers = {contactLine(peer, instance(phone)), "Supported: gruu"}};
        QCOMPARE(peer.ask(request.bytes(peer)), 200);
        const SipParameters first = peer.last()->contacts().first().parameters();
        QCOMPARE(first.value("pub-gruu"), "sip:alice@lab.example;gr=" + phone);
        QVERIFY(first.value("temp-gruu").endsWith("@lab.example;gr"));
        request.cseq = 2;
        QCOMPARE(peer.ask(request.bytes(peer)), 200);
        const SipParameters second = peer.last()->contacts().first().parameters();
        QCOMPARE(second.value("pub-gruu"), first.value("pub-gruu"));
        QVERIFY(second.value("temp-gruu") != first.value("temp-gruu"));
        QCOMPARE(server.registry().device(server.devicesOf("sip:alice@lab.example")[0])->gruu,
                 QString::fromLatin1(first.value("pub-gruu")));

        for (const SipParameters &parameters : {first, second}) {
            QCOMPARE(peer.ask(PeerRequest{.method = "MESSAGE", .uri = parameters.value("temp-gruu")}.bytes(peer)), 403);
            QCOMPARE(peer.ask(PeerRequest{.method = "MESSAGE", .uri = parameters.value("pub-gruu")}.bytes(peer)), 403);
        }
        request.cseq = 3;
        request.headers = {"Contact: *", "Expires: 0"};
        QCOMPARE(peer.ask(request.bytes(peer)), 200);
        QCOMPARE(peer.ask(PeerRequest{.method = "MESSAGE", .uri = first.value("temp-gruu")}.bytes(peer)), 480);
        QCOMPARE(peer.ask(PeerRequest{.method = "MESSAGE", .uri = first.value("pub-gruu")}.bytes(peer)), 480);
        QCOMPARE(peer.ask(PeerRequest{.method = "MESSAGE", .uri = "sip:alice@lab.example;gr=" + laptop}.bytes(peer)), 404);
        QCOMPARE(peer.ask(PeerRequest{.method = "MESSAGE", .uri = "sip:alice@lab.example"}.bytes(peer)), 480);
    }
    void noGruuWithoutBeingAskedOrWithoutInstance()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(PeerRequest{.headers = {contactLine(peer, instance(phone))}}.bytes(peer));
        QVERIFY(!peer.last()->contacts().first().parameters().contains("pub-gruu"));
        peer.ask(PeerRequest{.callId = "x", .headers = {"Contact: <sip:alice@127.0.0.1:9>", "Supported: gruu"}}.bytes(peer));
        QVERIFY(!contactsOf(peer)["sip:alice@127.0.0.1:9"].parameters().contains("pub-gruu"));
    }
    void gruusAClientMakesUpAreDropped()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(PeerRequest{.headers = {contactLine(peer, instance(phone) + ";pub-gruu=\"sip:bob@lab.example;gr=x\""), "Supported: gruu",
                                         "Path: <sip:evil.example;lr>"}}.bytes(peer));
        QCOMPARE(peer.last()->contacts().first().parameters().value("pub-gruu"), "sip:alice@lab.example;gr=" + phone);
        QVERIFY(!peer.last()->hasHeader("path"));
    }

    void outboundFlowsStandSideBySide()
    {
        SipSettings settings = SipTestServer::openSettings();
        settings.flowTimer = 30;
        SipTestServer server(settings);
        UdpPeer udp(server.udpPort());
        TcpPeer tcp(server.tcpPort());
        PeerRequest request{.headers = {contactLine(udp, instance(phone) + ";reg-id=1"), "Supported: outbound, path"}};
        QCOMPARE(udp.ask(request.bytes(udp)), 200);
        QVERIFY(udp.last()->hasToken("require", "outbound"));
        QCOMPARE(udp.last()->number("flow-timer"), std::optional<quint32>(30));
        QCOMPARE(udp.last()->contacts().first().regId(), 1u);
        request.headers[0] = contactLine(tcp, instance(phone) + ";reg-id=2");
        request.callId = "call-2";
        QCOMPARE(tcp.ask(request.bytes(tcp)), 200);
        QCOMPARE(tcp.last()->contacts().size(), 2);
        const DeviceId device = server.devicesOf("sip:alice@lab.example").first();
        QCOMPARE(server.registry().connections(device).size(), 2);
        // keep-alives are due every 30 s now
        QCOMPARE(server.registry().connections(device).first().liveness.policy().keepAliveInterval, Milliseconds(30000));

        // the same reg-id over another flow takes the place of the first
        UdpPeer moved(server.udpPort());
        request.headers[0] = contactLine(moved, instance(phone) + ";reg-id=1");
        request.callId = "call-3";
        QCOMPARE(moved.ask(request.bytes(moved)), 200);
        QCOMPARE(moved.last()->contacts().size(), 2);
        QCOMPARE(server.registry().connections(device).size(), 2);
    }
    void aRegIdWithoutOutboundOrInstanceIsIgnored_data()
    {
        QTest::addColumn<QByteArray>("parameters");
        QTest::addColumn<QByteArray>("supported");
        QTest::newRow("not supported") << instance(phone) + ";reg-id=1" << QByteArray("Supported: gruu");
        QTest::newRow("no instance") << QByteArray(";reg-id=1") << QByteArray("Supported: outbound");
        QTest::newRow("zero") << instance(phone) + ";reg-id=0" << QByteArray("Supported: outbound");
    }
    void aRegIdWithoutOutboundOrInstanceIsIgnored()
    {
        QFETCH(QByteArray, parameters);
        QFETCH(QByteArray, supported);
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer, parameters), supported}}.bytes(peer)), 200);
        QVERIFY(!peer.last()->hasToken("require", "outbound"));
        QCOMPARE(peer.last()->contacts().first().regId(), 0u);
    }
    void twoRegIdsInOneRequestAreRefused()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer, instance(phone) + ";reg-id=1"),
                                                  contactLine(peer, instance(phone) + ";reg-id=2"), "Supported: outbound"}}.bytes(peer)), 400);
        QVERIFY(server.devicesOf("sip:alice@lab.example").isEmpty());
    }

    void aDeviceThatMovesHasOneContact()
    {
        SipTestServer server;
        UdpPeer before(server.udpPort()), after(server.udpPort());
        before.ask(PeerRequest{.headers = {contactLine(before, instance(phone))}}.bytes(before));
        QCOMPARE(after.ask(PeerRequest{.callId = "new", .headers = {contactLine(after, instance(phone))}}.bytes(after)), 200);
        QCOMPARE(after.last()->contacts().size(), 1);
        const DeviceId device = server.devicesOf("sip:alice@lab.example").first();
        QCOMPARE(server.registry().connections(device).size(), 1);
        QCOMPARE(server.registry().connections(device).first().facts.peer, QStringLiteral("127.0.0.1:%1").arg(after.port()));
    }

    void removalByExpiresZero()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        PeerRequest request{.headers = {contactLine(peer, instance(phone))}};
        peer.ask(request.bytes(peer));
        const DeviceId device = server.devicesOf("sip:alice@lab.example").first();
        request.cseq = 2;
        request.headers = {contactLine(peer, instance(phone) + ";expires=0")};
        QCOMPARE(peer.ask(request.bytes(peer)), 200);
        QVERIFY(peer.last()->contacts().isEmpty());
        QCOMPARE(server.liveness(device)->state(), LivenessState::Lost);
        QCOMPARE(server.liveness(device)->evidence().rule, EvidenceRule::Unregistered);
        QTRY_VERIFY(server.store().bindings.empty());
        QVERIFY(server.registry().device(device)); // the wake route outlives it
    }
    void removalOfWhatIsNotThereIsFine()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer), "Expires: 0"}}.bytes(peer)), 200);
        QVERIFY(server.devicesOf("sip:alice@lab.example").isEmpty());
    }
    void starRemovesAll()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(PeerRequest{.headers = {contactLine(peer, instance(phone))}}.bytes(peer));
        peer.ask(PeerRequest{.callId = "2", .headers = {contactLine(peer, instance(laptop))}}.bytes(peer));
        QCOMPARE(peer.last()->contacts().size(), 2);
        QCOMPARE(peer.ask(PeerRequest{.callId = "3", .headers = {"Contact: *", "Expires: 0"}}.bytes(peer)), 200);
        QVERIFY(peer.last()->contacts().isEmpty());
        QCOMPARE(server.registry().inState(LivenessState::Up), 0);
    }
    void anOldCSeqIsRefusedAndChangesNothing_data()
    {
        QTest::addColumn<int>("cseq");
        QTest::addColumn<QByteArray>("callId");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status");
        const QByteArray other = "Contact: <sip:alice@127.0.0.1:7777>" + instance(phone);
        QTest::newRow("same") << 5 << QByteArray("call-1") << other << 500;
        QTest::newRow("older") << 4 << QByteArray("call-1") << other << 500;
        QTest::newRow("older removal") << 4 << QByteArray("call-1") << QByteArray("Contact: *\r\nExpires: 0") << 500;
        QTest::newRow("newer") << 6 << QByteArray("call-1") << other << 200;
        QTest::newRow("other call") << 1 << QByteArray("call-2") << other << 200;
    }
    void anOldCSeqIsRefusedAndChangesNothing()
    {
        QFETCH(int, cseq);
        QFETCH(QByteArray, callId);
        QFETCH(QByteArray, line);
        QFETCH(int, status);
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(PeerRequest{.cseq = 5, .headers = {contactLine(peer, instance(phone))}}.bytes(peer));
        const QByteArray before = peer.last()->contacts().first().uriText();
        QCOMPARE(peer.ask(PeerRequest{.callId = callId, .cseq = cseq, .headers = {line}}.bytes(peer)), status);
        peer.ask(PeerRequest{.callId = "query"}.bytes(peer));
        QCOMPARE(peer.last()->contacts().first().uriText(), status == 200 ? QByteArray("sip:alice@127.0.0.1:7777") : before);
    }
    void aRefusedContactKeepsTheOthersOut()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {"Contact: <sip:alice@127.0.0.1:1>, <sip:alice@127.0.0.1:2>;expires=5"}}.bytes(peer)), 423);
        QCOMPARE(peer.last()->minExpires(), std::optional<quint32>(60));
        QVERIFY(server.devicesOf("sip:alice@lab.example").isEmpty());
    }
    void contactsRunOut()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(PeerRequest{.headers = {contactLine(peer, instance(phone)), "Expires: 100"}}.bytes(peer));
        const DeviceId device = server.devicesOf("sip:alice@lab.example").first();
        server.clock.advance(40s);
        peer.ask(PeerRequest{.callId = "query"}.bytes(peer));
        QCOMPARE(peer.last()->contacts().first().expires, std::optional<quint32>(60));
        server.clock.advance(60s);
        peer.ask(PeerRequest{.callId = "query"}.bytes(peer));
        QVERIFY(peer.last()->contacts().isEmpty());
        QCOMPARE(server.liveness(device)->reason(), LossReason::Expired);
    }
    void tooManyContactsAreRefused()
    {
        SipSettings settings = SipTestServer::openSettings();
        settings.maxBindings = 3;
        SipTestServer server(settings);
        UdpPeer peer(server.udpPort());
        for (int i = 1; i <= 4; ++i) {
            const QByteArray contact = "Contact: <sip:alice@127.0.0.1:" + QByteArray::number(1000 + i) + '>';
            QCOMPARE(peer.ask(PeerRequest{.callId = QByteArray::number(i), .headers = {contact}}.bytes(peer)), i <= 3 ? 200 : 403);
        }
        QByteArrayList many;
        for (int i = 0; i < 11; ++i)
            many.append("Contact: <sip:bob@127.0.0.1:" + QByteArray::number(2000 + i) + '>');
        QCOMPARE(peer.ask(PeerRequest{.from = "<sip:bob@lab.example>", .to = "<sip:bob@lab.example>", .headers = many}.bytes(peer)), 403);
    }

    void aPhoneWithoutInstanceIsNotLockedOutByItsOldPorts()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        for (int i = 0; i < 100; ++i) {
            const QByteArray contact = "Contact: <sip:alice@127.0.0.1:" + QByteArray::number(1000 + i) + '>';
            QCOMPARE(peer.ask(PeerRequest{.callId = QByteArray::number(i), .headers = {contact, "Expires: 60"}}.bytes(peer)), 200);
            server.clock.advance(61s);
        }
        QTRY_VERIFY(server.devicesOf("sip:alice@lab.example").size() <= 33);
    }

    void pushParametersBecomeWakeRoutes()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer, instance(phone) + ";+g.oma.pusheventapp=\"mms.ua,chat\"",
                                                              ";pn-provider=sms;pn-prid=491701234567;pn-param=2948")}}.bytes(peer)), 200);
        QCOMPARE(peer.last()->header("feature-caps"), QByteArrayView("*;+sip.pns=\"sms\""));
        const Device device = *server.registry().device(server.devicesOf("sip:alice@lab.example").first());
        QCOMPARE(device.clientRoutes.size(), 1);
        QCOMPARE(device.clientRoutes[0].bearer, QStringLiteral("sms"));
        QCOMPARE(device.clientRoutes[0].address, QStringLiteral("491701234567"));
        QCOMPARE(device.clientRoutes[0].port.number(), quint16(2948));
        QCOMPARE(device.clientPort.number(), quint16(2948));
        QCOMPARE(device.msisdn.digits(), QStringLiteral("491701234567"));
        QCOMPARE(device.subscriptions, (QStringList{QStringLiteral("mms.ua"), QStringLiteral("chat")}));
    }
    void anUnknownPushServiceIsRefused()
    {
        SipSettings settings = SipTestServer::openSettings();
        settings.pushServices = {QStringLiteral("sms"), QStringLiteral("wsp-udp")};
        SipTestServer server(settings);
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer, {}, ";pn-provider=apns;pn-prid=abc")}}.bytes(peer)), 555);
        QCOMPARE(peer.last()->lines("feature-caps").size(), 2);
        QCOMPARE(peer.ask(PeerRequest{.callId = "q", .headers = {contactLine(peer, {}, ";pn-provider")}}.bytes(peer)), 200);
        QCOMPARE(peer.last()->lines("feature-caps").size(), 2);
    }

    void pathIsKeptFromTrustedEdgesOnly()
    {
        SipSettings settings = SipTestServer::openSettings();
        settings.pathFrom = *parseNetworks(u"127.0.0.0/8");
        SipTestServer server(settings);
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer, instance(phone)), "Supported: path", "Path: <sip:edge.example;lr>"}}.bytes(peer)), 200);
        QCOMPARE(peer.last()->path(), QVector<QByteArrayView>{"<sip:edge.example;lr>"});
    }

    void aRefusalIsJournaledWithoutWhatProvesAPassword()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer), "Expires: 10", "Authorization: Digest username=\"alice\", response=\"secret\""}}.bytes(peer)), 423);
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
        QCOMPARE(server.liveness(server.devicesOf("sip:alice@lab.example").first())->state(), LivenessState::Up);
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
        QCOMPARE(peer.ask(PeerRequest{.uri = "sip:any.example", .from = "<sip:a@any.example>", .to = "<sip:a@any.example>",
                                      .headers = {contactLine(peer)}}.bytes(peer)), 200);
    }
};

QTEST_GUILESS_MAIN(TestSipRegistrar)
#include "tst_sipregistrar.moc"
