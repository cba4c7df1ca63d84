// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/secrettoken.h"
#include "support/enginefixture.h"

#include <QSet>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Push resources are durable before they are told, found by token alone, and gone with their device.
class TestPushResources : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { f.reset(); }

    void isToldOnceItIsDurable();
    void keepsNoToken();
    void makesTokensThatDiffer();
    void isNotMadeWhereTheStoreFails();
    void isNotMadeWithoutADevice();
    void cannotHaveEndedBefore();
    void thoseThatAreOverMakeRoom();
    void isGoneWithItsDevice();
    void comesBackWhereTheRemovalIsTakenBack_data();
    void comesBackWhereTheRemovalIsTakenBack();
    void comesBackOnceAndOnlyWhereThereIsRoom();
    void isGoneWithADeviceThatGoesWhileItIsMade();
    void isGoneOnceRemovedAndComesBackWhereThatFailed();
    void isRemovedByItsOwnDeviceOnly();
    void showsOnItsDeviceWithoutTheHash();
    void isKnownAfterARestart();

private:
    Result<PushResources::Made> add(int device, const PushResource &order = {});
    Result<Done> remove(int device, const PushResourceId &id);
    Result<SubscriberChange> change(const SubscriberChange &order);
    PushResources &resources() { return f->engine->pushResources(); }

    std::unique_ptr<EngineFixture> f;
};

void TestPushResources::init()
{
    f = std::make_unique<EngineFixture>();
    f->bind(1);
    f->bind(2);
}

Result<PushResources::Made> TestPushResources::add(int device, const PushResource &order)
{
    PushResource wanted = order;
    wanted.device = f->deviceId(device);
    wanted.application = u"news"_s;
    std::optional<Result<PushResources::Made>> answer;
    resources().add(wanted, [&](const Result<PushResources::Made> &made) { answer = made; });
    f->settle([&] { return answer.has_value(); });
    return answer.value_or(Error{"no-answer", {}});
}

Result<Done> TestPushResources::remove(int device, const PushResourceId &id)
{
    std::optional<Result<Done>> answer;
    resources().remove(f->deviceId(device), id, [&](const Result<Done> &done) { answer = done; });
    f->settle([&] { return answer.has_value(); });
    return answer.value_or(Error{"no-answer", {}});
}

Result<SubscriberChange> TestPushResources::change(const SubscriberChange &order)
{
    std::optional<Result<SubscriberChange>> answer;
    f->engine->changeSubscribers(order, [&](const Result<SubscriberChange> &back) { answer = back; });
    f->settle([&] { return answer.has_value(); });
    return answer.value_or(Error{"no-answer", {}});
}

void TestPushResources::isToldOnceItIsDurable()
{
    f->store->hold(true);
    PushResource order;
    order.device = f->deviceId(1);
    order.application = u"news"_s;
    std::optional<Result<PushResources::Made>> answer;
    resources().add(order, [&](const Result<PushResources::Made> &made) { answer = made; });
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
    QVERIFY(!answer);
    QVERIFY(resources().of(f->deviceId(1)).isEmpty());
    f->store->hold(false);
    QVERIFY(f->settle([&] { return answer.has_value(); }));
    QVERIFY(answer->ok());
    const PushResources::Made &made = **answer;
    QCOMPARE(resources().ofToken(made.token), std::optional(made.resource));
    QCOMPARE(resources().of(f->deviceId(1)), QVector<PushResource>{made.resource});
    QCOMPARE(made.resource.createdAt, f->clock->now());
}

void TestPushResources::keepsNoToken()
{
    const auto made = add(1);
    QVERIFY(made);
    QVERIFY(made->token.size() >= 43);
    const PushResource &kept = f->store->pushResources.begin()->second;
    QCOMPARE(kept, made->resource);
    QCOMPARE(kept.tokenSha256, tokenHash(made->token));
    QVERIFY(!kept.tokenSha256.contains(made->token));
    QVERIFY(!resources().ofToken(kept.tokenSha256));
    QVERIFY(!resources().ofToken({}));
}

void TestPushResources::makesTokensThatDiffer()
{
    QSet<QByteArray> tokens;
    QSet<PushResourceId> ids;
    for (int i = 0; i < 10; ++i) {
        const auto made = add(1);
        QVERIFY(made);
        tokens.insert(made->token);
        ids.insert(made->resource.id);
    }
    QCOMPARE(tokens.size(), 10);
    QCOMPARE(ids.size(), 10);
}

void TestPushResources::isNotMadeWhereTheStoreFails()
{
    f->store->failWith("store-full");
    QCOMPARE(add(1).error().code, "store-full");
    QCOMPARE(resources().count(), 0);
    f->store->failWith("");
    QVERIFY(add(1));
}

void TestPushResources::isNotMadeWithoutADevice()
{
    QCOMPARE(add(7).error().code, "device-unknown");
}

void TestPushResources::cannotHaveEndedBefore()
{
    PushResource order;
    order.expiresAt = f->clock->now();
    QCOMPARE(add(1, order).error().code, "push-resource-expired");
    order.expiresAt = f->clock->now() + Milliseconds(1);
    QVERIFY(add(1, order));
}

void TestPushResources::thoseThatAreOverMakeRoom()
{
    PushResource shortLived;
    shortLived.expiresAt = f->clock->now() + Milliseconds(1000);
    const auto lasting = add(1);
    QVERIFY(lasting);
    while (add(1, shortLived))
        QVERIFY(resources().of(f->deviceId(1)).size() <= 100);
    const auto full = resources().of(f->deviceId(1)).size();
    f->clock->advance(Milliseconds(1000));
    QCOMPARE(resources().of(f->deviceId(1)).size(), full); // until somebody needs their place they answer 410
    const auto next = add(1);
    QVERIFY(next);
    const QVector<PushResource> left = resources().of(f->deviceId(1));
    QCOMPARE(left.size(), 2);
    QCOMPARE(left[0].id, lasting->resource.id);
    QCOMPARE(left[1].id, next->resource.id);
    QCOMPARE(f->store->pushResources.size(), size_t(2));
}

void TestPushResources::isGoneWithItsDevice()
{
    const auto first = add(1), other = add(2);
    QVERIFY(first && other);
    bool removed = false;
    f->engine->registry().removeDevice(f->deviceId(1), [&](const Result<Done> &done) { removed = done.ok(); });
    QVERIFY(f->settle([&] { return removed; }));
    QVERIFY(!resources().ofToken(first->token));
    QVERIFY(resources().ofToken(other->token));
    QCOMPARE(f->store->pushResources.size(), size_t(1));

    f->bind(1); // the same identity anew has none of the old
    QVERIFY(resources().of(f->deviceId(1)).isEmpty());
}

void TestPushResources::comesBackWhereTheRemovalIsTakenBack_data()
{
    QTest::addColumn<bool>("ofUser");
    QTest::newRow("device") << false;
    QTest::newRow("user") << true;
}

void TestPushResources::comesBackWhereTheRemovalIsTakenBack()
{
    QFETCH(bool, ofUser);
    const auto first = add(1), second = add(1), other = add(2);
    QVERIFY(first && second && other);
    SubscriberChange order;
    order.removedDevices = {f->deviceId(1)};
    if (ofUser)
        order.removedUsers = {f->engine->registry().device(f->deviceId(1))->user};
    const auto back = change(order);
    QVERIFY(back);
    QVERIFY(!resources().ofToken(first->token));

    const auto again = change(*back);
    QVERIFY(again);
    QCOMPARE(resources().of(f->deviceId(1)), (QVector<PushResource>{first->resource, second->resource}));
    QCOMPARE(resources().ofToken(first->token), std::optional(first->resource)); // nobody has to be told another address
    QVERIFY(f->store->pushResources.count(second->resource.id));
    QVERIFY(resources().ofToken(other->token));

    const auto once = change(*again); // removed again, and back again
    QVERIFY(once && !resources().ofToken(first->token));
    QVERIFY(change(*once));
    QVERIFY(resources().ofToken(second->token));
}

void TestPushResources::comesBackOnceAndOnlyWhereThereIsRoom()
{
    const auto old = add(1);
    QVERIFY(old);
    SubscriberChange order;
    order.removedDevices = {f->deviceId(1)};
    const auto back = change(order);
    QVERIFY(back);
    f->bind(1); // meanwhile it is made anew
    const int room = PushResources::Limits().maxPushResources;
    for (int i = 0; i < room; ++i)
        QVERIFY(add(1));
    QVERIFY(change(*back));
    QVERIFY(!resources().ofToken(old->token));
    QCOMPARE(resources().of(f->deviceId(1)).size(), room);

    QVERIFY(remove(1, resources().of(f->deviceId(1)).first().id));
    for (int i = 0; i < 2; ++i) {
        QVERIFY(change(*back));
        QVERIFY(resources().ofToken(old->token));
        QCOMPARE(resources().of(f->deviceId(1)).size(), room);
    }
}

void TestPushResources::isGoneWithADeviceThatGoesWhileItIsMade()
{
    f->store->hold(true);
    PushResource order;
    order.device = f->deviceId(1);
    order.application = u"news"_s;
    std::optional<Result<PushResources::Made>> answer;
    f->engine->registry().removeDevice(f->deviceId(1), [](const Result<Done> &) {});
    resources().add(order, [&](const Result<PushResources::Made> &made) { answer = made; });
    f->store->hold(false);
    QVERIFY(f->settle([&] { return answer.has_value(); }));
    QCOMPARE(answer->error().code, "device-unknown");
    QCOMPARE(resources().count(), 0);
    QVERIFY(f->store->pushResources.empty());
}

void TestPushResources::isGoneOnceRemovedAndComesBackWhereThatFailed()
{
    const auto made = add(1);
    QVERIFY(made);
    f->store->failWith("store-full");
    QCOMPARE(remove(1, made->resource.id).error().code, "store-full");
    QVERIFY(resources().ofToken(made->token));
    f->store->failWith("");
    QVERIFY(remove(1, made->resource.id));
    QVERIFY(!resources().ofToken(made->token));
    QVERIFY(f->store->pushResources.empty());
    QCOMPARE(remove(1, made->resource.id).error().code, "push-resource-unknown");
}

void TestPushResources::isRemovedByItsOwnDeviceOnly()
{
    const auto made = add(1);
    QCOMPARE(remove(2, made->resource.id).error().code, "push-resource-unknown");
    QVERIFY(resources().ofToken(made->token));
}

void TestPushResources::showsOnItsDeviceWithoutTheHash()
{
    QVector<DeviceId> changed;
    QObject::connect(&f->engine->registry(), &Registry::deviceChanged, &f->engine->registry(), [&](const DeviceId &id) { changed.append(id); });
    const auto made = add(1);
    QVERIFY(made);
    QCOMPARE(changed.count(f->deviceId(1)), 1);
    const auto shown = f->engine->deviceSnapshot(f->deviceId(1))->pushResources;
    QCOMPARE(shown.size(), 1);
    QCOMPARE(shown[0].id, made->resource.id);
    QCOMPARE(shown[0].tokenSha256, QByteArray());
    QVERIFY(remove(1, made->resource.id));
    QCOMPARE(changed.count(f->deviceId(1)), 2);
    QVERIFY(f->engine->deviceSnapshot(f->deviceId(1))->pushResources.isEmpty());
}

void TestPushResources::isKnownAfterARestart()
{
    const auto made = add(1);
    QVERIFY(made);
    f->clock->advance(WriteBehind::delay);
    QVERIFY(f->settle([&] { return f->store->devices.size() == 2; }));
    const auto store = f->store;
    f.reset();
    store->close();
    f = std::make_unique<EngineFixture>(store);
    QCOMPARE(resources().ofToken(made->token), std::optional(made->resource));
    QCOMPARE(resources().of(f->deviceId(1)).size(), 1);
}

QTEST_GUILESS_MAIN(TestPushResources)
#include "tst_pushresources.moc"
