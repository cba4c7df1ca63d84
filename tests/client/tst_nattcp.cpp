// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/natsimulator.h"
#include "client/simulationfixture.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUdpSocket>

#include <array>
#include <cerrno>
#include <memory>
#include <sys/socket.h>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// A server, a NAT before it, and one device that is connected through it.
struct Scene {
    explicit Scene(const NatSettings &settings = {}, bool serverListens = true)
    {
        server.listen(QHostAddress::LocalHost, 0);
        const SimulationEndpoint at{QHostAddress(QHostAddress::LocalHost), server.serverPort()};
        if (!serverListens)
            server.close();
        nat = std::make_unique<NatSimulator>(
            NatSimulator::Place{{{NatProtocol::Tcp, {QHostAddress(QHostAddress::LocalHost), 0}, at},
                                 {NatProtocol::Udp, {QHostAddress(QHostAddress::LocalHost), 0}, at}},
                                {QHostAddress(u"127.0.9.1"_s)}},
            settings, time, time.timers());
        told = std::make_unique<ToldEvents>(*nat);
        if (nat->start())
            device.connectToHost(QHostAddress::LocalHost, nat->ports().constLast().inside.port);
    }
    /// Until the server has it too, and has heard the device.
    [[nodiscard]] bool meet()
    {
        if (!QTest::qWaitFor([this] { return server.hasPendingConnections(); }))
            return false;
        peer.reset(server.nextPendingConnection());
        peer->setParent(nullptr);
        if (!QTest::qWaitFor([this] { return device.state() == QAbstractSocket::ConnectedState; }))
            return false;
        device.write("hello");
        return QTest::qWaitFor([this] { return peer->bytesAvailable() == 5; }) && peer->readAll() == "hello";
    }
    void change(const std::function<void(NatSettings &)> &how)
    {
        NatSettings settings = nat->settings();
        how(settings);
        nat->change(settings);
    }

    FakeSimulationTime time;
    QTcpServer server;
    std::unique_ptr<NatSimulator> nat;
    std::unique_ptr<ToldEvents> told;
    QTcpSocket device;
    std::unique_ptr<QTcpSocket> peer;
};

} // namespace

/// The NAT's side of TCP, with the clock in the test's hand.
class TestNatTcp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void octetsGoBothWaysFromAnOutsideAddress()
    {
        Scene scene;
        QVERIFY(scene.meet());
        QCOMPARE(scene.peer->peerAddress(), QHostAddress(u"127.0.9.1"_s));
        scene.peer->write("answer");
        QTRY_COMPARE(scene.device.bytesAvailable(), 6);
        const NatMapping mapping = scene.nat->mappings().value(0);
        QCOMPARE(mapping.protocol, NatProtocol::Tcp);
        QCOMPARE(mapping.outside.port, scene.peer->peerPort());
        QCOMPARE(mapping.octetsOut, quint64(5));
        QCOMPARE(mapping.octetsIn, quint64(6));
    }

    void anEndIsPassedOnAfterWhatCameBefore_data()
    {
        QTest::addColumn<bool>("byDevice");
        QTest::newRow("device") << true;
        QTest::newRow("server") << false;
    }
    void anEndIsPassedOnAfterWhatCameBefore()
    {
        QFETCH(bool, byDevice);
        NatSettings settings;
        settings.outbound.delay = settings.inbound.delay = Milliseconds(20);
        Scene scene(settings);
        QTRY_VERIFY(scene.server.hasPendingConnections());
        scene.peer.reset(scene.server.nextPendingConnection());
        scene.peer->setParent(nullptr);
        QTRY_COMPARE(scene.device.state(), QAbstractSocket::ConnectedState);
        QTcpSocket &ending = byDevice ? scene.device : *scene.peer;
        QTcpSocket &other = byDevice ? *scene.peer : scene.device;
        ending.write(QByteArray(50'000, 'x'));
        ending.disconnectFromHost();
        QTRY_VERIFY(scene.nat->counters().queued > 0);
        QByteArray got;
        const auto all = [&] {
            scene.time.advance(Milliseconds(20));
            got += other.readAll();
            return other.state() == QAbstractSocket::UnconnectedState;
        };
        QTRY_VERIFY(all());
        got += other.readAll();
        QCOMPARE(got.size(), 50'000);
        QTRY_VERIFY(scene.nat->mappings().isEmpty());
        QCOMPARE(scene.told->last(u"mapping-closed")[u"reason"_s].toString(),
                 byDevice ? u"closed_inside"_s : u"closed_outside"_s);
    }

    void aResetIsPassedOnAsOneAfterWhatCameBefore_data()
    {
        QTest::addColumn<bool>("byDevice");
        QTest::addColumn<bool>("resets");
        QTest::newRow("device") << true << true;
        QTest::newRow("server") << false << true;
        QTest::newRow("device closes") << true << false;
        QTest::newRow("server closes") << false << false;
    }
    void aResetIsPassedOnAsOneAfterWhatCameBefore()
    {
        QFETCH(bool, byDevice);
        QFETCH(bool, resets);
        Scene scene;
        QVERIFY(scene.meet());
        scene.change([](NatSettings &s) { s.outbound.delay = s.inbound.delay = Milliseconds(20); });
        QTcpSocket &ending = byDevice ? scene.device : *scene.peer;
        QTcpSocket &other = byDevice ? *scene.peer : scene.device;
        // QTcpSocket does not tell one end from the other.
        const int heard = ::dup(int(other.socketDescriptor()));
        other.abort();
        ending.write("last words");
        QVERIFY(ending.waitForBytesWritten(1000));
        const linger atOnce{resets, 0};
        QCOMPARE(::setsockopt(int(ending.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce),
                 0);
        ending.abort();
        QByteArray got;
        int end = EAGAIN;
        const auto hasEnded = [&] {
            scene.time.advance(Milliseconds(20));
            std::array<char, 64> octets;
            const ssize_t more = ::recv(heard, octets.data(), octets.size(), MSG_DONTWAIT);
            if (more > 0)
                got.append(octets.data(), more);
            else
                end = more == 0 ? 0 : errno;
            return more <= 0 && end != EAGAIN;
        };
        const bool ended = QTest::qWaitFor(hasEnded);
        ::close(heard);
        QVERIFY(ended);
        QCOMPARE(got, QByteArray("last words"));
        QCOMPARE(end, resets ? ECONNRESET : 0);
        QTRY_COMPARE(scene.nat->counters().open, 0);
    }

    void whatIsReadLaterDoesNotOvertakeWhatIsDue()
    {
        Scene scene;
        QVERIFY(scene.meet());
        scene.change([](NatSettings &s) { s.outbound.delay = Milliseconds(60'000); });
        scene.device.write("first ");
        QTRY_COMPARE(scene.nat->counters().queued, qint64(6));
        scene.change([](NatSettings &s) { s.outbound.delay = Milliseconds(0); });
        scene.time.pass(Milliseconds(60'000)); // the timers have not had their turn
        scene.device.write("second");
        QTRY_COMPARE(scene.nat->mappings().value(0).octetsOut, quint64(5 + 12));
        scene.time.advance(Milliseconds(0));
        QTRY_COMPARE(scene.peer->bytesAvailable(), 12);
        QCOMPARE(scene.peer->readAll(), QByteArray("first second"));
    }

    void jitterWithoutDelayKeepsTheOrder()
    {
        Scene scene;
        QVERIFY(scene.meet());
        scene.change([](NatSettings &s) { s.outbound.jitter = Milliseconds(1); });
        QByteArray sent;
        for (int i = 0; i < 60; ++i) {
            sent += char('0' + i);
            scene.device.write(sent.last(1));
            QTRY_COMPARE(scene.nat->mappings().value(0).octetsOut, quint64(5 + i + 1));
            scene.time.pass(Milliseconds(1));
        }
        scene.time.advance(Milliseconds(1));
        QTRY_COMPARE(scene.peer->bytesAvailable(), 60);
        QCOMPARE(scene.peer->readAll(), sent);
    }

    void muchGoesThroughUnchanged()
    {
        NatSettings settings;
        settings.maxQueued = 65'536; // less than what is in the windows
        Scene scene(settings);
        QVERIFY(scene.meet());
        QByteArray sent(3'000'000, Qt::Uninitialized);
        for (qsizetype i = 0; i < sent.size(); ++i)
            sent[i] = char(i * 31 / 7);
        scene.change([](NatSettings &s) {
            s.outbound.delay = Milliseconds(10);
            s.outbound.jitter = Milliseconds(20);
        });
        scene.device.write(sent);
        QByteArray got;
        qint64 most = 0;
        const auto all = [&] {
            most = std::max(most, scene.nat->counters().queued);
            scene.time.advance(Milliseconds(30));
            got += scene.peer->readAll();
            return got.size() == sent.size();
        };
        QTRY_VERIFY_WITH_TIMEOUT(all(), 30'000);
        QVERIFY(got == sent);
        QVERIFY(most > 0 && most <= 65'536);
    }

    void anIdleMappingIsLostAndNobodyIsTold()
    {
        NatSettings settings;
        settings.tcpTimeout = Milliseconds(10'000);
        Scene scene(settings);
        QVERIFY(scene.meet());
        scene.time.advance(Milliseconds(10'000));
        QVERIFY(scene.nat->mappings().isEmpty());
        QCOMPARE(scene.told->last(u"mapping-closed")[u"reason"_s].toString(), u"idle"_s);
        scene.peer->write("late");
        QTRY_COMPARE(scene.nat->counters().droppedFor("no_mapping"), quint64(1));
        scene.device.write("late too");
        QTRY_COMPARE(scene.nat->counters().droppedFor("no_mapping"), quint64(2));
        QCOMPARE(scene.device.state(), QAbstractSocket::ConnectedState);
        QCOMPARE(scene.peer->state(), QAbstractSocket::ConnectedState);
        QCOMPARE(scene.device.bytesAvailable(), 0);
        QCOMPARE(scene.peer->bytesAvailable(), 0);
        scene.device.disconnectFromHost(); // the server does not hear of this either
        scene.peer->write("later");
        QTRY_COMPARE(scene.nat->counters().droppedFor("no_mapping"), quint64(3));
        QCOMPARE(scene.peer->state(), QAbstractSocket::ConnectedState);
    }

    void trafficKeepsAMapping()
    {
        NatSettings settings;
        settings.tcpTimeout = Milliseconds(10'000);
        Scene scene(settings);
        QVERIFY(scene.meet());
        scene.time.advance(Milliseconds(6000));
        scene.peer->write("still there?");
        QTRY_COMPARE(scene.device.bytesAvailable(), 12);
        scene.time.advance(Milliseconds(6000));
        QCOMPARE(scene.nat->mappings().size(), 1);
    }

    void lateOctetsAreAnsweredByAResetToTheirSenderAlone()
    {
        NatSettings settings;
        settings.tcpTimeout = Milliseconds(10'000);
        settings.tcpLate = NatLate::Reset;
        Scene scene(settings);
        QVERIFY(scene.meet());
        scene.time.advance(Milliseconds(10'000));
        scene.peer->write("late");
        QTRY_COMPARE(scene.peer->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(scene.device.state(), QAbstractSocket::ConnectedState);
    }

    void aMappingThatIsForgottenTooLongIsReset()
    {
        NatSettings settings;
        settings.forgottenFor = Milliseconds(5000);
        Scene scene(settings);
        QVERIFY(scene.meet());
        QCOMPARE(scene.nat->forget({}), 1);
        scene.time.advance(Milliseconds(5000));
        QTRY_COMPARE(scene.peer->state(), QAbstractSocket::UnconnectedState);
        QTRY_COMPARE(scene.device.state(), QAbstractSocket::UnconnectedState);
    }

    void portsThatUdpHasLeftDoNotPushOutLostConnections()
    {
        NatSettings settings;
        settings.maxForgotten = 1;
        Scene scene(settings);
        QVERIFY(scene.meet());
        QCOMPARE(scene.nat->forget({}), 1);
        QUdpSocket other;
        other.writeDatagram("hello", QHostAddress::LocalHost, scene.nat->ports().constFirst().inside.port);
        QTRY_COMPARE(scene.nat->mappings().size(), 1);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(scene.nat->rebind({}), 1);
        scene.peer->write("late");
        QTRY_COMPARE(scene.nat->counters().droppedFor("no_mapping"), quint64(1));
        QCOMPARE(scene.device.state(), QAbstractSocket::ConnectedState);
    }

    void rebindingLosesAConnection()
    {
        Scene scene;
        QVERIFY(scene.meet());
        QCOMPARE(scene.nat->rebind({}), 1);
        QCOMPARE(scene.told->last(u"mapping-closed")[u"reason"_s].toString(), u"rebound"_s);
        scene.peer->write("late");
        QTRY_COMPARE(scene.nat->counters().droppedFor("no_mapping"), quint64(1));
    }

    void aServerThatIsNotThereIsAReset()
    {
        Scene scene({}, false);
        QTRY_COMPARE(scene.told->count(u"mapping-closed"), 1);
        QCOMPARE(scene.told->last(u"mapping-closed")[u"reason"_s].toString(), u"refused"_s);
        QTRY_COMPARE(scene.device.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(scene.nat->counters().open, 0);
    }

    void blockingHoldsOctetsUntilItEnds()
    {
        Scene scene;
        QVERIFY(scene.meet());
        scene.change([](NatSettings &s) { s.inbound.blocked = true; });
        scene.peer->write("held");
        scene.device.write("passes");
        QTRY_COMPARE(scene.peer->bytesAvailable(), 6);
        QCOMPARE(scene.device.bytesAvailable(), 0);
        scene.change([](NatSettings &s) { s.inbound.blocked = false; });
        QTRY_COMPARE(scene.device.bytesAvailable(), 4);
    }

    void aConnectionOpenedWhileBlockedReachesTheServerLater()
    {
        NatSettings settings;
        settings.outbound.blocked = true;
        Scene scene(settings);
        QTRY_COMPARE(scene.told->count(u"mapping-made"), 1);
        scene.device.write("hello");
        QVERIFY(!scene.server.hasPendingConnections());
        scene.change([](NatSettings &s) { s.outbound.blocked = false; });
        QTRY_VERIFY(scene.server.hasPendingConnections());
        scene.peer.reset(scene.server.nextPendingConnection());
        scene.peer->setParent(nullptr);
        QTRY_COMPARE(scene.peer->bytesAvailable(), 5);
    }

    void connectionsAreBounded()
    {
        NatSettings settings;
        settings.maxMappings = 1;
        Scene scene(settings);
        QVERIFY(scene.meet());
        QTcpSocket second;
        second.connectToHost(QHostAddress::LocalHost, scene.nat->ports().constLast().inside.port);
        QTRY_COMPARE(scene.nat->counters().droppedFor("mapping_limit"), quint64(1));
        QTRY_COMPARE(second.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(scene.nat->mappings().size(), 1);
    }

    void connectionsAreTakenAgainOnceThereAreDescriptors()
    {
        Scene scene;
        QVERIFY(scene.device.waitForConnected(1000)); // by the machine, not yet by the NAT
        {
            const NoDescriptors none;
            QTRY_COMPARE(scene.told->count(u"accept-failed"), 1);
        }
        QCOMPARE(scene.told->last(u"accept-failed")[u"inside"_s].toString(),
                 scene.nat->ports().constLast().inside.toString());
        scene.time.advance(Milliseconds(1000));
        QVERIFY(scene.meet());
    }

    void anEndWithConnectionsIsClean()
    {
        NatSettings settings;
        settings.inbound.delay = Milliseconds(100);
        Scene scene(settings);
        QVERIFY(scene.meet());
        scene.peer->write("under way");
        QTRY_VERIFY(scene.nat->counters().queued > 0);
        scene.told.reset();
        scene.nat.reset();
        scene.time.advance(Milliseconds(100'000));
        QCOMPARE(scene.time.timers().pending(), size_t(0));
        QTRY_COMPARE(scene.device.state(), QAbstractSocket::UnconnectedState);
    }
};

QTEST_GUILESS_MAIN(TestNatTcp)
#include "tst_nattcp.moc"
