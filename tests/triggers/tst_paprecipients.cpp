// SPDX-License-Identifier: GPL-3.0-or-later
#include "papbench.h"

#include "wire/clientprofile.h"
#include "wire/papentities.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Whom a push over PAP goes to, what each recipient's devices can do, and that one recipient's trouble is its own.
class TestPapRecipients : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void servesSeveralRecipients();
    void tellsOfRefusedRecipients();
    void aFullQueueIsOneRecipientsOwn();
    void comparesWhatTheInitiatorAssumes_data();
    void comparesWhatTheInitiatorAssumes();
    void oneDeviceThatCanDoItIsEnough();
    void takesItsOwnAnswerOfCapabilities();
    void findsPeopleByEveryAddress();
    void oneUserUnderManyAddressesGetsOnePush();
    void answersCapabilityQueries();
};

void TestPapRecipients::servesSeveralRecipients()
{
    PapBench bench;
    const auto phone = bench.engine.bind(1);
    bench.engine.bind(2, u"bob"_s);
    PapPushMessage message = PapBench::to(u"p1"_s, {u"alice"_s, u"bob"_s, u"alice"_s});
    QCOMPARE(bench.push(message).code, 1001);
    QCOMPARE(bench.pushes().size(), 2);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    const PapDocument answer = bench.ask(PapStatusQuery{u"p1"_s, {}});
    const auto results = std::get<PapStatusQueryResponse>(answer.body).results;
    QCOMPARE(results.size(), 2);
    for (const PapStatusQueryResult &result : results) {
        QCOMPARE(result.state, result.addresses[0].contains(u"alice") ? PapMessageState::Delivered : PapMessageState::Pending);
        QCOMPARE(result.addresses.size(), 1); // however often it was given
    }
    const auto one = bench.ask(PapStatusQuery{u"p1"_s, {message.addresses[1], u"WAPPUSH=eve/TYPE=USER@ppg"_s}});
    const auto some = std::get<PapStatusQueryResponse>(one.body).results;
    QCOMPARE(some.size(), 2);
    QCOMPARE(some[0].addresses, QStringList{message.addresses[1]});
    QCOMPARE(some[1].code, 2003);
}

void TestPapRecipients::tellsOfRefusedRecipients()
{
    PapBench bench;
    bench.engine.bind(1);
    bench.engine.lose(1); // what is being sent cannot be cancelled
    PapPushMessage message = PapBench::to(u"p1"_s, {u"nobody"_s, u"alice"_s});
    message.addresses.append(u"push_all"_s);
    message.notifyTo = u"http://192.0.43.8/n"_s;
    QCOMPARE(bench.push(message).code, 1001);
    QCOMPARE(bench.pushes().size(), 1);
    QCOMPARE(bench.engine.store->notices.size(), size_t(3));
    const PapDocument answer = bench.ask(PapStatusQuery{u"p1"_s, {}});
    const auto results = std::get<PapStatusQueryResponse>(answer.body).results;
    QCOMPARE(results.size(), 3);
    QCOMPARE(results[0].state, PapMessageState::Pending);
    QCOMPARE(results[1].state, PapMessageState::Rejected);
    QCOMPARE(results[1].code, 2002);
    QCOMPARE(results[2].state, PapMessageState::Rejected);
    const auto cancelled = std::get<PapCancelResponse>(bench.ask(PapCancelMessage{u"p1"_s, {message.addresses[0], message.addresses[1]}}).body).results;
    QCOMPARE(cancelled.size(), 2);
    QCOMPARE(cancelled[0].code + cancelled[1].code, 1000 + 2008);
    QCOMPARE((cancelled[0].code == 2008 ? cancelled[0] : cancelled[1]).addresses, QStringList{message.addresses[0]});
    QCOMPARE(std::get<PapPushResponse>(PapBench::read(bench.postPush(PapBench::to(u"p2"_s, {u"x"_s, u"y"_s}), {PapBench::content()})).body).code, 2002);
}

void TestPapRecipients::aFullQueueIsOneRecipientsOwn()
{
    PapBench bench({}, std::make_shared<MemoryStore>(), std::make_shared<FakeClock>(), {.pendingPerDevice = 1});
    bench.engine.bind(1);
    bench.engine.bind(2, u"bob"_s);
    QCOMPARE(bench.push(PapBench::to(u"p1"_s)).code, 1001);
    QCOMPARE(bench.push(PapBench::to(u"p2"_s, {u"alice"_s, u"bob"_s})).code, 1001);
    QCOMPARE(bench.pushes().size(), 2);
    const PapDocument answer = bench.ask(PapStatusQuery{u"p2"_s, {}});
    const auto results = std::get<PapStatusQueryResponse>(answer.body).results;
    QCOMPARE(results.size(), 2);
    QCOMPARE(results[0].state, PapMessageState::Pending);
    QCOMPARE(results[1].state, PapMessageState::Rejected);
    QCOMPARE(results[1].code, 4001);
    const PapPushResponse refused = bench.push(PapBench::to(u"p3"_s));
    QCOMPARE(refused.code, 3000);
    QVERIFY(refused.desc.contains(u"device-queue-full"));
}

void TestPapRecipients::comparesWhatTheInitiatorAssumes_data()
{
    QTest::addColumn<QByteArray>("assumed");
    QTest::addColumn<bool>("ofAlice");
    const auto accept = [](const QByteArray &type) {
        return "<prf:Push-Accept><rdf:Bag><rdf:li>text/plain</rdf:li><rdf:li>" + type + "</rdf:li></rdf:Bag></prf:Push-Accept>";
    };
    QTest::newRow("types it takes") << accept("image/png") << true;
    QTest::newRow("with parameters") << accept("TEXT/plain; charset=utf-8") << true;
    QTest::newRow("a type it does not take") << accept("audio/amr") << false;
    QTest::newRow("as large as it takes") << QByteArray("<prf:Push-MsgSize>4000</prf:Push-MsgSize>") << true;
    QTest::newRow("larger") << QByteArray("<prf:Push-MsgSize> 4001 </prf:Push-MsgSize>") << false;
}

/// Alice's phone has told what it can do; Bob's has told nothing, which contradicts nothing.
void TestPapRecipients::comparesWhatTheInitiatorAssumes()
{
    QFETCH(QByteArray, assumed);
    QFETCH(bool, ofAlice);
    PapBench bench;
    bindAble(bench, {{u"text/plain"_s, u"image/*"_s}, 4000});
    bench.engine.bind(2, u"bob"_s);
    const PapPushMessage message = PapBench::to(u"p1"_s, {u"alice"_s, u"bob"_s});
    const PapDocument answer = PapBench::read(bench.postPush(message, {PapBench::content(), profile(assumed)}));
    QCOMPARE(std::get<PapPushResponse>(answer.body).code, 1001);
    QCOMPARE(bench.pushes().size(), ofAlice ? 2 : 1);
    const PapDocument status = bench.ask(PapStatusQuery{u"p1"_s, {message.addresses[0]}});
    const auto results = std::get<PapStatusQueryResponse>(status.body).results;
    QCOMPARE(results.size(), 1);
    QCOMPARE(results[0].state, ofAlice ? PapMessageState::Pending : PapMessageState::Rejected);
    QCOMPARE(results[0].code, ofAlice ? 1000 : 2000); // 2005 has no place in a status query
    const PapTerms terms = PapTerms::fromBytes(bench.pushes().first().request.terms);
    QVERIFY(ofAlice || terms.refused.first().code == 2005);
}

void TestPapRecipients::oneDeviceThatCanDoItIsEnough()
{
    PapBench bench;
    bindAble(bench, {{u"text/plain"_s}, 1000});
    const auto push = [&](const QString &id) {
        return std::get<PapPushResponse>(
                   PapBench::read(bench.postPush(PapBench::to(id), {PapBench::content(), profile("<prf:Push-MsgSize>5000</prf:Push-MsgSize>")})).body)
            .code;
    };
    QCOMPARE(push(u"p1"_s), 2005);
    bench.engine.bind(2); // alice's other device, which has told nothing
    QCOMPARE(push(u"p2"_s), 1001);
}

void TestPapRecipients::takesItsOwnAnswerOfCapabilities()
{
    PapBench bench;
    bindAble(bench, {{u"text/plain"_s, u"image/*"_s}, 4000});
    const QByteArray question = toPapBytes({{2, 0}, {}, {}, PapCcqMessage{u"q1"_s, {}, PapBench::to({}).addresses[0]}});
    const HttpResponse told = bench.post("application/xml", question);
    const auto parts = PapEntities::parse(told.headers.value("Content-Type"), told.body);
    QVERIFY(parts && parts->content);
    const auto read = parseClientProfile(parts->content->body);
    QVERIFY(read);
    QCOMPARE(read->contentTypes, (QStringList{u"image/*"_s, u"text/plain"_s}));
    QCOMPARE(read->maxMessageSize, 4000);
}

void TestPapRecipients::findsPeopleByEveryAddress()
{
    TriggerListener::Settings settings;
    settings.pap.addresses = {{u"192.0.2.7"_s, EngineFixture::userId(u"alice"_s)}, {u"fd00::1"_s, EngineFixture::userId(u"alice"_s)},
                              {u"push_all"_s, EngineFixture::userId(u"alice"_s)}, {u"24321000"_s, EngineFixture::userId(u"alice"_s)}};
    PapBench bench(settings);
    bench.engine.bind(1);
    int number = 0;
    for (const char *address : {"WAPPUSH=alice/TYPE=USER@ppg", "wappush=sip%3Aalice%40LAB.example/type=user@ppg", "WAPPUSH=192.0.2.7/TYPE=IPv4@ppg",
                                "WAPPUSH=fd00:0000:0000:0000:0000:0000:0000:0001/TYPE=IPv6@ppg", "push_all", "WAPPUSH=24321000/TYPE=MAN@ppg"}) {
        PapPushMessage message = PapBench::to(u"p%1"_s.arg(++number));
        message.addresses = {QString::fromLatin1(address)};
        QVERIFY2(bench.push(message).code == 1001, address);
    }
    for (const Push &push : bench.pushes())
        QCOMPARE(push.user, bench.engine.userId(u"alice"_s));
}

void TestPapRecipients::oneUserUnderManyAddressesGetsOnePush()
{
    PapBench bench;
    const auto phone = bench.engine.bind(1);
    bench.engine.bind(2, u"bob"_s);
    Device device = *bench.engine.engine->registry().device(bench.engine.deviceId(1));
    device.msisdn = *Msisdn::parse(u"+4917012345");
    bool done = false;
    bench.engine.engine->registry().putDevice(device, [&](const Result<Done> &) { done = true; });
    QVERIFY(bench.engine.settle([&] { return done; }));
    PapPushMessage message = PapBench::to(u"p1"_s, {u"alice"_s, u"bob"_s});
    const QStringList phones{u"WAPPUSH=+4917012345/TYPE=PLMN@ppg"_s, u"WAPPUSH=+49-170-12345/TYPE=PLMN@ppg"_s};
    message.addresses += phones;
    QCOMPARE(bench.push(message).code, 1001);
    QCOMPARE(bench.pushes().size(), 2);
    QCOMPARE(phone->sent.size(), 1);
    phone->answer(SendOutcome::Kind::Busy, "486"); // what is being sent cannot be cancelled

    // Each address has its result all the same.
    const auto all = std::get<PapStatusQueryResponse>(bench.ask(PapStatusQuery{u"p1"_s, {}}).body).results;
    QCOMPARE(all.size(), 2);
    const QStringList ofAlice = QStringList{message.addresses[0]} + phones;
    QCOMPARE((all[0].addresses.size() > 1 ? all[0] : all[1]).addresses, ofAlice);
    const auto cancel = [&](const QStringList &addresses) {
        return std::get<PapCancelResponse>(bench.ask(PapCancelMessage{u"p1"_s, addresses}).body).results;
    };
    const auto one = cancel({phones[1]});
    QCOMPARE(one.size(), 1);
    QCOMPARE(one[0].code, 2008);
    QCOMPARE(one[0].addresses, QStringList{phones[1]});
    const auto whole = cancel(ofAlice);
    QCOMPARE(whole.size(), 1);
    QVERIFY((whole[0] == PapCancelResult{1000, u"OK"_s, ofAlice}));
    const auto after = std::get<PapStatusQueryResponse>(bench.ask(PapStatusQuery{u"p1"_s, {phones[0]}}).body).results;
    QCOMPARE(after[0].state, PapMessageState::Cancelled);
}

void TestPapRecipients::answersCapabilityQueries()
{
    PapBench bench;
    bindAble(bench, {{u"text/plain"_s, u"image/*"_s}, 1400, 2});
    bench.engine.bind(2, u"bob"_s);
    const QString address = PapBench::to({}).addresses[0];
    const PapBody question = PapCcqMessage{u"q1"_s, {}, address};
    const HttpResponse response = bench.post("application/xml", toPapBytes({{2, 0}, {}, {}, question}));
    QCOMPARE(response.status, 202);
    const auto entities = PapEntities::parse(response.headers.value("Content-Type"), response.body);
    QVERIFY2(entities, entities ? "" : entities.error().code);
    const auto document = parsePap(entities->control);
    QVERIFY(document);
    QVERIFY((std::get<PapCcqResponse>(document->body) == PapCcqResponse{u"q1"_s, 1000, u"OK"_s, address}));
    QVERIFY(entities->content->body.contains("<rdf:li>image/*</rdf:li><rdf:li>text/plain</rdf:li>"));
    QVERIFY(entities->content->body.contains("<prf:Push-MsgSize>1400</prf:Push-MsgSize>"));

    const auto code = [&](const QString &who) {
        const PapDocument answer = bench.ask(PapCcqMessage{u"q2"_s, u"x"_s, who});
        const auto *ccq = std::get_if<PapCcqResponse>(&answer.body);
        return ccq ? ccq->code : 0;
    };
    QCOMPARE(code(u"WAPPUSH=bob/TYPE=USER@ppg"_s), 3008);
    QCOMPARE(code(u"WAPPUSH=eve/TYPE=USER@ppg"_s), 2002);
    QCOMPARE(code(u"eve"_s), 2002);
}

QTEST_GUILESS_MAIN(TestPapRecipients)
#include "tst_paprecipients.moc"
