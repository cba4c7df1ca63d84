// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/carrierserver.h"
#include "papbench.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

TriggerListener::Settings mayNotifyLoopback()
{
    TriggerListener::Settings settings;
    settings.pap.notifyNetworks = {*IpNetwork::parse(u"127.0.0.0/8")};
    settings.notify.attempts = 3;
    return settings;
}

/// Lets zero timers and sockets run, without time passing.
template <typename Condition>
bool until(FakeClock &clock, Condition condition)
{
    return QTest::qWaitFor([&] {
        clock.advance(Milliseconds(0));
        return condition();
    });
}

} // namespace

/// Initiators are told how their pushes ended, at least once, and nobody else is told anything.
class TestResultNotifier : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsHowItEnded();
    void tellsOnceAlsoWhereItIsConfirmed();
    void tellsAfterARestartOfWhatMayBeConfirmed();
    void tellsNothingThatAKillCouldChange();
    void triesAgainAndGivesUp();
    void tellsAfterARestart();
    void tellsWhatEndedWhileNobodyLooked();
    void tellsOfRefusedRecipients();
    void tellsOfEachAddressOfOneUser();
    void tellsThatDevicesTakeNoSuchContent();
    void reachesOnlyWhereItMay();
    void followsNoRedirect();
    void triesToReadAgainWhatIsOwed();
    void oneInitiatorDoesNotHoldUpAnother();
    void keepsTheUrlToItself();

private:
    static PapPushMessage message(const CarrierServer &server)
    {
        PapPushMessage message = PapBench::to(u"p1"_s);
        message.notifyTo = u"http://"_s + server.place() + u"/notify?a=b"_s;
        return message;
    }
    static PapResultNotification told(const HttpRequest &request)
    {
        const auto document = parsePap(request.body);
        const auto *notification = document ? std::get_if<PapResultNotification>(&document->body) : nullptr;
        return notification ? *notification : PapResultNotification{};
    }
};

void TestResultNotifier::tellsHowItEnded()
{
    CarrierServer server;
    PapBench bench(mayNotifyLoopback());
    FakeClock &clock = *bench.engine.clock;
    const auto phone = bench.engine.bind(1);
    QCOMPARE(bench.push(message(server)).code, 1001);
    QCOMPARE(bench.engine.store->notices.size(), size_t(1));
    clock.advance(Milliseconds(1000));
    QVERIFY(server.requests.isEmpty());
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QVERIFY(until(clock, [&] { return bench.engine.store->notices.empty(); }));
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(server.requests[0].method, QByteArray("POST"));
    QCOMPARE(server.requests[0].target, QByteArray("/notify?a=b"));
    QCOMPARE(server.requests[0].headers.value("Content-Type"), QByteArray("application/xml"));
    const PapResultNotification notification = told(server.requests[0]);
    QCOMPARE(notification.pushId, u"p1"_s);
    QCOMPARE(notification.state, PapMessageState::Delivered);
    QCOMPARE(notification.code, 1000);
    QCOMPARE(notification.address, PapBench::to({}).addresses[0]);
    QCOMPARE(bench.engine.journalCount(u"notification-sent"_s), 1);
    clock.advance(Milliseconds(3600 * 1000));
    QCOMPARE(bench.engine.journalCount(u"notification-sent"_s), 1);
    QCOMPARE(server.requests.size(), 1);
}

/// At the device's answer, which is what PAP calls confirmed; not again at the word of the application.
void TestResultNotifier::tellsOnceAlsoWhereItIsConfirmed()
{
    CarrierServer server;
    PapBench bench(mayNotifyLoopback());
    FakeClock &clock = *bench.engine.clock;
    const auto phone = bench.engine.bind(1);
    PapPushMessage asking = message(server);
    asking.quality = PapQualityOfService{};
    asking.quality->deliveryMethod = PapDeliveryMethod::Confirmed;
    QCOMPARE(bench.push(asking).code, 1001);
    QVERIFY(phone->sent[0].confirm);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QVERIFY(until(clock, [&] { return bench.engine.store->notices.empty(); }));
    QCOMPARE(told(server.requests[0]).state, PapMessageState::Delivered);
    QCOMPARE(told(server.requests[0]).quality->deliveryMethod, PapDeliveryMethod::Confirmed);
    bench.engine.engine->pushes().confirm({phone->sent[0].push, EngineFixture::deviceId(1), {}, {}}, [](const Result<Done> &) {});
    QCOMPARE(bench.engine.stateOf(phone->sent[0].push), PushState::Confirmed);
    clock.advance(Milliseconds(48LL * 3600 * 1000));
    QCOMPARE(bench.engine.journalCount(u"notification-sent"_s), 1);
    QCOMPARE(server.requests.size(), 1);
}

void TestResultNotifier::tellsAfterARestartOfWhatMayBeConfirmed()
{
    const auto store = std::make_shared<MemoryStore>();
    const auto clock = std::make_shared<FakeClock>();
    CarrierServer server;
    {
        PapBench bench(mayNotifyLoopback(), store, clock);
        bench.engine.bind(1);
        PapPushMessage asking = message(server);
        asking.quality = PapQualityOfService{};
        asking.quality->deliveryMethod = PapDeliveryMethod::PreferConfirmed;
        QCOMPARE(bench.push(asking).code, 1001);
    }
    // The process died between the answer of the device and the word of it.
    Push &push = store->pushes.begin()->second;
    push.state = PushState::Delivered;
    push.awaitsConfirmation = true;
    push.deliveries = {{EngineFixture::deviceId(1), PushState::Delivered, {}, {}, 1, clock->now()}};
    PapBench bench(mayNotifyLoopback(), store, clock);
    bench.engine.engine->resume();
    QVERIFY(until(*clock, [&] { return store->notices.empty(); }));
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(told(server.requests[0]).state, PapMessageState::Delivered);
    bench.engine.engine->pushes().confirm({push.id, EngineFixture::deviceId(1), {}, {}}, [](const Result<Done> &) {});
    QCOMPARE(bench.engine.stateOf(push.id), PushState::Confirmed);
    QVERIFY(until(*clock, [&] { return store->notices.empty(); }));
    QCOMPARE(server.requests.size(), 1);
}

void TestResultNotifier::tellsNothingThatAKillCouldChange()
{
    const auto store = std::make_shared<MemoryStore>();
    const auto clock = std::make_shared<FakeClock>();
    CarrierServer server;
    {
        PapBench bench(mayNotifyLoopback(), store, clock);
        const auto phone = bench.engine.bind(1);
        PapPushMessage brief = message(server);
        brief.deliverBefore = Timestamp{clock->now().ms / 1000 * 1000} + Milliseconds(60000);
        QCOMPARE(bench.push(brief).code, 1001);
        store->hold(true);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        for (int i = 0; i < 50; ++i) {
            clock->advance(WriteBehind::delay);
            QCoreApplication::processEvents();
        }
        QCOMPARE(bench.pushes().first().state, PushState::Delivered);
        QVERIFY(server.requests.isEmpty());
        store->dropQueued();
    }
    clock->advance(Milliseconds(61000));
    PapBench bench(mayNotifyLoopback(), store, clock);
    bench.engine.engine->resume();
    QVERIFY(until(*clock, [&] { return server.requests.size() == 1; }));
    QCOMPARE(told(server.requests[0]).state, PapMessageState::Expired);
}

void TestResultNotifier::triesAgainAndGivesUp()
{
    CarrierServer server;
    server.answer = [](const HttpRequest &) { return QByteArray("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"); };
    PapBench bench(mayNotifyLoopback());
    FakeClock &clock = *bench.engine.clock;
    const auto phone = bench.engine.bind(1);
    QCOMPARE(bench.push(message(server)).code, 1001);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    const auto attempts = [&] { return bench.engine.store->notices.empty() ? -1 : bench.engine.store->notices.begin()->second.attempts; };
    QVERIFY(until(clock, [&] { return attempts() == 1; }));
    clock.advance(Milliseconds(4999));
    QCOMPARE(server.requests.size(), 1);
    clock.advance(Milliseconds(1));
    QVERIFY(until(clock, [&] { return attempts() == 2; }));
    clock.advance(Milliseconds(9999));
    QCOMPARE(server.requests.size(), 2);
    clock.advance(Milliseconds(1));
    QVERIFY(until(clock, [&] { return bench.engine.store->notices.empty(); }));
    QCOMPARE(server.requests.size(), 3);
    QCOMPARE(bench.engine.journalCount(u"notification-failed"_s), 1);
}

void TestResultNotifier::tellsAfterARestart()
{
    const auto store = std::make_shared<MemoryStore>();
    const auto clock = std::make_shared<FakeClock>();
    CarrierServer server;
    {
        PapBench bench(mayNotifyLoopback(), store, clock);
        bench.engine.bind(1);
        QCOMPARE(bench.push(message(server)).code, 1001);
    }
    PapBench bench(mayNotifyLoopback(), store, clock);
    bench.engine.engine->resume();
    const auto phone = bench.engine.bind(1);
    QCOMPARE(phone->sent.size(), 1);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QVERIFY(until(*clock, [&] { return store->notices.empty(); }));
    QCOMPARE(server.requests.size(), 1);
}

void TestResultNotifier::tellsWhatEndedWhileNobodyLooked()
{
    const auto store = std::make_shared<MemoryStore>();
    const auto clock = std::make_shared<FakeClock>();
    CarrierServer server;
    {
        PapBench bench(mayNotifyLoopback(), store, clock);
        bench.engine.bind(1);
        QCOMPARE(bench.push(message(server)).code, 1001);
    }
    // The process died between the end of the push and the word of it.
    store->pushes.begin()->second.state = PushState::Expired;
    store->pushes.begin()->second.deliveries = {{EngineFixture::deviceId(1), PushState::Expired, "ttl-ended", {}, 0, clock->now()}};
    PapBench bench(mayNotifyLoopback(), store, clock);
    bench.engine.engine->resume();
    QVERIFY(until(*clock, [&] { return store->notices.empty(); }));
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(told(server.requests[0]).state, PapMessageState::Expired);
}

void TestResultNotifier::tellsOfRefusedRecipients()
{
    CarrierServer server;
    PapBench bench(mayNotifyLoopback());
    bench.engine.bind(1);
    PapPushMessage several = message(server);
    several.addresses.append(u"WAPPUSH=eve/TYPE=USER@ppg"_s);
    QCOMPARE(bench.push(several).code, 1001);
    QVERIFY(until(*bench.engine.clock, [&] { return bench.engine.store->notices.size() == 1; }));
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(told(server.requests[0]).state, PapMessageState::Rejected);
    QCOMPARE(told(server.requests[0]).code, 2002);
    QCOMPARE(told(server.requests[0]).address, several.addresses[1]);
}

void TestResultNotifier::tellsOfEachAddressOfOneUser()
{
    CarrierServer server;
    PapBench bench(mayNotifyLoopback());
    const auto phone = bench.engine.bind(1);
    PapPushMessage several = message(server);
    several.addresses.append(u"WAPPUSH=alice/TYPE=USER@ppg"_s);
    QCOMPARE(bench.push(several).code, 1001);
    QCOMPARE(phone->sent.size(), 1);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QVERIFY(until(*bench.engine.clock, [&] { return server.requests.size() == 2 && bench.engine.store->notices.empty(); }));
    QStringList addresses;
    for (const HttpRequest &request : server.requests) {
        QCOMPARE(told(request).state, PapMessageState::Delivered);
        addresses.append(told(request).address);
    }
    addresses.sort();
    several.addresses.sort();
    QCOMPARE(addresses, several.addresses);
}

void TestResultNotifier::tellsThatDevicesTakeNoSuchContent()
{
    CarrierServer server;
    PapBench bench(mayNotifyLoopback());
    bindAble(bench, {{u"image/png"_s}, 4000});
    QCOMPARE(bench.push(message(server)).code, 1001);
    QVERIFY(until(*bench.engine.clock, [&] { return bench.engine.store->notices.empty(); }));
    QCOMPARE(told(server.requests[0]).state, PapMessageState::Undeliverable);
    QCOMPARE(told(server.requests[0]).code, 2005);
    const auto asked = bench.ask(PapStatusQuery{u"p1"_s, {}});
    QCOMPARE(std::get<PapStatusQueryResponse>(asked.body).results[0].code, 2000); // where 2005 has no place
}

void TestResultNotifier::reachesOnlyWhereItMay()
{
    CarrierServer server;
    PapBench bench; // public addresses only
    const auto phone = bench.engine.bind(1);
    PapPushMessage byName = message(server);
    QCOMPARE(bench.push(byName).code, 2001);
    byName.notifyTo = u"http://localhost:%1/"_s.arg(server.serverPort());
    QCOMPARE(bench.push(byName).code, 1001); // what a name means is known only when it is resolved
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QVERIFY(until(*bench.engine.clock, [&] { return bench.engine.store->notices.empty(); }));
    QCOMPARE(server.connections, 0);
    QCOMPARE(bench.engine.journalCount(u"notification-failed"_s), 1);
}

void TestResultNotifier::followsNoRedirect()
{
    CarrierServer trap;
    CarrierServer server;
    server.answer = [&](const HttpRequest &) {
        return "HTTP/1.1 302 Found\r\nLocation: http://" + trap.place().toLatin1() + "/\r\nContent-Length: 0\r\n\r\n";
    };
    PapBench bench(mayNotifyLoopback());
    const auto phone = bench.engine.bind(1);
    QCOMPARE(bench.push(message(server)).code, 1001);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QVERIFY(until(*bench.engine.clock, [&] { return !bench.engine.store->notices.empty() && bench.engine.store->notices.begin()->second.attempts == 1; }));
    QCOMPARE(trap.connections, 0);
}

void TestResultNotifier::triesToReadAgainWhatIsOwed()
{
    const auto store = std::make_shared<MemoryStore>();
    const auto clock = std::make_shared<FakeClock>();
    CarrierServer server;
    {
        PapBench bench(mayNotifyLoopback(), store, clock);
        bench.engine.bind(1);
        QCOMPARE(bench.push(message(server)).code, 1001);
    }
    store->pushes.begin()->second.state = PushState::Expired;
    store->pushes.begin()->second.deliveries = {{EngineFixture::deviceId(1), PushState::Expired, "ttl-ended", {}, 0, clock->now()}};
    store->failReads(2);
    PapBench bench(mayNotifyLoopback(), store, clock);
    bench.engine.engine->resume();
    for (int i = 0; i < 2; ++i) {
        QVERIFY(!bench.engine.settle([&] { return !server.requests.isEmpty(); }));
        QCOMPARE(store->notices.size(), size_t(1));
        clock->advance(Milliseconds(5000));
    }
    QVERIFY(until(*clock, [&] { return store->notices.empty(); }));
    QCOMPARE(server.requests.size(), 1);
}

/// One that names many hosts, all of them deaf, has half of the places and no more.
void TestResultNotifier::oneInitiatorDoesNotHoldUpAnother()
{
    std::vector<std::unique_ptr<CarrierServer>> deaf;
    for (int i = 0; i < 12; ++i) {
        deaf.push_back(std::make_unique<CarrierServer>());
        deaf.back()->silent = true;
    }
    CarrierServer server;
    TriggerListener::Settings settings = mayNotifyLoopback();
    settings.notify.atOnce = 8;
    settings.notify.atOncePerInitiator = 4;
    PapBench bench(settings);
    FakeClock &clock = *bench.engine.clock;
    const auto phone = bench.engine.bind(1);
    const QByteArray other = bench.makeInitiator(u"other"_s);
    const auto asked = [&] { return std::count_if(deaf.begin(), deaf.end(), [](const auto &host) { return !host->requests.isEmpty(); }); };
    for (size_t i = 0; i < deaf.size(); ++i) {
        PapPushMessage push = message(*deaf[i]);
        push.pushId = u"p%1"_s.arg(i);
        QCOMPARE(bench.push(push).code, 1001);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        clock.advance(Milliseconds(0));
    }
    QVERIFY(until(clock, [&] { return asked() == 4; }));
    bench.token = other;
    QCOMPARE(bench.push(message(server)).code, 1001);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QVERIFY(until(clock, [&] { return server.requests.size() == 1; }));
    QCOMPARE(asked(), 4);
}

void TestResultNotifier::keepsTheUrlToItself()
{
    CarrierServer server;
    PapBench bench(mayNotifyLoopback());
    const auto phone = bench.engine.bind(1);
    PapPushMessage push = message(server);
    push.notifyTo = u"http://"_s + server.place() + u"/hooks/s3cret?key=t0ken"_s;
    QCOMPARE(bench.push(push).code, 1001);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QVERIFY(until(*bench.engine.clock, [&] { return bench.engine.store->notices.empty(); }));
    QCOMPARE(bench.engine.journalCount(u"notification-sent"_s), 1);
    for (const JournalEntry &entry : bench.engine.engine->journal().since({})) {
        QVERIFY(!entry.bytes.contains("s3cret"));
        for (const auto &[name, value] : entry.fields)
            QVERIFY2(!value.contains(u"s3cret"_s) && !value.contains(u"t0ken"_s), qPrintable(name));
    }
}

QTEST_GUILESS_MAIN(TestResultNotifier)
#include "tst_resultnotifier.moc"
