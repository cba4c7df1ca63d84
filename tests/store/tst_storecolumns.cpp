// SPDX-License-Identifier: GPL-3.0-or-later
#include "randomfacts.h"
#include "storeharness.h"

#include <algorithm>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

template <typename Value, typename Key>
QVector<Value> sorted(QVector<Value> list, Key key)
{
    std::sort(list.begin(), list.end(), [&](const Value &a, const Value &b) { return key(a) < key(b); });
    return list;
}

Device deviceOf(const User &user, const QString &id)
{
    Device device;
    device.id = DeviceId::parse(id).value();
    device.user = user.id;
    return device;
}

} // namespace

/// What is written is what is read, member by member.
class TestStoreColumns : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySubscriberColumnSurvives();
    void everyPushAndWakeColumnSurvives();
    void everyNetworkColumnSurvivesUntilItIsForgotten();
    void noticesSurviveUntilTheyAreRemoved();
    void pushesAreFoundByWhatTheirInitiatorCallsThem();
    void everyJournalColumnSurvives();
    void newestValueReplacesTheOlder();
    void twoSpellingsOfADeviceAreOneRow();
    void whatWasAskedForIsWrittenOnce();
    void onlyUnfinishedWorkComesBackAtOpen();
    void unknownIdsReadAsNothing();
};

void TestStoreColumns::everySubscriberColumnSurvives()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(1);
    StoreBatch batch;
    for (int i = 0; i < 200; ++i) {
        batch.initiators.append(random.initiator());
        batch.users.append(random.someUser());
        batch.devices.append(random.someDevice(batch.users.last().id));
        batch.bindings.append(random.binding(batch.devices.last()));
        batch.bindings.append(random.binding(batch.devices.last()));
        batch.pushResources.append(random.pushResource(batch.devices.last().id));
    }
    QVERIFY_OK(harness.commit(batch));
    const Result<WholeState> state = harness.reopen();
    QVERIFY_OK(state);
    const auto byId = [](const auto &value) {
        return value.id;
    };
    const auto byFlow = [](const StoredBinding &binding) {
        return binding.flow;
    };
    QCOMPARE(sorted(state->initiators, byId), sorted(batch.initiators, byId));
    QCOMPARE(sorted(state->users, byId), sorted(batch.users, byId));
    QCOMPARE(sorted(state->devices, byId), sorted(batch.devices, byId));
    QCOMPARE(sorted(state->bindings, byFlow), sorted(batch.bindings, byFlow));
    QCOMPARE(sorted(state->pushResources, byId), sorted(batch.pushResources, byId));
}

void TestStoreColumns::everyPushAndWakeColumnSurvives()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(2);
    StoreBatch batch;
    for (int i = 0; i < 200; ++i) {
        batch.pushes.append(random.push());
        batch.wakes.append(random.wake());
    }
    QVERIFY_OK(harness.commit(batch));
    const Result<WholeState> state = harness.reopen();
    QVERIFY_OK(state);
    for (const Push &push : std::as_const(batch.pushes)) {
        QCOMPARE(harness.readPush(push.id).value(), std::optional(push));
        QCOMPARE(state->pushes.contains(push), !isTerminal(push.state) || push.awaitsConfirmation);
    }
    for (const WakeUp &wake : std::as_const(batch.wakes)) {
        QCOMPARE(harness.readWake(wake.id).value(), std::optional(wake));
        QCOMPARE(state->wakes.contains(wake), !isTerminal(wake.state));
    }
}

void TestStoreColumns::everyNetworkColumnSurvivesUntilItIsForgotten()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(9);
    StoreBatch batch;
    for (int i = 0; i < 100; ++i)
        batch.networks.append(random.network());
    QVERIFY_OK(harness.commit(batch));
    const auto byKey = [](const LearnedNetwork &network) { return network.prefix.toString(); };
    QCOMPARE(sorted(harness.reopen()->networks, byKey), sorted(batch.networks, byKey));

    StoreBatch newer;
    newer.networks = {batch.networks[0]};
    newer.networks[0].keepAlive = Milliseconds(77000);
    newer.removedNetworks = {batch.networks[1].key()};
    QVERIFY_OK(harness.commit(newer));
    batch.networks[0] = newer.networks[0];
    batch.networks.remove(1);
    QCOMPARE(sorted(harness.reopen()->networks, byKey), sorted(batch.networks, byKey));
}

void TestStoreColumns::noticesSurviveUntilTheyAreRemoved()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    StoreBatch batch;
    batch.notices = {{u"p-1"_s, PushId(u"p-1"_s), u"http://192.0.2.1/n?a=b"_s, {}, 0, {1000}, {}},
                     {u"n-2"_s, {}, u"http://192.0.2.2/"_s, QByteArray("<\0>", 3), 3, {2000}, {9000}}};
    QVERIFY_OK(harness.commit(batch));
    QCOMPARE(harness.reopen()->notices, batch.notices);

    StoreBatch newer;
    newer.notices = {batch.notices[0]};
    newer.notices[0].attempts = 1;
    newer.removedNotices = {u"n-2"_s};
    QVERIFY_OK(harness.commit(newer));
    QCOMPARE(harness.reopen()->notices, newer.notices);
}

void TestStoreColumns::pushesAreFoundByWhatTheirInitiatorCallsThem()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(11);
    StoreBatch batch;
    for (const auto &[initiator, reference] :
         {std::pair(u"i-1"_s, u"a"_s), {u"i-1"_s, u"a"_s}, {u"i-1"_s, u"b"_s}, {u"i-2"_s, u"a"_s}, {u"i-1"_s, u""_s}}) {
        Push push = random.push();
        push.request.initiator = InitiatorId(initiator);
        push.request.reference = reference;
        batch.pushes.append(push);
    }
    QVERIFY_OK(harness.commit(batch));
    const auto byId = [](const Push &push) { return push.id; };
    QCOMPARE(harness.readPushesByReference(u"i-1"_s, u"a"_s).value(), sorted(batch.pushes.mid(0, 2), byId));
    QCOMPARE(harness.readPushesByReference(u"i-2"_s, u"a"_s).value(), batch.pushes.mid(3, 1));
    QVERIFY(harness.readPushesByReference(u"i-2"_s, u"b"_s).value().isEmpty());
    QVERIFY(harness.readPushesByReference(u"i-1"_s, u""_s).value().isEmpty());
}

void TestStoreColumns::everyJournalColumnSurvives()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(3);
    StoreBatch batch;
    for (int i = 1; i <= 300; ++i)
        batch.journal.append(random.journalEntry(quint64(i)));
    QVERIFY_OK(harness.commit(batch));
    JournalQuery query;
    query.ascending = true;
    query.limit = 1000;
    QCOMPARE(harness.readJournal(query).value(), batch.journal);
    QCOMPARE(harness.reopen().value().lastJournalId, JournalId{300});
}

void TestStoreColumns::newestValueReplacesTheOlder()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(4);
    StoreBatch batch;
    batch.users = {random.someUser()};
    batch.devices = {random.someDevice(batch.users[0].id)};
    batch.bindings = {random.binding(batch.devices[0])};
    batch.initiators = {random.initiator()};
    batch.wakes = {random.wake()};
    QVERIFY_OK(harness.commit(batch));

    StoreBatch newer = batch;
    newer.users[0] = random.someUser();
    newer.users[0].id = batch.users[0].id;
    newer.devices[0] = random.someDevice(batch.users[0].id);
    newer.devices[0].id = batch.devices[0].id;
    newer.bindings[0] = random.binding(newer.devices[0]);
    newer.bindings[0].flow = batch.bindings[0].flow;
    newer.initiators[0].name = u"other"_s;
    newer.wakes[0] = random.wake();
    newer.wakes[0].id = batch.wakes[0].id;
    QVERIFY_OK(harness.commit(newer));

    QCOMPARE(harness.readWake(batch.wakes[0].id).value(), std::optional(newer.wakes[0]));
    const WholeState state = harness.reopen().value();
    QCOMPARE(state.users, newer.users);
    QCOMPARE(state.devices, newer.devices);
    QCOMPARE(state.bindings, newer.bindings);
    QCOMPARE(state.initiators, newer.initiators);
}

void TestStoreColumns::twoSpellingsOfADeviceAreOneRow()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(5);
    StoreBatch batch;
    batch.users = {random.someUser()};
    batch.devices = {deviceOf(batch.users[0], u"urn:gsma:imei:35209900-176148-0"_s),
                     deviceOf(batch.users[0], u"imei:352099001761481"_s)};
    QCOMPARE(batch.devices[0].id, batch.devices[1].id);
    QVERIFY_OK(harness.commit(batch));
    QCOMPARE(harness.reopen().value().devices.size(), 1);
}

void TestStoreColumns::whatWasAskedForIsWrittenOnce()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(8);
    Push push = random.push();
    push.state = PushState::Accepted;
    push.awaitsConfirmation = false;
    push.finishedAt = {};
    push.deliveries.clear();
    StoreBatch batch;
    batch.pushes = {push};
    QVERIFY_OK(harness.commit(batch));
    push.deliveries.resize(1);
    push.deliveries[0].device = random.device();
    push.deliveries[0].state = PushState::Sending;
    push.state = PushState::Sending;
    batch.pushes = {push};
    QVERIFY_OK(harness.commit(batch));
    QCOMPARE(harness.readPush(push.id).value(), std::optional(push));
    push.deliveries.append(push.deliveries[0]);
    push.deliveries[1].device = random.device();
    push.deliveries[1].state = PushState::Delivered;
    push.state = PushState::Delivered;
    push.finishedAt = random.time();
    push.expiresAt = random.time();
    batch.pushes = {push};
    batch.pushes[0].request.body = "not what was asked for";
    QVERIFY_OK(harness.commit(batch));
    QCOMPARE(harness.readPush(push.id).value(), std::optional(push));
}

void TestStoreColumns::onlyUnfinishedWorkComesBackAtOpen()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    RandomFacts random(9);
    StoreBatch batch;
    for (int state = 0; state <= int(PushState::Undeliverable); ++state) {
        batch.pushes.append(random.push());
        batch.pushes.last().state = PushState(state);
        batch.pushes.last().awaitsConfirmation = PushState(state) == PushState::Delivered;
        batch.pushes.last().id = PushId(u"p-%1"_s.arg(state)); // ids rise, whatever the clock did
        batch.pushes.last().acceptedAt = {1000 - state};
    }
    for (int state = 0; state <= int(WakeState::Exhausted); ++state) {
        batch.wakes.append(random.wake());
        batch.wakes.last().id = WakeId(u"w-%1"_s.arg(state));
        batch.wakes.last().state = WakeState(state);
    }
    QVERIFY_OK(harness.commit(batch));
    const WholeState state = harness.reopen().value();
    QCOMPARE(state.lastPush, batch.pushes.last().id);
    QCOMPARE(state.lastWake, batch.wakes.last().id);
    QCOMPARE(state.pushes, batch.pushes.mid(0, 5)); // accepted waiting waking sending, and delivered which may be confirmed
    QCOMPARE(state.wakes, batch.wakes.mid(0, 1));
}

void TestStoreColumns::unknownIdsReadAsNothing()
{
    StoreHarness harness;
    QVERIFY_OK(harness.open());
    QCOMPARE(harness.readPush(PushId(u"p-none"_s)).value(), std::nullopt);
    QCOMPARE(harness.readWake(WakeId()).value(), std::nullopt);
    QVERIFY(harness.readJournal({}).value().isEmpty());
}

QTEST_GUILESS_MAIN(TestStoreColumns)
#include "tst_storecolumns.moc"
