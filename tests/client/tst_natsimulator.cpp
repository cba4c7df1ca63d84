// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/natsimulator.h"
#include "client/simulationfixture.h"

#include <QNetworkDatagram>
#include <QTest>
#include <QUdpSocket>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// A UDP socket on loopback that notes what it gets and from where.
struct Peer {
    explicit Peer(const QHostAddress &address = QHostAddress(QHostAddress::LocalHost))
    {
        socket.bind(address, 0);
        QObject::connect(&socket, &QUdpSocket::readyRead, &socket, [this] {
            while (socket.hasPendingDatagrams()) {
                const QNetworkDatagram datagram = socket.receiveDatagram();
                got.append(datagram.data());
                from = {datagram.senderAddress(), quint16(datagram.senderPort())};
            }
        });
    }
    SimulationEndpoint endpoint() const { return {socket.localAddress(), socket.localPort()}; }
    void send(const QByteArray &octets, const SimulationEndpoint &to)
    {
        socket.writeDatagram(octets, to.address, to.port);
    }

    QUdpSocket socket;
    QVector<QByteArray> got;
    SimulationEndpoint from;
};

NatSettings quick()
{
    NatSettings settings;
    settings.udpTimeout = Milliseconds(1000);
    return settings;
}

/// A server, a NAT before it, and one device.
struct Scene {
    explicit Scene(const NatSettings &settings = quick(), quint64 seed = 1,
                   QVector<QHostAddress> outside = {})
        : nat({{{NatProtocol::Udp, {QHostAddress(QHostAddress::LocalHost), 0}, server.endpoint()}},
               std::move(outside),
               seed},
              settings, time, time.timers())
        , told(nat)
    {
        if (nat.start())
            inside = nat.ports().constFirst().inside;
    }
    /// The device sends, the server hears it; where from.
    SimulationEndpoint hello(const QByteArray &octets = "hello")
    {
        const qsizetype before = server.got.size();
        device.send(octets, inside);
        [this, before] {
            QTRY_COMPARE(server.got.size(), before + 1);
        }();
        return server.from;
    }
    /// The server sends there; until the NAT has dealt with it.
    void back(const SimulationEndpoint &to)
    {
        const quint64 before = dealtWith();
        server.send("back", to);
        [this, before] {
            QTRY_COMPARE(dealtWith(), before + 1);
        }();
    }
    quint64 dealtWith() const
    {
        const NatCounters counters = nat.counters();
        quint64 sum = counters.packetsIn;
        for (const quint64 dropped : counters.dropped)
            sum += dropped;
        return sum;
    }
    void change(const std::function<void(NatSettings &)> &how)
    {
        NatSettings settings = nat.settings();
        how(settings);
        nat.change(settings);
    }

    FakeSimulationTime time;
    Peer server;
    Peer device;
    NatSimulator nat;
    ToldEvents told;
    SimulationEndpoint inside;
};

} // namespace

/// The NAT's side of UDP, with the clock in the test's hand.
class TestNatSimulator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theServerSeesTheOutsidePortAndItsAnswerComesBack()
    {
        Scene scene;
        const SimulationEndpoint seen = scene.hello();
        QVERIFY(seen != scene.device.endpoint());
        scene.server.send("answer", seen);
        QTRY_COMPARE(scene.device.got, QVector<QByteArray>{"answer"});
        QCOMPARE(scene.device.from, scene.inside);
        QCOMPARE(scene.hello(), seen);
        const NatMapping mapping = scene.nat.mappings().value(0);
        QCOMPARE(mapping.inside, scene.device.endpoint());
        QCOMPARE(mapping.outside, seen);
        QCOMPARE(mapping.octetsOut, quint64(10));
        QCOMPARE(mapping.octetsIn, quint64(6));
        QCOMPARE(scene.told.count(u"mapping-made"), 1);
        QCOMPARE(scene.told.last(u"mapping-made")[u"outside"_s].toString(), seen.toString());
    }

    void eachDeviceHasAMappingOfItsOwn()
    {
        Scene scene;
        Peer other;
        const SimulationEndpoint first = scene.hello();
        other.send("other", scene.inside);
        QTRY_COMPARE(scene.server.got.size(), 2);
        QVERIFY(scene.server.from != first);
        scene.server.send("for the other", scene.server.from);
        QTRY_COMPARE(other.got.size(), 1);
        QVERIFY(scene.device.got.isEmpty());
    }

    void anIdleMappingClosesAndTheNextPacketComesFromAnotherPort()
    {
        Scene scene;
        const SimulationEndpoint before = scene.hello();
        scene.time.advance(Milliseconds(999));
        QCOMPARE(scene.nat.mappings().size(), 1);
        scene.time.advance(Milliseconds(1));
        QVERIFY(scene.nat.mappings().isEmpty());
        QCOMPARE(scene.told.last(u"mapping-closed")[u"reason"_s].toString(), u"idle"_s);
        QCOMPARE(scene.told.last(u"mapping-closed")[u"idle_ms"_s].toInt(), 1000);

        scene.back(before);
        QVERIFY(scene.device.got.isEmpty());
        QCOMPARE(scene.told.last(u"packet-dropped")[u"reason"_s].toString(), u"no_mapping"_s);
        QCOMPARE(scene.told.last(u"packet-dropped")[u"direction"_s].toString(), u"inbound"_s);
        QVERIFY(scene.hello() != before);
        scene.back(before); // still nobody, and no ICMP either
        QCOMPARE(scene.nat.counters().droppedFor("no_mapping"), quint64(2));
    }

    void whatRefreshesIsASetting_data()
    {
        QTest::addColumn<int>("refresh");
        QTest::addColumn<bool>("livesByOutbound");
        QTest::addColumn<bool>("livesByInbound");
        QTest::newRow("both") << int(NatRefresh::Both) << true << true;
        QTest::newRow("outbound") << int(NatRefresh::Outbound) << true << false;
        QTest::newRow("inbound") << int(NatRefresh::Inbound) << false << true;
    }
    void whatRefreshesIsASetting()
    {
        QFETCH(int, refresh);
        QFETCH(bool, livesByOutbound);
        QFETCH(bool, livesByInbound);
        for (const bool outbound : {true, false}) {
            NatSettings settings = quick();
            settings.udpRefresh = NatRefresh(refresh);
            Scene scene(settings);
            const SimulationEndpoint seen = scene.hello();
            scene.time.advance(Milliseconds(600));
            if (outbound)
                scene.hello();
            else
                scene.back(seen);
            scene.time.advance(Milliseconds(600));
            QCOMPARE(scene.nat.mappings().size() == 1, outbound ? livesByOutbound : livesByInbound);
        }
    }

    void filteringSaysWhoMayAnswer_data()
    {
        QTest::addColumn<int>("filtering");
        QTest::addColumn<bool>("otherPort");
        QTest::addColumn<bool>("otherAddress");
        QTest::newRow("address and port") << int(NatFiltering::AddressAndPort) << false << false;
        QTest::newRow("address") << int(NatFiltering::Address) << true << false;
        QTest::newRow("endpoint independent") << int(NatFiltering::Endpoint) << true << true;
    }
    void filteringSaysWhoMayAnswer()
    {
        QFETCH(int, filtering);
        QFETCH(bool, otherPort);
        QFETCH(bool, otherAddress);
        NatSettings settings = quick();
        settings.udpFiltering = NatFiltering(filtering);
        Scene scene(settings);
        const SimulationEndpoint seen = scene.hello();
        Peer port, address(QHostAddress(u"127.0.0.2"_s));
        port.send("port", seen);
        QTRY_COMPARE(scene.dealtWith(), quint64(1));
        address.send("address", seen);
        QTRY_COMPARE(scene.dealtWith(), quint64(2));
        scene.server.send("server", seen);
        QTRY_VERIFY(scene.device.got.contains("server"));
        QCOMPARE(scene.device.got.contains("port"), otherPort);
        QCOMPARE(scene.device.got.contains("address"), otherAddress);
        QCOMPARE(int(scene.nat.counters().droppedFor("filtered")), int(!otherPort) + int(!otherAddress));
    }

    void aReboundMappingIsTheSameFromAnotherPlace()
    {
        Scene scene(quick(), 1, {QHostAddress(u"127.0.9.1"_s), QHostAddress(u"127.0.9.2"_s)});
        const SimulationEndpoint before = scene.hello();
        QCOMPARE(before.address.toString(), u"127.0.9.1"_s);
        QCOMPARE(scene.nat.rebind({}), 1);
        const SimulationEndpoint after = scene.hello();
        QCOMPARE(after.address.toString(), u"127.0.9.2"_s);
        QCOMPARE(scene.nat.mappings().value(0).id, quint64(1));
        scene.back(before);
        QVERIFY(scene.device.got.isEmpty());
        scene.back(after);
        QTRY_COMPARE(scene.device.got.size(), 1);
        const QJsonObject told = scene.told.last(u"mapping-rebound");
        QCOMPARE(told[u"from"_s].toString(), before.toString());
        QCOMPARE(told[u"to"_s].toString(), after.toString());
        QCOMPARE(told[u"because"_s].toString(), u"command"_s);
    }

    void onlyTheMappingsMeantMove()
    {
        Scene scene;
        Peer other;
        const SimulationEndpoint first = scene.hello();
        other.send("other", scene.inside);
        QTRY_COMPARE(scene.server.got.size(), 2);
        NatSelection selection;
        selection.inside = other.endpoint();
        QCOMPARE(scene.nat.rebind(selection), 1);
        QCOMPARE(scene.hello(), first);
        selection = {};
        selection.protocol = NatProtocol::Tcp;
        QCOMPARE(scene.nat.rebind(selection), 0);
        selection = {};
        selection.mapping = 1;
        QCOMPARE(scene.nat.forget(selection), 1);
        QCOMPARE(scene.nat.mappings().value(0).inside, other.endpoint());
        QCOMPARE(scene.told.last(u"mapping-closed")[u"reason"_s].toString(), u"forgotten"_s);
    }

    void rebindsByItsSchedule()
    {
        NatSettings settings = quick();
        settings.udpTimeout = Milliseconds(60'000);
        settings.rebindEvery = Milliseconds(5000);
        Scene scene(settings);
        SimulationEndpoint before = scene.hello();
        for (int i = 1; i <= 3; ++i) {
            scene.time.advance(Milliseconds(5000));
            const SimulationEndpoint after = scene.hello();
            QVERIFY(after != before);
            before = after;
            QCOMPARE(scene.told.count(u"mapping-rebound"), i);
        }
        QCOMPARE(scene.told.last(u"mapping-rebound")[u"because"_s].toString(), u"schedule"_s);
        scene.change([](NatSettings &s) { s.rebindEvery = Milliseconds(0); });
        scene.time.advance(Milliseconds(20'000));
        QCOMPARE(scene.told.count(u"mapping-rebound"), 3);
    }

    void theSameSeedLosesTheSamePackets()
    {
        const auto survivors = [](quint64 seed) {
            NatSettings settings = quick();
            settings.outbound.lossPercent = 40;
            Scene scene(settings, seed);
            for (int i = 0; i < 60; ++i) {
                scene.device.send(QByteArray::number(i), scene.inside);
                const auto dealt = [&] {
                    return scene.nat.counters().packetsOut + scene.nat.counters().droppedFor("loss");
                };
                [&] {
                    QTRY_COMPARE(dealt(), quint64(i + 1));
                }();
            }
            [&] {
                QTRY_COMPARE(quint64(scene.server.got.size()), scene.nat.counters().packetsOut);
            }();
            return scene.server.got;
        };
        const QVector<QByteArray> first = survivors(5);
        QVERIFY(first.size() > 20 && first.size() < 50);
        QCOMPARE(survivors(5), first);
        QVERIFY(survivors(6) != first);
    }

    void delayHoldsPacketsAndJitterKeepsTheirOrder()
    {
        NatSettings settings = quick();
        settings.outbound.delay = Milliseconds(100);
        settings.outbound.jitter = Milliseconds(80);
        Scene scene(settings);
        QVector<QByteArray> sent;
        for (int i = 0; i < 20; ++i) {
            sent.append(QByteArray::number(i));
            scene.device.send(sent.last(), scene.inside);
        }
        QTRY_COMPARE(scene.nat.counters().packetsOut, quint64(20));
        scene.time.advance(Milliseconds(99));
        QCOMPARE(scene.nat.counters().queued, qint64(30)); // all of them are still under way
        scene.time.advance(Milliseconds(81));
        QCOMPARE(scene.nat.counters().queued, qint64(0));
        QTRY_COMPARE(scene.server.got, sent);
    }

    void aLatePacketIsOvertaken()
    {
        NatSettings settings = quick();
        settings.outbound.reorderPercent = 100;
        settings.outbound.reorderDelay = Milliseconds(50);
        Scene scene(settings);
        scene.device.send("late", scene.inside);
        QTRY_COMPARE(scene.nat.counters().reordered, quint64(1));
        scene.change([](NatSettings &s) { s.outbound.reorderPercent = 0; });
        scene.hello("quick");
        scene.time.advance(Milliseconds(50));
        QTRY_COMPARE(scene.server.got, (QVector<QByteArray>{"quick", "late"}));
    }

    void aPacketDoesNotOvertakeAnEmptyOneThatIsDue()
    {
        NatSettings settings = quick();
        settings.udpTimeout = Milliseconds(100'000);
        settings.outbound.delay = Milliseconds(60'000);
        Scene scene(settings);
        scene.device.send({}, scene.inside);
        QTRY_COMPARE(scene.nat.counters().packetsOut, quint64(1));
        scene.change([](NatSettings &s) { s.outbound.delay = Milliseconds(0); });
        scene.time.pass(Milliseconds(60'000)); // the timers have not had their turn
        scene.device.send("second", scene.inside);
        QTRY_COMPARE(scene.nat.counters().packetsOut, quint64(2));
        scene.time.advance(Milliseconds(0));
        QTRY_COMPARE(scene.server.got, (QVector<QByteArray>{"", "second"}));
    }

    void aDoubledPacketComesTwice()
    {
        NatSettings settings = quick();
        settings.inbound.duplicatePercent = 100;
        Scene scene(settings);
        scene.server.send("twice", scene.hello());
        QTRY_COMPARE(scene.device.got, (QVector<QByteArray>{"twice", "twice"}));
        QCOMPARE(scene.nat.counters().duplicated, quint64(1));
    }

    void blockingIsForOneDirection()
    {
        Scene scene;
        const SimulationEndpoint seen = scene.hello();
        scene.change([](NatSettings &s) { s.inbound.blocked = true; });
        scene.back(seen);
        QCOMPARE(scene.told.last(u"packet-dropped")[u"reason"_s].toString(), u"blocked"_s);
        scene.hello();
        scene.change([](NatSettings &s) {
            s.inbound.blocked = false;
            s.outbound.blocked = true;
        });
        scene.device.send("blocked", scene.inside);
        QTRY_COMPARE(scene.nat.counters().droppedFor("blocked"), quint64(2));
        scene.back(seen);
        QTRY_COMPARE(scene.device.got.size(), 1);
        QCOMPARE(scene.server.got.size(), 2);
    }

    void aShorterTimeoutHoldsForMappingsThatAreThere()
    {
        NatSettings settings = quick();
        settings.udpTimeout = Milliseconds(60'000);
        Scene scene(settings);
        scene.hello();
        scene.change([](NatSettings &s) { s.udpTimeout = Milliseconds(100); });
        scene.time.advance(Milliseconds(100));
        QVERIFY(scene.nat.mappings().isEmpty());
    }

    void mappingsAreBounded()
    {
        NatSettings settings = quick();
        settings.maxMappings = 2;
        Scene scene(settings);
        Peer second, third;
        scene.hello();
        second.send("second", scene.inside);
        QTRY_COMPARE(scene.server.got.size(), 2);
        third.send("third", scene.inside);
        QTRY_COMPARE(scene.nat.counters().droppedFor("mapping_limit"), quint64(1));
        QCOMPARE(scene.nat.mappings().size(), 2);
        scene.time.advance(Milliseconds(1000)); // room again
        third.send("third", scene.inside);
        QTRY_COMPARE(scene.server.got.size(), 3);
    }

    void whatIsUnderWayIsBounded()
    {
        NatSettings settings = quick();
        settings.outbound.delay = Milliseconds(500);
        settings.maxQueued = 65'536;
        Scene scene(settings);
        const QByteArray large(30'000, 'x');
        for (int i = 0; i < 3; ++i)
            scene.device.send(large, scene.inside);
        QTRY_COMPARE(scene.nat.counters().droppedFor("queue_full"), quint64(1));
        QCOMPARE(scene.nat.counters().queued, qint64(60'000));
        scene.time.advance(Milliseconds(500));
        QTRY_COMPARE(scene.server.got.size(), 2);
    }

    void portsOfMappingsThatAreGoneAreBoundedInNumberAndTime()
    {
        NatSettings settings = quick();
        settings.maxForgotten = 1;
        settings.forgottenFor = Milliseconds(10'000);
        Scene scene(settings);
        const auto isTaken = [](const SimulationEndpoint &endpoint) {
            QUdpSocket socket;
            return !socket.bind(endpoint.address, endpoint.port, QAbstractSocket::DontShareAddress);
        };
        const SimulationEndpoint first = scene.hello();
        scene.nat.forget({});
        QVERIFY(isTaken(first));
        const SimulationEndpoint second = scene.hello();
        scene.nat.forget({});
        QVERIFY(!isTaken(first));
        QVERIFY(isTaken(second));
        scene.time.advance(Milliseconds(10'000));
        QVERIFY(!isTaken(second));
    }

    void anEndWithPacketsUnderWayIsClean()
    {
        FakeSimulationTime time;
        Peer server, device;
        NatSettings settings = quick();
        settings.outbound.delay = settings.inbound.delay = Milliseconds(100);
        settings.rebindEvery = Milliseconds(50);
        auto nat = std::make_unique<NatSimulator>(
            NatSimulator::Place{
                {{NatProtocol::Udp, {QHostAddress(QHostAddress::LocalHost), 0}, server.endpoint()}}, {}, 1},
            settings, time, time.timers());
        QVERIFY(nat->start());
        device.send("hello", nat->ports().constFirst().inside);
        QTRY_COMPARE(nat->counters().packetsOut, quint64(1));
        nat.reset();
        time.advance(Milliseconds(10'000));
        QCOMPARE(time.timers().pending(), size_t(0));
        QVERIFY(server.got.isEmpty());
    }

    void aPortThatIsTakenIsAnError()
    {
        Scene scene;
        NatSimulator second({{{NatProtocol::Udp, scene.inside, scene.server.endpoint()}}, {}, 1}, quick(),
                            scene.time, scene.time.timers());
        const Result<Done> started = second.start();
        QVERIFY(!started);
        QVERIFY(started.error().is("listen-failed"));
        QVERIFY(second.ports().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestNatSimulator)
#include "tst_natsimulator.moc"
