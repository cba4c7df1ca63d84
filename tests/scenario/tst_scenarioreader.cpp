// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariocodes.h"
#include "client/scenario/scenariolibrary.h"
#include "client/scenario/scenarioreader.h"
#include "client/scenario/yamlnode.h"
#include "scenariotexts.h"
#include "support/testpaths.h"

#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

/// Files of scenarios, and what is understood of them.
class TestScenarioReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsYamlWithItsLines();
    void readsAScenario();
    void readsEachAction_data();
    void readsEachAction();
    void readsEachExpectation_data();
    void readsEachExpectation();
    void takesValuesFromOutside();
    void countsDevices();
    void readsOneExpectationAlone();
    void readsEveryShippedScenario();
    void knowsWhatCanHappen();
    void aFileGoesBeforeAShippedName();
};

void TestScenarioReader::readsYamlWithItsLines()
{
    const auto root =
        readYaml("a: 1\nb:\n  - x\n  - {c: 'true', d: true, e: ~, f: 1.5, g: 0049, h: \"x y\"}\n");
    QVERIFY(root.ok());
    QCOMPARE(root->keys, (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(root->items[0].line, 1);
    const YamlNode &map = root->items[1].items[1];
    QCOMPARE(map.line, 4);
    const QJsonObject expected{{u"c"_s, u"true"_s}, {u"d"_s, true},      {u"e"_s, QJsonValue()},
                               {u"f"_s, 1.5},       {u"g"_s, u"0049"_s}, {u"h"_s, u"x y"_s}};
    QCOMPARE(toJson(map).toObject(), expected);
    QCOMPARE(toFlowText(map), u"c: true, d: true, e: null, f: 1.5, g: 0049, h: x y"_s);
    QCOMPARE(toFlowText(*root), u"a: 1, b: [x, {c: true, d: true, e: null, f: 1.5, g: 0049, h: x y}]"_s);
}

void TestScenarioReader::readsAScenario()
{
    const auto read = readScenario(R"(
title: {en: A story, es: Una historia}
about: What happens
within: 3s
values: {word: hello}
server: {wake/attempts: 2, bearer.post/type: http}
users:
  alice: {id: "sip:alice@lab.example", name: Alice, password: secret}
nats:
  home: {udp_timeout: 2s, outbound: {loss_percent: 5, delay: 20ms}, outside: 127.0.77.1}
smscs:
  centre: {silence: submit, answer_delay: 1s, bearers: [sms, ussd]}
devices:
  phone: {user: alice, behind: home, keep_alive: none, proven: 500ms, wake: [sms, wsp-udp], msisdn: +491701234567}
  meter: {user: "sip:meter@lab.example", connect: datagram, sessions: {m-1: meter, m-2: alarm}}
steps:
  - title: First
    key: true
    do:
      - start: [phone, meter]
      - push: hi
        to: {user: alice}
        body: ${word} there
    expect:
      - push: hi
        state: delivered
        within: 20s
)",
                                   u"story"_s);
    QVERIFY2(read.ok(),
             read.ok() ? "" : qPrintable(u"%1 %2"_s.arg(read.error().line).arg(read.error().about)));
    const Scenario &scenario = *read;
    QCOMPARE(scenario.name, u"story"_s);
    QCOMPARE(scenario.title.in(u"es_ES"_s), u"Una historia"_s);
    QCOMPARE(scenario.title.in(u"fr"_s), u"A story"_s);
    QCOMPARE(scenario.about.in(u"es"_s), u"What happens"_s);
    QCOMPARE(scenario.server, (QStringList{u"wake/attempts=2"_s, u"bearer.post/type=http"_s}));
    QCOMPARE(scenario.nats[0].settings.udpTimeout, Milliseconds(2000));
    QCOMPARE(scenario.nats[0].settings.outbound.lossPercent, 5);
    QCOMPARE(scenario.nats[0].settings.outbound.delay, Milliseconds(20));
    QCOMPARE(scenario.nats[0].outside, (QVector<QHostAddress>{QHostAddress(u"127.0.77.1"_s)}));
    QVERIFY(scenario.smscs[0].settings.silence == SmscSilence::Submit);
    QCOMPARE(scenario.smscs[0].settings.answerDelay, Milliseconds(1000));
    QVERIFY(scenario.smscs[0].sms && scenario.smscs[0].ussd);
    const ScenarioDevice &phone = *scenario.device(u"phone"_s);
    QCOMPARE(phone.settings.user.toString(), u"sip:alice@lab.example"_s);
    QCOMPARE(phone.settings.password, u"secret"_s);
    QCOMPARE(phone.settings.provenFor, Milliseconds(500));
    QVERIFY(phone.settings.keepAlive == KeepAliveKind::None);
    QVERIFY(phone.settings.namesWakeRoute);
    QCOMPARE(phone.smsRoutes, QStringList{u"sms"_s});
    QCOMPARE(phone.smsc, u"centre"_s);
    const ScenarioDevice &meter = *scenario.device(u"meter"_s);
    QVERIFY(meter.settings.connect == ClientConnect::Datagram);
    QCOMPARE(meter.settings.sessions.size(), 2);
    QCOMPARE(meter.settings.sessions[1].application, u"alarm"_s);
    QVERIFY(phone.settings.device != meter.settings.device);
    QVERIFY(phone.settings.device.toString().startsWith(scenario.devicePrefix()));
    QVERIFY(meter.settings.device.toString().startsWith(scenario.devicePrefix()));
    const ScenarioStep &step = scenario.steps[0];
    QVERIFY(step.key);
    QCOMPARE(step.within, Milliseconds(3000));
    QCOMPARE(step.actions[1].fields.value(u"body"_s).toString(), u"hello there"_s);
    QCOMPARE(step.expectations[0].within, Milliseconds(20000));
    QCOMPARE(step.expectations[0].text, u"push: hi, state: delivered, within: 20s"_s);
}

void TestScenarioReader::readsEachAction_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QJsonObject>("fields");
    using Kind = ScenarioAction::Kind;
    const auto row = [](const QByteArray &text, Kind kind, const QString &word,
                        const QJsonObject &fields = {}) {
        QTest::newRow(text.constData()) << text << int(kind) << word << fields;
    };
    for (const char *word :
         {"start", "stop", "silent", "answer", "drop", "deaf", "hear", "register", "unregister"})
        row(QByteArray(word) + ": phone", Kind::Device, QString::fromLatin1(word));
    row("refuse: phone, status: 486", Kind::Device, u"refuse"_s, {{u"status"_s, 486}});
    row("provision: phone, wake_routes: [{bearer: sms, address: '49170'}]", Kind::Provision, u"provision"_s,
        {{u"wake_routes"_s, QJsonArray{QJsonObject{{u"bearer"_s, u"sms"_s}, {u"address"_s, u"49170"_s}}}}});
    row("push: a, to: {device: phone}, body: hi, ttl: 2m, when: wake, sir_mode: broadcast, application: mail",
        Kind::Push, u"push"_s,
        {{u"to"_s, QJsonObject{{u"device"_s, u"phone"_s}}},
         {u"body"_s, u"hi"_s},
         {u"ttl_s"_s, 120},
         {u"when"_s, u"wake"_s},
         {u"sir_mode"_s, u"broadcast"_s},
         {u"application"_s, u"mail"_s},
         {u"content_type"_s, u"text/plain"_s}});
    row("push: a, to: {each: phone}, size: 3", Kind::Push, u"push"_s,
        {{u"to"_s, QJsonObject()}, {u"size"_s, 3}, {u"ttl_s"_s, 60}, {u"content_type"_s, u"text/plain"_s}});
    row("wake: w, device: phone, bearer: wsp, request: capability, empty: false", Kind::Wake, u"wake"_s,
        {{u"bearer"_s, u"wsp"_s}, {u"request"_s, QJsonArray{u"capability"_s}}, {u"empty"_s, false}});
    row("nat: home, do: set, udp_timeout: 1s, inbound: {blocked: true}", Kind::Simulator, u"nat"_s,
        {{u"do"_s, u"set"_s},
         {u"udp_timeout_ms"_s, 1000},
         {u"inbound"_s, QJsonObject{{u"blocked"_s, true}}}});
    row("nat: home, do: rebind, device: phone", Kind::Simulator, u"nat"_s,
        {{u"do"_s, u"rebind"_s}, {u"device"_s, u"phone"_s}});
    row("server: kill", Kind::Server, u"kill"_s);
    row("call: GET /v1/status, status: 200, over: triggers", Kind::Call, u"call"_s);
    row("wait: 20ms", Kind::Wait, u"wait"_s);
}

void TestScenarioReader::readsEachAction()
{
    QFETCH(QByteArray, text);
    QFETCH(int, kind);
    QFETCH(QString, word);
    QFETCH(QJsonObject, fields);
    const auto read = readScenario(withSteps("  - title: S\n    do: [{" + text + "}]\n"), u"s"_s);
    QVERIFY2(read.ok(),
             read.ok() ? "" : qPrintable(QString::fromLatin1(read.error().code) + read.error().about));
    const ScenarioAction &action = read->steps[0].actions[0];
    QCOMPARE(int(action.kind), kind);
    QCOMPARE(action.word, word);
    QCOMPARE(action.fields, fields);
    QCOMPARE(action.line, 6);
}

void TestScenarioReader::readsEachExpectation_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QJsonObject>("fields");
    using Kind = ScenarioExpectation::Kind;
    const auto row = [](const QByteArray &text, Kind kind, const QString &subject,
                        const QJsonObject &fields) {
        QTest::newRow(text.constData()) << text << int(kind) << subject << fields;
    };
    row("device: phone, state: lost, reason: expired, connections: 1", Kind::Device, u"phone"_s,
        {{u"liveness.state"_s, u"lost"_s}, {u"liveness.reason"_s, u"expired"_s}, {u"connections"_s, 1}});
    row("device: phone, state: {not: up}, fields: {connections.0.transport: udp}", Kind::Device, u"phone"_s,
        {{u"liveness.state"_s, QJsonObject{{u"not"_s, u"up"_s}}}, {u"connections.0.transport"_s, u"udp"_s}});
    row("event: push-received, by: phone, push: a, times: 1", Kind::Event, u"push-received"_s,
        {{u"push"_s, u"${a.id}"_s}});
    row("event: mapping-closed, by: home, fields: {reason: idle}", Kind::Event, u"mapping-closed"_s,
        {{u"reason"_s, u"idle"_s}});
    row("push: a, state: delivered, deliveries: 2", Kind::Push, u"a"_s,
        {{u"state"_s, u"delivered"_s}, {u"deliveries"_s, 2}});
    row("push: a, device: phone, state: delivered, attempts: {at_least: 2}", Kind::Push, u"a"_s,
        {{u"state"_s, u"delivered"_s}, {u"attempts"_s, QJsonObject{{u"at_least"_s, 2}}}});
    row("wake: phone, state: succeeded, bearer: wsp, attempts: 2", Kind::Wake, u"phone"_s,
        {{u"state"_s, u"succeeded"_s}, {u"attempts.-1.bearer"_s, u"wsp"_s}, {u"attempts"_s, 2}});
    row("journal: lost, kind: connection, device: phone, fields: {reason: expired}", Kind::Journal, u"lost"_s,
        {{u"kind"_s, u"connection"_s}, {u"fields.reason"_s, u"expired"_s}});
    row("metric: 'reveille_devices{state=\"up\"}', at_least: 3", Kind::Metric,
        u"reveille_devices{state=\"up\"}"_s, {});
    row("never: {event: registered, by: phone}, for: 1s", Kind::Event, u"registered"_s, {});
}

void TestScenarioReader::readsEachExpectation()
{
    QFETCH(QByteArray, text);
    QFETCH(int, kind);
    QFETCH(QString, subject);
    QFETCH(QJsonObject, fields);
    const auto read = readScenario(
        withSteps("  - title: S\n    do: [{push: a, to: {device: phone}}]\n    expect: [{" + text + "}]\n"),
        u"s"_s);
    QVERIFY2(read.ok(),
             read.ok() ? "" : qPrintable(QString::fromLatin1(read.error().code) + read.error().about));
    const ScenarioExpectation &wanted = read->steps[0].expectations[0];
    QCOMPARE(int(wanted.kind), kind);
    QCOMPARE(wanted.subject, subject);
    QCOMPARE(wanted.fields, fields);
    QCOMPARE(wanted.never, text.startsWith("never"));
    QCOMPARE(wanted.line, 7);
}

void TestScenarioReader::takesValuesFromOutside()
{
    const QByteArray text = "title: ${word}\nvalues: {word: one, count: 3}\n"
                            "devices: {phone: {user: 'sip:a{n}@b.c', count: '${count}'}}\n"
                            "steps: [{title: S, do: [start: phone]}]\n";
    const auto own = readScenario(text, u"s"_s);
    QVERIFY(own.ok());
    QCOMPARE(own->title.in({}), u"one"_s);
    QCOMPARE(own->deviceCount(), 3);
    const auto given = readScenario(text, u"s"_s, {{u"word"_s, u"two"_s}, {u"count"_s, u"5"_s}});
    QVERIFY(given.ok());
    QCOMPARE(given->title.in({}), u"two"_s);
    QCOMPARE(given->deviceCount(), 5);
    const auto unknown = readScenario(text, u"s"_s, {{u"wrod"_s, u"two"_s}});
    QVERIFY(!unknown.ok());
    QVERIFY(unknown.error().is("scenario-name-unknown"));
    QCOMPARE(unknown.error().hint, u"word"_s);
}

void TestScenarioReader::countsDevices()
{
    const auto read =
        readScenario("title: T\nsmscs: {centre: {}}\ndevices:\n  m: {user: 'sip:m{n}@b.c', count: 300, "
                     "connect: datagram, sessions: {s: a}, wake: sms, msisdn: '+491700000000'}\n"
                     "steps: [{title: S, do: [start: m-300]}]\n",
                     u"s"_s);
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().about));
    const ScenarioDevice &devices = read->devices[0];
    QSet<QString> ids;
    for (int i = 0; i < devices.count; ++i) {
        ids.insert(devices.member(i).device.toString());
        QVERIFY(devices.member(i).device.toString().startsWith(read->devicePrefix()));
    }
    QCOMPARE(ids.size(), 300);
    QCOMPARE(devices.memberName(299), u"m-300"_s);
    QCOMPARE(devices.member(299).user.toString(), u"sip:m300@b.c"_s);
    QCOMPARE(devices.member(299).sessions[0].name, u"s-300"_s);
    QCOMPARE(devices.memberMsisdn(299).digits(), u"491700000299"_s);
    QVERIFY(!readScenario("title: T\ndevices: {m: {user: 'sip:m{n}@b.c', count: 3}}\n"
                          "steps: [{title: S, do: [start: m-4]}]\n",
                          u"s"_s)
                 .ok());
}

void TestScenarioReader::readsOneExpectationAlone()
{
    const auto read = readExpectations(
        {u"device: urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6, state: up, within: 20s"_s});
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().about));
    QCOMPARE(read->steps.size(), 1);
    const ScenarioExpectation &wanted = read->steps[0].expectations[0];
    QCOMPARE(wanted.subject, u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s);
    QCOMPARE(wanted.within, Milliseconds(20000));
    QVERIFY(readExpectations({u"{push: p-1, state: delivered}"_s}).ok());
    QVERIFY(!readExpectations({u"devise: x"_s}).ok());
    QVERIFY(!readExpectations({u"["_s}).ok());
}

void TestScenarioReader::readsEveryShippedScenario()
{
    const QStringList names = shippedScenarios();
    QVERIFY(names.contains(u"pinhole-closes"_s));
    for (const QString &name : names) {
        const auto read = readScenarioFile(shippedScenarioPath(name));
        QVERIFY2(read.ok(), read.ok() ? ""
                                      : qPrintable(name + u' ' + QString::number(read.error().line) + u' ' +
                                                   read.error().about));
        for (const ScenarioText &text : {read->title, read->about})
            QVERIFY2(text.languages.contains(u"en"_s) && text.languages.contains(u"es"_s), qPrintable(name));
        int keys = 0;
        for (const ScenarioStep &step : read->steps) {
            QVERIFY2(step.title.languages.contains(u"es"_s), qPrintable(name));
            keys += int(step.key);
        }
        QVERIFY2(keys == 1, qPrintable(name));
    }
}

/// The lists of codes are those of who tells them.
void TestScenarioReader::knowsWhatCanHappen()
{
    const auto codesIn = [](QStringView path, const QString &pattern) {
        QFile file(testData(path));
        if (!file.open(QIODevice::ReadOnly))
            return QStringList();
        const QString text = QString::fromUtf8(file.readAll());
        QStringList codes;
        for (auto match = QRegularExpression(pattern, QRegularExpression::MultilineOption).globalMatch(text);
             match.hasNext();)
            codes.append(match.next().captured(1));
        return codes;
    };
    const QStringList journal =
        codesIn(u"../../models/sentencesjournal.cpp", u"^    [{]\"([a-z-]+)\", QT_TR"_s);
    QVERIFY(journal.size() > 40);
    for (const QString &code : journal)
        QVERIFY2(knownJournalEvents().contains(code), qPrintable(code));
    const QStringList client =
        codesIn(u"../../client/clientevent.h", u"^///   ([a-z]+(?:-[a-z]+)*)(?:  |$)"_s);
    QVERIFY(client.size() > 30);
    for (const QString &code : client)
        QVERIFY2(knownEvents().contains(code), qPrintable(code));
}

void TestScenarioReader::aFileGoesBeforeAShippedName()
{
    QVERIFY(scenarioPath(u"pinhole-closes"_s).endsWith(u"/pinhole-closes.yaml"));
    QVERIFY(scenarioPath(u"no-such-story"_s).isEmpty());
    QVERIFY(scenarioPath(u"../pinhole-closes"_s).isEmpty());
    QTemporaryDir dir;
    const QString path = dir.filePath(u"pinhole-closes"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(scenarioPath(path), path);
    const auto none = readScenarioFile(dir.filePath(u"none.yaml"_s));
    QVERIFY(!none.ok());
    QVERIFY(none.error().is("scenario-file"));
    QVERIFY(!readScenarioFile(dir.path()).ok());
}

QTEST_GUILESS_MAIN(TestScenarioReader)
#include "tst_scenarioreader.moc"
