// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariocodes.h"
#include "client/scenario/scenariolibrary.h"
#include "client/scenario/scenarioreader.h"
#include "client/scenario/scenariorunner.h"
#include "client/scenario/yamlnode.h"
#include "support/testpaths.h"

#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// Line 1 to 4; steps begin on line 5 with what is given.
QByteArray withSteps(const QByteArray &steps)
{
    return "title: T\nnats: {home: {}}\ndevices: {phone: {user: 'sip:alice@lab.example', behind: "
           "home}}\nsteps:\n" +
           steps;
}

QByteArray withDevice(const QByteArray &device)
{
    return "title: T\ndevices:\n  phone: {" + device + "}\nsteps: [{title: S, do: [start: phone]}]\n";
}

} // namespace

/// Files of scenarios: what is understood, and what is said of those that make no sense.
class TestScenarioReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsYamlWithItsLines();
    void refusesYaml_data();
    void refusesYaml();
    void readsAScenario();
    void readsEachAction_data();
    void readsEachAction();
    void readsEachExpectation_data();
    void readsEachExpectation();
    void namesFileLineAndFault_data();
    void namesFileLineAndFault();
    void takesValuesFromOutside();
    void countsDevices();
    void boundsWhatAFileMayHold();
    void readsOneExpectationAlone();
    void saysWhatNeedsAServerOfItsOwn_data();
    void saysWhatNeedsAServerOfItsOwn();
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

void TestScenarioReader::refusesYaml_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<int>("line");
    const auto row = [](const char *name, const QByteArray &text, const char *code, int line) {
        QTest::newRow(name) << text << QByteArray(code) << line;
    };
    row("empty", "", "scenario-syntax", 1);
    row("not closed", "a: [1, 2\nb: 3", "scenario-syntax", 2);
    row("a tab", "a:\n\t- 1", "scenario-syntax", 2);
    row("a key twice", "a: 1\nb: 2\na: 3\n", "scenario-key-twice", 3);
    row("an anchor", "a: &x 1\nb: *x\n", "scenario-syntax", 1);
    row("an alias of nothing", "a: *x\n", "scenario-syntax", 1);
    row("a key that is a list", "? [a]\n: 1\n", "scenario-syntax", 1);
    row("a second document", "a: 1\n---\nb: 2\n", "scenario-syntax", 3);
    row("too large", QByteArray(yamlMaxSize + 1, 'a'), "scenario-too-large", 0);
    row("too deep", QByteArray(1000, '['), "scenario-too-many", 1);
    row("too many values", "a: [" + QByteArray("1,").repeated(yamlMaxValues) + "1]", "scenario-too-many", 1);
}

void TestScenarioReader::refusesYaml()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    QFETCH(int, line);
    const auto root = readYaml(text);
    QVERIFY(!root.ok());
    QCOMPARE(QByteArray(root.error().code), code);
    QCOMPARE(root.error().line, line);
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

void TestScenarioReader::namesFileLineAndFault_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("fault");
    const auto row = [](const char *name, const QByteArray &text, const QString &fault) {
        QTest::newRow(name) << text << fault;
    };
    const auto step = [&](const char *name, const QByteArray &body, const QString &fault) {
        row(name, withSteps("  - title: S\n" + body), fault);
    };
    row("a list", "- a\n", u"1 scenario-type | keys with values"_s);
    row("no title", "steps: []\n", u"1 scenario-key-missing title | scenario"_s);
    row("no steps", "title: T\n", u"1 scenario-key-missing steps | scenario"_s);
    row("steps that are none", "title: T\nsteps: []\n", u"2 scenario-type steps | a list of steps"_s);
    row("a key that is none", "title: T\nsetps: []\nsteps: [{title: S, do: [wait: 1s]}]\n",
        u"2 scenario-key-unknown setps | steps"_s);
    row("a time", "title: T\nwithin: soon\nsteps: []\n",
        u"2 scenario-value within: soon | 3s, 500ms, 2m, 1h"_s);
    row("a time that is too long", "title: T\nwithin: 25h\nsteps: []\n",
        u"2 scenario-value within: 25h | 3s, 500ms, 2m, 1h"_s);
    row("a setting", "title: T\nserver: {attempts: 2}\nsteps: []\n",
        u"2 scenario-value server: attempts | section/key: value"_s);
    row("a name", "title: T\nnats: {1st: {}}\nsteps: []\n", u"2 scenario-name 1st | "_s);
    row("a name twice", "title: T\nnats: {a: {}}\nsmscs:\n  a: {}\nsteps: []\n",
        u"4 scenario-name-twice a | "_s);
    row("a setting of a NAT", "title: T\nnats:\n  home: {udp_timeot: 2s}\nsteps: []\n",
        u"3 scenario-key-unknown udp_timeot | udp_timeout"_s);
    row("a value of a NAT", "title: T\nnats:\n  home: {udp_filtering: none}\nsteps: []\n",
        u"3 scenario-value udp_filtering | json-field-value"_s);
    row("a value that is not there", "title: ${word}\nsteps: []\n", u"1 scenario-name-unknown word | "_s);
    row("no user", withDevice("connect: sip"), u"3 scenario-key-missing user | phone"_s);
    row("a user", withDevice("user: 'sip:'"), u"3 scenario-value user: sip: | user-without-host"_s);
    row("a connection", withDevice("user: 'sip:a@b.c', connect: smtp"),
        u"3 scenario-value connect: smtp | sip, datagram, ota-http"_s);
    row("a NAT that is not there", withDevice("user: 'sip:a@b.c', behind: home"),
        u"3 scenario-name-unknown home | "_s);
    row("SMS without a number", withDevice("user: 'sip:a@b.c', wake: sms"),
        u"3 scenario-key-missing msisdn | phone"_s);
    row("SMS without an SMSC", withDevice("user: 'sip:a@b.c', wake: sms, msisdn: '+49170123456'"),
        u"3 scenario-name-unknown smsc | "_s);
    row("several of one user", withDevice("user: 'sip:a@b.c', count: 2"),
        u"3 scenario-value user: sip:a@b.c | sip:meter{n}@lab.example"_s);
    row("too many devices", withDevice("user: 'sip:a{n}@b.c', count: 10001"),
        u"3 scenario-value count: 10001 | 1 … 10000"_s);
    step("an empty step", "    key: true\n", u"5 scenario-key-missing do | steps"_s);
    step("no list", "    do: {start: phone}\n", u"6 scenario-type do | a list"_s);
    step("an action that is none", "    do:\n      - strat: phone\n",
         u"7 scenario-key-unknown strat | start"_s);
    step("a device that is not there", "    do:\n      - start: phnoe\n",
         u"7 scenario-name-unknown phnoe | phone"_s);
    step("a key of an action", "    do:\n      - push: a\n        to: {device: phone}\n        boddy: x\n",
         u"9 scenario-key-unknown boddy | body"_s);
    step("a push to nobody", "    do:\n      - push: a\n        body: x\n",
         u"7 scenario-key-missing to | push"_s);
    step("a push to two", "    do:\n      - push: a\n        to: {device: phone, user: alice}\n",
         u"8 scenario-key-missing to | user, device, session, msisdn, each"_s);
    step("a choice", "    do:\n      - push: a\n        to: {device: phone}\n        when: later\n",
         u"9 scenario-value when: later | now, when_reachable, wake"_s);
    step("a name given twice", "    do:\n      - push: phone\n        to: {device: phone}\n",
         u"7 scenario-name-twice phone | "_s);
    step("a command of a NAT", "    do:\n      - nat: home\n        do: forgett\n",
         u"7 scenario-value do | json-field-value"_s);
    step("an order for the server", "    do:\n      - server: halt\n",
         u"7 scenario-value server: halt | stop, kill, start, restart"_s);
    step("a call", "    do:\n      - call: /v1/status\n",
         u"7 scenario-value call: /v1/status | GET /v1/status"_s);
    step("an expectation that is none", "    expect:\n      - devcie: phone\n",
         u"7 scenario-key-unknown devcie | device"_s);
    step("a state", "    expect:\n      - device: phone\n        state: gone\n",
         u"8 scenario-value state: gone | up, suspect, lost, waking, unreachable"_s);
    step("a push that was not sent", "    expect:\n      - push: a\n        state: delivered\n",
         u"7 scenario-name-unknown a | "_s);
    step("an event of nobody", "    expect:\n      - event: registered\n",
         u"7 scenario-key-missing by | event"_s);
    step(
        "a condition", "    expect:\n      - device: phone\n        connections: {atleast: 1}\n",
        u"8 scenario-value connections: {\"atleast\":1} | at_least, at_most, not, contains, matches, one_of"_s);
    step("never without an end", "    expect:\n      - never: {event: registered, by: phone}\n",
         u"7 scenario-key-missing for | never"_s);
    step("an event nobody tells",
         "    expect:\n      - never: {event: registerd, by: phone}\n        for: 1s\n",
         u"7 scenario-name-unknown registerd | registered"_s);
    step("an entry no journal has", "    expect:\n      - journal: losst\n",
         u"7 scenario-name-unknown losst | lost"_s);
    step("a fact nobody knows", "    do:\n      - call: 'GET /v1/devices/${phone.idd}'\n",
         u"7 scenario-name-unknown idd | id"_s);
    step("a fact of nobody", "    do:\n      - call: 'GET /v1/devices/${tablet.id}'\n",
         u"7 scenario-name-unknown tablet | "_s);
    step("no condition at all", "    expect:\n      - device: phone\n        state: {}\n",
         u"8 scenario-value state: {} | at_least, at_most, not, contains, matches, one_of"_s);
    step(
        "a condition within one",
        "    expect:\n      - device: phone\n        connections: {not: {atleast: 1}}\n",
        u"8 scenario-value connections: {\"not\":{\"atleast\":1}} | at_least, at_most, not, contains, matches, one_of"_s);
    step("a time to live below a second",
         "    do:\n      - push: a\n        to: {device: phone}\n        ttl: 500ms\n",
         u"9 scenario-value ttl: 500ms | 3s, 500ms, 2m, 1h"_s);
    step("an answer that is none", "    do:\n      - call: GET /v1/status\n        answer: yes\n",
         u"8 scenario-value answer: yes | {field: value}"_s);
    row("a device named like one of several",
        "title: T\ndevices:\n  m: {user: 'sip:m{n}@b.c', count: 5}\n  m-1: {user: 'sip:x@b.c'}\nsteps: []\n",
        u"4 scenario-name-twice m-1 | "_s);
    step("a metric compared with nothing", "    expect:\n      - metric: reveille_users\n",
         u"7 scenario-key-missing is | metric"_s);
}

void TestScenarioReader::namesFileLineAndFault()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, fault);
    const auto read = readScenario(text, u"s"_s);
    QVERIFY(!read.ok());
    const ScenarioError &error = read.error();
    QCOMPARE(u"%1 %2 %3| %4"_s.arg(error.line)
                 .arg(QString::fromLatin1(error.code), error.about.isEmpty() ? QString() : error.about + u' ',
                      error.hint),
             fault);
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

void TestScenarioReader::boundsWhatAFileMayHold()
{
    const QByteArray step = "  - {title: S, do: [{wait: 1ms}]}\n";
    QVERIFY(readScenario(withSteps(step.repeated(Scenario::maxSteps)), u"s"_s).ok());
    const auto steps = readScenario(withSteps(step.repeated(Scenario::maxSteps + 1)), u"s"_s);
    QVERIFY(!steps.ok());
    QCOMPARE(steps.error().about, u"steps: 500"_s);
    const QByteArray actions = QByteArray("{wait: 1ms},").repeated(Scenario::maxPerStep);
    QVERIFY(readScenario(withSteps("  - {title: S, do: [" + actions + "]}\n"), u"s"_s).ok());
    const auto many = readScenario(withSteps("  - {title: S, do: [" + actions + "{wait: 1ms}]}\n"), u"s"_s);
    QVERIFY(!many.ok());
    QCOMPARE(many.error().about, u"do: 100"_s);
    // What is asked for is not made while it is read.
    const QByteArray pushes = "{push: aNAME, to: {device: phone}, size: 1048576},";
    QByteArray all;
    for (int i = 0; i < Scenario::maxPerStep; ++i)
        all += QByteArray(pushes).replace("NAME", QByteArray::number(i));
    const auto sized = readScenario(withSteps("  - {title: S, do: [" + all + "]}\n"), u"s"_s);
    QVERIFY(sized.ok());
    QVERIFY(!sized->steps[0].actions[0].fields.contains(u"body"_s));
    // Values do not multiply themselves beyond what a file may be.
    const QByteArray large = "title: T\nvalues: {a: '" + QByteArray(600'000, 'x') +
                             "'}\nsteps: [{title: S, do: [{push: p, to: {user: u}, body: '${a}${a}'}]}]\n";
    const auto grown = readScenario(large, u"s"_s);
    QVERIFY(!grown.ok());
    QVERIFY(grown.error().is("scenario-too-large"));
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

void TestScenarioReader::saysWhatNeedsAServerOfItsOwn_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("what");
    QTest::newRow("nothing") << withSteps("  - {title: S, do: [start: phone]}\n") << QString();
    QTest::newRow("settings")
        << QByteArray("title: T\nserver: {wake/attempts: 2}\nsteps: [{title: S, do: [wait: 1s]}]\n")
        << u"server: wake/attempts=2"_s;
    QTest::newRow("an SMSC") << QByteArray(
                                    "title: T\nsmscs: {centre: {}}\nsteps: [{title: S, do: [wait: 1s]}]\n")
                             << u"smscs: centre"_s;
    QTest::newRow("a kill") << withSteps("  - {title: S, do: [server: kill]}\n") << u"server: kill"_s;
}

void TestScenarioReader::saysWhatNeedsAServerOfItsOwn()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, what);
    const auto read = readScenario(text, u"s"_s);
    QVERIFY(read.ok());
    const auto fits = fitsForeignServer(*read);
    QCOMPARE(fits.ok(), what.isEmpty());
    if (!fits)
        QCOMPARE(fits.error().about, what);
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
