// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagramtestserver.h"
#include "connections/dtlspeer.h"

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const char phone[] = "urn:uuid:00000000-0000-4000-8000-000000000001";
const QString phoneText = QString::fromLatin1(phone);

/// The first message of a handshake, as a client without a cookie sends it.
QByteArray helloOfOpenssl()
{
    QUdpSocket listener;
    listener.bind(QHostAddress(QHostAddress::LocalHost), 0);
    DtlsPeer device(listener.localPort(), "alice", "key");
    (void)device.shake(1);
    (void)QTest::qWaitFor([&] { return listener.hasPendingDatagrams(); });
    QByteArray datagram(listener.pendingDatagramSize(), Qt::Uninitialized);
    listener.readDatagram(datagram.data(), datagram.size());
    return datagram;
}

DatagramSettings dtlsSettings()
{
    DatagramSettings settings = DatagramTestServer::settings();
    settings.dtls.enabled = true;
    settings.open = false;
    settings.needsDtls = true;
    return settings;
}

} // namespace

class TestDatagramDtls : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void registersAndIsPushedTo();
    void takesTheUserPartForAnIdentity();
    void refusesAWrongKeyAndAStrangerAlike();
    void refusesAnotherUserThanItsIdentity();
    void keepsAKeyToTheSessionsOfItsUser();
    void losesThePathWhenTheSessionEnds();
    void comesBackFromTheSamePort();
    void closesWhatIsIdle();
    void boundsSessions();
    void saysNothingOutsideTheAllowedNetworks();
    void passesOverGarbage();
    void hearsOthersAfterOneIsGone();
    void testsNoPinholeOverDtls();
};

void TestDatagramDtls::registersAndIsPushedTo()
{
    DatagramTestServer server(dtlsSettings());
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    DtlsPeer device(server.dtlsPort(), "sip:alice@lab.example", keyOf("alice", "secret"));
    QVERIFY(device.shake());
    const QByteArray answer = device.registerAs("sip:alice@lab.example", "s-1");
    QCOMPARE(coapCodeText(codeOf(answer)), QByteArray("2.01"));
    const auto facts = server.registry().connections(*DeviceId::parse(phoneText)).first().facts;
    QCOMPARE(facts.transport, u"dtls"_s);
    QCOMPARE(facts.address, u"coaps://127.0.0.1:%1"_s.arg(device.port()));
    QCOMPARE(facts.local, server.bound.value(u"datagram_dtls"_s));
    const PushId push = server.push(u"s-1"_s, "over DTLS");
    const QByteArray datagram = device.take();
    QCOMPARE(payloadOf(datagram), QByteArray("over DTLS"));
    device.send(CoapPeer::answerTo(datagram, CoapCode::Changed));
    QTRY_COMPARE(server.stateOf(push), PushState::Delivered);
}

void TestDatagramDtls::takesTheUserPartForAnIdentity()
{
    DatagramTestServer server(dtlsSettings());
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    DtlsPeer device(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    QVERIFY(device.shake());
    QCOMPARE(coapCodeText(codeOf(device.registerAs("sip:alice@lab.example", "s-1"))), QByteArray("2.01"));
}

void TestDatagramDtls::refusesAWrongKeyAndAStrangerAlike()
{
    DatagramTestServer server(dtlsSettings());
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    server.addUser(u"sip:carol@lab.example"_s); // has no password
    for (const char *identity : {"sip:alice@lab.example", "sip:bob@lab.example", "sip:carol@lab.example", "", "\xff"}) {
        DtlsPeer device(server.dtlsPort(), identity, keyOf("alice", "wrong"));
        QVERIFY2(!device.shake(300), identity);
    }
    DtlsPeer empty(server.dtlsPort(), "sip:carol@lab.example", QByteArray(1, '0'));
    QVERIFY(!empty.shake(300));
}

void TestDatagramDtls::refusesAnotherUserThanItsIdentity()
{
    DatagramTestServer server(dtlsSettings());
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    server.addUser(u"sip:bob@lab.example"_s, keyOf("bob", "secret"));
    DtlsPeer device(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    QVERIFY(device.shake());
    const QByteArray answer = device.registerAs("sip:bob@lab.example", "s-1");
    QCOMPARE(coapCodeText(codeOf(answer)), QByteArray("4.01"));
    QCOMPARE(payloadOf(answer), QByteArray("identity-differs"));
}

void TestDatagramDtls::keepsAKeyToTheSessionsOfItsUser()
{
    DatagramTestServer server(dtlsSettings());
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    server.addUser(u"sip:bob@lab.example"_s, keyOf("bob", "secret"));
    DtlsPeer device(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    DtlsPeer other(server.dtlsPort(), "bob", keyOf("bob", "secret"));
    DtlsPeer again(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    QVERIFY(device.shake() && other.shake() && again.shake());
    const QByteArray answer = device.registerAs("sip:alice@lab.example", "s-1");
    const QByteArray location = CoapMessage::parse(answer)->path(CoapOptionNumber::LocationPath);
    CoapBuilder foreign = other.request(CoapCode::Post, location);
    QCOMPARE(coapCodeText(codeOf(other.ask(foreign))), QByteArray("4.04"));
    CoapPeer plain(server.port());
    CoapBuilder open = plain.request(CoapCode::Post, location);
    QCOMPARE(coapCodeText(codeOf(plain.ask(open))), QByteArray("4.04"));
    CoapBuilder own = again.request(CoapCode::Post, location);
    QCOMPARE(coapCodeText(codeOf(again.ask(own))), QByteArray("2.04"));
    QCOMPARE(server.journaled(u"address-changed"_s).size(), 1);
}

void TestDatagramDtls::losesThePathWhenTheSessionEnds()
{
    DatagramTestServer server(dtlsSettings());
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    DtlsPeer device(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    QVERIFY(device.shake());
    QCOMPARE(coapCodeText(codeOf(device.registerAs("sip:alice@lab.example", "s-1"))), QByteArray("2.01"));
    device.end();
    QTRY_COMPARE(server.stateOf(phoneText), LivenessState::Lost);
    QCOMPARE(server.datagram.registrations(), 0);
}

void TestDatagramDtls::comesBackFromTheSamePort()
{
    DatagramTestServer server(dtlsSettings());
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    CoapPeer forger(server.dtlsPort());
    // The same hello from another port, without the cookie, ends nobody's session and makes none.
    forger.send(QByteArray::fromHex("16fefd0000000000000000000d01000001000000000000000100"));
    DtlsPeer device(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    QVERIFY(device.shake());
    QCOMPARE(coapCodeText(codeOf(device.registerAs("sip:alice@lab.example", "s-1"))), QByteArray("2.01"));
    QCOMPARE(server.datagram.registrations(), 1);
}

void TestDatagramDtls::closesWhatIsIdle()
{
    DatagramTestServer server(dtlsSettings());
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    DtlsPeer registered(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    DtlsPeer idle(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    QVERIFY(registered.shake() && idle.shake());
    QCOMPARE(coapCodeText(codeOf(registered.registerAs("sip:alice@lab.example", "s-1"))), QByteArray("2.01"));
    QCOMPARE(server.datagram.dtlsSessions(), 2);
    server.clock.advance(Milliseconds(65000));
    QCOMPARE(server.datagram.dtlsSessions(), 1);
}

void TestDatagramDtls::boundsSessions()
{
    DatagramSettings settings = dtlsSettings();
    settings.maxDtls = 2;
    DatagramTestServer server(settings);
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    DtlsPeer first(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    DtlsPeer second(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    DtlsPeer third(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    QVERIFY(first.shake() && second.shake());
    QVERIFY(!third.shake(300));
    QCOMPARE(server.datagram.dtlsSessions(), 2);
}

void TestDatagramDtls::saysNothingOutsideTheAllowedNetworks()
{
    DatagramSettings settings = dtlsSettings();
    settings.allowed = *parseNetworks(u"10.0.0.0/8");
    DatagramTestServer server(settings);
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    DtlsPeer device(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    QVERIFY(!device.shake(300));
    QCOMPARE(server.datagram.dtlsSessions(), 0);
}

void TestDatagramDtls::passesOverGarbage()
{
    DatagramTestServer server(dtlsSettings());
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    CoapPeer peer(server.dtlsPort());
    for (const char *hex : {"00", "16", "16fefd", "16fefd000000000000000000ff01", "17fefd0001000000000001000400000000", "40010001"})
        peer.send(QByteArray::fromHex(hex));
    DtlsPeer device(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    QVERIFY(device.shake());
    QCOMPARE(server.datagram.dtlsSessions(), 1);
}

void TestDatagramDtls::hearsOthersAfterOneIsGone()
{
    DatagramTestServer server(dtlsSettings());
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    const QByteArray hello = helloOfOpenssl();
    for (int i = 0; i < 5; ++i) {
        // Its answer meets a closed port: the network says so, on the socket of everyone.
        CoapPeer(server.dtlsPort()).send(hello);
        for (int turn = 0; turn < 20; ++turn) // over loopback it is there as soon as the answer is sent
            QCoreApplication::processEvents();
        DtlsPeer device(server.dtlsPort(), "alice", keyOf("alice", "secret"));
        QVERIFY(device.shake());
    }
}

void TestDatagramDtls::testsNoPinholeOverDtls()
{
    {
        DatagramTestServer other(dtlsSettings(), nullptr, {});
        CoapPeer plain(other.port());
        CoapBuilder asked = plain.request(CoapCode::Post, "pinhole");
        QVERIFY(payloadOf(plain.ask(asked)) != "d=0"); // there would be one to do
    }
    DatagramTestServer server(dtlsSettings(), nullptr, {});
    server.addUser(u"sip:alice@lab.example"_s, keyOf("alice", "secret"));
    DtlsPeer device(server.dtlsPort(), "alice", keyOf("alice", "secret"));
    QVERIFY(device.shake());
    CoapBuilder secure = device.request(CoapCode::Post, "pinhole");
    QCOMPARE(payloadOf(device.ask(secure)), QByteArray("d=0"));
}

QTEST_GUILESS_MAIN(TestDatagramDtls)
#include "tst_datagramdtls.moc"
