// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parkedtable.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

constexpr Timestamp start{1'795'000'000'000};

QString pick(QRandomGenerator &random, const QStringList &of)
{
    return of[random.bounded(int(of.size()))];
}

Liveness livenessOf(QRandomGenerator &random, Timestamp now)
{
    LivenessPolicy policy;
    policy.keepAliveInterval = Milliseconds(random.bounded(3) * 60000);
    policy.pinholeLifetime = Milliseconds(random.bounded(2) * 90000);
    Liveness liveness(policy);
    LivenessEvent registered;
    registered.kind = LivenessEvent::Kind::Registered;
    registered.until = now + Milliseconds(60000 + random.bounded(3600000));
    liveness.advance(registered, now - Milliseconds(random.bounded(5000)));
    switch (random.bounded(5)) {
    case 0:
        liveness.advance({LivenessEvent::Kind::Proof, u"2.04"_s, 0, {}}, now);
        break;
    case 1:
        liveness.advance({LivenessEvent::Kind::RequestUnanswered, u"POST"_s, 7, {}}, now);
        break;
    case 2:
        liveness.advance({LivenessEvent::Kind::Closed, u"FIN"_s, -3, {}}, now);
        break;
    default:
        break;
    }
    return liveness;
}

IdleDevice deviceOf(QRandomGenerator &random, int n, Timestamp now, quint64 &lastConnection)
{
    IdleDevice idle;
    Device &device = idle.device;
    const QStringList ids{u"urn:uuid:00000000-0000-4000-8000-%1"_s.arg(n, 12, 10, QChar(u'0')),
                          u"mac:%1"_s.arg(n, 12, 16, QChar(u'0')),
                          u"urn:gsma:imei:%1-%2-0"_s.arg(35209900).arg(n, 6, 10, QChar(u'0')),
                          u"other:meter %1"_s.arg(n), u"coap://host%1.lab.example/x"_s.arg(n)};
    device.id = DeviceId::parse(ids[n % int(ids.size())]).value();
    device.user = PublicUserId::parse(n % 7 == 0 ? u"tel:+4917012%1"_s.arg(n / 3, 5, 10, QChar(u'0'))
                                                 : u"sip:user%1@lab.example"_s.arg(n / 3))
                      .value();
    device.name = pick(random, {QString(), u"meter"_s, u"Zähler %1"_s.arg(n)});
    if (random.bounded(2))
        device.msisdn = Msisdn::parse(u"49170%1"_s.arg(n, 7, 10, QChar(u'0'))).value();
    if (random.bounded(3) == 0)
        device.clientPort = ClientPort(2948);
    if (random.bounded(3) == 0)
        device.clientRoutes = {{u"sms"_s, u"49170%1"_s.arg(n), ClientPort(2948), WakeRoute::Source::Client}};
    if (random.bounded(4) == 0) {
        device.preferences.quietFrom = 60;
        device.preferences.order = 3;
        device.preferences.zone = QStringLiteral("Asia/Tokyo");
    }
    if (random.bounded(4) == 0)
        device.subscriptions = {u"mms.ua"_s, u"x"_s};
    if (random.bounded(5) == 0)
        device.gruu = u"sip:user@lab.example;gr=%1"_s.arg(n);
    device.createdAt = start + Milliseconds(n);
    idle.userCreatedAt = random.bounded(2) ? device.createdAt : start;
    idle.order = quint32(n);
    const int paths = 1 + random.bounded(3);
    for (int i = 0; i < paths; ++i) {
        IdlePath path;
        path.id = ConnectionId{++lastConnection};
        const QString session = pick(random, {u"%1%2abcdef"_s.arg(n, 8, 16, QChar(u'0')).arg(i),
                                              u"session %1/%2"_s.arg(n).arg(i),
                                              u"00000000-0000-4000-%1-%2"_s.arg(i, 4, 16, QChar(u'0')).arg(n, 12, 16, QChar(u'0'))});
        path.flow = random.bounded(4) ? u"datagram/"_s + session : u"other"_s;
        const QString peer = pick(random, {u"127.0.0.%1:%2"_s.arg(i + 1).arg(1024 + n % 60000), u"[2001:db8::1]:%1"_s.arg(1024 + n % 60000), QString()});
        path.facts = {u"datagram"_s, pick(random, {u"udp"_s, u"dtls"_s}), peer, u"127.0.0.1:5683"_s,
                      pick(random, {u"coap://"_s + peer, u"coap://10.0.0.7:5683"_s, u"sip:alice@10.0.0.7"_s, QString()}),
                      session, pick(random, {QString(), u"mms.ua"_s})};
        path.liveness = livenessOf(random, now);
        path.state = QByteArray(random.bounded(30), char(n));
        path.storedAt = {(now.ms / 1000) * 1000};
        path.live = path.liveness.isUsable();
        path.namesSession = random.bounded(5) != 0;
        idle.paths.append(path);
    }
    device.lastSeen = random.bounded(3) ? idle.paths.first().liveness.lastPacket() : now + Milliseconds(5);
    return idle;
}

bool same(const IdleDevice &a, const IdleDevice &b)
{
    return a.device == b.device && a.userCreatedAt == b.userCreatedAt && a.order == b.order
        && std::equal(a.paths.begin(), a.paths.end(), b.paths.begin(), b.paths.end(), [](const IdlePath &x, const IdlePath &y) {
               return x.id == y.id && x.flow == y.flow && x.facts == y.facts && x.state == y.state && x.live == y.live
                   && x.storedAt == y.storedAt && x.namesSession == y.namesSession
                   && x.liveness.memory() == y.liveness.memory() && x.liveness.policy() == y.liveness.policy();
           });
}

} // namespace

class TestParkedTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void agreesWithAPlainMapThroughManyRandomSteps()
    {
        QRandomGenerator random(3);
        ParkedTable table;
        std::map<int, IdleDevice> known;
        quint64 lastConnection = 0;
        Timestamp now = start + Milliseconds(100000);
        for (int step = 0; step < 20000; ++step) {
            now = now + Milliseconds(random.bounded(20));
            const int n = random.bounded(2000);
            const auto found = known.find(n);
            if (found == known.end()) {
                const IdleDevice idle = deviceOf(random, n, now, lastConnection);
                QCOMPARE(table.ofDevice(idle.device.id), 0U);
                QVERIFY2(table.add(idle, now), qPrintable(QString::number(n)));
                known.emplace(n, idle);
                continue;
            }
            IdleDevice &idle = found->second;
            const ParkedTable::Record record = table.ofDevice(idle.device.id);
            QVERIFY(record != 0);
            QVERIFY(same(table.read(record), idle));
            QCOMPARE(table.deviceText(record), idle.device.id.toString().toUtf8());
            QCOMPARE(table.userText(record), idle.device.user.toString().toUtf8());
            for (IdlePath &path : idle.paths) {
                QCOMPARE(table.ofConnection(path.id), record);
                QCOMPARE(table.ofSession(path.facts.session) == record, path.namesSession);
                if (random.bounded(3) == 0) {
                    LivenessEvent event;
                    event.kind = random.bounded(2) ? LivenessEvent::Kind::Registered : LivenessEvent::Kind::Packet;
                    event.until = event.kind == LivenessEvent::Kind::Registered ? now + Milliseconds(90000) : Timestamp{};
                    Liveness advanced = path.liveness;
                    const Liveness::Change change = advanced.advance(event, now);
                    if (table.heard(path.id, event, nullptr, now)) {
                        QVERIFY(!change.changed);
                        path.liveness = advanced;
                        idle.device.lastSeen = {};
                        for (const IdlePath &heard : idle.paths)
                            idle.device.lastSeen = std::max(idle.device.lastSeen, heard.liveness.lastPacket());
                        QVERIFY(same(table.read(record), idle));
                    }
                }
            }
            if (!idle.device.msisdn.isEmpty())
                QVERIFY(table.ofMsisdn(idle.device.msisdn) != 0);
            QVector<DeviceId> ofUser;
            for (const ParkedTable::Record of : table.ofUser(idle.device.user))
                ofUser.append(table.deviceId(of));
            QVector<DeviceId> expected;
            for (int m = n / 3 * 3; m < n / 3 * 3 + 3; ++m) {
                const auto other = known.find(m);
                if (other != known.end() && other->second.device.user == idle.device.user)
                    expected.append(other->second.device.id);
            }
            QCOMPARE(ofUser, expected);
            if (random.bounded(3) == 0) {
                table.remove(record);
                known.erase(found);
            }
            QCOMPARE(table.size(), qint64(known.size()));
        }
    }
    void tellsOfEveryDeadlineWithinASecond()
    {
        QRandomGenerator random(5);
        ParkedTable table;
        quint64 lastConnection = 0;
        std::map<QString, Timestamp> deadlines;
        Timestamp now = start;
        for (int n = 0; n < 500; ++n) {
            const IdleDevice idle = deviceOf(random, n, now, lastConnection);
            Timestamp earliest;
            for (const IdlePath &path : idle.paths) {
                const Timestamp of = path.liveness.nextDeadline();
                if (of.isSet() && (!earliest.isSet() || of < earliest))
                    earliest = of;
            }
            QVERIFY(table.add(idle, now));
            if (earliest.isSet())
                deadlines[idle.device.id.toString()] = earliest;
        }
        for (; now < start + Milliseconds(3700000); now = now + Milliseconds(250)) {
            for (const ParkedTable::Record record : table.due(now, 50)) {
                const auto found = deadlines.find(QString::fromUtf8(table.deviceText(record)));
                QVERIFY(found != deadlines.end());
                QVERIFY(found->second <= now);
                QVERIFY2(now - found->second <= Milliseconds(1000), qPrintable(QString::number((now - found->second).count())));
                deadlines.erase(found);
                table.remove(record);
            }
        }
        QVERIFY(deadlines.empty());
    }
    void aRenewalWithAShorterTimeBringsTheDeadlineNearer()
    {
        ParkedTable table;
        QRandomGenerator random(1);
        quint64 lastConnection = 0;
        IdleDevice idle = deviceOf(random, 1, start, lastConnection);
        idle.paths = {idle.paths.first()};
        LivenessPolicy policy;
        Liveness liveness(policy);
        LivenessEvent registered{LivenessEvent::Kind::Registered, {}, 0, start + Milliseconds(600000)};
        liveness.advance(registered, start);
        idle.paths.first().liveness = liveness;
        QVERIFY(table.add(idle, start));
        policy.keepAliveInterval = Milliseconds(2000);
        policy.keepAliveGrace = Milliseconds(1000);
        QVERIFY(table.heard(idle.paths.first().id, registered, &policy, start + Milliseconds(10)));
        QVERIFY(table.due(start + Milliseconds(2900), 10).isEmpty());
        QCOMPARE(table.due(start + Milliseconds(4000), 10).size(), 1);
    }
    void refusesWhatARecordCannotHold()
    {
        ParkedTable table;
        QRandomGenerator random(1);
        quint64 lastConnection = 0;
        IdleDevice idle = deviceOf(random, 3, start, lastConnection);
        idle.paths.first().state = QByteArray(int(RecordSlabs::largest), 'x');
        QVERIFY(!table.add(idle, start));
        idle = deviceOf(random, 3, start, lastConnection);
        idle.device.id = DeviceId::parse(u"other:Zähler"_s).value();
        QVERIFY(!table.add(idle, start));
        idle = deviceOf(random, 3, start, lastConnection);
        idle.paths.first().id = ConnectionId{quint64(1) << 32};
        QVERIFY(!table.add(idle, start));
        QCOMPARE(table.size(), 0);
    }
    void sharedTextsAreBounded()
    {
        SharedTexts texts;
        for (int i = 0; i < SharedTexts::limit; ++i)
            QCOMPARE(texts.add(QByteArray::number(i)), i);
        QCOMPARE(texts.add("one more"), -1);
        QCOMPARE(texts.add("7"), 7);
    }
    void anIdleDatagramDeviceTakesUnder180Octets()
    {
        ParkedTable table;
        QRandomGenerator random(1);
        LivenessPolicy policy;
        policy.keepAliveInterval = Milliseconds(120000);
        constexpr int count = 50000;
        for (int n = 0; n < count; ++n) {
            IdleDevice idle;
            idle.device.id = DeviceId::parse(u"urn:uuid:00000000-0000-4000-8000-%1"_s.arg(n, 12, 10, QChar(u'0'))).value();
            idle.device.user = PublicUserId::parse(u"sip:meter%1@lab.example"_s.arg(n, 7, 10, QChar(u'0'))).value();
            idle.device.createdAt = idle.userCreatedAt = start;
            idle.order = quint32(n);
            IdlePath path;
            path.id = ConnectionId{quint64(n + 1)};
            const QString session = u"%1%2"_s.arg(random.generate64(), 16, 16, QChar(u'0')).arg(n, 16, 16, QChar(u'0'));
            const QString peer = u"127.0.%1.%2:5683"_s.arg(n >> 8).arg(n & 255);
            path.flow = u"datagram/"_s + session;
            path.facts = {u"datagram"_s, u"udp"_s, peer, u"127.0.0.1:5683"_s, u"coap://"_s + peer, session, u"meter"_s};
            path.state = QByteArray(16, 'k');
            path.liveness = Liveness(policy);
            path.liveness.advance({LivenessEvent::Kind::Registered, {}, 0, start + Milliseconds(86400000)}, start);
            idle.device.lastSeen = start;
            path.live = path.namesSession = true;
            idle.paths = {path};
            QVERIFY(table.add(idle, start));
        }
        QVERIFY2(table.memory() / count < 180, qPrintable(QString::number(table.memory() / count)));
    }
};

QTEST_GUILESS_MAIN(TestParkedTable)
#include "tst_parkedtable.moc"
