// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/stage.h"
#include "support/testpaths.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <csignal>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QString phone = u"urn:uuid:00000000-0000-4000-8000-000000000001"_s;

const QByteArray story = "title: {en: A story, es: Una historia}\n"
                         "values: {wanted: up}\n"
                         "within: 5s\n"
                         "devices: {meter: {user: 'sip:meter@lab.example', connect: datagram}}\n"
                         "steps:\n"
                         "  - title: It registers\n"
                         "    key: true\n"
                         "    do: [start: meter]\n"
                         "    expect: [{device: meter, state: \"${wanted}\", within: 3s}]\n"
                         "  - title: It stays\n"
                         "    expect: [{never: {device: meter, state: lost}, for: 20ms}]\n";

} // namespace

/// `reveillectl scenario` and `reveillectl expect` as programs.
class TestScenarioProgram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void listsAndShowsWhatComesWithIt();
    void checksFiles();
    void refusesWrongUse_data();
    void refusesWrongUse();
    void playsFilesAndTellsOfThem();
    void failsWhereAStepFails();
    void saysWhereItWasInterrupted();
    void leavesWhatItIsToldToKeep();
    void playsWithAServerThatRuns();
    void waitsForOneThing();

private:
    struct Outcome {
        int status = -1;
        QString out;
        QString err;
    };
    std::unique_ptr<QProcess> start(const QStringList &words)
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        all.insert(u"HOME"_s, m_dir->path());
        all.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
        all.remove(u"REVEILLE_TOKEN"_s);
        process->setProcessEnvironment(all);
        process->start(builtProgram(u"reveillectl"), words);
        return process;
    }
    Outcome finish(QProcess &process)
    {
        if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 30000))
            process.kill();
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    Outcome run(const QStringList &words) { return finish(*start(words)); }
    QString path(const QString &name) const { return m_dir->filePath(name); }
    QString write(const QString &name, const QByteArray &text)
    {
        QFile file(path(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        return file.fileName();
    }
    QByteArray contentOf(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestScenarioProgram::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

void TestScenarioProgram::listsAndShowsWhatComesWithIt()
{
    const Outcome list = run({u"scenario"_s, u"list"_s});
    QCOMPARE(list.status, 0);
    QVERIFY2(list.out.contains(u"pinhole-closes"_s) && list.out.contains(u"The pinhole that closed"_s),
             qPrintable(list.out));
    const Outcome json = run({u"scenario"_s, u"list"_s, u"--json"_s});
    QVERIFY(QJsonDocument::fromJson(json.out.toUtf8())[u"items"_s].toArray().size() >= 10);
    const Outcome shown = run({u"scenario"_s, u"show"_s, u"pinhole-closes"_s});
    QCOMPARE(shown.status, 0);
    QCOMPARE(run({u"scenario"_s, u"check"_s, write(u"mine.yaml"_s, shown.out.toUtf8())}).status, 0);
    const Outcome unknown = run({u"scenario"_s, u"show"_s, u"no-such-story"_s});
    QCOMPARE(unknown.status, 2);
    QVERIFY2(unknown.err.contains(u"nothing is called \"no-such-story\""_s), qPrintable(unknown.err));
}

void TestScenarioProgram::checksFiles()
{
    const QString good = write(u"good.yaml"_s, story);
    QCOMPARE(run({u"scenario"_s, u"check"_s, good}).status, 0);
    const QString bad = write(u"bad.yaml"_s, QByteArray(story).replace("start: meter", "start: metre"));
    const Outcome fault = run({u"scenario"_s, u"check"_s, good, bad});
    QCOMPARE(fault.status, 2);
    QCOMPARE(fault.err,
             u"reveillectl: "_s + bad + u":8: nothing is called \"metre\"; is \"meter\" meant?\n"_s);
    const Outcome none = run({u"scenario"_s, u"run"_s, path(u"none.yaml"_s)});
    QCOMPARE(none.status, 2);
    QVERIFY2(none.err.contains(u"the file cannot be read"_s), qPrintable(none.err));
}

void TestScenarioProgram::refusesWrongUse_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("said");
    QTest::newRow("no file") << QStringList{} << u"FILE"_s;
    QTest::newRow("a value without a name") << QStringList{u"FILE"_s, u"--set"_s, u"x"_s} << u"NAME=VALUE"_s;
    QTest::newRow("a value that is none")
        << QStringList{u"FILE"_s, u"--set"_s, u"watned=up"_s} << u"is \"wanted\" meant?"_s;
    QTest::newRow("a time") << QStringList{u"FILE"_s, u"--timeout"_s, u"soon"_s} << u"no time"_s;
    QTest::newRow("a step") << QStringList{u"FILE"_s, u"--without"_s, u"9"_s} << u"has no step \"9\""_s;
    QTest::newRow("a URL") << QStringList{u"FILE"_s, u"--server"_s, u"::"_s} << u"no http URL"_s;
}

void TestScenarioProgram::refusesWrongUse()
{
    QFETCH(QStringList, words);
    QFETCH(QString, said);
    const QString file = write(u"story.yaml"_s, story);
    const Outcome outcome =
        run(QStringList{u"scenario"_s, u"run"_s} + words.replaceInStrings(u"FILE"_s, file));
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.err.contains(said), qPrintable(outcome.err));
}

void TestScenarioProgram::playsFilesAndTellsOfThem()
{
    const QString file = write(u"story.yaml"_s, story);
    const Outcome both = run({u"scenario"_s, u"run"_s, file, file, u"--junit"_s, path(u"report.xml"_s)});
    QVERIFY2(both.status == 0, qPrintable(both.out + both.err));
    QVERIFY(both.out.startsWith(u"A story\n  ✓ 1. It registers"_s));
    QVERIFY(
        both.out.contains(u"      ✓ device: meter, state: up, within: 3s\n          state: up, after "_s));
    QCOMPARE(both.out.count(u"Passed: 2 steps in "_s), 2);
    QCOMPARE(contentOf(u"report.xml"_s).count("<testsuite "), 2);
    const Outcome json = run({u"scenario"_s, u"run"_s, file, u"--json"_s});
    QCOMPARE(json.status, 0);
    const QJsonDocument report = QJsonDocument::fromJson(json.out.toUtf8());
    QCOMPARE(report[u"verdict"_s].toString(), u"passed"_s);
    QCOMPARE(report[u"steps"_s].toArray().size(), 2);
}

void TestScenarioProgram::failsWhereAStepFails()
{
    const QString file = write(u"story.yaml"_s, QByteArray(story).replace("within: 3s", "within: 300ms"));
    const Outcome set = run(
        {u"scenario"_s, u"run"_s, file, u"--set"_s, u"wanted=lost"_s, u"--junit"_s, path(u"report.xml"_s)});
    QCOMPARE(set.status, 1);
    QVERIFY2(set.out.contains(u"  ✗ 1. It registers"_s) && set.out.contains(u"found: state: up"_s) &&
                 set.out.contains(u"Failed at step 1 of 2"_s),
             qPrintable(set.out));
    QVERIFY(contentOf(u"report.xml"_s).contains("<failure "));
    const Outcome without = run({u"scenario"_s, u"run"_s, file, u"--without"_s, u"key"_s});
    QCOMPARE(without.status, 1);
    QVERIFY(without.out.contains(u"(what it does is left out)"_s));
    const Outcome late =
        run({u"scenario"_s, u"run"_s, file, u"--set"_s, u"wanted=lost"_s, u"--timeout"_s, u"1ms"_s});
    QCOMPARE(late.status, 1);
    QVERIFY2(late.out.contains(u"It may take 1 ms"_s), qPrintable(late.out));
    const Outcome broken =
        run({u"scenario"_s, u"run"_s, write(u"broken.yaml"_s, "server: {wake/no_such_key: 1}\n" + story)});
    QCOMPARE(broken.status, 1);
    QVERIFY2(broken.out.contains(u"The server does not come up"_s) && broken.out.contains(u"no_such_key"_s),
             qPrintable(broken.out));
}

void TestScenarioProgram::saysWhereItWasInterrupted()
{
    const QString file = write(u"story.yaml"_s, story + "  - title: A long wait\n    do: [wait: 1h]\n");
    const auto process = start(
        {u"scenario"_s, u"run"_s, file, u"--keep"_s, path(u"kept"_s), u"--junit"_s, path(u"report.xml"_s)});
    QString said;
    QVERIFY(QTest::qWaitFor(
        [&] {
            said += QString::fromUtf8(process->readAllStandardOutput());
            return said.contains(u"2. It stays"_s);
        },
        20000));
    ::kill(pid_t(process->processId()), SIGINT);
    const Outcome outcome = finish(*process);
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.out.contains(u"Stopped at step 3 of 3, \"A long wait\""_s), qPrintable(outcome.out));
    QVERIFY(contentOf(u"report.xml"_s).contains("<skipped "));
}

void TestScenarioProgram::leavesWhatItIsToldToKeep()
{
    const QString file = write(u"story.yaml"_s, story);
    QCOMPARE(run({u"scenario"_s, u"run"_s, file, u"--keep"_s, path(u"kept"_s)}).status, 0);
    QVERIFY(QFile::exists(path(u"kept/story/data/reveille.db"_s)));
    QVERIFY(QFile::exists(path(u"kept/story/server.log"_s)));
}

void TestScenarioProgram::playsWithAServerThatRuns()
{
    Stage stage;
    QVERIFY(stage.startServer());
    const QString file = write(u"story.yaml"_s, story);
    const QStringList there{u"--server"_s, stage.address(u"operations_http"_s), u"--token-file"_s,
                            stage.tokenFile()};
    const Outcome passed = run(QStringList{u"scenario"_s, u"run"_s, file} + there);
    QVERIFY2(passed.status == 0, qPrintable(passed.out + passed.err));
    QVERIFY(stage.server().isRunning());
    QCOMPARE(stage.operations().get(u"/v1/devices"_s).body.value(u"items"_s).toArray().size(), 0);
    const Outcome refused = run(QStringList{u"scenario"_s, u"run"_s, u"pinhole-closes"_s} + there);
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.err.contains(u"it needs a server of its own: server: liveness/learn=off"_s),
             qPrintable(refused.err));
    const QStringList noToken{u"--server"_s, stage.address(u"operations_http"_s), u"--token-file"_s,
                              path(u"none"_s)};
    QCOMPARE(run(QStringList{u"scenario"_s, u"run"_s, file} + noToken).status, 1);
}

void TestScenarioProgram::waitsForOneThing()
{
    Stage stage;
    QVERIFY(stage.startServer());
    const QStringList there{u"--url"_s, stage.address(u"operations_http"_s), u"--token-file"_s,
                            stage.tokenFile()};
    const auto waiting = start(QStringList{u"expect"_s, u"device: "_s + phone + u", state: up"_s,
                                           u"journal: registered, device: "_s + phone, u"--within"_s,
                                           u"20s"_s, u"--junit"_s, path(u"report.xml"_s)} +
                               there);
    // It says what it waits for once it follows the server's events.
    QVERIFY(QTest::qWaitFor([&] { return waiting->bytesAvailable() > 0; }, 20000));
    JsonProcess &client = stage.addClient(u"sip:alice@lab.example"_s, phone, u"udp"_s);
    QTRY_COMPARE_WITH_TIMEOUT(client.count("registered"), 1, 10000);
    const Outcome passed = finish(*waiting);
    QVERIFY2(passed.status == 0, qPrintable(passed.out + passed.err));
    QVERIFY(contentOf(u"report.xml"_s).contains("<testcase "));

    const QString push = stage.push(u"sip:alice@lab.example"_s, u"hello"_s);
    QCOMPARE(run(QStringList{u"expect"_s, u"push: "_s + push + u", state: delivered"_s} + there).status, 0);
    const Outcome late =
        run(QStringList{u"expect"_s, u"device: "_s + phone + u", state: lost"_s, u"--within"_s, u"100ms"_s} +
            there);
    QCOMPARE(late.status, 1);
    QVERIFY2(late.out.contains(u"found: state: up"_s), qPrintable(late.out));
    const Outcome wrong = run(QStringList{u"expect"_s, u"device: x, stat: up"_s} + there);
    QCOMPARE(wrong.status, 2);
    QVERIFY2(wrong.err.contains(u"there is no key \"stat\"; is \"state\" meant?"_s), qPrintable(wrong.err));
    QCOMPARE(run(QStringList{u"expect"_s, u"device: x"_s, u"--within"_s, u"soon"_s} + there).status, 2);
}

QTEST_GUILESS_MAIN(TestScenarioProgram)
#include "tst_scenarioprogram.moc"
