// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenario/scenariorun.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Scenarios played with a real server and real devices in this process.
class TestScenarioRunner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void playsFromStepToStep();
    void tellsExpectedAndActualOfAFailure();
    void leavesOutTheKeyStep();
    void leavesOutAStepByNumberOrTitle();
    void neverHoldsForTheTimeGiven();
    void exactlyOnceBreaksAtTheSecond();
    void aLateDuplicateBreaksTheScenario();
    void whatMustNeverBeMustNotBeOfOne();
    void aWakeUpFromBeforeDoesNotCount();
    void makesOneInitiatorForMany();
    void countsEventsSinceTheLastStepThatActs();
    void wakesByHandAndCancels();
    void callsWhatHasNoWord_data();
    void callsWhatHasNoWord();
    void comparesMetrics();
    void playsManyAsOne();
    void letsPeopleFollow();
};

void TestScenarioRunner::playsFromStepToStep()
{
    Run run;
    QVERIFY(run.read(head + registers +
                     "  - title: A push\n"
                     "    key: true\n"
                     "    do:\n"
                     "      - silent: phone\n"
                     "      - push: hi\n"
                     "        to: {user: alice}\n"
                     "        body: hello\n"
                     "    expect:\n"
                     "      - event: sir-received\n"
                     "        by: phone\n"
                     "        fields: {signed: true}\n"
                     "      - journal: lost\n"
                     "        device: phone\n"
                     "      - push: hi\n"
                     "        device: phone\n"
                     "        state: delivered\n"
                     "      - event: push-received\n"
                     "        by: phone\n"
                     "        push: hi\n"
                     "        times: 1\n"
                     "      - wake: phone\n"
                     "        state: succeeded\n"
                     "        bearer: wsp\n"));
    QSignalSpy started(run.runner.get(), &ScenarioRunner::stepStarted);
    QSignalSpy passed(run.runner.get(), &ScenarioRunner::stepPassed);
    run.runner->start();
    const ScenarioReport report = run.finish();
    QVERIFY2(report.verdict == Verdict::Passed,
             qPrintable(report.about + report.steps.value(1).evidence.join(u'\n')));
    QCOMPARE(started.size(), 2);
    QCOMPARE(passed.size(), 2);
    QCOMPARE(report.endedAt(), -1);
    QCOMPARE(report.steps[1].expectations[3].actual, u"1 times"_s);
    QCOMPARE(report.steps[1].expectations[4].actual, u"bearer: wsp, state: succeeded"_s);
    QVERIFY(report.serverLog.isEmpty());
    QVERIFY(!run.server.isUp());
    QCOMPARE(run.server.stops, 1);
}

void TestScenarioRunner::tellsExpectedAndActualOfAFailure()
{
    Run run;
    const ScenarioReport report =
        run.play(head + registers +
                 "  - title: It is lost\n"
                 "    within: 200ms\n"
                 "    expect: [{device: phone, state: lost}, {device: phone, connections: 1}]\n"
                 "  - title: Later\n"
                 "    do: [silent: phone]\n");
    QVERIFY(report.verdict == Verdict::Failed);
    QCOMPARE(report.endedAt(), 1);
    const ScenarioStepReport &step = report.steps[1];
    QVERIFY(step.state == Step::Failed);
    QVERIFY(step.expectations[0].state == Wanted::Missed);
    QCOMPARE(step.expectations[0].expected, u"device: phone, state: lost"_s);
    QCOMPARE(step.expectations[0].actual, u"state: up"_s);
    QVERIFY(step.expectations[1].state == Wanted::Met);
    QVERIFY(!step.evidence.filter(u" server connection registered"_s).isEmpty());
    QVERIFY(!step.evidence.filter(u" phone registered"_s).isEmpty());
    QVERIFY(report.steps[2].state == Step::Ahead);
    QCOMPARE(report.serverLog, u"the end of the log"_s);
}

void TestScenarioRunner::leavesOutTheKeyStep()
{
    Run run;
    QVERIFY(run.read(head + registers +
                     "  - title: It is deaf\n"
                     "    key: true\n"
                     "    within: 100ms\n"
                     "    do: [silent: phone]\n"
                     "    expect: [{event: silent, by: phone}]\n"));
    QVERIFY(run.runner->leaveOut(u"key"_s));
    run.runner->start();
    const ScenarioReport report = run.finish();
    QVERIFY(report.verdict == Verdict::Failed);
    QVERIFY(report.steps[1].leftOut);
    QVERIFY(report.steps[1].expectations[0].actual.isEmpty());
}

void TestScenarioRunner::leavesOutAStepByNumberOrTitle()
{
    Run run;
    QVERIFY(run.read(head + registers));
    QVERIFY(!run.runner->leaveOut(u"key"_s));
    QVERIFY(!run.runner->leaveOut(u"2"_s));
    QVERIFY(run.runner->leaveOut(u"1"_s));
    QVERIFY(run.runner->report().steps[0].leftOut);
    QVERIFY(run.read(head + registers));
    QVERIFY(run.runner->leaveOut(u"It registers"_s));
    QVERIFY(run.runner->report().steps[0].leftOut);
}

void TestScenarioRunner::neverHoldsForTheTimeGiven()
{
    Run good;
    const ScenarioReport held =
        good.play(head + registers +
                  "  - title: Quiet\n"
                  "    expect: [{never: {event: push-received, by: phone, since: start}, for: 50ms}]\n");
    QVERIFY(held.verdict == Verdict::Passed);
    QVERIFY(held.steps[1].took >= Milliseconds(50));
    Run bad;
    const ScenarioReport broken =
        bad.play(head + registers +
                 "  - title: Quiet\n"
                 "    do: [{push: hi, to: {device: phone}, body: x}]\n"
                 "    expect: [{never: {event: push-received, by: phone}, for: 20s}]\n");
    QVERIFY(broken.verdict == Verdict::Failed);
    QVERIFY(broken.steps[1].took < Milliseconds(20000));
}

void TestScenarioRunner::exactlyOnceBreaksAtTheSecond()
{
    Run run;
    const ScenarioReport report =
        run.play(head + registers +
                 "  - title: Twice\n"
                 "    do:\n"
                 "      - {push: one, to: {device: phone}, body: x}\n"
                 "      - {push: two, to: {device: phone}, body: x}\n"
                 "    expect: [{push: two, state: delivered}, {push: one, state: delivered}]\n"
                 "  - title: Once\n"
                 "    within: 20s\n"
                 "    expect: [{event: push-received, by: phone, times: 1}]\n");
    QVERIFY(report.verdict == Verdict::Failed);
    QCOMPARE(report.endedAt(), 2);
    QVERIFY(report.steps[2].took < Milliseconds(20000));
    QVERIFY2(report.steps[2].expectations[0].actual.startsWith(u"2 times"_s),
             qPrintable(report.steps[2].expectations[0].actual));
}

void TestScenarioRunner::aLateDuplicateBreaksTheScenario()
{
    Run run;
    const ScenarioReport report =
        run.play(head + registers +
                 "  - title: Once\n"
                 "    do: [{push: hi, to: {device: phone}, body: x}]\n"
                 "    expect: [{event: push-received, by: phone, push: hi, times: 1}]\n"
                 "  - title: Doubled\n"
                 "    do:\n"
                 "      - {fault: twice, kind: duplicate, connection: sip}\n"
                 "      - {push: ho, to: {device: phone}, body: x}\n"
                 "    expect: [{push: ho, state: delivered}, {event: push-received, by: phone, push: ho}]\n");
    QVERIFY2(report.verdict == Verdict::Passed, qPrintable(report.steps.value(2).about));
    Run doubled;
    const ScenarioReport twice = doubled.play(head + registers +
                                              "  - title: Doubled\n"
                                              "    within: 2s\n"
                                              "    do:\n"
                                              "      - {fault: twice, kind: duplicate, connection: sip}\n"
                                              "      - {push: ho, to: {device: phone}, body: x}\n"
                                              "    expect: [{push: ho, state: delivered}, {event: "
                                              "push-received, by: phone, push: ho, times: 1}]\n");
    QVERIFY(twice.verdict == Verdict::Failed);
    QCOMPARE(twice.endedAt(), 1);
}

void TestScenarioRunner::whatMustNeverBeMustNotBeOfOne()
{
    Run run;
    const ScenarioReport report =
        run.play("title: T\nwithin: 5s\n"
                 "devices: {m: {user: 'sip:m{n}@lab.example', connect: datagram, count: 3, listens: false}}\n"
                 "steps:\n"
                 "  - title: All\n"
                 "    do: [start: m]\n"
                 "    expect: [{device: m, state: up}]\n"
                 "  - title: None gets anything\n"
                 "    do: [{push: p, to: {device: m-2}, body: x}]\n"
                 "    expect: [{never: {event: push-received, by: m}, for: 10s}]\n");
    QVERIFY(report.verdict == Verdict::Failed);
    QCOMPARE(report.endedAt(), 1);
    QVERIFY(report.steps[1].took < Milliseconds(10000));
}

void TestScenarioRunner::aWakeUpFromBeforeDoesNotCount()
{
    Run run;
    const ScenarioReport report = run.play(head + registers +
                                           "  - title: Woken\n"
                                           "    do: [{silent: phone}, {wake: knock, device: phone}]\n"
                                           "    expect: [{wake: phone, state: succeeded}]\n"
                                           "  - title: Not woken\n"
                                           "    within: 100ms\n"
                                           "    do: [{push: hi, to: {device: phone}, body: x}]\n"
                                           "    expect: [{wake: phone, state: succeeded}]\n");
    QVERIFY(report.verdict == Verdict::Failed);
    QCOMPARE(report.endedAt(), 2);
}

void TestScenarioRunner::makesOneInitiatorForMany()
{
    Run run;
    const ScenarioReport report =
        run.play("title: T\nwithin: 5s\n"
                 "devices: {m: {user: 'sip:m{n}@lab.example', connect: datagram, count: 5, listens: false}}\n"
                 "steps:\n"
                 "  - title: All\n"
                 "    do: [start: m]\n"
                 "    expect: [{device: m, state: up}]\n"
                 "  - title: From outside\n"
                 "    do:\n"
                 "      - {push: p, to: {each: m}, body: x, over: triggers}\n"
                 "      - {call: GET /v1/initiators, answer: {items: 1}}\n"
                 "    expect: [{push: p, state: delivered}]\n");
    QVERIFY2(report.verdict == Verdict::Passed, qPrintable(report.steps.value(1).about));
}

void TestScenarioRunner::countsEventsSinceTheLastStepThatActs()
{
    Run run;
    const ScenarioReport report =
        run.play(head + registers +
                 "  - title: It can be looked at later\n"
                 "    expect: [{event: registered, by: phone}]\n"
                 "  - title: Something else is done\n"
                 "    do: [{push: hi, to: {device: phone}, body: x}]\n"
                 "    expect: [{push: hi, state: delivered}, {event: registered, by: phone, since: start}]\n"
                 "  - title: Now it does not count\n"
                 "    within: 50ms\n"
                 "    expect: [{event: registered, by: phone}]\n");
    QVERIFY(report.verdict == Verdict::Failed);
    QCOMPARE(report.endedAt(), 3);
}

void TestScenarioRunner::wakesByHandAndCancels()
{
    Run run;
    const ScenarioReport report =
        run.play(head + registers +
                 "  - title: By hand\n"
                 "    do:\n"
                 "      - silent: phone\n"
                 "      - {wake: knock, device: phone, bearer: wsp, request: [capability]}\n"
                 "    expect:\n"
                 "      - {wake: knock, state: succeeded}\n"
                 "      - {journal: information-returned, device: phone}\n"
                 "  - title: In vain\n"
                 "    do:\n"
                 "      - deaf: phone\n"
                 "      - silent: phone\n"
                 "      - {wake: again, device: phone}\n"
                 "      - {push: hi, to: {device: phone}, body: x}\n"
                 "    expect: [{push: hi, state: waking}]\n"
                 "  - title: Taken back\n"
                 "    do:\n"
                 "      - cancel: again\n"
                 "      - cancel: hi\n"
                 "    expect: [{wake: again, state: cancelled}, {push: hi, state: cancelled}]\n");
    QVERIFY2(report.verdict == Verdict::Passed, qPrintable(report.about + report.steps.value(2).about + report.steps.value(3).about +
                                                           report.steps.value(1).evidence.join(u'\n')));
}

void TestScenarioRunner::callsWhatHasNoWord_data()
{
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<QString>("code");
    QTest::newRow("as expected") << QByteArray(
                                        "{call: 'GET /v1/devices/${phone.id}', answer: {id: '${phone.id}'}}")
                                 << QString();
    QTest::newRow("with a body") << QByteArray("{call: POST /v1/networks/x, body: {a: b}, status: 404}")
                                 << QString();
    QTest::newRow("as text") << QByteArray("{call: POST /v1/pushes, body: nonsense, status: 400}")
                             << QString();
    QTest::newRow("outside")
        << QByteArray("{call: POST /v1/sessions/none/pushes, over: triggers, body: {body: x}, status: 404}")
        << QString();
    QTest::newRow("another status") << QByteArray("{call: GET /v1/nothing}") << u"call-refused"_s;
    QTest::newRow("another answer") << QByteArray("{call: GET /v1/status, answer: {state: asleep}}")
                                    << u"call-answer"_s;
    QTest::newRow("a fact that is not known")
        << QByteArray("{call: 'GET /v1/devices/${phone.msisdn}'}") << u"action-fact-unknown"_s;
}

void TestScenarioRunner::callsWhatHasNoWord()
{
    QFETCH(QByteArray, call);
    QFETCH(QString, code);
    Run run;
    const ScenarioReport report = run.play(head + registers + "  - title: A call\n    do: [" + call + "]\n");
    QVERIFY2((report.verdict == Verdict::Passed) == code.isEmpty(), qPrintable(report.steps.value(1).about));
    QCOMPARE(report.steps[1].code, code);
}

void TestScenarioRunner::comparesMetrics()
{
    Run run;
    const ScenarioReport report = run.play(head + registers +
                                           "  - title: Counted\n"
                                           "    within: 3s\n"
                                           "    expect:\n"
                                           "      - {metric: 'reveille_devices{state=\"up\"}', is: 1}\n"
                                           "      - {metric: reveille_users, at_least: 1, at_most: 2}\n"
                                           "  - title: Not there\n"
                                           "    within: 300ms\n"
                                           "    expect: [{metric: reveille_nothing, is: 1}]\n");
    QVERIFY(report.verdict == Verdict::Failed);
    QCOMPARE(report.endedAt(), 2);
    QCOMPARE(report.steps[1].expectations[0].actual, u"1"_s);
}

void TestScenarioRunner::playsManyAsOne()
{
    Run run;
    const ScenarioReport report = run.play(
        "title: T\nwithin: 5s\n"
        "devices: {m: {user: 'sip:m{n}@lab.example', connect: datagram, count: 20, listens: false}}\n"
        "steps:\n"
        "  - title: All\n"
        "    do: [start: m]\n"
        "    expect: [{device: m, state: up}, {event: registered, by: m}]\n"
        "  - title: One goes\n"
        "    do: [unregister: m-7]\n"
        "    expect: [{device: m, state: up, count: 19}]\n"
        "  - title: A push for each\n"
        "    within: 1s\n"
        "    do: [{push: p, to: {each: m}, body: x, when: when_reachable}]\n"
        "    expect:\n"
        "      - {push: p, state: delivered, count: {at_least: 19}}\n"
        "      - {event: push-received, by: m-3, push: p, times: 1}\n"
        "      - {event: push-received, by: m, push: p, times: 1}\n");
    QVERIFY(report.verdict == Verdict::Failed);
    QCOMPARE(report.endedAt(), 2);
    const auto &expectations = report.steps[2].expectations;
    QVERIFY(expectations[0].state == Wanted::Met);
    QCOMPARE(expectations[0].actual, u"19 of 20"_s);
    QCOMPARE(expectations[1].actual, u"1 times"_s);
    QCOMPARE(expectations[2].actual, u"19 of 20; m-7 has 0 times"_s);
}

void TestScenarioRunner::letsPeopleFollow()
{
    Run run;
    QVERIFY(run.read(head + registers + "  - title: Next\n    expect: [{device: phone, state: up}]\n"));
    run.runner->setPace(Milliseconds(100));
    run.runner->start();
    const ScenarioReport report = run.finish();
    QVERIFY(report.verdict == Verdict::Passed);
    QVERIFY(report.steps[1].began - report.steps[0].began >= Milliseconds(100));
}

QTEST_GUILESS_MAIN(TestScenarioRunner)
#include "tst_scenariorunner.moc"
