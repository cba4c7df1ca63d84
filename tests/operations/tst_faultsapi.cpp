// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctlfixture.h"
#include "wire/jsonfault.h"

#include <QJsonArray>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Injected faults over REST, in the event stream, and with reveillectl.
class TestFaultsApi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { f = std::make_unique<CtlFixture>(); }
    void cleanup() { f.reset(); }

    void aFaultIsMadeShownAndEnded();
    void endsAllAtOnce();
    void refusesWhatMakesNoSense_data();
    void refusesWhatMakesNoSense();
    void impliesWhatIsStruck_data();
    void impliesWhatIsStruck();
    void anOrderIsReadAsItWasWritten();
    void isToldInTheEventStream();
    void isInStatusAndMetrics();
    void explainsWhatItStruck();
    void reveillectlLooksAfterThem();
    void reveillectlKnowsTimes_data();
    void reveillectlKnowsTimes();

private:
    QJsonArray faults() { return f->get("/v1/faults").value(u"items").toArray(); }
    std::unique_ptr<CtlFixture> f;
};

void TestFaultsApi::aFaultIsMadeShownAndEnded()
{
    const HttpResponse made =
        f->ask("POST", "/v1/faults", R"({"kind":"delay","bearer":"wsp","delay_ms":1500,"chance":50,"most":3,"for_s":60,"note":"demo","who":"kim"})");
    QCOMPARE(made.status, 201);
    const QJsonObject fault = HttpPeer::json(made);
    QVERIFY(fault.value(u"id").toString().startsWith(u"f-"));
    QCOMPARE(fault.value(u"what").toString(), u"wakes"_s);
    QCOMPARE(fault.value(u"delay_ms").toInt(), 1500);
    QCOMPARE(fault.value(u"until").toString(), (f->clock->now() + Milliseconds(60000)).toIso());
    QCOMPARE(fault.value(u"who").toString(), u"kim"_s);
    QCOMPARE(fault.value(u"struck").toInt(-1), 0);
    QVERIFY(fault.value(u"device").isNull());
    QCOMPARE(faults().size(), 1);
    QCOMPARE(faults()[0].toObject(), fault);
    const QByteArray path = "/v1/faults/" + fault.value(u"id").toString().toLatin1();
    QCOMPARE(f->ask("DELETE", path).status, 204);
    const HttpResponse again = f->ask("DELETE", path);
    QCOMPARE(again.status, 404);
    QCOMPARE(HttpPeer::code(again), u"fault-unknown"_s);
    QVERIFY(faults().isEmpty());
}

void TestFaultsApi::endsAllAtOnce()
{
    for (int i = 0; i < 3; ++i)
        QCOMPARE(f->ask("POST", "/v1/faults", R"({"kind":"drop","bearer":"wsp"})").status, 201);
    QCOMPARE(HttpPeer::json(f->ask("DELETE", "/v1/faults")).value(u"ended").toInt(), 3);
    QCOMPARE(HttpPeer::json(f->ask("DELETE", "/v1/faults")).value(u"ended").toInt(-1), 0);
}

void TestFaultsApi::refusesWhatMakesNoSense_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("no kind") << QByteArray(R"({"bearer":"wsp"})") << 400 << u"json-field-missing"_s;
    QTest::newRow("other kind") << QByteArray(R"({"kind":"explode","bearer":"wsp"})") << 400 << u"json-field-value"_s;
    QTest::newRow("no target") << QByteArray(R"({"kind":"drop"})") << 400 << u"fault-target-missing"_s;
    QTest::newRow("both") << QByteArray(R"({"kind":"drop","bearer":"wsp","connection":"sip"})") << 400 << u"fault-target"_s;
    QTest::newRow("no such bearer") << QByteArray(R"({"kind":"drop","bearer":"pigeon"})") << 409 << u"bearer-unknown"_s;
    QTest::newRow("no such device") << QByteArray(R"({"kind":"drop","device":"other:nobody"})") << 404 << u"device-unknown"_s;
    QTest::newRow("no device") << QByteArray(R"({"kind":"drop","device":"urn:uuid:x"})") << 400 << u"device-uuid"_s;
    QTest::newRow("never") << QByteArray(R"({"kind":"drop","bearer":"wsp","chance":0})") << 400 << u"json-field-value"_s;
    QTest::newRow("for two days") << QByteArray(R"({"kind":"drop","bearer":"wsp","for_s":172800})") << 400 << u"fault-life"_s;
    QTest::newRow("no delay") << QByteArray(R"({"kind":"delay","bearer":"wsp"})") << 400 << u"fault-delay"_s;
    QTest::newRow("code") << QByteArray(R"({"kind":"reject","bearer":"wsp","code":"a b"})") << 400 << u"fault-code"_s;
    QTest::newRow("unknown field") << QByteArray(R"({"kind":"drop","bearer":"wsp","forever":true})") << 400 << u"json-field-unknown"_s;
}

void TestFaultsApi::refusesWhatMakesNoSense()
{
    QFETCH(QByteArray, body);
    const HttpResponse answer = f->ask("POST", "/v1/faults", body);
    QTEST(answer.status, "status");
    QTEST(HttpPeer::code(answer), "code");
    QVERIFY(faults().isEmpty());
}

void TestFaultsApi::impliesWhatIsStruck_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QString>("what");
    QTest::newRow("bearer") << QByteArray(R"("bearer":"wsp")") << u"wakes"_s;
    QTest::newRow("connection") << QByteArray(R"("connection":"sip")") << u"deliveries"_s;
    const QByteArray device = R"("device":")" + f->idOf(1).toLatin1() + '"';
    QTest::newRow("device") << device << u"both"_s;
    QTest::newRow("said") << QByteArray(device + R"(,"what":"wakes")") << u"wakes"_s;
}

void TestFaultsApi::impliesWhatIsStruck()
{
    QFETCH(QByteArray, target);
    f->bind(1);
    QTEST(HttpPeer::json(f->ask("POST", "/v1/faults", R"({"kind":"drop",)" + target + '}')).value(u"what").toString(), "what");
}

void TestFaultsApi::anOrderIsReadAsItWasWritten()
{
    FaultOrder order;
    order.rule.scope = FaultScope::Deliveries;
    order.rule.device = f->deviceId(1);
    order.rule.kind = FaultKind::Reject;
    order.rule.code = "486";
    order.rule.again = false;
    order.rule.chance = 20;
    order.rule.most = 4;
    order.rule.note = u"why"_s;
    order.life = Milliseconds(90000);
    const auto read = faultOrderFromJson(toJson(order));
    QVERIFY(read);
    QCOMPARE(read->rule, order.rule);
    QCOMPARE(read->life, order.life);
}

void TestFaultsApi::isToldInTheEventStream()
{
    const auto peer = f->newPeer();
    peer->send("GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + OperationsFixture::token + "\r\n\r\n");
    QVERIFY(peer->waitForText(": reveille\n\n"));
    QCOMPARE(f->ask("POST", "/v1/faults", R"({"kind":"drop","bearer":"wsp","for_s":1})").status, 201);
    f->clock->advance(EventFeed::interval);
    QVERIFY(peer->waitForText("event: fault\ndata: {"));
    QVERIFY(peer->waitForText("fault-began"));
    f->clock->advance(Milliseconds(1000) + EventFeed::interval);
    QVERIFY(peer->waitForText("event: fault_removed\ndata: {"));
    QVERIFY(peer->waitForText("fault-ended"));
}

void TestFaultsApi::isInStatusAndMetrics()
{
    QCOMPARE(f->get("/v1/status").value(u"faults").toObject().value(u"active").toInt(-1), 0);
    QCOMPARE(f->ask("POST", "/v1/faults", R"({"kind":"drop","bearer":"wsp"})").status, 201);
    const QJsonObject told = f->get("/v1/status").value(u"faults").toObject();
    QVERIFY(told.value(u"allowed").toBool());
    QCOMPARE(told.value(u"active").toInt(), 1);
    QCOMPARE(told.value(u"next_end").toString(), (f->clock->now() + Milliseconds(3600 * 1000)).toIso());
    const QByteArray text = f->ask("GET", "/metrics").body;
    QVERIFY(text.contains("\nreveille_faults_active 1\n"));
    QVERIFY(text.contains("\nreveille_faults_struck_total 0\n"));
}

void TestFaultsApi::explainsWhatItStruck()
{
    f->bind(1);
    const QByteArray body = R"({"kind":"reject","code":"603","again":false,"device":")" + f->idOf(1).toLatin1() + R"("})";
    QCOMPARE(f->ask("POST", "/v1/faults", body).status, 201);
    const PushId id = f->submit(f->request()).value();
    f->clock->advance(Milliseconds(10));
    const QJsonObject push = f->get("/v1/pushes/" + id.text().toLatin1());
    QCOMPARE(push.value(u"state").toString(), u"undeliverable"_s);
    const QJsonArray checks = f->get("/v1/pushes/" + id.text().toLatin1() + "/explanation")
                                  .value(u"devices").toArray().at(0).toObject().value(u"checks").toArray();
    QCOMPARE(checks.at(checks.size() - 2).toObject().value(u"question").toString(), u"fault-injected"_s);
    QCOMPARE(checks.last().toObject().value(u"text").toString(), u"Has the device taken it? no (answered with 603 by an injected fault)"_s);
    QCOMPARE(faults().at(0).toObject().value(u"struck").toInt(), 1);
}

void TestFaultsApi::reveillectlLooksAfterThem()
{
    QCOMPARE(f->run({u"faults"_s}).out, u"No fault is in force.\n"_s);
    const auto made = f->run({u"faults"_s, u"add"_s, u"reject"_s, u"--bearer"_s, u"wsp"_s, u"--code"_s, u"0x58"_s, u"--most"_s, u"5"_s,
                              u"--for"_s, u"10m"_s, u"--note"_s, u"demo"_s});
    QCOMPARE(made.status, 0);
    QVERIFY2(made.out.contains(u"is in force until"_s), qPrintable(made.out));
    const QString list = f->run({u"faults"_s, u"list"_s}).out;
    for (const QString &part : {u"reject 0x58"_s, u"wakes"_s, u"wsp"_s, u"0 of 5"_s, u"demo"_s})
        QVERIFY2(list.contains(part), qPrintable(list));
    QVERIFY(f->run({u"status"_s}).out.contains(u"1 in force on purpose"_s));
    const FaultId id = f->engine->faults().rules().value(0).id;
    QCOMPARE(f->run({u"faults"_s, u"remove"_s, id.text()}).status, 0);
    QCOMPARE(f->run({u"faults"_s, u"remove"_s, id.text()}).status, 1);
    QCOMPARE(f->run({u"faults"_s, u"add"_s, u"drop"_s, u"--connection"_s, u"sip"_s}).status, 0);
    QCOMPARE(f->run({u"faults"_s, u"clear"_s}).out, u"1 fault(s) ended.\n"_s);
    const auto refused = f->run({u"faults"_s, u"add"_s, u"drop"_s});
    QCOMPARE(refused.status, 1);
    QVERIFY(refused.err.contains(u"fault-target-missing"_s));
    QCOMPARE(f->run({u"faults"_s, u"add"_s}).status, 2);
}

void TestFaultsApi::reveillectlKnowsTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("seconds");
    QTest::newRow("plain") << u"90"_s << 90;
    QTest::newRow("minutes") << u"10m"_s << 600;
    QTest::newRow("hours") << u"2h"_s << 7200;
    QTest::newRow("none") << u"soon"_s << 0;
    QTest::newRow("nothing") << u"0s"_s << 0;
}

void TestFaultsApi::reveillectlKnowsTimes()
{
    QFETCH(QString, text);
    QFETCH(int, seconds);
    QCOMPARE(f->run({u"faults"_s, u"add"_s, u"drop"_s, u"--bearer"_s, u"wsp"_s, u"--for"_s, text}).status, seconds > 0 ? 0 : 2);
    const QVector<FaultRule> rules = f->engine->faults().rules();
    QCOMPARE(rules.size(), seconds > 0 ? 1 : 0);
    if (seconds > 0)
        QCOMPARE(rules[0].until - rules[0].since, Milliseconds(seconds * 1000));
}

QTEST_GUILESS_MAIN(TestFaultsApi)
#include "tst_faultsapi.moc"
