// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/attachedserver.h"
#include "client/scenario/scenarioreader.h"
#include "client/scenario/scenariorunner.h"
#include "scenario/scenarioserverfake.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

using Verdict = ScenarioReport::Verdict;
using Step = ScenarioStepReport::State;
using Wanted = ScenarioExpectationReport::State;

const QByteArray head =
    "title: T\n"
    "within: 5s\n"
    "server: {liveness/request_timeout_ms: 300, wake/answer_timeout_ms: 2000, wake/backoff_ms: 100}\n"
    "users: {alice: {id: 'sip:alice@lab.example', password: secret}}\n"
    "devices: {phone: {user: alice, proven: 0s, retry: 100ms}}\n"
    "steps:\n";
const QByteArray foreignHead = "title: T\n"
                               "within: 5s\n"
                               "devices: {meter: {user: 'sip:meter@lab.example', connect: datagram}}\n"
                               "steps:\n";
const QByteArray registers = "  - title: It registers\n"
                             "    do: [start: phone]\n"
                             "    expect: [{event: registered, by: phone}, {device: phone, state: up}]\n";

/// One run to its end.
struct Run {
    ScenarioServerFake server;
    std::unique_ptr<ScenarioRunner> runner;

    bool read(const QByteArray &text)
    {
        const auto scenario = readScenario(text, u"test"_s);
        if (!scenario) {
            qWarning("%d %s %s", scenario.error().line, scenario.error().code,
                     qPrintable(scenario.error().about));
            return false;
        }
        runner = std::make_unique<ScenarioRunner>(*scenario, server);
        return true;
    }
    ScenarioReport play(const QByteArray &text)
    {
        if (!read(text))
            return {};
        runner->start();
        return finish();
    }
    ScenarioReport finish()
    {
        QSignalSpy finished(runner.get(), &ScenarioRunner::finished);
        if (!finished.wait(20000))
            return {};
        return finished.first().first().value<ScenarioReport>();
    }
};

/// A server that runs before the scenario begins and after it has ended.
struct Foreign {
    ScenarioServerFake server;

    bool comesUp()
    {
        QSignalSpy up(&server, &ScenarioServer::ready);
        server.start({});
        return up.wait();
    }
    ScenarioReport play(const Scenario &scenario)
    {
        AttachedServer attached(server.operations(), server.token());
        ScenarioRunner runner(scenario, attached);
        QSignalSpy finished(&runner, &ScenarioRunner::finished);
        runner.start();
        return finished.wait(20000) ? runner.report() : ScenarioReport();
    }
};

} // namespace

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
    void countsEventsSinceTheLastStepThatActs();
    void wakesByHandAndCancels();
    void startsAServerAgainWithWhatItHad();
    void callsWhatHasNoWord_data();
    void callsWhatHasNoWord();
    void comparesMetrics();
    void playsManyAsOne();
    void stopsWhereItIs();
    void endsAtItsLimit();
    void saysThatTheServerDoesNotComeUp();
    void saysThatTheServerIsGone();
    void saysThatTheTokenIsWrong();
    void refusesAForeignServerWhatItCannotBeTold();
    void leavesNothingOnAForeignServer();
    void leavesUsersOfAForeignServerAsTheyAre();
    void expectsOfADeviceThatIsThere();
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
                 "      - cancel: again\n"
                 "      - cancel: hi\n"
                 "    expect: [{wake: again, state: cancelled}, {push: hi, state: cancelled}]\n");
    QVERIFY2(report.verdict == Verdict::Passed, qPrintable(report.about + report.steps.value(2).about +
                                                           report.steps.value(1).evidence.join(u'\n')));
}

void TestScenarioRunner::startsAServerAgainWithWhatItHad()
{
    Run run;
    const ScenarioReport report = run.play(head + registers +
                                           "  - title: Down and up\n"
                                           "    do: [server: restart]\n"
                                           "    expect: [{metric: reveille_users, is: 1}]\n"
                                           "  - title: The push comes through\n"
                                           "    do: [{push: hi, to: {device: phone}, body: x}]\n"
                                           "    expect: [{event: push-received, by: phone, push: hi}]\n");
    QVERIFY2(report.verdict == Verdict::Passed, qPrintable(report.about + report.steps.value(1).about));
    QCOMPARE(run.server.starts, 2);
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
        << QByteArray("{call: 'GET /v1/devices/${phone.nothing}'}") << u"action-fact-unknown"_s;
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
    QVERIFY(expectations[1].state == Wanted::Met);
    QCOMPARE(expectations[2].actual, u"19 of 20; m-7 has 0 times"_s);
}

void TestScenarioRunner::stopsWhereItIs()
{
    Run run;
    QVERIFY(run.read(head + registers + "  - title: Long\n    do: [wait: 1h]\n"));
    QSignalSpy started(run.runner.get(), &ScenarioRunner::stepStarted);
    run.runner->start();
    QTRY_COMPARE(started.size(), 2);
    run.runner->stop();
    const ScenarioReport report = run.finish();
    QVERIFY(report.verdict == Verdict::Stopped);
    QCOMPARE(report.endedAt(), 1);
    QVERIFY(!run.server.isUp());
}

void TestScenarioRunner::endsAtItsLimit()
{
    Run run;
    QVERIFY(run.read(head + registers + "  - title: Long\n    do: [wait: 1h]\n"));
    run.runner->setLimit(Milliseconds(700));
    run.runner->start();
    const ScenarioReport report = run.finish();
    QVERIFY(report.verdict == Verdict::Failed);
    QCOMPARE(report.steps[1].code, u"scenario-limit"_s);
}

void TestScenarioRunner::saysThatTheServerDoesNotComeUp()
{
    Run run;
    run.server.comesUp = false;
    const ScenarioReport report = run.play(head + registers);
    QVERIFY(report.verdict == Verdict::Broken);
    QCOMPARE(report.code, u"server-start"_s);
    QCOMPARE(report.about, u"as told"_s);
    QVERIFY(report.steps[0].state == Step::Ahead);
}

void TestScenarioRunner::saysThatTheServerIsGone()
{
    Run run;
    QVERIFY(run.read(head + registers + "  - title: Long\n    do: [wait: 1h]\n"));
    QSignalSpy started(run.runner.get(), &ScenarioRunner::stepStarted);
    run.runner->start();
    QTRY_COMPARE(started.size(), 2);
    run.server.vanish();
    const ScenarioReport report = run.finish();
    QVERIFY(report.verdict == Verdict::Broken);
    QCOMPARE(report.code, u"server-ended"_s);
    QCOMPARE(report.endedAt(), 1);
}

void TestScenarioRunner::saysThatTheTokenIsWrong()
{
    Run run;
    run.server.wrongToken = "wrong";
    const ScenarioReport report = run.play(head + registers);
    QVERIFY(report.verdict == Verdict::Broken);
    QCOMPARE(report.code, u"server-unreachable"_s);
    QVERIFY2(report.about.startsWith(u"401"_s), qPrintable(report.about));
}

void TestScenarioRunner::refusesAForeignServerWhatItCannotBeTold()
{
    Run run;
    run.server.own = false;
    const ScenarioReport report = run.play(head + registers);
    QVERIFY(report.verdict == Verdict::Broken);
    QCOMPARE(report.code, u"scenario-server-foreign"_s);
    QCOMPARE(run.server.starts, 0);
}

void TestScenarioRunner::leavesNothingOnAForeignServer()
{
    Foreign foreign;
    QVERIFY(foreign.comesUp());
    ScenarioServerFake &server = foreign.server;
    const auto scenario = readScenario(
        foreignHead +
            "  - title: S\n"
            "    do:\n"
            "      - start: meter\n"
            "      - {call: POST /v1/sessions/none/pushes, over: triggers, body: {body: x}, status: 404}\n"
            "    expect: [{device: meter, state: up}]\n",
        u"test"_s);
    QVERIFY(scenario.ok());
    const ScenarioReport report = foreign.play(*scenario);
    QVERIFY2(report.verdict == Verdict::Passed, QJsonDocument(toJson(report, {})).toJson().constData());
    QVERIFY(server.isUp());
    QVERIFY(!server.engine()->registry().device(scenario->devices[0].settings.device));
    QVERIFY(!server.engine()->registry().user(scenario->devices[0].settings.user));
    QVERIFY(server.engine()->initiators().isEmpty());
}

void TestScenarioRunner::leavesUsersOfAForeignServerAsTheyAre()
{
    Foreign foreign;
    QVERIFY(foreign.comesUp());
    ScenarioServerFake &server = foreign.server;
    User bob;
    bob.id = PublicUserId::parse(u"sip:bob@lab.example"_s).valueOr({});
    bob.name = u"Bob"_s;
    server.engine()->registry().putUser(bob, [](const Result<Done> &) {});
    QTRY_VERIFY(server.engine()->registry().user(bob.id));
    const auto scenario =
        readScenario("title: T\nusers: {bob: {id: 'sip:bob@lab.example', name: Other, password: other}}\n"
                     "steps: [{title: S, do: [{wait: 1ms}]}]\n",
                     u"test"_s);
    QVERIFY(scenario.ok());
    const ScenarioReport report = foreign.play(*scenario);
    QVERIFY(report.verdict == Verdict::Passed);
    const User *kept = server.engine()->registry().user(bob.id);
    QVERIFY(kept);
    QCOMPARE(kept->name, u"Bob"_s);
    QVERIFY(!kept->hasPassword());
}

void TestScenarioRunner::expectsOfADeviceThatIsThere()
{
    Foreign foreign;
    QVERIFY(foreign.comesUp());
    ScenarioServerFake &server = foreign.server;
    Device device;
    device.id = DeviceId::parse(u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s).valueOr({});
    device.user = PublicUserId::parse(u"sip:alice@lab.example"_s).valueOr({});
    User user;
    user.id = device.user;
    server.engine()->registry().putUser(user, [&](const Result<Done> &) {
        server.engine()->registry().putDevice(device, [](const Result<Done> &) {});
    });
    QTRY_VERIFY(server.engine()->registry().device(device.id));
    for (const auto &[text, verdict] :
         {std::pair(u"device: urn:uuid:F81D4FAE-7dec-11d0-a765-00a0c91e6bf6, connections: 0, within: 5s"_s,
                    Verdict::Passed),
          std::pair(u"device: urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6, state: up, within: 50ms"_s,
                    Verdict::Failed)}) {
        const auto scenario = readExpectations({text});
        QVERIFY2(scenario.ok(), scenario.ok() ? "" : qPrintable(scenario.error().about));
        const ScenarioReport report = foreign.play(*scenario);
        QVERIFY2(report.verdict == verdict, qPrintable(text + report.steps[0].expectations[0].actual));
    }
    QVERIFY(server.engine()->registry().device(device.id));
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
