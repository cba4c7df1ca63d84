// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenarioreader.h"
#include "client/scenario/scenariorunner.h"
#include "client/scenario/yamlnode.h"
#include "scenariotexts.h"

#include <QTest>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

/// Files of scenarios that make no sense, are too large or cannot be played where they are: what is said of them.
class TestScenarioFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesYaml_data();
    void refusesYaml();
    void namesFileLineAndFault_data();
    void namesFileLineAndFault();
    void boundsWhatAFileMayHold();
    void saysWhatNeedsAServerOfItsOwn_data();
    void saysWhatNeedsAServerOfItsOwn();
};

void TestScenarioFaults::refusesYaml_data()
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

void TestScenarioFaults::refusesYaml()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    QFETCH(int, line);
    const auto root = readYaml(text);
    QVERIFY(!root.ok());
    QCOMPARE(QByteArray(root.error().code), code);
    QCOMPARE(root.error().line, line);
}

void TestScenarioFaults::namesFileLineAndFault_data()
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

void TestScenarioFaults::namesFileLineAndFault()
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

void TestScenarioFaults::boundsWhatAFileMayHold()
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

void TestScenarioFaults::saysWhatNeedsAServerOfItsOwn_data()
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

void TestScenarioFaults::saysWhatNeedsAServerOfItsOwn()
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

QTEST_GUILESS_MAIN(TestScenarioFaults)
#include "tst_scenariofaults.moc"
