// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenario/scenariorun.h"

#include <QJsonDocument>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Servers that scenarios are played with: their own and others, and what becomes of them.
class TestScenarioServers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsAServerAgainWithWhatItHad();
    void stopsWhereItIs();
    void endsAtItsLimit();
    void saysThatTheServerDoesNotComeUp();
    void saysThatTheServerIsGone();
    void saysThatTheTokenIsWrong();
    void refusesAForeignServerWhatItCannotBeTold();
    void leavesNothingOnAForeignServer();
    void leavesUsersOfAForeignServerAsTheyAre();
    void expectsOfADeviceThatIsThere();
    void forgetsWhatAServerSaidThatIsGone();
    void aStoppedRestartStartsNothing();
};

void TestScenarioServers::startsAServerAgainWithWhatItHad()
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

void TestScenarioServers::stopsWhereItIs()
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

void TestScenarioServers::endsAtItsLimit()
{
    Run run;
    QVERIFY(run.read(head + registers + "  - title: Long\n    do: [wait: 1h]\n"));
    run.runner->setLimit(Milliseconds(700));
    run.runner->start();
    const ScenarioReport report = run.finish();
    QVERIFY(report.verdict == Verdict::Failed);
    QCOMPARE(report.steps[1].code, u"scenario-limit"_s);
}

void TestScenarioServers::saysThatTheServerDoesNotComeUp()
{
    Run run;
    run.server.comesUp = false;
    const ScenarioReport report = run.play(head + registers);
    QVERIFY(report.verdict == Verdict::Broken);
    QCOMPARE(report.code, u"server-start"_s);
    QCOMPARE(report.about, u"as told"_s);
    QVERIFY(report.steps[0].state == Step::Ahead);
}

void TestScenarioServers::saysThatTheServerIsGone()
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

void TestScenarioServers::saysThatTheTokenIsWrong()
{
    Run run;
    run.server.wrongToken = "wrong";
    const ScenarioReport report = run.play(head + registers);
    QVERIFY(report.verdict == Verdict::Broken);
    QCOMPARE(report.code, u"server-unreachable"_s);
    QVERIFY2(report.about.startsWith(u"401"_s), qPrintable(report.about));
}

void TestScenarioServers::refusesAForeignServerWhatItCannotBeTold()
{
    Run run;
    run.server.own = false;
    const ScenarioReport report = run.play(head + registers);
    QVERIFY(report.verdict == Verdict::Broken);
    QCOMPARE(report.code, u"scenario-server-foreign"_s);
    QCOMPARE(run.server.starts, 0);
}

void TestScenarioServers::leavesNothingOnAForeignServer()
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

void TestScenarioServers::leavesUsersOfAForeignServerAsTheyAre()
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

void TestScenarioServers::expectsOfADeviceThatIsThere()
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
        QVERIFY2(!report.steps.isEmpty(), qPrintable(text)); // it ended
        QVERIFY2(report.verdict == verdict, qPrintable(text + report.steps[0].expectations[0].actual));
    }
    QVERIFY(server.engine()->registry().device(device.id));
}

void TestScenarioServers::forgetsWhatAServerSaidThatIsGone()
{
    Run run;
    const ScenarioReport report =
        run.play(head + registers +
                 "  - title: Gone\n"
                 "    within: 200ms\n"
                 "    do: [server: stop]\n"
                 "    expect: [{event: ended, by: server}, {device: phone, state: up}]\n");
    QVERIFY(report.verdict == Verdict::Failed);
    QVERIFY(report.steps[1].expectations[0].state == Wanted::Met);
    QVERIFY(report.steps[1].expectations[1].actual.isEmpty());
}

void TestScenarioServers::aStoppedRestartStartsNothing()
{
    Run run;
    QVERIFY(run.read(head + registers + "  - title: Again\n    do: [server: restart]\n"));
    run.server.onStop = [&] {
        run.runner->stop();
    };
    run.runner->start();
    const ScenarioReport report = run.finish();
    QVERIFY(report.verdict == Verdict::Stopped);
    QCOMPARE(report.endedAt(), 1);
    QCOMPARE(run.server.starts, 1);
}

QTEST_GUILESS_MAIN(TestScenarioServers)
#include "tst_scenarioservers.moc"
