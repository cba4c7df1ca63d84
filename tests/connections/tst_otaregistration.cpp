// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otapeer.h"
#include "connections/otatestserver.h"
#include "wire/vectors.h"

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QString phone = u"urn:uuid:00000000-0000-4000-8000-000000000001"_s;

DeviceId deviceId(const QString &text)
{
    return *DeviceId::parse(text);
}

} // namespace

class TestOtaRegistration : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksTheTerminalAtOnce();
    void takesInAProvisionedTerminal();
    void takesTheAnswerOfTheStandard();
    void knowsATerminalByItsNumber();
    void takesInATerminalThatNamesItsUser();
    void takesWakeRoutesFromTheTerminal();
    void takesWhatASirAskedForWithTheAnswer();
    void refusesATerminalNobodyKnows_data();
    void refusesATerminalNobodyKnows();
    void refusesADeviceOfAnotherUser();
    void doesNotHandANumberToAnotherDevice();
    void asksAgainWhenTheTerminalSaysLater();
    void turnsAwayWhatDoesNotRegister_data();
    void turnsAwayWhatDoesNotRegister();
    void closesASilentConnection();
    void asksForThePassword();
    void asksAgainAfterAWrongPassword();
    void makesGuessersWait();
    void refusesWithoutReadableCredentials_data();
    void refusesWithoutReadableCredentials();
    void asksForNoPasswordInTheClear();
    void masksCredentialsInTheJournal();
    void newerConnectionEvictsTheOlder();
    void comesBackAfterARestartWithoutAPath();
    void limitsConnections();
};

void TestOtaRegistration::asksTheTerminalAtOnce()
{
    OtaTestServer server(OtaTestServer::openSettings(), nullptr, Milliseconds(90000));
    OtaPeer peer(server.port());
    const HttpRequest http = peer.request();
    QCOMPARE(http.method, QByteArray("OPTIONS"));
    QVERIFY(peer.octets().startsWith("OPTIONS /wappush HTTP/1.1\r\nHost:\r\n"));
    const Result<OtaRequest> request = OtaRequest::read(http);
    QVERIFY(request.ok());
    QCOMPARE(request->versions, QByteArray("1.0"));
    QCOMPARE(request->keepAlive, Milliseconds(90000));
    QVERIFY(request->authenticate.isEmpty() && request->cpiTag.isEmpty());
}

void TestOtaRegistration::takesInAProvisionedTerminal()
{
    OtaTestServer server;
    server.addDevice(phone);
    OtaPeer peer(server.port());
    peer.ota();
    peer.answer(OtaPeer::registration(phone.toUtf8()));
    QTRY_COMPARE(server.state(deviceId(phone)), LivenessState::Up);
    const QVector<ConnectionSnapshot> connections = server.registry().connections(deviceId(phone));
    QCOMPARE(connections.size(), 1);
    QCOMPARE(connections[0].facts.kind, u"ota_http"_s);
    QCOMPARE(connections[0].facts.transport, u"tcp"_s);
    QCOMPARE(connections[0].facts.peer, u"127.0.0.1:%1"_s.arg(peer.socket().localPort()));
    QCOMPARE(connections[0].flow, u"ota_http"_s);
    const Device *device = server.registry().device(deviceId(phone));
    QCOMPARE(device->capabilities.contentTypes, QStringList({u"text/plain"_s, u"image/*"_s}));
    QCOMPARE(device->capabilities.maxMessageSize, 30000);
    QVERIFY(device->subscriptions.isEmpty());
    QCOMPARE(server.journal(u"registered"_s).size(), 1);
}

void TestOtaRegistration::takesTheAnswerOfTheStandard()
{
    OtaTestServer server;
    const Device device = server.addDevice(phone, u"+358408201681"_s);
    OtaPeer peer(server.port());
    peer.ota();
    peer.send(vectorMessage(u"otahttp-options-resp-501"_s));
    QTRY_COMPARE(server.state(device.id), LivenessState::Up);
    QCOMPARE(server.registry().device(device.id)->subscriptions,
             QStringList({u"x-wap-application:wml.ua"_s, u"x-wap-application:mms.ua"_s}));
    QCOMPARE(server.registry().device(device.id)->capabilities.maxMessageSize, 30000);
}

void TestOtaRegistration::knowsATerminalByItsNumber()
{
    OtaTestServer server;
    server.addDevice(u"urn:uuid:00000000-0000-4000-8000-000000000002"_s, u"+491700000001"_s);
    const Device device = server.addDevice(phone, u"+358408201681"_s);
    OtaPeer peer(server.port());
    peer.ota();
    peer.send(vectorMessage(u"otahttp-options-resp-500"_s));
    QTRY_COMPARE(server.state(device.id), LivenessState::Up);
    QCOMPARE(server.registry().devicesOf(device.user).size(), 2);
}

void TestOtaRegistration::takesInATerminalThatNamesItsUser()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    peer.ota();
    OtaAnswer answer = OtaPeer::registration();
    answer.user = u"sip:bob@lab.example"_s;
    answer.device = phone;
    peer.answer(answer);
    QTRY_COMPARE(server.state(deviceId(phone)), LivenessState::Up);
    QCOMPARE(server.registry().device(deviceId(phone))->user.toString(), u"sip:bob@lab.example"_s);
    QCOMPARE(server.registry().device(deviceId(phone))->msisdn.toString(), u"+358408201681"_s);
}

void TestOtaRegistration::takesWhatASirAskedForWithTheAnswer()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    peer.ota();
    OtaAnswer answer = OtaPeer::registration();
    answer.http = 200;
    answer.user = u"sip:bob@lab.example"_s;
    answer.device = phone;
    HttpResponse response = answer.toResponse();
    response.headers.add("Content-Type", "application/vnd.reveille.returned+json");
    response.body = R"({"user":"sip:bob@lab.example","device":")" + phone.toUtf8() + R"(","security":{"pin":true}})";
    peer.send(serialise(response));
    QTRY_COMPARE(server.state(deviceId(phone)), LivenessState::Up);
    const QVector<Returned> returned = server.registry().device(deviceId(phone))->returned;
    QCOMPARE(returned.size(), 1);
    QCOMPARE(returned[0].what, SirRequest::Security);
    QCOMPARE(returned[0].value, u"{\"pin\":true}"_s);
    QCOMPARE(returned[0].over, u"ota_http"_s);
}

void TestOtaRegistration::takesWakeRoutesFromTheTerminal()
{
    OtaTestServer server;
    server.addDevice(phone);
    OtaPeer peer(server.port());
    peer.ota();
    OtaAnswer answer = OtaPeer::registration(phone.toUtf8());
    answer.routes = {*parseOtaWakeRoute("sms;address=491701234567;port=2948"),
                     *parseOtaWakeRoute("wsp-udp;address=127.0.0.1;port=2949")};
    peer.answer(answer);
    QTRY_COMPARE(server.state(deviceId(phone)), LivenessState::Up);
    const Device *device = server.registry().device(deviceId(phone));
    QCOMPARE(device->clientRoutes.size(), 2);
    QCOMPARE(device->clientRoutes[0].bearer, u"sms"_s);
    QCOMPARE(device->clientRoutes[0].address, u"491701234567"_s);
    QCOMPARE(device->clientPort.number(), 2948);
}

void TestOtaRegistration::refusesATerminalNobodyKnows_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("device");
    QTest::addColumn<QByteArray>("terminal");
    QTest::addColumn<QString>("code");
    QTest::newRow("number") << QString() << QString() << QByteArray("4358408201681") << u"terminal-unknown"_s;
    QTest::newRow("nothing") << QString() << QString() << QByteArray() << u"terminal-unknown"_s;
    QTest::newRow("address") << u"sip:bob@lab.example"_s << QString() << QByteArray("6127000000001")
                             << u"terminal-unknown"_s;
    QTest::newRow("device") << u"sip:bob@lab.example"_s << u"urn:uuid:no"_s << QByteArray() << u"terminal-device"_s;
    QTest::newRow("user") << u"http://bob"_s << phone << QByteArray() << u"terminal-user"_s;
}

void TestOtaRegistration::refusesATerminalNobodyKnows()
{
    QFETCH(QString, user);
    QFETCH(QString, device);
    QFETCH(QByteArray, terminal);
    QFETCH(QString, code);
    OtaTestServer server;
    OtaPeer peer(server.port());
    peer.ota();
    OtaAnswer answer = OtaPeer::registration(terminal);
    answer.user = user;
    answer.device = device;
    peer.answer(answer);
    QCOMPARE(server.refusal(), code);
    QVERIFY(peer.waitForEnd());
    QCOMPARE(server.registry().deviceCount(), 0);
}

void TestOtaRegistration::refusesADeviceOfAnotherUser()
{
    OtaTestServer server;
    server.addDevice(phone);
    OtaPeer peer(server.port());
    peer.ota();
    OtaAnswer answer = OtaPeer::registration();
    answer.user = u"sip:bob@lab.example"_s;
    answer.device = phone;
    peer.answer(answer);
    QCOMPARE(server.refusal(), u"device-belongs-to-other-user"_s);
    QVERIFY(peer.waitForEnd());
}

void TestOtaRegistration::doesNotHandANumberToAnotherDevice()
{
    OtaTestServer server;
    const QString other = u"urn:uuid:00000000-0000-4000-8000-000000000002"_s;
    server.addDevice(other, u"+358408201681"_s);
    server.addDevice(phone, {}, {}, u"sip:bob@lab.example"_s);
    OtaPeer peer(server.port());
    peer.ota();
    OtaAnswer answer = OtaPeer::registration(); // says it has that number
    answer.user = u"sip:bob@lab.example"_s;
    answer.device = phone;
    peer.answer(answer);
    QCOMPARE(server.refusal(), u"device-belongs-to-other-user"_s);
    QCOMPARE(server.registry().userOfMsisdn(*Msisdn::parse(u"+358408201681"))->toString(), u"sip:alice@lab.example"_s);
}

void TestOtaRegistration::asksAgainWhenTheTerminalSaysLater()
{
    OtaTestServer server;
    server.addDevice(phone);
    OtaPeer peer(server.port());
    peer.ota();
    peer.answer(300);
    QVERIFY(!peer.hasRequest());
    server.clock.advance(Milliseconds(5000));
    peer.ota();
    peer.answer(OtaPeer::registration(phone.toUtf8()));
    QTRY_COMPARE(server.state(deviceId(phone)), LivenessState::Up);

    OtaPeer never(server.port());
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(never.request().method, QByteArray("OPTIONS"));
        never.answer(300);
        (void)QTest::qWaitFor([&] { return !server.journal(u"registration-refused"_s).isEmpty(); }, 50);
        server.clock.advance(Milliseconds(5000));
    }
    QCOMPARE(server.refusal(), u"registration-rejected"_s);
    QVERIFY(never.waitForEnd());
}

void TestOtaRegistration::turnsAwayWhatDoesNotRegister_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QString>("code");
    QTest::newRow("rejected") << QByteArray("HTTP/1.1 204 No Content\r\nX-Wap-Push-Status: 301\r\n\r\n")
                              << u"registration-rejected"_s;
    QTest::newRow("context") << QByteArray("HTTP/1.1 204 No Content\r\nX-Wap-Push-Status: 302\r\n\r\n")
                             << u"provisioning-context"_s;
    QTest::newRow("version") << vectorMessage(u"otahttp-resp-600"_s) << u"ota-version"_s;
    QTest::newRow("no status") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") << u"status-missing"_s;
    QTest::newRow("not found") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                               << u"status-missing"_s;
    QTest::newRow("no challenge") << QByteArray("HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\n\r\n")
                                  << u"authentication-refused"_s;
    QTest::newRow("push status") << vectorMessage(u"otahttp-post-resp-400"_s) << u"status-missing"_s;
}

void TestOtaRegistration::turnsAwayWhatDoesNotRegister()
{
    QFETCH(QByteArray, octets);
    QFETCH(QString, code);
    OtaTestServer server;
    OtaPeer peer(server.port());
    peer.ota();
    peer.send(octets);
    QCOMPARE(server.refusal(), code);
    QVERIFY(peer.waitForEnd());
    QTRY_COMPARE(server.ota.sessions(), 0);
}

void TestOtaRegistration::closesASilentConnection()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    peer.ota();
    server.clock.advance(Milliseconds(29000));
    QCOMPARE(server.ota.sessions(), 1);
    server.clock.advance(Milliseconds(1000));
    QVERIFY(peer.waitForEnd());
    QCOMPARE(server.ota.sessions(), 0);
}

void TestOtaRegistration::asksForThePassword()
{
    OtaTestServer server(OtaTestServer::passwordSettings());
    server.addUser(u"sip:alice@lab.example"_s, u"wonderland"_s);
    server.addDevice(phone);
    for (const QByteArray &name : {QByteArray("alice"), QByteArray("alice@lab.example")}) {
        OtaPeer peer(server.port());
        const OtaRequest request = peer.ota();
        QCOMPARE(request.authenticate, QByteArray("Basic realm=\"lab.example\""));
        peer.answer(OtaPeer::withPassword(OtaPeer::registration(phone.toUtf8()), name, "wonderland"));
        QTRY_COMPARE(server.state(deviceId(phone)), LivenessState::Up);
        peer.close();
        QTRY_COMPARE(server.state(deviceId(phone)), LivenessState::Lost);
    }
    // A new device of a user who has proven to be it; the name in the credentials is the only one given.
    OtaPeer peer(server.port());
    peer.ota();
    OtaAnswer answer = OtaPeer::registration("pump-7");
    peer.answer(OtaPeer::withPassword(answer, "alice", "wonderland"));
    QTRY_COMPARE(server.state(deviceId(u"other:pump-7"_s)), LivenessState::Up);
    QCOMPARE(server.registry().device(deviceId(u"other:pump-7"_s))->user.toString(), u"sip:alice@lab.example"_s);
}

void TestOtaRegistration::asksAgainAfterAWrongPassword()
{
    OtaTestServer server(OtaTestServer::passwordSettings());
    server.addUser(u"sip:alice@lab.example"_s, u"wonderland"_s);
    server.addDevice(phone);
    OtaPeer peer(server.port());
    peer.ota();
    peer.answer(OtaPeer::withPassword(OtaPeer::registration(phone.toUtf8()), "alice", "wrong"));
    QCOMPARE(OtaChallenge::parse(peer.ota().authenticate)->refusal, OtaChallenge::Refusal::Retry);
    peer.answer(OtaPeer::withPassword(OtaPeer::registration(phone.toUtf8()), "bob", "wonderland"));
    QCOMPARE(OtaChallenge::parse(peer.ota().authenticate)->refusal, OtaChallenge::Refusal::Retry);
    peer.answer(OtaPeer::withPassword(OtaPeer::registration("nobody"), "nobody", "wonderland"));
    QCOMPARE(OtaChallenge::parse(peer.ota().authenticate)->refusal, OtaChallenge::Refusal::Final);
    peer.answer(OtaPeer::withPassword(OtaPeer::registration(phone.toUtf8()), "alice", "wonderland"));
    QVERIFY(peer.waitForEnd());
    QCOMPARE(server.journal(u"registration-refused"_s).size(), 3);
    QCOMPARE(server.refusal(), u"credentials"_s);
    QVERIFY(!server.registry().usableConnection(deviceId(phone)));
}

void TestOtaRegistration::makesGuessersWait()
{
    OtaHttpSettings settings = OtaTestServer::passwordSettings();
    settings.loginFailures = 2;
    OtaTestServer server(settings);
    server.addUser(u"sip:alice@lab.example"_s, u"wonderland"_s);
    server.addDevice(phone);
    {
        OtaPeer guesser(server.port());
        for (int i = 0; i < 2; ++i) {
            guesser.ota();
            guesser.answer(OtaPeer::withPassword(OtaPeer::registration(phone.toUtf8()), "alice", "guess"));
        }
        QCOMPARE(server.refusal(2), u"credentials"_s);
    }
    const auto tryAgain = [&](OtaPeer &peer) {
        peer.ota();
        peer.answer(OtaPeer::withPassword(OtaPeer::registration(phone.toUtf8()), "alice", "wonderland"));
    };
    OtaPeer early(server.port());
    tryAgain(early);
    QCOMPARE(server.refusal(3), u"credentials-wait"_s);
    server.clock.advance(Milliseconds(61000));
    OtaPeer later(server.port());
    tryAgain(later);
    QTRY_COMPARE(server.state(deviceId(phone)), LivenessState::Up);
}

void TestOtaRegistration::refusesWithoutReadableCredentials_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QString>("code");
    QTest::newRow("none") << QByteArray() << u"credentials-missing"_s;
    QTest::newRow("digest") << QByteArray("Digest username=\"alice\", response=\"00\"") << u"credentials-syntax"_s;
    QTest::newRow("broken") << QByteArray("Basic ???") << u"credentials-syntax"_s;
}

void TestOtaRegistration::refusesWithoutReadableCredentials()
{
    QFETCH(QByteArray, authorization);
    QFETCH(QString, code);
    OtaTestServer server(OtaTestServer::passwordSettings());
    server.addDevice(phone);
    OtaPeer peer(server.port());
    peer.ota();
    OtaAnswer answer = OtaPeer::registration(phone.toUtf8());
    answer.authorization = authorization;
    peer.answer(answer);
    QCOMPARE(server.refusal(), code);
    QVERIFY(peer.waitForEnd());
}

void TestOtaRegistration::asksForNoPasswordInTheClear()
{
    OtaHttpSettings settings = OtaTestServer::passwordSettings();
    settings.tcp.address = QHostAddress(u"127.0.0.1"_s);
    OtaTestServer server(settings);
    OtaPeer peer(server.port());
    QVERIFY(!peer.ota().authenticate.isEmpty()); // this machine
}

void TestOtaRegistration::masksCredentialsInTheJournal()
{
    OtaTestServer server(OtaTestServer::passwordSettings());
    server.addUser(u"sip:alice@lab.example"_s, u"wonderland"_s);
    OtaPeer peer(server.port());
    peer.ota();
    peer.answer(OtaPeer::withPassword(OtaPeer::registration(phone.toUtf8()), "alice", "nearly"));
    server.refusal();
    const JournalEntry entry = server.journal(u"registration-refused"_s).first();
    QCOMPARE(entry.bytesFormat, u"http"_s);
    QVERIFY(entry.bytes.contains("X-Wap-Authorization: ***"));
    QVERIFY(!entry.bytes.contains(QByteArray("alice:nearly").toBase64()));
}

void TestOtaRegistration::newerConnectionEvictsTheOlder()
{
    OtaTestServer server;
    server.addDevice(phone);
    OtaPeer older(server.port());
    older.ota();
    older.answer(OtaPeer::registration(phone.toUtf8()));
    QTRY_COMPARE(server.state(deviceId(phone)), LivenessState::Up);
    OtaPeer newer(server.port());
    newer.ota();
    newer.answer(OtaPeer::registration(phone.toUtf8()));
    QVERIFY(older.waitForEnd()); // its end removes nothing of the newer one
    QTRY_COMPARE(server.ota.sessions(), 1);
    QCOMPARE(server.state(deviceId(phone)), LivenessState::Up);
    QVERIFY(server.send(deviceId(phone)));
    QCOMPARE(newer.request().method, QByteArray("POST"));
}

void TestOtaRegistration::comesBackAfterARestartWithoutAPath()
{
    MemoryStore store;
    {
        OtaTestServer server(OtaTestServer::openSettings(), &store);
        server.addDevice(phone);
        OtaPeer peer(server.port());
        peer.ota();
        peer.answer(OtaPeer::registration(phone.toUtf8()));
        QTRY_COMPARE(server.state(deviceId(phone)), LivenessState::Up);
        server.registry().closeAll(CloseReason::ServerStopping);
        server.engine().writes().commit({});
        QVERIFY(peer.waitForEnd());
    }
    OtaTestServer server(OtaTestServer::openSettings(), &store);
    QCOMPARE(server.state(deviceId(phone)), LivenessState::Lost);
    QCOMPARE(server.registry().liveness(deviceId(phone))->reason(), LossReason::Interrupted);
    QVERIFY(!server.registry().usableConnection(deviceId(phone)));
    QCOMPARE(server.registry().lastTransport(deviceId(phone)), u"ota_http-tcp"_s);
    OtaPeer peer(server.port());
    peer.ota();
    peer.answer(OtaPeer::registration(phone.toUtf8()));
    QTRY_COMPARE(server.state(deviceId(phone)), LivenessState::Up);
    QCOMPARE(server.journal(u"restored"_s).size(), 1);
}

void TestOtaRegistration::limitsConnections()
{
    OtaHttpSettings settings = OtaTestServer::openSettings();
    settings.maxConnections = 2;
    OtaTestServer server(settings);
    OtaPeer first(server.port()), second(server.port());
    first.ota();
    second.ota();
    OtaPeer third(server.port());
    QVERIFY(third.waitForEnd());
    first.close();
    QTRY_COMPARE(server.ota.sessions(), 1);
    OtaPeer fourth(server.port());
    QCOMPARE(fourth.request().method, QByteArray("OPTIONS"));
}

QTEST_GUILESS_MAIN(TestOtaRegistration)
#include "tst_otaregistration.moc"
