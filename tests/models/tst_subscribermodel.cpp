// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sentences.h"
#include "models/snapshotmaker.h"
#include "models/subscribermodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <map>

using namespace reveille;
using namespace reveille::test;

namespace {

using Chip = SubscriberFilter::Chip;

/// The plainest thing that could be right: everything in maps, filtered and sorted anew every time.
struct Reference {
    std::map<QString, UserSnapshot> users;
    std::map<QString, DeviceSnapshot> devices;

    void apply(const ServerChanges &changes)
    {
        for (const DeviceId &id : changes.removedDevices)
            devices.erase(id.toString());
        for (const PublicUserId &id : changes.removedUsers) {
            users.erase(id.toString());
            std::erase_if(devices, [&](const auto &entry) { return entry.second.device.user == id; });
        }
        for (const UserSnapshot &user : changes.users)
            users[user.user.id.toString()] = user;
        for (const DeviceSnapshot &device : changes.devices)
            devices[device.device.id.toString()] = device;
    }

    /// One line per row, indented; `needle` is sought in user id and name, device id and name, contact and peer.
    QStringList tree(const QString &needle, bool lostOnly) const
    {
        std::map<QString, QStringList> lines;
        for (const auto &[id, user] : users) {
            if (!lostOnly && (needle.isEmpty() || (id + u'\n' + user.user.name).contains(needle, Qt::CaseInsensitive)))
                lines[id];
        }
        std::map<std::pair<QString, QString>, DeviceSnapshot> sorted;
        for (const auto &[id, device] : devices)
            sorted[{device.device.name, id}] = device;
        for (const auto &[key, device] : sorted) {
            const QString user = device.device.user.toString();
            QString text = user + u'\n' + device.device.name + u'\n' + device.device.id.toString();
            if (users.count(user))
                text += u'\n' + users.at(user).user.name;
            for (const ConnectionSnapshot &connection : device.connections)
                text += u'\n' + connection.facts.peer + u'\n' + connection.facts.address + u'\n' + connection.facts.transport;
            if (!needle.isEmpty() && !text.contains(needle, Qt::CaseInsensitive))
                continue;
            const LivenessState state = device.liveness.state();
            const bool isLost = !device.connections.isEmpty()
                && (state == LivenessState::Lost || state == LivenessState::Unreachable);
            if (lostOnly && !isLost)
                continue;
            lines[user].append(u" %1 %2 %3"_s.arg(device.device.id.toString(), device.device.name)
                                   .arg(device.connections.isEmpty() ? -1 : int(state)));
            for (const ConnectionSnapshot &connection : device.connections)
                lines[user].append(u"  %1"_s.arg(connection.id.number));
        }
        QStringList result;
        for (const auto &[user, rows] : lines)
            result << user << rows;
        return result;
    }
};

void dump(const SubscriberModel &model, const QModelIndex &parent, QStringList *lines)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QString id = index.data(Role::Id).toString();
        switch (model.kindOf(index)) {
        case NodeKind::User: *lines << id; break;
        case NodeKind::Device: {
            const auto device = model.device(model.deviceOf(index));
            const int state = index.data(Role::HasState).toBool() ? index.data(Role::State).toInt() : -1;
            *lines << u" %1 %2 %3"_s.arg(id, device->device.name).arg(state);
            break;
        }
        default: *lines << u"  "_s + id; break;
        }
        dump(model, index, lines);
    }
}

QStringList dump(const SubscriberModel &model)
{
    QStringList lines;
    dump(model, {}, &lines);
    return lines;
}

DeviceSnapshot randomDevice(QRandomGenerator *random, int users)
{
    const int user = random->bounded(users);
    const int number = random->bounded(4);
    const QStringList names{u""_s, u"phone"_s, u"Laptop"_s, u"tablet"_s, u"Über"_s};
    DeviceSnapshot snapshot = device(userId(user), deviceId(user, number), names[random->bounded(int(names.size()))]);
    if (random->bounded(5) > 0) {
        snapshot = withState(snapshot, LivenessState(random->bounded(5)), quint64(user * 100 + number * 10 + 1));
        const int more = random->bounded(3);
        for (int i = 0; i < more; ++i) {
            const auto at = random->bounded(2) ? snapshot.connections.size() : 0;
            snapshot.connections.insert(at, connection(quint64(user * 100 + number * 10 + 2 + i), snapshot.liveness));
        }
    }
    snapshot.pendingPushes = random->bounded(3);
    return snapshot;
}

ServerChanges randomBatch(QRandomGenerator *random, int users)
{
    ServerChanges changes;
    std::map<QString, DeviceSnapshot> devices;
    std::map<QString, UserSnapshot> put;
    for (int i = random->bounded(6); i > 0; --i) {
        const UserSnapshot one = user(userId(random->bounded(users)), random->bounded(2) ? u"Zoë %1"_s.arg(i) : QString());
        put[one.user.id.toString()] = one;
    }
    for (int i = random->bounded(8); i > 0; --i) {
        const DeviceSnapshot one = randomDevice(random, users);
        devices[one.device.id.toString()] = one;
        put[one.device.user.toString()] = user(one.device.user);
    }
    for (const auto &[id, one] : put)
        changes.users.append(one);
    for (const auto &[id, one] : devices)
        changes.devices.append(one);
    for (int i = random->bounded(3); i > 0; --i) {
        const int number = random->bounded(users);
        const DeviceId id = deviceId(number, random->bounded(4));
        if (!devices.count(id.toString()))
            changes.removedDevices.append(id);
    }
    if (random->bounded(4) == 0) {
        const PublicUserId id = userId(random->bounded(users));
        if (!put.count(id.toString()))
            changes.removedUsers.append(id);
    }
    return changes;
}

} // namespace

class TestSubscriberModel : public QObject
{
    Q_OBJECT
    static ServerChanges lab()
    {
        ServerChanges changes;
        const PublicUserId alice = userId(u"sip:alice@lab.example"_s), bob = userId(u"sip:bob@lab.example"_s);
        changes.users = {user(bob, u"Bob Builder"_s), user(alice, u"Ålice"_s), user(userId(u"sip:carol@lab.example"_s))};
        DeviceSnapshot phone = withState(device(alice, deviceId(1, 1), u"phone"_s), LivenessState::Up, 1);
        phone.device.msisdn = Msisdn::parse(u"+49 170 1234567"_s).value();
        DeviceSnapshot laptop = withState(device(alice, deviceId(1, 2), u"laptop"_s), LivenessState::Lost, 2);
        laptop.pendingPushes = 3;
        DeviceSnapshot tablet = withState(device(bob, deviceId(2, 1), u"tablet"_s), LivenessState::Waking, 3);
        tablet.device.gruu = u"sip:bob@lab.example;gr=kjh29x97us97d"_s;
        DeviceSnapshot watch = device(bob, deviceId(2, 2), u"watch"_s);
        changes.devices = {tablet, laptop, phone, watch};
        return changes;
    }
    static void settle(SubscriberModel *model) { QTRY_VERIFY(model->isSettled()); }

private Q_SLOTS:
    void rowsStandInOrderWithTheirText()
    {
        SubscriberModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setNow([] { return noon + Milliseconds(12000); });
        model.apply(lab());
        settle(&model);
        QCOMPARE(model.rowCount(), 3);
        const QModelIndex alice = model.index(0, 0);
        QCOMPARE(alice.data().toString(), u"sip:alice@lab.example"_s);
        QCOMPARE(model.rowCount(alice), 2);
        const QModelIndex laptop = model.index(0, 0, alice), phone = model.index(1, 0, alice);
        QCOMPARE(laptop.data().toString(), u"laptop"_s);
        QCOMPARE(phone.data().toString(), u"phone"_s);
        QCOMPARE(phone.siblingAtColumn(SubscriberColumn::State).data().toString(), u"Up"_s);
        QCOMPARE(phone.siblingAtColumn(SubscriberColumn::LastPacket).data().toString(), u"12 s"_s);
        QCOMPARE(phone.siblingAtColumn(SubscriberColumn::Path).data().toString(), u"SIP/UDP"_s);
        QCOMPARE(phone.siblingAtColumn(SubscriberColumn::Number).data().toString(), u"+491701234567"_s);
        QCOMPARE(laptop.siblingAtColumn(SubscriberColumn::State).data().toString(), u"Lost: pinhole closed"_s);
        QCOMPARE(laptop.siblingAtColumn(SubscriberColumn::Pending).data().toInt(), 3);
        QCOMPARE(alice.siblingAtColumn(SubscriberColumn::State).data().toString(), u"Up"_s);
        QCOMPARE(alice.data(Role::Pending).toInt(), 3);
        const QModelIndex watch = model.index(1, 0, model.index(1, 0));
        QCOMPARE(watch.data(Role::HasState).toBool(), false);
        QCOMPARE(watch.siblingAtColumn(SubscriberColumn::State).data().toString(), u"Never registered"_s);
        QCOMPARE(model.deviceLabel(deviceId(1, 1)), u"alice's phone"_s);
        QCOMPARE(model.rowCount(phone), 1);
        QCOMPARE(model.connectionOf(model.index(0, 0, phone)).number, 1u);
        QCOMPARE(model.userOf(model.index(0, 0, phone)), userId(u"sip:alice@lab.example"_s));
    }

    void filterFinds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("chip");
        QTest::addColumn<QStringList>("found");
        const auto all = int(Chip::All);
        const QStringList everything{u"laptop"_s, u"phone"_s, u"tablet"_s, u"watch"_s};
        QTest::newRow("nothing asked") << u""_s << all << everything;
        QTest::newRow("user id") << u"ALICE"_s << all << QStringList{u"laptop"_s, u"phone"_s};
        QTest::newRow("user name, beyond ASCII") << u"ålice"_s << all << QStringList{u"laptop"_s, u"phone"_s};
        QTest::newRow("device name") << u"tab"_s << all << QStringList{u"tablet"_s};
        QTest::newRow("device id") << u"00000002-0000"_s << all << QStringList{u"tablet"_s, u"watch"_s};
        QTest::newRow("number with separators") << u"\"+49 170-1234567\""_s << all << QStringList{u"phone"_s};
        QTest::newRow("part of a number") << u"number:0-123"_s << all << QStringList{u"phone"_s};
        QTest::newRow("gruu") << u"kjh29X97"_s << all << QStringList{u"tablet"_s};
        QTest::newRow("contact address") << u"sip:c3@203.0.113.7"_s << all << QStringList{u"tablet"_s};
        QTest::newRow("network address") << u"address:203.0.113.2:"_s << all << QStringList{u"laptop"_s};
        QTest::newRow("two words") << u"bob watch"_s << all << QStringList{u"watch"_s};
        QTest::newRow("exact name") << u"\"phone\""_s << all << QStringList{u"phone"_s};
        QTest::newRow("exact is not a part") << u"\"phon\""_s << all << QStringList{};
        QTest::newRow("field user") << u"user:bob"_s << all << QStringList{u"tablet"_s, u"watch"_s};
        QTest::newRow("field device knows no user") << u"device:bob@lab"_s << all << QStringList{u"tablet"_s};
        QTest::newRow("state") << u"state:lost"_s << all << QStringList{u"laptop"_s};
        QTest::newRow("reason") << u"state:pinhole_closed bob"_s << all << QStringList{u"tablet"_s};
        QTest::newRow("pending yes") << u"pending:yes"_s << all << QStringList{u"laptop"_s};
        QTest::newRow("pending more than") << u"pending:>3"_s << all << QStringList{};
        QTest::newRow("pending none") << u"pending:no alice"_s << all << QStringList{u"phone"_s};
        QTest::newRow("unknown field is a word") << u"sip:alice"_s << all << QStringList{u"laptop"_s, u"phone"_s};
        QTest::newRow("field being typed") << u"state:"_s << all << everything;
        QTest::newRow("chip lost") << u""_s << int(Chip::Lost) << QStringList{u"laptop"_s};
        QTest::newRow("chip waking") << u""_s << int(Chip::Waking) << QStringList{u"tablet"_s};
        QTest::newRow("chip pending") << u"alice"_s << int(Chip::Pending) << QStringList{u"laptop"_s};
        QTest::newRow("nobody") << u"zzz"_s << all << QStringList{};
    }
    void filterFinds()
    {
        QFETCH(QString, text);
        QFETCH(int, chip);
        QFETCH(QStringList, found);
        SubscriberModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(lab());
        model.setFilter(SubscriberFilter::parse(text, Chip(chip)));
        settle(&model);
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex parent = model.index(row, 0);
            for (int child = 0; child < model.rowCount(parent); ++child)
                names << model.index(child, 0, parent).data().toString();
        }
        QCOMPARE(names, found);
        QCOMPARE(model.matchedDevices(), found.size());
        QCOMPARE(model.totalDevices(), 4);
    }

    void usersWithoutDevicesAreFoundByName()
    {
        SubscriberModel model;
        model.apply(lab());
        model.setFilter(SubscriberFilter::parse(u"carol"));
        settle(&model);
        QCOMPARE(dump(model), QStringList{u"sip:carol@lab.example"_s});
        model.setFilter(SubscriberFilter::parse(u"carol", Chip::Lost));
        settle(&model);
        QCOMPARE(model.rowCount(), 0);
    }

    void randomBatchesAgreeWithAPlainModel_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 6; ++seed)
            QTest::newRow(qPrintable(QString::number(seed))) << seed;
    }
    void randomBatchesAgreeWithAPlainModel()
    {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        SubscriberModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        if (seed % 2 == 0)
            model.setSliceBudget(Milliseconds(0));
        Reference reference;
        QString needle;
        bool lostOnly = false;
        for (int round = 0; round < 40; ++round) {
            std::map<QString, QPersistentModelIndex> kept;
            for (const auto &[id, device] : reference.devices) {
                if (const QModelIndex index = model.indexOf(device.device.id); index.isValid())
                    kept[id] = index;
            }
            const ServerChanges batch = randomBatch(&random, 12);
            model.apply(batch);
            reference.apply(batch);
            if (random.bounded(3) == 0) {
                needle = QStringList{u""_s, u"0003"_s, u"lap"_s, u"zoë"_s, u"ÜBER"_s, u"c11"_s, u"user000"_s}[random.bounded(7)];
                lostOnly = random.bounded(4) == 0;
                model.setFilter(SubscriberFilter::parse(needle, lostOnly ? Chip::Lost : Chip::All));
            }
            settle(&model);
            QCOMPARE(dump(model), reference.tree(needle, lostOnly));
            QCOMPARE(model.totalDevices(), qint64(reference.devices.size()));
            QCOMPARE(model.totalUsers(), qint64(reference.users.size()));
            QCOMPARE(model.matchedUsers(), model.rowCount());
            for (const auto &[id, index] : kept) {
                if (index.isValid())
                    QCOMPARE(index.data(Role::Id).toString(), id);
            }
        }
        QCOMPARE(resets.count(), 0);
        model.clear();
        settle(&model);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.totalDevices(), 0);
    }

    void aDeviceMovesToAnotherUser()
    {
        SubscriberModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(lab());
        ServerChanges changes;
        changes.devices = {withState(device(userId(u"sip:bob@lab.example"_s), deviceId(1, 1), u"phone"_s), LivenessState::Up, 9)};
        model.apply(changes);
        settle(&model);
        QCOMPARE(model.devicesOf(userId(u"sip:alice@lab.example"_s)).size(), 1);
        QCOMPARE(model.devicesOf(userId(u"sip:bob@lab.example"_s)).size(), 3);
        QCOMPARE(model.totalDevices(), 4);
    }

    void theWindowGrowsByPagesUpToItsLimit()
    {
        SubscriberModel model;
        ServerChanges changes;
        for (int i = 0; i < 3000; ++i)
            changes.users.append(user(userId(i)));
        model.apply(changes);
        settle(&model);
        model.setRowLimit(1200);
        QCOMPARE(model.shownUsers(), SubscriberModel::pageSize);
        QVERIFY(model.canFetchMore({}));
        model.fetchMore({});
        settle(&model);
        QCOMPARE(model.shownUsers(), 2 * SubscriberModel::pageSize);
        model.fetchMore({});
        settle(&model);
        QCOMPARE(model.shownUsers(), 1200);
        QVERIFY(!model.canFetchMore({}));
        QCOMPARE(model.index(1199, 0).data(Role::Id).toString(), userId(1199).toString());
        QCOMPARE(model.totalUsers(), 3000);
    }

    void revealMovesTheWindow()
    {
        SubscriberModel model;
        ServerChanges changes;
        for (int i = 0; i < 3000; ++i) {
            changes.users.append(user(userId(i)));
            changes.devices.append(device(userId(i), deviceId(i, 1)));
        }
        model.apply(changes);
        settle(&model);
        QVERIFY(!model.indexOf(userId(2500)).isValid());
        QVERIFY(model.reveal(deviceId(2500, 1)));
        settle(&model);
        QVERIFY(model.indexOf(deviceId(2500, 1)).isValid());
        QCOMPARE(model.windowStart(), 2450);
        QCOMPARE(model.index(0, 0).data(Role::Id).toString(), userId(2450).toString());
        ServerChanges gone;
        gone.removedUsers = {userId(0), userId(2451), userId(2999)};
        model.apply(gone);
        settle(&model);
        QCOMPARE(model.index(1, 0).data(Role::Id).toString(), userId(2452).toString());
        model.showFirst();
        settle(&model);
        QCOMPARE(model.index(0, 0).data(Role::Id).toString(), userId(1).toString());
        QCOMPARE(model.shownUsers(), SubscriberModel::pageSize);
        model.moveWindow(1000);
        settle(&model);
        QCOMPARE(model.index(0, 0).data(Role::Id).toString(), userId(1001).toString());
        const QPersistentModelIndex kept = model.indexOf(userId(1300));
        model.moveWindow(1250);
        settle(&model);
        QVERIFY(kept.isValid());
        QCOMPARE(kept.row(), 1300 - 1251);
        model.moveWindow(5000);
        settle(&model);
        QCOMPARE(model.shownUsers(), 1);
        QCOMPARE(model.index(0, 0).data(Role::Id).toString(), userId(2998).toString());
        model.setFilter(SubscriberFilter::parse(u"user0002"));
        settle(&model);
        QCOMPARE(model.windowStart(), 0);
        QVERIFY(!model.reveal(userId(1500)));
        QVERIFY(model.reveal(userId(2900)));
    }

    void removedDevicesAreTold()
    {
        SubscriberModel model;
        model.apply(lab());
        settle(&model);
        QSignalSpy removed(&model, &SubscriberModel::deviceRemoved);
        QSignalSpy changed(&model, &SubscriberModel::deviceChanged);
        ServerChanges changes;
        changes.removedUsers = {userId(u"sip:alice@lab.example"_s)};
        model.apply(changes);
        settle(&model);
        QCOMPARE(removed.count(), 2);
        QCOMPARE(changed.count(), 0);
        QVERIFY(!model.device(deviceId(1, 1)));
        QVERIFY(!model.reveal(deviceId(1, 1)));
    }
};

QTEST_GUILESS_MAIN(TestSubscriberModel)
#include "tst_subscribermodel.moc"
