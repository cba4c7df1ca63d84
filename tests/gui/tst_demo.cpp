// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariolibrary.h"
#include "gui/consoleprogram.h"
#include "gui/demo/demo.h"
#include "gui/mainwindow.h"
#include "gui/runninghost.h"
#include "gui/scenario/scenariosteplist.h"
#include "gui/scenario/scenariostepview.h"
#include "gui/selection.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace reveille;
using namespace reveille::test;

class TestDemo : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<RunningHost> m_server;
    std::unique_ptr<Demo> m_demo;

    /// The console with its demo, as `reveille --demo` makes it.
    struct Console {
        QTemporaryDir folder;
        ConsoleProgram program;

        static ConsoleOptions optionsIn(const QTemporaryDir &folder, const QString &scenario)
        {
            ConsoleOptions options;
            options.dataDir = folder.path();
            options.language = QStringLiteral("en");
            options.demo = true;
            options.scenario = scenario;
            return options;
        }
        explicit Console(const QString &scenario = {}) : program(*qApp, optionsIn(folder, scenario))
        {
            program.scenarioPlayer().setPace(Milliseconds(0));
        }
        ScenarioPlayer &player() { return program.scenarioPlayer(); }
        ScenarioPanel &panel() { return *program.window()->scenarioPanel(); }
        bool start()
        {
            return program.start().ok() && QTest::qWaitFor([this] { return program.demo()->isPopulated(); }, 20000);
        }
        bool waitForEnd()
        {
            return QTest::qWaitFor([this] { return player().state() == ScenarioPlayer::State::Over; }, 60000);
        }
        QString failures()
        {
            QStringList texts{panel().statusText()};
            for (const ScenarioStepReport &step : player().report().steps) {
                if (step.state != ScenarioStepReport::State::Passed)
                    texts.append(step.title.in(QStringLiteral("en")));
            }
            return texts.join(u'\n');
        }
    };

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<RunningHost>();
        m_demo = std::make_unique<Demo>(m_server->host);
    }
    void cleanup()
    {
        m_demo.reset();
        m_server.reset();
    }

    void listensOnFreePortsOnly()
    {
        Config base = Config::defaults();
        base.sipDigest = false;
        base.realm = QStringLiteral("elsewhere.example");
        const Config config = demoConfig(base);
        for (const Config::Listener &listener : Config::listeners()) {
            const ListenAddress &address = config.*listener.address;
            QCOMPARE(address.port, quint16(0));
            QVERIFY(address.enabled);
            QVERIFY(address.address.isLoopback());
        }
        QVERIFY(config.sipDigest);
        QCOMPARE(config.realm, QStringLiteral("lab.example"));
    }

    void registersSixDevicesOfTwoUsers()
    {
        QHash<DeviceId, LivenessState> states;
        int users = 0;
        connect(&m_server->host, &ServerHost::changed, this, [&](const ServerChanges &changes) {
            for (const DeviceSnapshot &device : changes.devices) {
                if (!device.connections.isEmpty())
                    states.insert(device.device.id, device.liveness.state());
            }
            users = int(std::max<qint64>(users, changes.counters.users));
        });
        QSignalSpy populated(m_demo.get(), &Demo::populated);
        m_demo->populate(); // before the host runs: remembered
        QVERIFY(m_server->start(demoConfig(Config::defaults())));
        QVERIFY(populated.wait(20000));
        QVERIFY(m_demo->isPopulated());
        QTRY_COMPARE(states.size(), 6);
        QTRY_COMPARE(users, 2);
        for (const LivenessState state : std::as_const(states))
            QCOMPARE(state, LivenessState::Up);
        m_server->host.disconnect(this);
    }

    void playsToItsEndWithEveryStepTicked()
    {
        Console c;
        QVERIFY(c.start());
        QVERIFY(c.panel().isVisible());
        QTest::mouseClick(c.panel().playButton(), Qt::LeftButton); // one click does it all
        QVERIFY(c.waitForEnd());
        QVERIFY2(c.player().report().verdict == ScenarioReport::Verdict::Passed, qPrintable(c.failures()));
        QCOMPARE(c.player().report().name, QStringLiteral("pinhole-closes"));

        Timestamp before;
        for (const ScenarioStepReport &step : c.player().report().steps) {
            QVERIFY(step.began >= before);
            before = step.began;
            for (const ScenarioExpectationReport &expectation : step.expectations)
                QVERIFY(!expectation.actual.isEmpty());
        }
        const ScenarioStepList &steps = *c.panel().steps();
        QVERIFY2(steps.step(3)->bodyText().contains(QStringLiteral("signed yes")), qPrintable(steps.step(3)->bodyText()));
        QVERIFY2(steps.step(5)->bodyText().contains(QStringLiteral("1 time")), qPrintable(steps.step(5)->bodyText()));
        // It happened to a device of this window, which shows it.
        const DeviceId shown = c.program.context().selection->device();
        QVERIFY(!shown.isEmpty());
        QTRY_COMPARE(c.program.context().subscribers->device(shown)->liveness.state(), LivenessState::Up);
        QVERIFY(c.program.window()->windowTitle().contains(QStringLiteral("pinhole")));

        // and once more, from the start
        QSignalSpy populated(c.program.demo(), &Demo::populated);
        QTest::mouseClick(c.panel().resetButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(populated.count(), 1, 20000); // what was there is back
        QTRY_COMPARE_WITH_TIMEOUT(c.program.context().subscribers->totalDevices(), 6, 20000);
        QCOMPARE(c.player().report().steps.first().state, ScenarioStepReport::State::Ahead);
        QTest::mouseClick(c.panel().playButton(), Qt::LeftButton);
        QVERIFY(c.waitForEnd());
        QVERIFY2(c.player().report().verdict == ScenarioReport::Verdict::Passed, qPrintable(c.failures()));
    }

    void isResetInTheMiddleOfTheStory()
    {
        Console c;
        QVERIFY(c.start());
        c.panel().play();
        QTRY_COMPARE_WITH_TIMEOUT(c.player().current(), 1, 20000);
        c.panel().reset();
        QTRY_COMPARE_WITH_TIMEOUT(c.player().state(), ScenarioPlayer::State::Idle, 20000);
        for (const ScenarioStepReport &step : c.player().report().steps)
            QCOMPARE(step.state, ScenarioStepReport::State::Ahead);
        c.panel().play();
        QVERIFY(c.waitForEnd());
        QVERIFY2(c.player().report().verdict == ScenarioReport::Verdict::Passed, qPrintable(c.failures()));
    }

    void ticksNothingThatDidNotHappen()
    {
        // The story, with a firewall that keeps the pinhole open for longer than the story waits.
        QTemporaryDir folder;
        QFile shipped(shippedScenarioPath(QStringLiteral("pinhole-closes")));
        QVERIFY(shipped.open(QIODevice::ReadOnly));
        QByteArray story = shipped.readAll();
        QVERIFY(story.contains("udp_timeout: 1s") && story.contains("\nwithin: 5s\n"));
        story.replace("udp_timeout: 1s", "udp_timeout: 60s");
        story.replace("\nwithin: 5s\n", "\nwithin: 1s\n");
        QFile file(folder.filePath(QStringLiteral("open.yaml")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(story) == story.size());
        file.close();

        Console c(file.fileName());
        QVERIFY(c.start());
        c.panel().play();
        QVERIFY(c.waitForEnd());
        const QVector<ScenarioStepReport> &steps = c.player().report().steps;
        QCOMPARE(c.player().report().verdict, ScenarioReport::Verdict::Failed);
        QCOMPARE(steps.at(0).state, ScenarioStepReport::State::Passed);
        QCOMPARE(steps.at(1).state, ScenarioStepReport::State::Failed);
        QCOMPARE(steps.at(2).state, ScenarioStepReport::State::Ahead);
    }

    void isMadeOnlyOnce()
    {
        QSignalSpy populated(m_demo.get(), &Demo::populated);
        QVERIFY(m_server->start(demoConfig(Config::defaults())));
        m_demo->populate();
        m_demo->populate();
        QVERIFY(populated.wait(20000));
        m_demo->populate();
        QVERIFY(m_demo->isPopulated());
        QCOMPARE(populated.count(), 1);
    }

    void staysAwayWhileTheServerServesSomethingElse()
    {
        QSignalSpy populated(m_demo.get(), &Demo::populated);
        m_demo->populate();
        m_demo->setAway(true);
        QSignalSpy states(&m_server->host, &ServerHost::changed);
        QVERIFY(m_server->start(demoConfig(Config::defaults())));
        QTRY_VERIFY(states.count() > 0);
        QCOMPARE(answerOf(m_server->host.exportSubscribers({}))->csv.count('\n'), 1); // the head only
        m_demo->setAway(false);
        QVERIFY(m_server->restart(demoConfig(Config::defaults())));
        QVERIFY(populated.wait(20000));
    }

    void comesBackAfterARestartOfTheServer()
    {
        QSignalSpy populated(m_demo.get(), &Demo::populated);
        m_demo->populate();
        QVERIFY(m_server->start(demoConfig(Config::defaults())));
        QVERIFY(populated.wait(20000));
        QVERIFY(m_server->restart(demoConfig(Config::defaults())));
        QVERIFY(!m_demo->isPopulated() || populated.count() > 1);
        QTRY_COMPARE_WITH_TIMEOUT(populated.count(), 2, 20000);
    }
};

QTEST_MAIN(TestDemo)
#include "tst_demo.moc"
