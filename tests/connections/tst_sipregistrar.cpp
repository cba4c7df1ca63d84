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

QByteArray contactLine(const SipPeer &peer, const QByteArray &parameters = {},
                       const QByteArray &uriParameters = {}, const QByteArray &user = "alice")
{
    return "Contact: <sip:" + user + "@127.0.0.1:" + QByteArray::number(peer.port()) + uriParameters + '>' +
           parameters;
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

class TestSipRegistrar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void severalContactsMakeSeveralDevices()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(
            peer.ask(PeerRequest{
                .headers =
                    {"Contact: <sip:alice@127.0.0.1:1111>;q=0.5, <sip:alice@127.0.0.1:2222>;expires=120"}}
                         .bytes(peer)),
            200);
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
        QCOMPARE(
            peer.ask(PeerRequest{.headers = {contactLine(peer, instance(urn)), "User-Agent: Acme 1.0"}}.bytes(
                peer)),
            200);
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
        QCOMPARE(peer.ask(PeerRequest{.from = "<sip:bob@lab.example>",
                                      .to = "<sip:bob@lab.example>",
                                      .callId = "b",
                                      .headers = {contactLine(peer, instance(phone), {}, "bob")}}
                              .bytes(peer)),
                 200);
        QCOMPARE(server.devicesOf("sip:alice@lab.example").size(), 1);
        const QVector<DeviceId> bobs = server.devicesOf("sip:bob@lab.example");
        QCOMPARE(bobs.size(), 1);
        QCOMPARE(bobs[0].kind(), DeviceId::Kind::Gruu);
    }
    void aDisplayNameNamesTheDevice()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(
            PeerRequest{.headers = {"Contact: \"Kitchen phone\" <sip:alice@127.0.0.1>" + instance(phone)}}
                .bytes(peer));
        QCOMPARE(server.registry().device(server.devicesOf("sip:alice@lab.example")[0])->name,
                 QStringLiteral("Kitchen phone"));
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
            QCOMPARE(
                peer.ask(PeerRequest{.method = "MESSAGE", .uri = parameters.value("temp-gruu")}.bytes(peer)),
                403);
            QCOMPARE(
                peer.ask(PeerRequest{.method = "MESSAGE", .uri = parameters.value("pub-gruu")}.bytes(peer)),
                403);
        }
        request.cseq = 3;
        request.headers = {"Contact: *", "Expires: 0"};
        QCOMPARE(peer.ask(request.bytes(peer)), 200);
        QCOMPARE(peer.ask(PeerRequest{.method = "MESSAGE", .uri = first.value("temp-gruu")}.bytes(peer)),
                 480);
        QCOMPARE(peer.ask(PeerRequest{.method = "MESSAGE", .uri = first.value("pub-gruu")}.bytes(peer)), 480);
        QCOMPARE(peer.ask(PeerRequest{.method = "MESSAGE", .uri = "sip:alice@lab.example;gr=" + laptop}.bytes(
                     peer)),
                 404);
        QCOMPARE(peer.ask(PeerRequest{.method = "MESSAGE", .uri = "sip:alice@lab.example"}.bytes(peer)), 480);
    }
    void noGruuWithoutBeingAskedOrWithoutInstance()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(PeerRequest{.headers = {contactLine(peer, instance(phone))}}.bytes(peer));
        QVERIFY(!peer.last()->contacts().first().parameters().contains("pub-gruu"));
        peer.ask(
            PeerRequest{.callId = "x", .headers = {"Contact: <sip:alice@127.0.0.1:9>", "Supported: gruu"}}
                .bytes(peer));
        QVERIFY(!contactsOf(peer)["sip:alice@127.0.0.1:9"].parameters().contains("pub-gruu"));
    }
    void gruusAClientMakesUpAreDropped()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.ask(PeerRequest{
            .headers = {contactLine(peer, instance(phone) + ";pub-gruu=\"sip:bob@lab.example;gr=x\""),
                        "Supported: gruu", "Path: <sip:evil.example;lr>"}}
                     .bytes(peer));
        QCOMPARE(peer.last()->contacts().first().parameters().value("pub-gruu"),
                 "sip:alice@lab.example;gr=" + phone);
        QVERIFY(!peer.last()->hasHeader("path"));
    }

    void outboundFlowsStandSideBySide()
    {
        SipSettings settings = SipTestServer::openSettings();
        settings.flowTimer = 30;
        SipTestServer server(settings);
        UdpPeer udp(server.udpPort());
        TcpPeer tcp(server.tcpPort());
        PeerRequest request{
            .headers = {contactLine(udp, instance(phone) + ";reg-id=1"), "Supported: outbound, path"}};
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
        QCOMPARE(server.registry().connections(device).first().liveness.policy().keepAliveInterval,
                 Milliseconds(30000));

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
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer, parameters), supported}}.bytes(peer)),
                 200);
        QVERIFY(!peer.last()->hasToken("require", "outbound"));
        QCOMPARE(peer.last()->contacts().first().regId(), 0u);
    }
    void twoRegIdsInOneRequestAreRefused()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer, instance(phone) + ";reg-id=1"),
                                                  contactLine(peer, instance(phone) + ";reg-id=2"),
                                                  "Supported: outbound"}}
                              .bytes(peer)),
                 400);
        QVERIFY(server.devicesOf("sip:alice@lab.example").isEmpty());
    }

    void aDeviceThatMovesHasOneContact()
    {
        SipTestServer server;
        UdpPeer before(server.udpPort()), after(server.udpPort());
        before.ask(PeerRequest{.headers = {contactLine(before, instance(phone))}}.bytes(before));
        QCOMPARE(
            after.ask(
                PeerRequest{.callId = "new", .headers = {contactLine(after, instance(phone))}}.bytes(after)),
            200);
        QCOMPARE(after.last()->contacts().size(), 1);
        const DeviceId device = server.devicesOf("sip:alice@lab.example").first();
        QCOMPARE(server.registry().connections(device).size(), 1);
        QCOMPARE(server.registry().connections(device).first().facts.peer,
                 QStringLiteral("127.0.0.1:%1").arg(after.port()));
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
        QCOMPARE(peer.ask(PeerRequest{.callId = "3", .headers = {"Contact: *", "Expires: 0"}}.bytes(peer)),
                 200);
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
        QTest::newRow("older removal")
            << 4 << QByteArray("call-1") << QByteArray("Contact: *\r\nExpires: 0") << 500;
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
        QCOMPARE(peer.ask(PeerRequest{.callId = callId, .cseq = cseq, .headers = {line}}.bytes(peer)),
                 status);
        peer.ask(PeerRequest{.callId = "query"}.bytes(peer));
        QCOMPARE(peer.last()->contacts().first().uriText(),
                 status == 200 ? QByteArray("sip:alice@127.0.0.1:7777") : before);
    }
    void aRefusedContactKeepsTheOthersOut()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{
                     .headers = {"Contact: <sip:alice@127.0.0.1:1>, <sip:alice@127.0.0.1:2>;expires=5"}}
                              .bytes(peer)),
                 423);
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
            QCOMPARE(peer.ask(PeerRequest{.callId = QByteArray::number(i), .headers = {contact}}.bytes(peer)),
                     i <= 3 ? 200 : 403);
        }
        QByteArrayList many;
        for (int i = 0; i < 11; ++i)
            many.append("Contact: <sip:bob@127.0.0.1:" + QByteArray::number(2000 + i) + '>');
        QCOMPARE(peer.ask(PeerRequest{
                     .from = "<sip:bob@lab.example>", .to = "<sip:bob@lab.example>", .headers = many}
                              .bytes(peer)),
                 403);
    }

    void aPhoneWithoutInstanceIsNotLockedOutByItsOldPorts()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        for (int i = 0; i < 100; ++i) {
            const QByteArray contact = "Contact: <sip:alice@127.0.0.1:" + QByteArray::number(1000 + i) + '>';
            QCOMPARE(
                peer.ask(
                    PeerRequest{.callId = QByteArray::number(i), .headers = {contact, "Expires: 60"}}.bytes(
                        peer)),
                200);
            server.clock.advance(61s);
        }
        QTRY_VERIFY(server.devicesOf("sip:alice@lab.example").size() <= 33);
    }

    void pushParametersBecomeWakeRoutes()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{
                     .headers = {contactLine(peer, instance(phone) + ";+g.oma.pusheventapp=\"mms.ua,chat\"",
                                             ";pn-provider=sms;pn-prid=491701234567;pn-param=2948")}}
                              .bytes(peer)),
                 200);
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
        QCOMPARE(
            peer.ask(
                PeerRequest{.headers = {contactLine(peer, {}, ";pn-provider=apns;pn-prid=abc")}}.bytes(peer)),
            555);
        QCOMPARE(peer.last()->lines("feature-caps").size(), 2);
        QCOMPARE(
            peer.ask(
                PeerRequest{.callId = "q", .headers = {contactLine(peer, {}, ";pn-provider")}}.bytes(peer)),
            200);
        QCOMPARE(peer.last()->lines("feature-caps").size(), 2);
    }

    void pathIsKeptFromTrustedEdgesOnly()
    {
        SipSettings settings = SipTestServer::openSettings();
        settings.pathFrom = *parseNetworks(u"127.0.0.0/8");
        SipTestServer server(settings);
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(PeerRequest{.headers = {contactLine(peer, instance(phone)), "Supported: path",
                                                  "Path: <sip:edge.example;lr>"}}
                              .bytes(peer)),
                 200);
        QCOMPARE(peer.last()->path(), QVector<QByteArrayView>{"<sip:edge.example;lr>"});
    }
};

QTEST_GUILESS_MAIN(TestSipRegistrar)
#include "tst_sipregistrar.moc"
