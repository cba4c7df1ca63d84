// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagramtestserver.h"

using namespace reveille;
using namespace Qt::StringLiterals;
namespace Option = CoapOptionNumber;

namespace {

const char phone[] = "urn:uuid:00000000-0000-4000-8000-000000000001";
const char tablet[] = "urn:uuid:00000000-0000-4000-8000-000000000002";
const char alice[] = "sip:alice@lab.example";

const QString phoneText = QString::fromLatin1(phone);

Engine::Settings fixedInterval(int seconds)
{
    Engine::Settings settings;
    settings.pinholes.fixed = std::chrono::seconds(seconds);
    settings.pinholes.learns = false;
    return settings;
}

} // namespace

class TestDatagramRegistrar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void registersAnApplicationInstance();
    void keepsWhatTheRegistrationSays();
    void registersTheSameAgainUnderTheSameKey();
    void refreshesAndRemoves();
    void keepsTheLifetimeWithinBounds();
    void refusesWhatItCannotRead_data();
    void refusesWhatItCannotRead();
    void refusesUsersItDoesNotKnow();
    void refusesDevicesAndSessionsOfOthers();
    void refusesPlainCoapWhereDtlsIsNeeded();
    void refusesMoreThanItsLimit();
    void writesRefusalsDownWithinBounds();
    void followsADeviceThatSendsFromElsewhere();
    void keepsANamedAddressWhoeverRefreshes();
    void answersOnlyAllowedNetworks();
    void hearsEveryPacketOfARegisteredAddress();
    void expiresWhatIsNotRefreshed();
    void livesOnAfterARestart();
    void forgetsARestoredAddressOutsideTheAllowedNetworks();
    void takesWhatASirAskedFor();
    void tellsWhereToRegister();
    void knowsNoOtherResource();
};

void TestDatagramRegistrar::registersAnApplicationInstance()
{
    DatagramTestServer server(DatagramTestServer::settings(), nullptr, fixedInterval(25));
    CoapPeer device(server.port());
    CoapBuilder request = device.registration(phone, alice, "s-1");
    const QByteArray answer = device.ask(request);
    const auto message = CoapMessage::parse(answer);
    QVERIFY(message.ok());
    QCOMPARE(message->type(), CoapType::Acknowledgement);
    QCOMPARE(message->code(), quint8(CoapCode::Created));
    QCOMPARE(message->messageId(), device.lastMessageId());
    QCOMPARE(message->token().toByteArray(), QByteArray("tk"));
    const QByteArray location = message->path(Option::LocationPath);
    QVERIFY(location.startsWith("rd/") && location.size() == 3 + 11);
    QCOMPARE(message->number(Option::ContentFormat), std::optional<quint32>(0));
    QCOMPARE(message->payload().toByteArray(), QByteArray("ka=25;lt=86400"));

    const QVector<ConnectionSnapshot> connections = server.registry().connections(*DeviceId::parse(phoneText));
    QCOMPARE(connections.size(), 1);
    QCOMPARE(connections[0].facts.kind, u"datagram"_s);
    QCOMPARE(connections[0].facts.transport, u"udp"_s);
    QCOMPARE(connections[0].facts.peer, device.address());
    QCOMPARE(connections[0].facts.local, server.bound.value(u"datagram_coap"_s));
    QCOMPARE(connections[0].facts.address, u"coap://"_s + device.address());
    QCOMPARE(connections[0].facts.session, u"s-1"_s);
    QCOMPARE(connections[0].flow, u"datagram/s-1"_s);
    QCOMPARE(connections[0].liveness.state(), LivenessState::Up);
    QCOMPARE(connections[0].liveness.policy().keepAliveInterval, Milliseconds(25000));
    QCOMPARE(server.datagram.registrations(), 1);
}

void TestDatagramRegistrar::keepsWhatTheRegistrationSays()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1", "app=mail&name=Ann's phone&msisdn=+491701234567&port=2948&lt=600").isEmpty());
    const Device *known = server.registry().device(*DeviceId::parse(phoneText));
    QVERIFY(known);
    QCOMPARE(known->name, u"Ann's phone"_s);
    QCOMPARE(known->msisdn.toString(), u"+491701234567"_s);
    QCOMPARE(known->clientPort, ClientPort(2948));
    QCOMPARE(known->clientRoutes, (QVector<WakeRoute>{{u"sms"_s, u"491701234567"_s, ClientPort(2948), WakeRoute::Source::Client}}));
    const auto facts = server.registry().connections(known->id).first().facts;
    QCOMPARE(facts.application, u"mail"_s);
    const auto until = server.registry().liveness(known->id)->registeredUntil();
    QCOMPARE(until, server.clock.now() + Milliseconds(600000));

    CoapPeer other(server.port());
    QVERIFY(!other.registerAs(tablet, alice, "s-2", "port=2949").isEmpty());
    QCOMPARE(server.registry().device(*DeviceId::parse(QString::fromLatin1(tablet)))->clientRoutes,
             (QVector<WakeRoute>{{u"wsp-udp"_s, u"127.0.0.1"_s, ClientPort(2949), WakeRoute::Source::Client}}));
    QVERIFY(!other.registerAs(tablet, alice, "s-2", "pn-provider=wsp-udp&pn-prid=127.0.0.9&pn-param=7").isEmpty());
    QCOMPARE(server.registry().device(*DeviceId::parse(QString::fromLatin1(tablet)))->clientRoutes,
             (QVector<WakeRoute>{{u"wsp-udp"_s, u"127.0.0.9"_s, ClientPort(7), WakeRoute::Source::Client}}));
}

void TestDatagramRegistrar::registersTheSameAgainUnderTheSameKey()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    const QByteArray key = device.registerAs(phone, alice, "s-1");
    QCOMPARE(device.registerAs(phone, alice, "s-1"), key);
    QCOMPARE(server.datagram.registrations(), 1);
    // From another port it is the same instance with a new path; the old key is worth nothing any more.
    CoapPeer moved(server.port());
    const QByteArray next = moved.registerAs(phone, alice, "s-1");
    QVERIFY(!next.isEmpty() && next != key);
    QCOMPARE(server.datagram.registrations(), 1);
    CoapBuilder stale = device.request(CoapCode::Post, "rd/" + key);
    QCOMPARE(codeOf(device.ask(stale)), quint8(CoapCode::NotFound));
    QCOMPARE(server.registry().connections(*DeviceId::parse(phoneText)).first().facts.peer, moved.address());
}

void TestDatagramRegistrar::refreshesAndRemoves()
{
    DatagramTestServer server(DatagramTestServer::settings(), nullptr, fixedInterval(30));
    CoapPeer device(server.port());
    const QByteArray key = device.registerAs(phone, alice, "s-1", "lt=600");
    server.clock.advance(Milliseconds(20000));
    CoapBuilder refresh = device.request(CoapCode::Post, "rd/" + key);
    const QByteArray answer = device.ask(refresh);
    QCOMPARE(codeOf(answer), quint8(CoapCode::Changed));
    QCOMPARE(payloadOf(answer), QByteArray("ka=30;lt=600"));
    const DeviceId id = *DeviceId::parse(phoneText);
    QCOMPARE(server.registry().liveness(id)->registeredUntil(), server.clock.now() + Milliseconds(600000));
    CoapBuilder longer = device.request(CoapCode::Post, "rd/" + key);
    QCOMPARE(payloadOf(device.ask(longer.query("lt", "1200"))), QByteArray("ka=30;lt=1200"));
    CoapBuilder broken = device.request(CoapCode::Post, "rd/" + key);
    QCOMPARE(codeOf(device.ask(broken.query("lt", "soon"))), quint8(CoapCode::BadRequest));

    CoapBuilder removal = device.request(CoapCode::Delete, "rd/" + key);
    QCOMPARE(codeOf(device.ask(removal)), quint8(CoapCode::Deleted));
    QCOMPARE(server.datagram.registrations(), 0);
    QCOMPARE(server.journaled(u"unregistered"_s).size(), 1);
    CoapBuilder again = device.request(CoapCode::Delete, "rd/" + key);
    QCOMPARE(codeOf(device.ask(again)), quint8(CoapCode::NotFound));
    for (const char *wrong : {"rd/AAAAAAAAAAA", "rd/x", "rd/AAAAAAAAAAA=", "rd/%%%%%%%%%%%"}) {
        CoapBuilder guess = device.request(CoapCode::Post, wrong);
        QCOMPARE(codeOf(device.ask(guess)), quint8(CoapCode::NotFound));
    }
}

void TestDatagramRegistrar::keepsTheLifetimeWithinBounds()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    const auto granted = [&](QByteArrayView asked) {
        CoapBuilder request = device.registration(phone, alice, "s-1");
        return CoapRegistrationAnswer::parse(payloadOf(device.ask(request.query("lt", asked))))->lifetime;
    };
    QCOMPARE(granted("1"), 60u);
    QCOMPARE(granted("60"), 60u);
    QCOMPARE(granted("4294967295"), 604800u);
}

void TestDatagramRegistrar::refusesWhatItCannotRead_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<int>("code");
    const QByteArray ep = QByteArray("ep=") + phone, u = QByteArray("&u=") + alice;
    const auto row = [](const char *name, const QByteArray &query, const char *reason, int code = CoapCode::BadRequest) {
        QTest::newRow(name) << query << QByteArray(reason) << code;
    };
    row("no device", "u=" + QByteArray(alice) + "&s=x", "device-empty");
    row("device", "ep=urn:uuid:x" + u + "&s=x", "device-uuid");
    row("no user", ep + "&s=x", "user-empty");
    row("user", ep + "&u=mailto:x&s=x", "user-scheme");
    row("no session", ep + u, "session-missing");
    row("session empty", ep + u + "&s=", "session-missing");
    row("session too long", ep + u + "&s=" + QByteArray(101, 's'), "session-characters");
    row("session not UTF-8", ep + u + "&s=\xff", "session-characters");
    row("session with a control character", ep + u + "&s=a\nb", "session-characters");
    row("application", ep + u + "&s=x&app=" + QByteArray(101, 'a'), "application-characters");
    row("lifetime 0", ep + u + "&s=x&lt=0", "lifetime");
    row("lifetime negative", ep + u + "&s=x&lt=-1", "lifetime");
    row("lifetime too large", ep + u + "&s=x&lt=4294967296", "lifetime");
    row("base", ep + u + "&s=x&b=http://127.0.0.1", "base");
    row("base by name", ep + u + "&s=x&b=coap://localhost", "base");
    row("base over DTLS", ep + u + "&s=x&b=coaps://127.0.0.1", "base");
    row("base elsewhere", ep + u + "&s=x&b=coap://192.0.2.1:5683", "base-not-allowed", CoapCode::Forbidden);
    row("base elsewhere in IPv6", ep + u + "&s=x&b=coap://[2001:db8::1]:5683", "base-not-allowed", CoapCode::Forbidden);
    row("number", ep + u + "&s=x&msisdn=abc", "msisdn-characters");
    row("port", ep + u + "&s=x&port=70000", "port-range");
    row("route", ep + u + "&s=x&pn-provider=sms", "route");
    row("domain", ep + "&u=sip:bob@elsewhere.example&s=x", "user-not-served", CoapCode::Forbidden);
}

void TestDatagramRegistrar::refusesWhatItCannotRead()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, reason);
    QFETCH(int, code);
    DatagramTestServer server;
    CoapPeer device(server.port());
    CoapBuilder request = device.request(CoapCode::Post, "rd");
    for (const QByteArray &item : query.split('&'))
        request.add(Option::UriQuery, QByteArrayView(item));
    const QByteArray answer = device.ask(request);
    QCOMPARE(coapCodeText(codeOf(answer)), coapCodeText(quint8(code)));
    QCOMPARE(payloadOf(answer), reason);
    QCOMPARE(server.datagram.registrations(), 0);
    QCOMPARE(server.registry().deviceCount(), 0);
}

void TestDatagramRegistrar::refusesUsersItDoesNotKnow()
{
    DatagramSettings settings = DatagramTestServer::settings();
    settings.open = false;
    DatagramTestServer server(settings);
    CoapPeer device(server.port());
    CoapBuilder request = device.registration(phone, alice, "s-1");
    QCOMPARE(codeOf(device.ask(request)), quint8(CoapCode::Forbidden));
    server.addUser(QString::fromLatin1(alice));
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
}

void TestDatagramRegistrar::refusesDevicesAndSessionsOfOthers()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    CoapBuilder stolen = device.registration(phone, "sip:bob@lab.example", "s-2");
    const QByteArray refusal = device.ask(stolen);
    QCOMPARE(codeOf(refusal), quint8(CoapCode::Forbidden));
    QCOMPARE(payloadOf(refusal), QByteArray("device-belongs-to-other-user"));
    CoapBuilder taken = device.registration(tablet, alice, "s-1");
    QCOMPARE(codeOf(device.ask(taken)), quint8(CoapCode::Conflict));
    QCOMPARE(server.datagram.registrations(), 1);
}

void TestDatagramRegistrar::refusesPlainCoapWhereDtlsIsNeeded()
{
    DatagramSettings settings = DatagramTestServer::settings();
    settings.needsDtls = true;
    DatagramTestServer server(settings);
    CoapPeer device(server.port());
    CoapBuilder request = device.registration(phone, alice, "s-1");
    const QByteArray answer = device.ask(request);
    QCOMPARE(codeOf(answer), quint8(CoapCode::Unauthorized));
    QCOMPARE(payloadOf(answer), QByteArray("dtls-needed"));
}

void TestDatagramRegistrar::refusesMoreThanItsLimit()
{
    DatagramSettings settings = DatagramTestServer::settings();
    settings.maxSessions = 2;
    DatagramTestServer server(settings);
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    QVERIFY(!device.registerAs(phone, alice, "s-2").isEmpty());
    CoapBuilder third = device.registration(phone, alice, "s-3");
    const QByteArray answer = device.ask(third);
    QCOMPARE(codeOf(answer), quint8(CoapCode::ServiceUnavailable));
    QCOMPARE(CoapMessage::parse(answer)->number(Option::MaxAge), std::optional<quint32>(60));
    QVERIFY(!device.registerAs(phone, alice, "s-2").isEmpty());
}

void TestDatagramRegistrar::writesRefusalsDownWithinBounds()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    for (int i = 0; i < 100; ++i) {
        CoapBuilder request = device.registration(phone, "sip:bob@elsewhere.example", "s");
        QVERIFY(!device.ask(request).isEmpty());
    }
    const QVector<JournalEntry> rows = server.journaled(u"registration-refused"_s);
    QCOMPARE(rows.size(), 60);
    QCOMPARE(rows[0].user.toString(), u"sip:bob@elsewhere.example"_s);
    QCOMPARE(rows[0].device.toString(), phoneText);
    QVERIFY(rows[0].fields.contains({u"transport"_s, u"datagram/udp"_s}));
    QVERIFY(rows[0].fields.contains({u"peer"_s, device.address()}));
    QVERIFY(rows[0].fields.contains({u"status"_s, u"4.03"_s}));
    QVERIFY(rows[0].fields.contains({u"reason"_s, u"user-not-served"_s}));
}

void TestDatagramRegistrar::followsADeviceThatSendsFromElsewhere()
{
    DatagramTestServer server;
    CoapPeer device(server.port()), rebound(server.port());
    const QByteArray key = device.registerAs(phone, alice, "s-1");
    const ConnectionId before = server.connectionOf(phoneText, u"s-1"_s);
    CoapBuilder refresh = rebound.request(CoapCode::Post, "rd/" + key);
    QCOMPARE(codeOf(rebound.ask(refresh)), quint8(CoapCode::Changed));
    QCOMPARE(server.connectionOf(phoneText, u"s-1"_s), before);
    QCOMPARE(server.registry().connections(*DeviceId::parse(phoneText)).first().facts.peer, rebound.address());
    const QVector<JournalEntry> rows = server.journaled(u"address-changed"_s);
    QCOMPARE(rows.size(), 1);
    QVERIFY(rows[0].fields.contains({u"before"_s, device.address()}));
    QVERIFY(rows[0].fields.contains({u"after"_s, rebound.address()}));

    const PushId push = server.push(u"s-1"_s, "to the new port");
    const QByteArray datagram = rebound.take();
    QCOMPARE(payloadOf(datagram), QByteArray("to the new port"));
    rebound.send(CoapPeer::answerTo(datagram, CoapCode::Changed));
    QTRY_COMPARE(server.stateOf(push), PushState::Delivered);
    QVERIFY(device.isQuiet());
}

void TestDatagramRegistrar::keepsANamedAddressWhoeverRefreshes()
{
    DatagramTestServer server;
    CoapPeer device(server.port()), listener(server.port());
    const QByteArray base = "b=coap://" + listener.address().toLatin1();
    const QByteArray key = device.registerAs(phone, alice, "s-1", base);
    CoapBuilder refresh = device.request(CoapCode::Post, "rd/" + key);
    QCOMPARE(codeOf(device.ask(refresh)), quint8(CoapCode::Changed));
    QCOMPARE(server.registry().connections(*DeviceId::parse(phoneText)).first().facts.peer, listener.address());
    QVERIFY(server.journaled(u"address-changed"_s).isEmpty());
    CoapBuilder elsewhere = device.request(CoapCode::Post, "rd/" + key);
    QCOMPARE(codeOf(device.ask(elsewhere.query("b", "coap://192.0.2.1"))), quint8(CoapCode::Forbidden));
    QCOMPARE(server.registry().connections(*DeviceId::parse(phoneText)).first().facts.peer, listener.address());
}

void TestDatagramRegistrar::answersOnlyAllowedNetworks()
{
    DatagramSettings settings = DatagramTestServer::settings();
    settings.allowed = *parseNetworks(u"127.0.0.2/32");
    DatagramTestServer server(settings);
    CoapPeer stranger(server.port()), device(server.port(), QHostAddress(u"127.0.0.2"_s));
    CoapBuilder request = stranger.registration(phone, alice, "s-1");
    stranger.send(request.bytes());
    stranger.send(CoapBuilder::empty(CoapType::Confirmable, 1));
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    QTRY_COMPARE(server.datagram.counters().notAllowed, quint64(2));
    QVERIFY(stranger.take(0).isEmpty());
    const QByteArray base = "b=coap://" + stranger.address().toLatin1();
    QVERIFY(device.registerAs(tablet, alice, "s-2", base).isEmpty());
}

void TestDatagramRegistrar::hearsEveryPacketOfARegisteredAddress()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    QVERIFY(!device.registerAs(phone, alice, "s-2").isEmpty());
    server.clock.advance(Milliseconds(60000));
    QVERIFY(device.isQuiet());
    for (const auto &session : {u"s-1"_s, u"s-2"_s})
        QCOMPARE(server.registry().livenessOf(server.connectionOf(phoneText, session))->lastPacket(), server.clock.now());
}

void TestDatagramRegistrar::expiresWhatIsNotRefreshed()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    const QByteArray key = device.registerAs(phone, alice, "s-1", "lt=60");
    server.clock.advance(Milliseconds(60001));
    QCOMPARE(server.stateOf(phoneText), LivenessState::Lost);
    QCOMPARE(server.registry().liveness(*DeviceId::parse(phoneText))->reason(), LossReason::Expired);
    QCOMPARE(server.datagram.registrations(), 0);
    CoapBuilder late = device.request(CoapCode::Post, "rd/" + key);
    QCOMPARE(codeOf(device.ask(late)), quint8(CoapCode::NotFound));
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    QCOMPARE(server.stateOf(phoneText), LivenessState::Up);
}

void TestDatagramRegistrar::livesOnAfterARestart()
{
    MemoryStore store;
    DatagramSettings settings = DatagramTestServer::settings();
    std::optional<DatagramTestServer> server(std::in_place, settings, &store);
    const quint16 port = server->port();
    settings.coap.port = port;
    CoapPeer device(port), listener(port);
    const QByteArray key = device.registerAs(phone, alice, "s-1", "app=mail&lt=7200");
    const QByteArray named = device.registerAs(phone, alice, "s-2", "b=coap://" + listener.address().toLatin1());
    server.reset();
    server.emplace(settings, &store);
    QCOMPARE(server->datagram.registrations(), 2);
    QCOMPARE(server->stateOf(phoneText), LivenessState::Suspect);
    const auto facts = server->registry().connections(*DeviceId::parse(phoneText));
    QCOMPARE(facts.size(), 2);
    for (CoapPeer *peer : {&device, &listener}) {
        const QByteArray ping = peer->take();
        QVERIFY2(CoapMessage::parse(ping)->isEmpty(), "it is asked whether it is there");
        peer->send(CoapBuilder::empty(CoapType::Reset, CoapMessage::parse(ping)->messageId()));
    }
    CoapBuilder refresh = device.request(CoapCode::Post, "rd/" + key);
    QCOMPARE(payloadOf(device.ask(refresh)), QByteArray("ka=0;lt=7200"));
    QCOMPARE(server->stateOf(phoneText), LivenessState::Up);
    CoapBuilder other = device.request(CoapCode::Post, "rd/" + named);
    QCOMPARE(codeOf(device.ask(other)), quint8(CoapCode::Changed));
    const PushId push = server->push(u"s-2"_s, "hello");
    QCOMPARE(payloadOf(listener.take()), QByteArray("hello"));
    Q_UNUSED(push)
}

void TestDatagramRegistrar::forgetsARestoredAddressOutsideTheAllowedNetworks()
{
    MemoryStore store;
    DatagramSettings settings = DatagramTestServer::settings();
    std::optional<DatagramTestServer> server(std::in_place, settings, &store);
    CoapPeer device(server->port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    server.reset();
    settings.allowed = *parseNetworks(u"10.0.0.0/8");
    server.emplace(settings, &store);
    QCOMPARE(server->datagram.registrations(), 0);
    QCOMPARE(server->stateOf(phoneText), LivenessState::Lost);
    const PushId push = server->push(u"s-1"_s, "hello");
    QCOMPARE(server->stateOf(push), PushState::Waiting);
    QVERIFY(device.take(50).isEmpty());
}

void TestDatagramRegistrar::takesWhatASirAskedFor()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    const auto ask = [&](const QByteArray &rest, bool refuses, const QByteArray &who = phone) {
        CoapBuilder request = device.request(CoapCode::Post, "returned");
        if (refuses)
            request.add(Option::UriQuery, QByteArrayView("refusal"));
        const QByteArray body = "{\"user\":\"sip:alice@lab.example\",\"device\":\"" + who + "\"," + rest + '}';
        request.payload(body);
        const QByteArray answer = device.ask(request);
        const auto message = CoapMessage::parse(answer);
        return message ? message->code() : quint8(0);
    };
    QCOMPARE(ask(R"("subscription":["mail"])", false), CoapCode::Changed);
    QCOMPARE(ask(R"("status":603,"reason":"denied")", true), CoapCode::Changed);
    QCOMPARE(ask(R"("status":603)", false), CoapCode::BadRequest);
    QCOMPARE(ask(R"("status":603)", true, tablet), CoapCode::NotFound);
    const Device *kept = server.registry().device(*DeviceId::parse(phoneText));
    QCOMPARE(kept->subscriptions, QStringList{u"mail"_s});
    QCOMPARE(kept->returned.size(), 2);
    QCOMPARE(kept->returned.last().what, SirRequest::Refusal);
    QCOMPARE(kept->returned.last().over, u"coap"_s);
    QCOMPARE(kept->returned.last().value, u"{\"reason\":\"denied\",\"status\":603}"_s);
}

void TestDatagramRegistrar::tellsWhereToRegister()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    const auto discover = [&](QByteArrayView filter) {
        CoapBuilder request = device.request(CoapCode::Get, ".well-known/core");
        if (!filter.isEmpty())
            request.query("rt", filter);
        return device.ask(request);
    };
    QCOMPARE(payloadOf(discover({})), QByteArray("</rd>;rt=\"core.rd\";ct=40"));
    QCOMPARE(payloadOf(discover("core.rd*")), QByteArray("</rd>;rt=\"core.rd\";ct=40"));
    QVERIFY(payloadOf(discover("core.rd-lookup-ep")).isEmpty());
    QCOMPARE(codeOf(discover("x")), quint8(CoapCode::Content));
    CoapBuilder json = device.request(CoapCode::Get, ".well-known/core");
    QCOMPARE(codeOf(device.ask(json.add(Option::Accept, 50u))), quint8(CoapCode::NotAcceptable));
}

void TestDatagramRegistrar::knowsNoOtherResource()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    CoapBuilder other = device.request(CoapCode::Get, "sensors");
    QCOMPARE(codeOf(device.ask(other)), quint8(CoapCode::NotFound));
    CoapBuilder get = device.request(CoapCode::Get, "rd");
    QCOMPARE(codeOf(device.ask(get)), quint8(CoapCode::MethodNotAllowed));
    CoapBuilder put = device.request(CoapCode::Put, "rd/AAAAAAAAAAA");
    QCOMPARE(codeOf(device.ask(put)), quint8(CoapCode::MethodNotAllowed));
}

QTEST_GUILESS_MAIN(TestDatagramRegistrar)
#include "tst_datagramregistrar.moc"
