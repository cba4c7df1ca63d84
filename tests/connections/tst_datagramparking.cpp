// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagramtestserver.h"

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const char phone[] = "urn:uuid:00000000-0000-4000-8000-000000000001";
const char alice[] = "sip:alice@lab.example";

/// Every idle device is put away after half a second.
struct ParkingServer : DatagramTestServer {
    explicit ParkingServer(MemoryStore *store = nullptr) : DatagramTestServer(settings(), store)
    {
        registry().setParkingLimits({0, Milliseconds(500), Milliseconds(500)});
    }
    void rest() { clock.advance(Milliseconds(3000)); }
};

QByteArray refresh(CoapPeer &device, const QByteArray &key)
{
    CoapBuilder again = device.request(CoapCode::Post, "rd/" + key);
    return device.ask(again);
}

} // namespace

class TestDatagramParking : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRefreshLeavesAnIdleDevicePutAway()
    {
        ParkingServer server;
        CoapPeer device(server.port());
        const QByteArray key = device.registerAs(phone, alice, "s-1");
        server.rest();
        QCOMPARE(server.registry().parkedCount(), 1);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(codeOf(refresh(device, key)), CoapCode::Changed);
            server.clock.advance(Milliseconds(10000));
        }
        QCOMPARE(server.registry().parkedCount(), 1);
        QCOMPARE(server.registry().inState(LivenessState::Up), 1);
    }
    void aPushFindsAnIdleDevice()
    {
        ParkingServer server;
        CoapPeer device(server.port());
        const QByteArray key = device.registerAs(phone, alice, "s-1");
        server.rest();
        QCOMPARE(server.registry().parkedCount(), 1);
        const PushId push = server.push(u"s-1"_s, "Good morning");
        const QByteArray datagram = device.take();
        QCOMPARE(payloadOf(datagram), QByteArray("Good morning"));
        server.rest();
        QCOMPARE(server.registry().parkedCount(), 0); // not while the push is under way
        while (device.hasDatagram())
            device.take();
        device.send(CoapPeer::answerTo(datagram, CoapCode::Changed));
        QTRY_COMPARE(server.stateOf(push), PushState::Delivered);
        server.rest();
        QCOMPARE(server.registry().parkedCount(), 1);
        QCOMPARE(codeOf(refresh(device, key)), CoapCode::Changed);
    }
    void anIdleDeviceThatMovesIsPushedToWhereItIs()
    {
        ParkingServer server;
        CoapPeer device(server.port()), elsewhere(server.port());
        const QByteArray key = device.registerAs(phone, alice, "s-1");
        server.rest();
        QCOMPARE(codeOf(refresh(elsewhere, key)), CoapCode::Changed);
        QCOMPARE(server.journaled(u"address-changed"_s).size(), 1);
        server.rest();
        QCOMPARE(server.registry().parkedCount(), 1);
        server.push(u"s-1"_s, "hello");
        QCOMPARE(payloadOf(elsewhere.take()), QByteArray("hello"));
    }
    void manyNetworksShareFewPolicies()
    {
        MemoryStore store;
        Engine::Settings settings;
        settings.pinholes.fixed = Milliseconds(25678);
        DatagramTestServer server(DatagramTestServer::settings(), &store, settings);
        CoapPeer device(server.port());
        QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
        const LivenessPolicy policy = server.registry().liveness(*DeviceId::parse(QString::fromLatin1(phone)))->policy();
        QCOMPARE(policy.keepAliveInterval, Milliseconds(25000)); // whole seconds
        QVERIFY(policy.pinholeLifetime <= Milliseconds(60000) || policy.pinholeLifetime.count() % 5000 == 0);
    }
    void anIdleDeviceCanBeRemovedAndForgotten()
    {
        ParkingServer server;
        CoapPeer device(server.port());
        const QByteArray key = device.registerAs(phone, alice, "s-1");
        server.rest();
        CoapBuilder removal = device.request(CoapCode::Delete, "rd/" + key);
        QCOMPARE(codeOf(device.ask(removal)), CoapCode::Deleted);
        QCOMPARE(codeOf(refresh(device, key)), CoapCode::NotFound);
        QCOMPARE(server.datagram.registrations(), 0);
    }
};

QTEST_GUILESS_MAIN(TestDatagramParking)
#include "tst_datagramparking.moc"
