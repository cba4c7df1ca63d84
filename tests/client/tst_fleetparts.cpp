// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleetscene.h"
#include "client/fleet/fleetconsole.h"
#include "client/fleet/fleetoptions.h"
#include "client/fleet/fleetsockets.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

#include <set>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// What a fleet would get.
struct Listener : FleetReceiver {
    void received(const FleetPlace &to, QByteArrayView octets) override { got.append({to, octets.toByteArray()}); }
    void heard(quint32 address, QByteArrayView octets) override { woken.append({address, octets.toByteArray()}); }
    QVector<std::pair<FleetPlace, QByteArray>> got;
    QVector<std::pair<quint32, QByteArray>> woken;
};

} // namespace

class TestFleetParts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theAgendaKeepsTheOrder()
    {
        constexpr quint32 devices = 300;
        FleetAgenda agenda(devices);
        std::set<std::pair<Milliseconds, quint32>> expected;
        FleetRandom random(3, 3);
        for (int i = 0; i < 20000; ++i) {
            const quint32 device = quint32(random.below(devices));
            const Milliseconds due = random.hits(30) ? FleetAgenda::never : Milliseconds(random.below(50));
            expected.erase({agenda.dueOf(device), device});
            if (due != FleetAgenda::never)
                expected.insert({due, device});
            agenda.set(device, due);
            QCOMPARE(agenda.first().has_value(), !expected.empty());
            if (!expected.empty()) {
                QCOMPARE(*agenda.first(), expected.begin()->second);
                QCOMPARE(agenda.nextDue(), expected.begin()->first);
            }
        }
    }

    void chanceIsTheSameEverywhere()
    {
        FleetRandom random(1, 2);
        const QVector<quint64> first{random.next(), random.next()};
        FleetRandom again(1, 2);
        QCOMPARE(QVector<quint64>({again.next(), again.next()}), first);
        QVERIFY(FleetRandom(1, 3).next() != first[0]);
        QVERIFY(FleetRandom(2, 2).next() != first[0]);
        QCOMPARE(FleetRandom(1, 2).around(Milliseconds(0), 50), Milliseconds(0));
    }

    void aMixIsRead()
    {
        const FleetMix mix = *FleetMix::parse(u"# a comment\nsleepers = 3\nflaky=1, awake_s=7,loss_percent=5"_s, {});
        QCOMPARE(mix.keepers, 0);
        QCOMPARE(mix.sleepers, 3);
        QCOMPARE(mix.flaky, 1);
        QCOMPARE(mix.awake, Milliseconds(7000));
        QCOMPARE(mix.lossPercent, 5);
        const FleetMix later = *FleetMix::parse(u"late_ms=9"_s, mix);
        QCOMPARE(later.sleepers, 3);
        QCOMPARE(later.toJson().value(u"late_ms"_s).toInt(), 9);
        QCOMPARE(later.habitOf(2), FleetHabit::Sleeper);
        QCOMPARE(later.habitOf(3), FleetHabit::Flaky);
    }

    void aMixThatIsWrongSaysWhere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("about");
        QTest::newRow("form") << u"keepers"_s << u"mix-form"_s << u"keepers"_s;
        QTest::newRow("name") << u"keeper=1"_s << u"mix-unknown"_s << u"keeper"_s;
        QTest::newRow("negative") << u"flaky=-1"_s << u"mix-value"_s << u"flaky"_s;
        QTest::newRow("percent") << u"loss_percent=101"_s << u"mix-value"_s << u"loss_percent"_s;
        QTest::newRow("long") << u"roam_s=99999999999"_s << u"mix-value"_s << u"roam_s"_s;
        QTest::newRow("no number") << u"roam_s="_s << u"mix-value"_s << u"roam_s"_s;
        QTest::newRow("nobody") << u"keepers=0"_s << u"mix-empty"_s << u"keepers=0"_s;
    }
    void aMixThatIsWrongSaysWhere()
    {
        QFETCH(QString, text);
        const Result<FleetMix> mix = FleetMix::parse(text, {});
        QVERIFY(!mix);
        QTEST(QString::fromLatin1(mix.error().code), "code");
        QTEST(mix.error().about, "about");
    }

    void identitiesAreFoundAgain()
    {
        const FleetIdentities some = *FleetIdentities::make(u"sip:Dev%1@LAB.example"_s, 5, 100000);
        QCOMPARE(some.user(42).toString(), u"sip:Dev42@lab.example"_s);
        for (const quint32 device : {0U, 1U, 99999U}) {
            QCOMPARE(some.find(some.user(device)), std::optional(device));
            QCOMPARE(some.find(some.device(device)), std::optional(device));
        }
        QCOMPARE(some.find(*PublicUserId::parse(u"sip:Dev100000@lab.example")), std::nullopt);
        QCOMPARE(some.find(*PublicUserId::parse(u"sip:Dev01@lab.example")), std::nullopt);
        QCOMPARE(some.find(*PublicUserId::parse(u"sip:other@lab.example")), std::nullopt);
        const FleetIdentities other = *FleetIdentities::make(u"sip:Dev%1@lab.example"_s, 6, 100);
        QCOMPARE(some.find(other.device(3)), std::nullopt);
        QVERIFY(some.session(3) != other.session(3));
        const FleetIdentities pairs = *FleetIdentities::make(u"tel:+4917%1"_s, 5, 100, 2);
        QCOMPARE(pairs.user(6), pairs.user(7));
        QVERIFY(pairs.device(6) != pairs.device(7));
        QCOMPARE(pairs.find(pairs.user(6)), std::nullopt);
        QVERIFY(FleetIdentities::make(u"sip:dev@lab.example"_s, 1, 1).error().is("pattern-number"));
        QVERIFY(FleetIdentities::make(u"sip:dev@%1@x"_s, 1, 1).ok() == false);
    }

    void optionsAreRead()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"mix"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("keepers=2\nroamers=1\n");
        file.close();
        const Result<FleetOptions> read = FleetOptions::read(
            {u"c"_s, u"--fleet"_s, u"500"_s, u"--seed"_s, u"12345678901234"_s, u"--mix"_s, file.fileName(),
             u"--registrar"_s, u"127.0.0.1:7000"_s, u"--stats"_s, u"0"_s});
        QVERIFY2(read.ok(), read ? "" : read.error().code);
        QCOMPARE(read->settings.devices, 500U);
        QCOMPARE(read->settings.seed, 12345678901234ULL);
        QCOMPARE(read->settings.mix.roamers, 1);
        QCOMPARE(read->settings.mix.sleepers, 0);
        QCOMPARE(read->settings.registrarPort, quint16(7000));
        QCOMPARE(read->statsSeconds, 0);
        QVERIFY(FleetOptions::areIn({u"c"_s, u"--fleet=3"_s}));
        QVERIFY(!FleetOptions::areIn({u"c"_s, u"--user"_s, u"sip:fleet@lab.example"_s}));
    }

    void wrongOptionsAreNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("about");
        const auto row = [](const char *name, const QStringList &arguments, const char *code, const char *about) {
            QTest::newRow(name) << (QStringList{u"c"_s, u"--fleet"_s} + arguments) << QString::fromLatin1(code)
                                << QString::fromLatin1(about);
        };
        row("too many", {u"100001"_s}, "option-value", "fleet");
        row("too many SIP", {u"10001"_s, u"--kind"_s, u"sip"_s}, "option-value", "fleet");
        row("kind", {u"1"_s, u"--kind"_s, u"ota-http"_s}, "option-value", "kind");
        row("option", {u"1"_s, u"--silent"_s}, "option-unknown", "silent");
        row("mix", {u"1"_s, u"--mix"_s, u"keepers=x"_s}, "mix-value", "keepers");
        row("file", {u"1"_s, u"--mix"_s, u"/nowhere/mix"_s}, "mix-file", "/nowhere/mix");
        row("v6", {u"1"_s, u"--registrar"_s, u"[::1]:5683"_s}, "option-value", "registrar");
        row("far away", {u"1"_s, u"--registrar"_s, u"192.0.2.1"_s}, "option-value", "one-address");
        row("seed", {u"1"_s, u"--seed"_s, u"x"_s}, "option-value", "seed");
    }
    void wrongOptionsAreNamed()
    {
        QFETCH(QStringList, arguments);
        const Result<FleetOptions> read = FleetOptions::read(arguments);
        QVERIFY(!read);
        QTEST(QString::fromLatin1(read.error().code), "code");
        QTEST(read.error().about, "about");
    }

    void commandsAreObeyed()
    {
        FleetScene scene(10, u"keepers=1"_s);
        scene.fleet.start();
        scene.run(5);
        QCOMPARE(obey(scene.fleet, u"silent all"_s)->value(u"count"_s).toInt(), 10);
        QCOMPARE(obey(scene.fleet, u"answer"_s)->value(u"count"_s).toInt(), 10);
        scene.run(5);
        QCOMPARE(obey(scene.fleet, u"drop 100 %"_s)->value(u"count"_s).toInt(), 10);
        QVERIFY(obey(scene.fleet, u"outage"_s).ok());
        QVERIFY(scene.fleet.isOut());
        QVERIFY(obey(scene.fleet, u"restore"_s).ok());
        QVERIFY(!scene.fleet.isOut());
        QCOMPARE(obey(scene.fleet, u"mix sleepers=1"_s)->value(u"sleepers"_s).toInt(), 1);
        QCOMPARE(obey(scene.fleet, u"stats"_s)->value(u"devices"_s).toInt(), 10);
        QCOMPARE(obey(scene.fleet, u"quit"_s)->value(u"event"_s).toString(), u"ending"_s);
        for (const QString &share : {u"silent"_s, u"silent 101%"_s, u"drop some"_s, u"silent -1%"_s})
            QVERIFY(obey(scene.fleet, share).error().is("command-share"));
        for (const QString &unknown : {u"dance"_s, u"quit now"_s, QString()})
            QVERIFY(obey(scene.fleet, unknown).error().is("command-unknown"));
    }

    void socketsGiveEachDeviceAPlaceOfItsOwn_data()
    {
        QTest::addColumn<bool>("spread");
        QTest::addColumn<bool>("sip");
        QTest::newRow("spread") << true << false;
        QTest::newRow("SIP on one address") << false << true;
    }
    void socketsGiveEachDeviceAPlaceOfItsOwn()
    {
        QFETCH(bool, spread);
        QFETCH(bool, sip);
        QUdpSocket server, stranger;
        QVERIFY(server.bind(QHostAddress::LocalHost, 0));
        QVERIFY(stranger.bind(QHostAddress::LocalHost, 0));
        FleetSettings settings;
        settings.devices = 40;
        settings.kind = sip ? ClientConnect::Sip : ClientConnect::Datagram;
        settings.spread = spread;
        settings.registrarPort = server.localPort();
        if (!spread)
            settings.local = QHostAddress(QHostAddress::LocalHost);
        FleetSockets sockets(settings);
        Listener listener;
        const Result<Done> opened = sockets.open(listener);
        QVERIFY2(opened.ok(), opened ? "" : opened.error().code);

        std::set<std::pair<QString, int>> peers;
        QVector<FleetPlace> places;
        for (quint32 device = 0; device < settings.devices; ++device) {
            places.append(sockets.place(device, 0));
            sockets.send(places.last(), QByteArray::number(device));
        }
        sockets.send(sockets.place(7, 1), "moved");
        sockets.flush();
        QHostAddress address;
        quint16 port = 0;
        for (int i = 0; i < 41; ++i) {
            QTRY_VERIFY(server.hasPendingDatagrams());
            QByteArray octets(100, '\0');
            QHostAddress peer;
            quint16 peerPort = 0;
            octets.resize(server.readDatagram(octets.data(), octets.size(), &peer, &peerPort));
            peers.insert({peer.toString(), peerPort});
            if (octets != "moved")
                continue;
            address = peer;
            port = peerPort;
        }
        QCOMPARE(peers.size(), size_t(41));

        server.writeDatagram("back", address, port); // to the one that moved
        stranger.writeDatagram("not from the server", address, port);
        server.writeDatagram("once more", address, port);
        QTRY_COMPARE(listener.got.size(), 2);
        QCOMPARE(listener.got[0].second, QByteArray("back"));
        QCOMPARE(sockets.portOf(listener.got[0].first), port);
        QCOMPARE(QHostAddress(listener.got[0].first.address), address);
        QCOMPARE(sockets.ownerOf(address.toIPv4Address()), spread ? std::optional(7U) : std::nullopt);

        stranger.writeDatagram("wake", address, sockets.clientPort());
        QTRY_COMPARE(listener.woken.size(), 1);
        QCOMPARE(listener.woken[0], std::pair(address.toIPv4Address(), QByteArray("wake")));
        QCOMPARE(sockets.unsent(), 0ULL);
    }

    void datagramDevicesShareAPortOnlyWhereTheyMust()
    {
        QCOMPARE(FleetSockets::devicesPerPort(15000), 1U);
        QCOMPARE(FleetSockets::devicesPerPort(15001), 2U);
        QCOMPARE(FleetSockets::devicesPerPort(100000), 7U);
        FleetSettings settings;
        settings.devices = 120;
        settings.spread = false;
        settings.local = QHostAddress(QHostAddress::LocalHost);
        FleetSockets sockets(settings);
        Listener listener;
        QVERIFY(sockets.open(listener).ok());
        QVERIFY(sockets.sockets() > 120);
        QVERIFY(sockets.place(0, 0) != sockets.place(1, 0));
        QVERIFY(sockets.place(119, 0) != sockets.place(119, 1));
    }

    void anAddressThatCannotBeIsNamed()
    {
        FleetSettings settings;
        settings.devices = 100;
        settings.local = QHostAddress(u"127.255.255.0"_s);
        Listener listener;
        QVERIFY(FleetSockets(settings).open(listener).error().is("fleet-addresses"));
        settings.spread = false;
        settings.local = QHostAddress(u"192.0.2.1"_s);
        QVERIFY(FleetSockets(settings).open(listener).error().is("client-bind"));
    }
};

QTEST_GUILESS_MAIN(TestFleetParts)
#include "tst_fleetparts.moc"
