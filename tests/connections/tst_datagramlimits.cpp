// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagramtestserver.h"
#include "connections/dtlspeer.h"
#include "support/logcatcher.h"

using namespace reveille;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const char phone[] = "urn:uuid:00000000-0000-4000-8000-000000000001";
const char tablet[] = "urn:uuid:00000000-0000-4000-8000-000000000002";
const char alice[] = "sip:alice@lab.example";
const QString tabletText = QString::fromLatin1(tablet);

} // namespace

/// Each limit of the datagram side under its name in docs/limits.md: what happens at it, and that it says so.
class TestDatagramLimits : public QObject
{
    Q_OBJECT

    static DatagramSettings with(const std::function<void(DatagramSettings &)> &change)
    {
        DatagramSettings settings = DatagramTestServer::settings();
        change(settings);
        return settings;
    }
    static DatagramSettings overDtls(const std::function<void(DatagramSettings &)> &change)
    {
        return with([&](DatagramSettings &settings) {
            settings.dtls.enabled = true;
            change(settings);
        });
    }
    static DtlsPeer dtlsPeer(DatagramTestServer &server)
    {
        return {server.dtlsPort(), "alice", keyOf("alice", "secret")};
    }
    static QByteArray nothing(CoapPeer &peer)
    {
        CoapBuilder request = peer.request(CoapCode::Get, "nothing");
        peer.send(request.bytes());
        return peer.take(200);
    }

private Q_SLOTS:
    void allowed()
    {
        const LogCatcher log;
        DatagramTestServer server(with([](DatagramSettings &s) { s.allowed = *parseNetworks(u"10.0.0.0/8"); }));
        CoapPeer peer(server.port());
        QVERIFY(nothing(peer).isEmpty());
        QCOMPARE(log.reached(u"allowed"_s, peer.port()), 1);
    }
    void maxSessions()
    {
        const LogCatcher log;
        DatagramTestServer server(with([](DatagramSettings &s) { s.maxSessions = 1; }));
        CoapPeer one(server.port()), other(server.port());
        QVERIFY(!one.registerAs(phone, alice, "s-1").isEmpty());
        CoapBuilder second = other.registration(tablet, alice, "s-2");
        const QByteArray refused = other.ask(second);
        QCOMPARE(coapCodeText(codeOf(refused)), QByteArray("5.03"));
        QVERIFY(CoapMessage::parse(refused)->number(CoapOptionNumber::MaxAge));
        QCOMPARE(server.datagram.registrations(), 1);
        QCOMPARE(log.reached(u"maxSessions"_s, other.port()), 1);
    }
    void maxLifetime()
    {
        const LogCatcher log;
        DatagramTestServer server(with([](DatagramSettings &s) { s.maxLifetime = 100; }));
        CoapPeer peer(server.port());
        CoapBuilder within = peer.registration(phone, alice, "s-1");
        within.query("lt", "100");
        QVERIFY(payloadOf(peer.ask(within)).endsWith("lt=100"));
        QCOMPARE(log.reached(u"maxLifetime"_s), 0);
        CoapBuilder more = peer.registration(phone, alice, "s-1");
        more.query("lt", "101");
        QVERIFY(payloadOf(peer.ask(more)).endsWith("lt=100"));
        QCOMPARE(log.reached(u"maxLifetime"_s, peer.port()), 1);
    }
    void maxDtls()
    {
        const LogCatcher log;
        DatagramTestServer server(overDtls([](DatagramSettings &s) { s.maxDtls = 1; }));
        server.addUser(QString::fromLatin1(alice), keyOf("alice", "secret"));
        DtlsPeer first = dtlsPeer(server), second = dtlsPeer(server);
        QVERIFY(first.shake());
        QVERIFY(!second.shake(300));
        QCOMPARE(server.datagram.dtlsSessions(), 1);
        QVERIFY(log.reached(u"maxDtls"_s, second.port()) >= 1);
        QCOMPARE(log.reached(u"maxHandshakes"_s), 0);
    }
    void maxHandshakes()
    {
        const LogCatcher log;
        DatagramTestServer server(overDtls([](DatagramSettings &s) { s.maxHandshakes = 1; }));
        server.addUser(QString::fromLatin1(alice), keyOf("alice", "secret"));
        DtlsPeer dawdler = dtlsPeer(server), second = dtlsPeer(server);
        QVERIFY(dawdler.begin());
        QVERIFY(!second.shake(300));
        QCOMPARE(server.datagram.dtlsSessions(), 1);
        QVERIFY(log.reached(u"maxHandshakes"_s, second.port()) >= 1);
        server.clock.advance(2s); // the first makes room
        DtlsPeer third = dtlsPeer(server);
        QVERIFY(third.shake());
        QVERIFY(log.reached(u"maxHandshakes"_s, third.port()) >= 1);
    }
    void handshakeTime()
    {
        const LogCatcher log;
        DatagramTestServer server(overDtls([](DatagramSettings &s) { s.handshakeTime = 3s; }));
        server.addUser(QString::fromLatin1(alice), keyOf("alice", "secret"));
        DtlsPeer dawdler = dtlsPeer(server);
        QVERIFY(dawdler.begin());
        QCOMPARE(server.datagram.dtlsSessions(), 1);
        server.clock.advance(10s);
        QCOMPARE(server.datagram.dtlsSessions(), 0);
        QCOMPARE(log.reached(u"handshakeTime"_s, dawdler.port()), 1);
    }
    void dtlsIdle()
    {
        const LogCatcher log;
        DatagramTestServer server(overDtls([](DatagramSettings &s) { s.dtlsIdle = 20s; }));
        server.addUser(QString::fromLatin1(alice), keyOf("alice", "secret"));
        DtlsPeer registered = dtlsPeer(server), idle = dtlsPeer(server);
        QVERIFY(registered.shake() && idle.shake());
        QCOMPARE(coapCodeText(codeOf(registered.registerAs(alice, "s-1"))), QByteArray("2.01"));
        server.clock.advance(25s);
        QCOMPARE(server.datagram.dtlsSessions(), 1);
        QCOMPARE(log.reached(u"dtlsIdle"_s), 1);
        QCOMPARE(log.reached(u"dtlsIdle"_s, idle.port()), 1);
    }
    void maxRemembered()
    {
        const LogCatcher log;
        DatagramTestServer server(with([](DatagramSettings &s) { s.message.maxRemembered = 2; }));
        CoapPeer peer(server.port());
        CoapBuilder first = peer.registration(phone, alice, "s-1");
        QCOMPARE(coapCodeText(codeOf(peer.ask(first))), QByteArray("2.01"));
        QCOMPARE(coapCodeText(codeOf(peer.ask(first))), QByteArray("2.01"));
        QCOMPARE(server.datagram.counters().duplicates, quint64(1));
        QCOMPARE(log.reached(u"maxRemembered"_s), 0);
        for (const char *session : {"s-2", "s-3"})
            QVERIFY(!peer.registerAs(phone, alice, session).isEmpty());
        QCOMPARE(log.reached(u"maxRememberedOctets"_s), 0);
        QVERIFY(log.reached(u"maxRemembered"_s, peer.port()) >= 1);
        QCOMPARE(coapCodeText(codeOf(peer.ask(first))), QByteArray("2.01"));
        QCOMPARE(server.datagram.counters().duplicates, quint64(1)); // done once more
    }
    void maxOwed()
    {
        const LogCatcher log;
        MemoryStore store;
        DatagramTestServer server(with([](DatagramSettings &s) { s.message.maxOwed = 1; }), &store);
        CoapPeer one(server.port()), other(server.port());
        store.hold(true);
        one.send(one.registration(phone, alice, "s-1").bytes());
        QVERIFY(one.isQuiet());
        CoapBuilder second = other.registration(tablet, alice, "s-2");
        const QByteArray refused = other.ask(second);
        QCOMPARE(coapCodeText(codeOf(refused)), QByteArray("5.03"));
        QCOMPARE(payloadOf(refused), QByteArray("answers-owed"));
        QVERIFY(CoapMessage::parse(refused)->number(CoapOptionNumber::MaxAge));
        QVERIFY(server.registry().device(*DeviceId::parse(tabletText)) == nullptr);
        QCOMPARE(log.reached(u"maxOwed"_s, other.port()), 1);
        store.hold(false);
        QCOMPARE(coapCodeText(codeOf(one.take())), QByteArray("2.01"));
        QVERIFY(!other.registerAs(tablet, alice, "s-2").isEmpty());
    }
    void maxRememberedOctets()
    {
        const LogCatcher log;
        DatagramTestServer server(with([](DatagramSettings &s) { s.message.maxRememberedOctets = 80; }));
        CoapPeer peer(server.port());
        CoapBuilder first = peer.registration(phone, alice, "s-1");
        QCOMPARE(coapCodeText(codeOf(peer.ask(first))), QByteArray("2.01"));
        QCOMPARE(log.reached(u"maxRememberedOctets"_s), 0);
        for (const char *session : {"s-2", "s-3", "s-4"})
            QVERIFY(!peer.registerAs(phone, alice, session).isEmpty());
        QVERIFY(log.reached(u"maxRememberedOctets"_s, peer.port()) >= 1);
        QCOMPARE(log.reached(u"maxRemembered"_s), 0);
        QCOMPARE(coapCodeText(codeOf(peer.ask(first))), QByteArray("2.01"));
        QCOMPARE(server.datagram.counters().duplicates, quint64(0));
    }
    void maxQueued()
    {
        const LogCatcher log;
        QVector<SendOutcome> outcomes;
        DatagramTestServer server(with([](DatagramSettings &s) { s.message.maxQueued = 1; }));
        CoapPeer peer(server.port());
        QVERIFY(!peer.registerAs(phone, alice, "s-1").isEmpty());
        QVERIFY(!peer.registerAs(phone, alice, "s-2").isEmpty());
        for (const QString &session : {u"s-1"_s, u"s-2"_s}) {
            PushMessage push;
            push.push = PushId(u"p-"_s + session);
            push.contentType = u"text/plain"_s;
            push.body = "hello";
            server.registry().connection(server.connectionOf(QString::fromLatin1(phone), session))
                ->send(push, [&](const SendOutcome &outcome) { outcomes.append(outcome); });
        }
        server.clock.advance(0ms);
        QCOMPARE(outcomes.size(), 1);
        QCOMPARE(outcomes[0].kind, SendOutcome::Kind::Busy);
        QCOMPARE(outcomes[0].code, QByteArray("too-many"));
        QCOMPARE(log.reached(u"maxQueued"_s, peer.port()), 1);
        QCOMPARE(log.reached(u"maxExchanges"_s), 0);
    }
    void answersPerSecond()
    {
        const LogCatcher log;
        DatagramTestServer server(with([](DatagramSettings &s) {
            s.message.answersPerSecond = 5;
            s.message.answerBurst = 1;
        }));
        CoapPeer peer(server.port());
        QVERIFY(!nothing(peer).isEmpty());
        QCOMPARE(log.reached(u"answersPerSecond"_s), 0);
        QVERIFY(nothing(peer).isEmpty());
        QCOMPARE(log.reached(u"answersPerSecond"_s, peer.port()), 1);
        server.clock.advance(200ms);
        QVERIFY(!nothing(peer).isEmpty());
    }
    void answerBurst()
    {
        const LogCatcher log;
        DatagramTestServer server(with([](DatagramSettings &s) { s.message.answerBurst = 3; }));
        CoapPeer peer(server.port());
        for (int i = 0; i < 3; ++i)
            QVERIFY(!nothing(peer).isEmpty());
        QVERIFY(nothing(peer).isEmpty());
        QCOMPARE(log.reached(u"answersPerSecond"_s, peer.port()), 1);
    }
    void maxSources()
    {
        const LogCatcher log;
        DatagramTestServer server(with([](DatagramSettings &s) {
            s.message.maxSources = 1;
            s.message.answerBurst = 2;
        }));
        CoapPeer one(server.port());
        CoapPeer second(server.port(), QHostAddress(u"127.0.0.2"_s)), third(server.port(), QHostAddress(u"127.0.0.3"_s));
        QVERIFY(!nothing(one).isEmpty());
        QCOMPARE(log.reached(u"maxSources"_s), 0);
        QVERIFY(!nothing(second).isEmpty());
        QVERIFY(!nothing(third).isEmpty());
        QVERIFY(nothing(second).isEmpty()); // they share one account
        QVERIFY(!nothing(one).isEmpty());
        QCOMPARE(log.reached(u"maxSources"_s, u" 127.0.0.2:%1 "_s.arg(second.port())), 2);
        QCOMPARE(log.reached(u"maxSources"_s, one.port()), 0);
    }
    void amplification()
    {
        const LogCatcher log;
        DatagramTestServer server(with([](DatagramSettings &s) { s.message.amplification = 1; }));
        CoapPeer peer(server.port());
        CoapBuilder request = peer.request(CoapCode::Get, ".well-known/core");
        const QByteArray answer = peer.ask(request);
        QCOMPARE(coapCodeText(codeOf(answer)), QByteArray("2.05"));
        QVERIFY(payloadOf(answer).isEmpty());
        QCOMPARE(log.reached(u"amplification"_s, peer.port()), 1);
        QVERIFY(!peer.registerAs(phone, alice, "s-1").isEmpty());
        CoapBuilder again = peer.request(CoapCode::Get, ".well-known/core");
        QVERIFY(!payloadOf(peer.ask(again)).isEmpty());
    }
    void fixedLimits_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("longestSession") << QByteArray("s") << QByteArray("session-characters");
        QTest::newRow("longestApplication") << QByteArray("app") << QByteArray("application-characters");
        QTest::newRow("longestName") << QByteArray("name") << QByteArray("application-characters");
    }
    void fixedLimits()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, reason);
        const LogCatcher log;
        DatagramTestServer server;
        CoapPeer peer(server.port());
        for (const int size : {100, 101}) {
            CoapBuilder request = peer.request(CoapCode::Post, "rd");
            request.query("ep", phone).query("u", alice);
            if (query != "s")
                request.query("s", "s-1");
            request.query(query, QByteArray(size, 'x'));
            QCOMPARE(coapCodeText(codeOf(peer.ask(request))), QByteArray(size == 100 ? "2.01" : "4.00"));
        }
        const QStringList lines = log.lines().filter(u"registration refused"_s).filter(u"127.0.0.1:%1\""_s.arg(peer.port()));
        QCOMPARE(lines.size(), 1);
        QVERIFY2(lines.first().contains(QString::fromLatin1(reason)), qPrintable(lines.first()));
    }
    void largest()
    {
        const LogCatcher log;
        DatagramTestServer server;
        CoapPeer peer(server.port());
        CoapBuilder request = peer.request(CoapCode::Get, ".well-known/core");
        request.payload(QByteArray(3000, 'x'));
        peer.send(request.bytes());
        QVERIFY(peer.isQuiet());
        QCOMPARE(log.reached(u"largest"_s, peer.port()), 1);
    }
    void maxExchanges()
    {
        const LogCatcher log;
        DatagramSettings settings = DatagramTestServer::settings();
        settings.message.maxExchanges = 1;
        DatagramTestServer server(settings);
        CoapPeer one(server.port()), other(server.port());
        QVERIFY(!one.registerAs(phone, alice, "s-1").isEmpty());
        QVERIFY(!other.registerAs(tablet, alice, "s-2").isEmpty());
        const PushId first = server.push(u"s-1"_s, "first"), second = server.push(u"s-2"_s, "second");
        server.clock.advance(Milliseconds(0));
        const QByteArray datagram = one.take();
        QCOMPARE(log.reached(u"maxExchanges"_s, other.port()), 1);
        QCOMPARE(server.stateOf(second), PushState::Waiting);
        QCOMPARE(server.engine().pushes().push(second)->deliveries.first().reason, QByteArray("busy-too-many"));
        QCOMPARE(server.stateOf(tabletText), LivenessState::Up);
        QCOMPARE(server.datagram.counters().refused, quint64(1));
        one.send(CoapPeer::answerTo(datagram, CoapCode::Changed));
        QTRY_COMPARE(server.stateOf(first), PushState::Delivered);
        // It goes out once there is room.
        QVERIFY(QTest::qWaitFor([&] { server.clock.advance(Milliseconds(1000)); return other.hasDatagram(); }));
        other.send(CoapPeer::answerTo(other.take(), CoapCode::Changed));
        QTRY_COMPARE(server.stateOf(second), PushState::Delivered);
    }
    void maxPinholeTests()
    {
        const LogCatcher log;
        DatagramSettings settings = DatagramTestServer::settings();
        settings.maxPinholeTests = 1;
        DatagramTestServer server(settings, nullptr, {});
        CoapPeer one(server.port()), other(server.port());
        CoapBuilder first = one.request(CoapCode::Post, "pinhole"), second = other.request(CoapCode::Post, "pinhole");
        const QByteArray granted = one.ask(first);
        QCOMPARE(coapCodeText(codeOf(granted)), QByteArray("2.04"));
        QVERIFY(payloadOf(granted) != "d=0");
        QCOMPARE(log.reached(u"maxPinholeTests"_s), 0);
        const QByteArray refused = other.ask(second);
        QCOMPARE(log.reached(u"maxPinholeTests"_s, other.port()), 1);
        QCOMPARE(coapCodeText(codeOf(refused)), QByteArray("5.03"));
        QCOMPARE(CoapMessage::parse(refused)->number(CoapOptionNumber::MaxAge), std::optional<quint32>(60));
    }
};

QTEST_GUILESS_MAIN(TestDatagramLimits)
#include "tst_datagramlimits.moc"
