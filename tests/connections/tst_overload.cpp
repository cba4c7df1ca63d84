// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagramtestserver.h"
#include "connections/sippeer.h"
#include "connections/siptestserver.h"
#include "support/logcatcher.h"

using namespace reveille;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const char phone[] = "urn:uuid:00000000-0000-4000-8000-000000000001";
const char tablet[] = "urn:uuid:00000000-0000-4000-8000-000000000002";
const char alice[] = "sip:alice@lab.example";

QByteArray ack(quint16 messageId)
{
    return CoapBuilder::empty(CoapType::Acknowledgement, messageId);
}
QByteArray codeText(const QByteArray &datagram)
{
    return coapCodeText(codeOf(datagram));
}
QByteArray locationOf(const QByteArray &datagram)
{
    return CoapMessage::parse(datagram)->path(CoapOptionNumber::LocationPath);
}

/// A datagram server whose disk the test holds back.
struct SlowServer {
    MemoryStore store;
    DatagramTestServer server{DatagramTestServer::settings(), &store};
    CoapPeer peer{server.port()};

    /// What a device says in vain first, and when it has waited long.
    void sendLate(const QByteArray &request, Milliseconds late)
    {
        peer.send(request);
        QVERIFY(peer.isQuiet());
        server.clock.advance(late);
    }
};

} // namespace

/// Devices that register while the store is slow.
class TestOverload : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRegistrationIsAcknowledgedAndAnsweredOnceItIsDurable()
    {
        SlowServer slow;
        slow.store.hold(true);
        CoapBuilder request = slow.peer.registration(phone, alice, "s-1");
        slow.sendLate(request.bytes(), 1s);
        QCOMPARE(slow.peer.take(), ack(slow.peer.lastMessageId()));
        slow.peer.send(request.bytes());
        QCOMPARE(slow.peer.take(), ack(slow.peer.lastMessageId()));
        QVERIFY(slow.store.bindings.empty());
        slow.store.hold(false);
        const QByteArray answer = slow.peer.take();
        QCOMPARE(codeText(answer), QByteArray("2.01"));
        QCOMPARE(CoapMessage::parse(answer)->type(), CoapType::Confirmable);
        QCOMPARE(CoapMessage::parse(answer)->token(), QByteArrayView("tk"));
        QCOMPARE(slow.store.bindings.size(), size_t(1));
        slow.peer.send(ack(CoapMessage::parse(answer)->messageId()));
        QVERIFY(slow.peer.isQuiet());
        slow.server.clock.advance(60s);
        QVERIFY(slow.peer.isQuiet());
    }
    void whatChangesNothingIsAnsweredAtOnce()
    {
        SlowServer slow;
        CoapBuilder first = slow.peer.registration(phone, alice, "s-1");
        const QByteArray location = locationOf(slow.peer.ask(first));
        QVERIFY(!location.isEmpty());
        slow.store.hold(true);
        CoapBuilder again = slow.peer.registration(phone, alice, "s-1");
        const QByteArray answer = slow.peer.ask(again);
        QCOMPARE(codeText(answer), QByteArray("2.01"));
        QCOMPARE(locationOf(answer), location);
        slow.server.clock.advance(WriteBehind::delay);
        QVERIFY(!slow.server.engine().writes().isBehind());
    }
    void newsWaitsForTheDisk_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<bool>("elsewhere");
        QTest::newRow("another address") << QByteArray() << true;
        QTest::newRow("another lifetime") << QByteArray("lt=7200") << false;
        QTest::newRow("a number to wake it by") << QByteArray("msisdn=491701234567") << false;
        QTest::newRow("another application") << QByteArray("app=mail") << false;
    }
    void newsWaitsForTheDisk()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const bool, elsewhere);
        SlowServer slow;
        QVERIFY(!slow.peer.registerAs(phone, alice, "s-1").isEmpty());
        slow.store.hold(true);
        CoapPeer other(slow.server.port());
        CoapPeer &peer = elsewhere ? other : slow.peer;
        CoapBuilder request = peer.registration(phone, alice, "s-1");
        if (!query.isEmpty())
            request.add(CoapOptionNumber::UriQuery, QByteArrayView(query));
        peer.send(request.bytes());
        QVERIFY(peer.isQuiet());
        slow.store.hold(false);
        QCOMPARE(codeText(peer.take()), QByteArray("2.01"));
    }
    void registeringFromScratchWaitsWithTheFirst()
    {
        SlowServer slow;
        slow.store.hold(true);
        slow.peer.send(slow.peer.registration(phone, alice, "s-1").bytes());
        QVERIFY(slow.peer.isQuiet());
        const int handed = slow.store.held();
        CoapBuilder again = slow.peer.registration(phone, alice, "s-1"); // it gave up, and begins anew
        slow.peer.send(again.bytes());
        QVERIFY(slow.peer.isQuiet());
        QVERIFY(handed > 0);
        slow.store.hold(false);
        const QByteArray one = slow.peer.take(), other = slow.peer.take();
        QCOMPARE(codeText(one), QByteArray("2.01"));
        QCOMPARE(locationOf(one), locationOf(other));
        QCOMPARE(slow.server.journaled(u"registered"_s).size(), 1);
    }
    void whoeverWasReplacedWhileItWaitedIsToldSo()
    {
        SlowServer slow;
        CoapPeer other(slow.server.port());
        slow.store.hold(true);
        slow.peer.send(slow.peer.registration(phone, alice, "s-1").bytes());
        QVERIFY(slow.peer.isQuiet());
        other.send(other.registration(phone, alice, "s-1").bytes());
        QVERIFY(other.isQuiet());
        slow.store.hold(false);
        QCOMPARE(codeText(slow.peer.take()), QByteArray("4.04"));
        QCOMPARE(codeText(other.take()), QByteArray("2.01"));
    }
    void maxLag()
    {
        const LogCatcher log;
        SlowServer slow;
        CoapPeer known(slow.server.port()), other(slow.server.port());
        QVERIFY(!known.registerAs(tablet, alice, "s-2").isEmpty());
        slow.store.hold(true);
        slow.sendLate(slow.peer.registration(phone, alice, "s-1").bytes(), 9s);
        QCOMPARE(slow.peer.take(), ack(slow.peer.lastMessageId()));
        CoapBuilder inTime = other.registration(phone, alice, "s-3");
        other.send(inTime.bytes());
        QVERIFY(other.isQuiet());
        slow.server.clock.advance(1s);
        QCOMPARE(other.take(), ack(other.lastMessageId()));
        QSet<quint32> times;
        for (int i = 0; i < 20; ++i) {
            CoapBuilder late = other.registration(phone, alice, "s-4");
            const QByteArray refused = other.ask(late);
            QCOMPARE(codeText(refused), QByteArray("5.03"));
            QCOMPARE(payloadOf(refused), QByteArray("store-behind"));
            const quint32 maxAge = CoapMessage::parse(refused)->number(CoapOptionNumber::MaxAge).value_or(0);
            QVERIFY(maxAge >= 10 && maxAge <= 20);
            times.insert(maxAge);
        }
        QVERIFY(times.size() > 1);
        QVERIFY(log.reached(u"maxLag"_s, other.port()) >= 1);
        CoapBuilder renewal = known.registration(tablet, alice, "s-2");
        QCOMPARE(codeText(known.ask(renewal)), QByteArray("2.01"));
        slow.store.hold(false);
        QCOMPARE(codeText(slow.peer.take()), QByteArray("2.01"));
        QTRY_COMPARE(slow.server.engine().writes().lag(), 0ms);
        QVERIFY(!CoapPeer(slow.server.port()).registerAs(phone, alice, "s-4").isEmpty());
    }
    void overSipNewOnesAreSentAwayAndKnownOnesAreNot()
    {
        const LogCatcher log;
        MemoryStore store;
        SipTestServer server(SipTestServer::openSettings(), &store);
        UdpPeer known(server.udpPort()), stranger(server.udpPort());
        const auto registration = [](const SipPeer &peer, int cseq) {
            PeerRequest request;
            request.cseq = cseq;
            request.headers = {"Contact: <sip:alice@127.0.0.1:" + QByteArray::number(peer.port()) + ">;expires=600"};
            return request.bytes(peer);
        };
        QCOMPARE(known.ask(registration(known, 1)), 200);
        store.hold(true);
        server.engine().writes().commit([](const Result<Done> &) {});
        server.clock.advance(10s);
        QCOMPARE(stranger.ask(registration(stranger, 1)), 503);
        const quint32 pause = stranger.last()->number("retry-after").value_or(0);
        QVERIFY(pause >= 10 && pause <= 20);
        QVERIFY(log.reached(u"maxLag"_s, stranger.port()) == 1);
        QCOMPARE(known.ask(registration(known, 2)), 200);
        store.hold(false);
        QTRY_COMPARE(server.engine().writes().lag(), 0ms);
        QCOMPARE(stranger.ask(registration(stranger, 2)), 200);
    }
};

QTEST_GUILESS_MAIN(TestOverload)
#include "tst_overload.moc"
