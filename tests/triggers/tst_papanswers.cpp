// SPDX-License-Identifier: GPL-3.0-or-later
#include "papbench.h"

#include "triggers/papterms.h"
#include "wire/papstatus.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// What initiators are answered over PAP about the pushes they made, and in which version.
class TestPapAnswers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cancels();
    void answersStatusQueries();
    void tellsHowAPushEnded_data();
    void tellsHowAPushEnded();
    void tellsThatNobodyTakesSuchContent();
    void tellsOnlyOfBearersThatAreKnown();
    void answersInTheVersionOfTheRequest();
    void answersInNoVersionThatIsNotThere();
    void tellsProgress();
};

void TestPapAnswers::cancels()
{
    PapBench bench;
    const auto phone = bench.engine.bind(1);
    bench.engine.bind(2, u"bob"_s);
    bench.engine.lose(2);
    const PapPushMessage message = PapBench::to(u"p1"_s, {u"alice"_s, u"bob"_s});
    QCOMPARE(bench.push(message).code, 1001);
    const auto early = bench.ask(PapCancelMessage{u"p1"_s, {message.addresses[0]}}); // just being sent
    QCOMPARE(std::get<PapCancelResponse>(early.body).results[0].code, 2008);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    const auto one = bench.ask(PapCancelMessage{u"p1"_s, {message.addresses[1], u"WAPPUSH=eve/TYPE=USER@ppg"_s}});
    const auto results = std::get<PapCancelResponse>(one.body).results;
    QCOMPARE(results.size(), 2);
    QVERIFY((results[0] == PapCancelResult{1000, u"OK"_s, {message.addresses[1]}}));
    QCOMPARE(results[1].code, 2003);
    const auto all = bench.ask(PapCancelMessage{u"p1"_s, {}});
    const auto again = std::get<PapCancelResponse>(all.body).results;
    QCOMPARE(again.size(), 1);
    QCOMPARE(again[0].code, 2008);
    QCOMPARE(again[0].addresses.size(), 2);
    const auto none = bench.ask(PapCancelMessage{u"p9"_s, {}});
    QCOMPARE(std::get<PapCancelResponse>(none.body).results[0].code, 2004);
}

void TestPapAnswers::answersStatusQueries()
{
    PapBench bench;
    const auto phone = bench.engine.bind(1);
    PapPushMessage message = PapBench::to(u"p1"_s);
    message.quality = PapQualityOfService{};
    message.quality->deliveryMethod = PapDeliveryMethod::PreferConfirmed;
    QCOMPARE(bench.push(message).code, 1001);
    bench.engine.clock->advance(Milliseconds(2000));
    phone->answer(SendOutcome::Kind::Delivered, "200");
    const auto answer = bench.ask(PapStatusQuery{u"p1"_s, {}});
    const auto &response = std::get<PapStatusQueryResponse>(answer.body);
    QCOMPARE(response.results.size(), 1);
    QCOMPARE(response.results[0].state, PapMessageState::Delivered);
    QCOMPARE(response.results[0].code, 1000);
    QCOMPARE(response.results[0].eventTime.ms, bench.engine.clock->now().ms / 1000 * 1000);
    QCOMPARE(response.results[0].quality->deliveryMethod, PapDeliveryMethod::Confirmed);
    QCOMPARE(response.results[0].desc, u"OK"_s);
    bench.engine.clock->advance(Milliseconds(2000));
    bench.engine.engine->pushes().confirm({phone->sent[0].push, EngineFixture::deviceId(1), {}, {}}, [](const Result<Done> &) {});
    const auto confirmed = std::get<PapStatusQueryResponse>(bench.ask(PapStatusQuery{u"p1"_s, {}}).body);
    QCOMPARE(confirmed.results[0].state, PapMessageState::Delivered);
    QCOMPARE(confirmed.results[0].code, 1000);
    QCOMPARE(confirmed.results[0].desc, u"OK, confirmed by the application"_s);
    const auto none = bench.ask(PapStatusQuery{u"p9"_s, {}});
    QCOMPARE(std::get<PapStatusQueryResponse>(none.body).results[0].code, 2004);
}

void TestPapAnswers::tellsHowAPushEnded_data()
{
    QTest::addColumn<PushState>("state");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<PapMessageState>("told");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, PushState state, const char *reason, PapMessageState told, int code) {
        QTest::newRow(name) << state << QByteArray(reason) << told << code;
    };
    row("accepted", PushState::Accepted, "", PapMessageState::Pending, 1000);
    row("waiting", PushState::Waiting, "", PapMessageState::Pending, 1000);
    row("waking", PushState::Waking, "", PapMessageState::Pending, 1000);
    row("sending", PushState::Sending, "", PapMessageState::Pending, 1000);
    row("delivered", PushState::Delivered, "", PapMessageState::Delivered, 1000);
    row("expired", PushState::Expired, "ttl-ended", PapMessageState::Expired, 1000);
    row("cancelled", PushState::Cancelled, "by-hand", PapMessageState::Cancelled, 1000);
    row("replaced", PushState::Replaced, "replaced", PapMessageState::Cancelled, 1000);
    row("aborted", PushState::Undeliverable, "refused-236", PapMessageState::Aborted, 5236);
    row("push status", PushState::Undeliverable, "refused-256", PapMessageState::Aborted, 5256);
    row("no number", PushState::Undeliverable, "refused-status-missing", PapMessageState::Undeliverable, 4000);
    row("too large for its path", PushState::Undeliverable, "refused-too-large", PapMessageState::Undeliverable, 2005);
    row("too large over SIP", PushState::Undeliverable, "refused-413", PapMessageState::Undeliverable, 2005);
    row("another type over SIP", PushState::Undeliverable, "refused-415", PapMessageState::Undeliverable, 2005);
    row("another type over OTA-HTTP", PushState::Undeliverable, "refused-http-415", PapMessageState::Undeliverable, 2005);
    row("too large over CoAP", PushState::Undeliverable, "refused-4.13", PapMessageState::Undeliverable, 2005);
    row("another type over CoAP", PushState::Undeliverable, "refused-4.15", PapMessageState::Undeliverable, 2005);
    row("declined over SIP", PushState::Undeliverable, "refused-603", PapMessageState::Undeliverable, 4000);
    row("not found over SIP", PushState::Undeliverable, "refused-404", PapMessageState::Undeliverable, 4000);
    row("refuses sessions", PushState::Undeliverable, "refused-by-device", PapMessageState::Aborted, 5235);
    row("tired", PushState::Undeliverable, "attempts-exhausted", PapMessageState::Timeout, 4000);
    row("not connected", PushState::Undeliverable, "not-connected", PapMessageState::Undeliverable, 4001);
    row("removed", PushState::Undeliverable, "device-removed", PapMessageState::Undeliverable, 4000);
}

void TestPapAnswers::tellsHowAPushEnded()
{
    QFETCH(PushState, state);
    QFETCH(QByteArray, reason);
    Push push;
    push.state = state;
    push.request.reference = u"p1"_s;
    push.acceptedAt = {1000000};
    push.deliveries = {{{}, state, reason, {}, 1, {2000000}}};
    PapTerms terms;
    terms.address = u"WAPPUSH=a/TYPE=USER@ppg"_s;
    terms.tellVersions = true;
    push.request.terms = terms.bytes();
    QVERIFY(PapTerms::fromBytes(push.request.terms) == terms);
    const PapOutcome outcome = papOutcome(push, terms);
    QTEST(outcome.state, "told");
    QTEST(outcome.code, "code");
    QCOMPARE(outcome.time, Timestamp{2000000});
    QVERIFY(papStatus(outcome.code)->fits(PapPlace::ResultNotification));
    QVERIFY(papStatus(papCodeAt(PapPlace::StatusQueryResult, outcome.code))->fits(PapPlace::StatusQueryResult));
    const auto documents = papNotifications(push);
    QCOMPARE(documents.size(), 1);
    const auto document = parsePap(documents.first());
    QVERIFY(document);
    QTEST(std::get<PapResultNotification>(document->body).code, "code");
    QCOMPARE(std::get<PapResultNotification>(document->body).address, terms.address);
}

/// Where nobody was chosen, and a device would have been but for what is sent.
void TestPapAnswers::tellsThatNobodyTakesSuchContent()
{
    Push push;
    push.state = PushState::Undeliverable;
    push.acceptedAt = {1000000};
    const auto codeBecauseOf = [&](const char *question) {
        const Check passed{"belongs-to-user", Check::Outcome::Passed, {}, ""}, failed{question, Check::Outcome::Failed, {}, ""};
        return papOutcome(push, {}, Explanation{{{{}, false, DeliveryPath::None, {passed, failed}}}, true}).code;
    };
    QCOMPARE(codeBecauseOf("content-type"), 2005);
    QCOMPARE(codeBecauseOf("size"), 2005);
    QCOMPARE(codeBecauseOf("quiet-hours"), 4000);
    QCOMPARE(papOutcome(push, {}, Explanation{}).code, 4000);
    push.deliveries = {{{}, PushState::Undeliverable, "not-connected", {}, 1, {2000000}}};
    QCOMPARE(codeBecauseOf("content-type"), 4001);
}

/// Which bearer a connection runs over is known where all run over it, as the settings say.
void TestPapAnswers::tellsOnlyOfBearersThatAreKnown()
{
    PapBench bench(gsmOnly());
    const auto phone = bench.engine.bind(1);
    const auto told = [&](const QString &id, const PapQualityOfService &asked) {
        PapPushMessage message = PapBench::to(id);
        message.quality = asked;
        if (bench.push(message).code != 1001)
            return PapQualityOfService{};
        phone->answer(SendOutcome::Kind::Delivered, "200");
        bench.engine.clock->advance(Milliseconds(0));
        const auto answer = bench.ask(PapStatusQuery{id, {}});
        return std::get<PapStatusQueryResponse>(answer.body).results[0].quality.value_or(PapQualityOfService{});
    };
    PapQualityOfService quality{PapPriority::High, PapDeliveryMethod::Confirmed, u"IS-95"_s, false, u"USSD"_s, false};
    const PapQualityOfService wished = told(u"p1"_s, quality);
    QCOMPARE(wished.priority, PapPriority::High);
    QCOMPARE(wished.network, QString());
    QCOMPARE(wished.bearer, QString());
    quality.network = u"Any"_s;
    quality.bearer = u"gprs"_s;
    quality.networkRequired = quality.bearerRequired = true;
    const PapQualityOfService required = told(u"p2"_s, quality);
    QCOMPARE(required.network, QString());
    QCOMPARE(required.bearer, u"gprs"_s);
}

void TestPapAnswers::answersInTheVersionOfTheRequest()
{
    PapBench bench;
    bench.engine.bind(1);
    const HttpResponse first = bench.postPush(PapBench::to(u"p1"_s), {PapBench::content()}, {1, 0});
    QVERIFY(first.body.contains("DTD PAP 1.0//EN") && !first.body.contains("wap-pap-ver"));
    const HttpResponse second = bench.postPush(PapBench::to(u"p2"_s), {PapBench::content()}, {2, 1});
    QVERIFY(second.body.contains("DTD PAP 2.1//EN"));
    QVERIFY(second.body.contains("[<?wap-pap-ver supported-versions=\"2.1,2.0,1.*\"?>]"));
}

void TestPapAnswers::answersInNoVersionThatIsNotThere()
{
    PapBench bench;
    bench.engine.bind(1);
    const HttpResponse second = bench.postPush(PapBench::to(u"p1"_s), {PapBench::content()}, {2, 7});
    QVERIFY2(second.body.contains("DTD PAP 2.1//EN\" \"http://www.openmobilealliance.org/tech/DTD/pap_2.1.dtd"), second.body.constData());
    const HttpResponse first = bench.postPush(PapBench::to(u"p2"_s), {PapBench::content()}, {1, 7});
    QVERIFY2(first.body.contains("DTD PAP 1.0//EN\" \"http://www.wapforum.org/DTD/pap_1.0.dtd"), first.body.constData());
    const HttpResponse bad = bench.post("application/xml", "<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP 2.7//EN\" \"x\"><pap/>");
    QVERIFY2(bad.body.contains("DTD PAP 2.1//EN"), bad.body.constData());
}

void TestPapAnswers::tellsProgress()
{
    PapBench bench;
    bench.engine.bind(1);
    PapPushMessage message = PapBench::to(u"p1"_s);
    QVERIFY(bench.push(message).notes.isEmpty());
    message.pushId = u"p2"_s;
    message.progressNotes = true;
    const auto notes = bench.push(message).notes;
    QCOMPARE(notes.size(), 3);
    QCOMPARE(notes[0].stage, u"control-validated"_s);
    QCOMPARE(notes[2].stage, u"stored"_s);
}

QTEST_GUILESS_MAIN(TestPapAnswers)
#include "tst_papanswers.moc"
