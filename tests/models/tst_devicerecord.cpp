// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/devicerecord.h"
#include "models/snapshotmaker.h"

#include <QTest>

using namespace reveille;
using namespace reveille::test;

namespace {

void compare(const Liveness &a, const Liveness &b)
{
    QCOMPARE(a.state(), b.state());
    QCOMPARE(a.reason(), b.reason());
    QVERIFY(a.evidence() == b.evidence());
    QVERIFY(a.registeredUntil() == b.registeredUntil());
    QVERIFY(a.lastPacket() == b.lastPacket());
    QVERIFY(a.lastProof() == b.lastProof());
    QVERIFY(a.nextDeadline() == b.nextDeadline());
}

void compare(const DeviceSnapshot &a, const DeviceSnapshot &b)
{
    QVERIFY(a.device == b.device);
    compare(a.liveness, b.liveness);
    QCOMPARE(a.pendingPushes, b.pendingPushes);
    QCOMPARE(a.activeWake.text(), b.activeWake.text());
    QVERIFY(a.readyRoutes == b.readyRoutes);
    QVERIFY(a.pushResources == b.pushResources);
    QCOMPARE(a.connections.size(), b.connections.size());
    for (int i = 0; i < a.connections.size(); ++i) {
        QVERIFY(a.connections[i].id == b.connections[i].id);
        QCOMPARE(a.connections[i].flow, b.connections[i].flow);
        QVERIFY(a.connections[i].facts == b.connections[i].facts);
        QCOMPARE(a.connections[i].live, b.connections[i].live);
        QCOMPARE(a.connections[i].probesLost, b.connections[i].probesLost);
        compare(a.connections[i].liveness, b.connections[i].liveness);
    }
}

DeviceSnapshot fullDevice()
{
    DeviceSnapshot snapshot = device(userId(u"sip:alice@lab.example"_s), deviceId(1, 2), u"Büro-Telefon"_s);
    snapshot.device.msisdn = Msisdn::parse(u"+49 170 1234567"_s).value();
    snapshot.device.clientPort = ClientPort(2948);
    snapshot.device.gruu = u"sip:alice@lab.example;gr=urn:uuid:f81d4fae"_s;
    WakeRoute provisioned{u"sms"_s, u"491701234567"_s, ClientPort(2948), WakeRoute::Source::Provisioned};
    WakeRoute client{u"wsp-udp"_s, u"127.0.0.1"_s, ClientPort(2949), WakeRoute::Source::Client};
    snapshot.device.provisionedRoutes = {provisioned};
    snapshot.device.clientRoutes = {client};
    snapshot.readyRoutes = {client, provisioned};
    snapshot.device.capabilities = {{u"text/plain"_s, u"image/*"_s}, 140000, 1};
    snapshot.device.preferences = {false, true, 7, 60, 420, QStringLiteral("Europe/Madrid")};
    snapshot.device.subscriptions = {u"mms.ua"_s};
    snapshot.device.wakeRule = WakeRule::Never;
    snapshot.device.returned = {{SirRequest::Refusal, u"{\"status\":603}"_s, noon, WakeId(u"w-def"_s), u"sip"_s},
                                {SirRequest::RegistrationMessage, {}, noon, {}, u"coap"_s}};
    snapshot.device.createdAt = noon;
    snapshot.device.lastSeen = noon + Milliseconds(5);
    snapshot.pushResources = {{PushResourceId(u"r-abc"_s), snapshot.device.id, u"news"_s, u"n-1"_s, u"the shop"_s, QByteArray(65, '\4'), {}, noon, noon + Milliseconds(7)},
                              {PushResourceId(u"r-def"_s), snapshot.device.id, u"mail"_s, {}, {}, {}, {}, noon, {}}};
    snapshot.pendingPushes = 7;
    snapshot.activeWake = WakeId(u"w-abc"_s);
    snapshot.liveness = inState(LivenessState::Waking);
    snapshot.connections = {connection(11, inState(LivenessState::Waking)), connection(12, inState(LivenessState::Lost))};
    snapshot.connections[1].probesLost = 3;
    return snapshot;
}

} // namespace

class TestDeviceRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unpackingGivesBackEverything_data()
    {
        QTest::addColumn<DeviceSnapshot>("snapshot");
        QTest::newRow("everything set") << fullDevice();
        QTest::newRow("never registered") << device(userId(1), deviceId(1, 1));
        DeviceSnapshot other = fullDevice();
        other.liveness = inState(LivenessState::Up);
        QTest::newRow("device liveness differs from its first connection") << other;
        for (const QString &id : {u"urn:gsma:imei:35209900-176148-0"_s, u"mac:00a0c91e6bf6"_s, u"esn:82a1b2c3"_s,
                                  u"rfid:30340000000000000000000A"_s, u"urn:x-lab:thing:7"_s, u"https://lab.example/d/1"_s,
                                  u"sip:alice@lab.example;gr=abc"_s, u"other:my phone"_s})
            QTest::newRow(qPrintable(id)) << withState(device(userId(1), deviceId(id)), LivenessState::Suspect, 3);
    }
    void unpackingGivesBackEverything()
    {
        QFETCH(DeviceSnapshot, snapshot);
        const DeviceRecord record(snapshot);
        compare(record.unpack(snapshot.device.user), snapshot);
        QCOMPARE(record.deviceId(), snapshot.device.id);
        QCOMPARE(record.activeWake(), snapshot.activeWake);
        QCOMPARE(record.name(), snapshot.device.name);
    }
    void identifiersStandApart()
    {
        DeviceSnapshot snapshot = fullDevice();
        snapshot.device.name = u"a"_s + QChar(0) + u"b"_s;
        const DeviceRecord record(snapshot);
        QCOMPARE(record.identifier(DeviceRecord::Name).toByteArray(), QByteArray("a b"));
        QCOMPARE(record.identifier(DeviceRecord::Number).toByteArray(), QByteArray("491701234567"));
        QCOMPARE(record.identifier(DeviceRecord::FirstConnection).toByteArray(), QByteArray("udp"));
        QCOMPARE(record.identifier(DeviceRecord::FirstConnection + 3).toByteArray(), QByteArray("udp"));
        QVERIFY(record.identifier(DeviceRecord::FirstConnection + 6).isEmpty());
    }
    void aDeviceWithoutHistoryHasNoState()
    {
        QVERIFY(!DeviceRecord(device(userId(1), deviceId(1, 1))).wasRegistered());
        QVERIFY(DeviceRecord(fullDevice()).wasRegistered());
    }
};

QTEST_GUILESS_MAIN(TestDeviceRecord)
#include "tst_devicerecord.moc"
