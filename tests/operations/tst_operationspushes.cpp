// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/operationsfixture.h"

#include <QJsonArray>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Wake-ups, pushes, and the journal of both.
class TestOperationsPushes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { f = std::make_unique<OperationsFixture>(); }
    void cleanup() { f.reset(); }

    void wakesByHand();
    void previewsAWakeUpWithoutDoingIt();
    void wakesOverTheBearerAskedFor();
    void pushesAndCancels();
    void explainsWithoutDoingIt();
    void readsWhatHasLeftMemory();
    void listsAllPushesThereWereAPageAtATime();
    void listsOnlyThePushesAskedFor_data();
    void listsOnlyThePushesAskedFor();
    void refusesWhatIsNoFilterOfPushes();
    void readsTheJournal();
    void pagesTheJournalBothWays();

private:
    std::unique_ptr<OperationsFixture> f;
};

void TestOperationsPushes::wakesByHand()
{
    f->bind(1);
    f->lose(1);
    const HttpResponse response = f->ask("POST", f->path(f->deviceId(1), "/wake"),
                                         R"({"request":["capability"],"application":"chat"})");
    QCOMPARE(response.status, 202);
    const QJsonObject wake = HttpPeer::json(response);
    QCOMPARE(wake.value(u"by_hand").toBool(), true);
    QCOMPARE(wake.value(u"state").toString(), u"active"_s);
    const QByteArray target = "/v1/wakes/" + wake.value(u"id").toString().toLatin1();
    QTRY_COMPARE(f->bearer->sent.size(), 1);
    QCOMPARE(f->get(target).value(u"request").toArray().at(0).toString(), u"capability"_s);
    QCOMPARE(f->get("/v1/wakes").value(u"items").toArray().size(), 1);
    QCOMPARE(f->get(f->path(f->deviceId(1))).value(u"active_wake").toString(), wake.value(u"id").toString());
    const HttpResponse joined = f->ask("POST", f->path(f->deviceId(1), "/wake"));
    QCOMPARE(HttpPeer::json(joined).value(u"id"), wake.value(u"id"));
    QCOMPARE(f->ask("DELETE", target).status, 204);
    QCOMPARE(f->get(target).value(u"state").toString(), u"cancelled"_s);
    QCOMPARE(f->ask("DELETE", target).status, 409);
}

void TestOperationsPushes::previewsAWakeUpWithoutDoingIt()
{
    f->bind(1);
    f->bind(2);
    f->lose(1);
    const HttpResponse response = f->ask("POST", f->path(f->deviceId(1), "/wake/preview"), "{}");
    QCOMPARE(response.status, 200);
    const QJsonObject preview = HttpPeer::json(response);
    QCOMPARE(preview.value(u"bearer").toString(), u"wsp"_s);
    QCOMPARE(preview.value(u"mode").toString(), u"routed"_s);
    QCOMPARE(preview.value(u"identity_inside").toBool(), true);
    QCOMPARE(preview.value(u"sir").toObject().value(u"device").toString(), f->deviceId(1).toString());
    QVERIFY(!preview.value(u"sir_bytes").toString().isEmpty());
    QVERIFY(!preview.value(u"checks").toArray().isEmpty());
    QVERIFY(f->bearer->sent.isEmpty());
    QCOMPARE(f->get("/v1/wakes").value(u"items").toArray().size(), 0);
}

void TestOperationsPushes::wakesOverTheBearerAskedFor()
{
    f->bind(1);
    f->lose(1);
    QCOMPARE(
        f->ask("POST", f->path(f->deviceId(1), "/wake"), R"({"bearer":"wsp","empty":true,"mode":"routed"})")
            .status,
        202);
    QTRY_COMPARE(f->bearer->sent.size(), 1);
    QVERIFY(f->bearer->sent.first().sir.isEmpty());
}

void TestOperationsPushes::pushesAndCancels()
{
    const auto phone = f->bind(1);
    const HttpResponse response =
        f->ask("POST", "/v1/pushes", R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})");
    QCOMPARE(response.status, 202);
    const QString id = HttpPeer::json(response).value(u"id").toString();
    const QByteArray target = "/v1/pushes/" + id.toLatin1();
    QTRY_COMPARE(phone->sent.size(), 1);
    const QJsonObject push = f->get(target);
    QCOMPARE(push.value(u"state").toString(), u"sending"_s);
    QCOMPARE(push.value(u"deliveries").toArray().at(0).toObject().value(u"device").toString(),
             f->deviceId(1).toString());
    QVERIFY(f->get(target + "/explanation")
                .value(u"devices")
                .toArray()
                .at(0)
                .toObject()
                .value(u"chosen")
                .toBool());
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QCOMPARE(f->get(target).value(u"state").toString(), u"delivered"_s);
    const HttpResponse late = f->ask("DELETE", target);
    QCOMPARE(late.status, 409);
    QCOMPARE(HttpPeer::code(late), u"push-finished"_s);
    QCOMPARE(f->get("/v1/pushes?limit=5").value(u"items").toArray().size(), 1);
}

void TestOperationsPushes::explainsWithoutDoingIt()
{
    const auto phone = f->bind(1);
    const HttpResponse response =
        f->ask("POST", "/v1/pushes/explain", R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})");
    QCOMPARE(response.status, 200);
    const QJsonObject device = HttpPeer::json(response).value(u"devices").toArray().at(0).toObject();
    QCOMPARE(device.value(u"path").toString(), u"direct"_s);
    QCOMPARE(device.value(u"text").toString(), u"Gets it at once over its connection."_s);
    QCOMPARE(device.value(u"checks").toArray().at(2).toObject().value(u"text").toString(), u"Does its owner want pushes? yes"_s);
    QVERIFY(!device.value(u"checks").toArray().isEmpty());
    QVERIFY(phone->sent.isEmpty());
    QVERIFY(f->store->pushes.empty());
}

void TestOperationsPushes::readsWhatHasLeftMemory()
{
    Push push;
    push.id = PushId(u"p-old"_s);
    push.state = PushState::Delivered;
    push.deliveries = {{DeviceId::parse(u"imei:490154203237518"_s).value(), PushState::Delivered, {}, {}, 1, {}}};
    f->store->pushes[push.id] = push;
    WakeUp wake;
    wake.id = WakeId(u"w-old"_s);
    wake.state = WakeState::Succeeded;
    f->store->wakes[wake.id] = wake;
    QCOMPARE(f->get("/v1/pushes/p-old").value(u"state").toString(), u"delivered"_s);
    QCOMPARE(f->get("/v1/wakes/w-old").value(u"state").toString(), u"succeeded"_s);
    const QJsonObject explanation = f->get("/v1/pushes/p-old/explanation");
    QCOMPARE(explanation.value(u"complete").toBool(true), false);
    QCOMPARE(explanation.value(u"devices").toArray().at(0).toObject().value(u"text").toString(), u"Has got it."_s);
    QCOMPARE(HttpPeer::code(f->ask("GET", "/v1/pushes/p-none/explanation")), u"push-unknown"_s);
    QCOMPARE(HttpPeer::code(f->ask("DELETE", "/v1/pushes/p-old")), u"push-finished"_s);
}

void TestOperationsPushes::listsAllPushesThereWereAPageAtATime()
{
    for (int i = 0; i < 3; ++i) {
        Push push;
        push.id = PushId(u"p-0old%1"_s.arg(i));
        push.state = PushState::Expired;
        push.request.body = "four";
        f->store->pushes[push.id] = push;
    }
    f->bind(1);
    const HttpResponse accepted = f->ask("POST", "/v1/pushes", R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})");
    QStringList ids;
    QByteArray cursor;
    do {
        const QJsonObject page = f->get("/v1/pushes?limit=2" + cursor);
        QVERIFY(page.value(u"items").toArray().size() <= 2);
        for (const QJsonValue item : page.value(u"items").toArray()) {
            ids.append(item.toObject().value(u"id").toString());
            QCOMPARE(item.toObject().value(u"size").toInt(), ids.size() == 1 ? 2 : 4);
        }
        const QString next = page.value(u"next").toString();
        cursor = next.isEmpty() ? QByteArray() : "&cursor=" + next.toLatin1();
    } while (!cursor.isEmpty());
    QCOMPARE(ids, (QStringList{HttpPeer::json(accepted).value(u"id").toString(), u"p-0old2"_s, u"p-0old1"_s, u"p-0old0"_s}));
}

void TestOperationsPushes::listsOnlyThePushesAskedFor_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<int>("found");
    QTest::newRow("failed") << QByteArray("state=failed") << 1;
    QTest::newRow("expired") << QByteArray("state=expired") << 1;
    QTest::newRow("cancelled") << QByteArray("state=cancelled") << 0;
    QTest::newRow("under way") << QByteArray("state=under_way") << 1;
    QTest::newRow("in the state it has now, not in the one it was written in") << QByteArray("state=sending") << 1;
    QTest::newRow("in a state it has no more") << QByteArray("state=accepted") << 0;
    QTest::newRow("user") << QByteArray("user=sip:bob@lab.example") << 1;
    QTest::newRow("device") << QByteArray("device=URN:UUID:00000000-0000-4000-8000-000000000001") << 1;
    QTest::newRow("staff") << QByteArray("initiator=staff") << 1;
    QTest::newRow("initiator by id") << QByteArray("initiator=i-1") << 1;
    QTest::newRow("text") << QByteArray("text=MUSTER") << 1;
    QTest::newRow("text that nothing has") << QByteArray("text=nothing") << 0;
    QTest::newRow("both") << QByteArray("state=failed&initiator=staff") << 0;
}

void TestOperationsPushes::listsOnlyThePushesAskedFor()
{
    QFETCH(QByteArray, filter);
    QFETCH(int, found);
    Push old;
    old.id = PushId(u"p-0old"_s);
    old.state = PushState::Expired;
    old.user = PublicUserId::parse(u"sip:bob@lab.example").value();
    old.request.initiator = InitiatorId(u"i-1"_s);
    old.request.reference = u"an-Muster-7"_s;
    f->store->pushes[old.id] = old;
    const auto phone = f->bind(1);
    QCOMPARE(f->ask("POST", "/v1/pushes", R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})").status, 202);
    QTRY_COMPARE(phone->sent.size(), 1);
    QCOMPARE(f->get("/v1/pushes?" + filter).value(u"items").toArray().size(), found);
}

void TestOperationsPushes::refusesWhatIsNoFilterOfPushes()
{
    QCOMPARE(HttpPeer::code(f->ask("GET", "/v1/pushes?state=happy")), u"query-state"_s);
    QCOMPARE(HttpPeer::code(f->ask("GET", "/v1/pushes?limit=0")), u"query-limit"_s);
    QCOMPARE(HttpPeer::code(f->ask("GET", "/v1/pushes?cursor=" + QByteArray(65, 'x'))), u"query-cursor"_s);
    QCOMPARE(f->ask("GET", "/v1/pushes?user=:").status, 400);
    QCOMPARE(f->ask("GET", "/v1/pushes?device=").status, 400);
}

void TestOperationsPushes::readsTheJournal()
{
    f->bind(1);
    f->bind(2, u"bob"_s);
    f->lose(1);
    const QJsonArray all = f->get("/v1/journal").value(u"items").toArray();
    QVERIFY(all.size() >= 3);
    const QJsonObject newest = all.at(0).toObject();
    QCOMPARE(newest.value(u"kind").toString(), u"connection"_s);
    QCOMPARE(newest.value(u"device").toString(), f->deviceId(1).toString());
    for (const char *name :
         {"id", "time", "kind", "event", "user", "device", "push", "wake", "fields", "bytes"})
        QVERIFY2(newest.contains(QLatin1StringView(name)), name);
    const QJsonArray bobs = f->get("/v1/journal?user=bob%40lab.example").value(u"items").toArray();
    QVERIFY(!bobs.isEmpty() && bobs.size() < all.size());
    QCOMPARE(f->get("/v1/journal?kind=trigger").value(u"items").toArray().size(), 0);
    QVERIFY(!f->get("/v1/journal?kind=connection&device=" + percentEncode(f->deviceId(2).toString()))
                 .value(u"items")
                 .toArray()
                 .isEmpty());
    QCOMPARE(f->get("/v1/journal?push=p-1").value(u"items").toArray().size(), 0);
    QCOMPARE(f->get("/v1/journal?from=2100-01-01T00:00:00.000Z").value(u"items").toArray().size(), 0);
}

void TestOperationsPushes::pagesTheJournalBothWays()
{
    for (int i = 0; i < 7; ++i) {
        JournalEntry entry;
        entry.event = u"note"_s;
        f->engine->journal().add(entry);
    }
    const auto readAll = [&](QByteArray target) {
        QVector<int> ids;
        for (int page = 0; page < 10; ++page) {
            const QJsonObject list = f->get(target + "&limit=3");
            for (const QJsonValue item : list.value(u"items").toArray())
                ids.append(item.toObject().value(u"id").toInt());
            if (list.value(u"next").isNull())
                break;
            target = "/v1/journal?text=note&cursor=" + percentEncode(list.value(u"next").toString());
        }
        return ids;
    };
    QCOMPARE(readAll("/v1/journal?text=note"), (QVector<int>{7, 6, 5, 4, 3, 2, 1}));
    QCOMPARE(readAll("/v1/journal?text=note&after=2"), (QVector<int>{3, 4, 5, 6, 7}));
}

QTEST_GUILESS_MAIN(TestOperationsPushes)
#include "tst_operationspushes.moc"
