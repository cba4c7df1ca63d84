// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/demo/demo.h"
#include "gui/demo/demopanel.h"
#include "gui/demo/demoplayer.h"
#include "gui/runninghost.h"

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

    static QStringList missing(const DemoPlayer &player)
    {
        QStringList texts;
        for (const DemoStep &step : player.steps()) {
            if (step.state != DemoStep::State::Ticked)
                texts.append(QStringLiteral("%1: %2").arg(step.title, step.actual));
        }
        return texts;
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<RunningHost>();
        m_demo = std::make_unique<Demo>(m_server->host);
        m_demo->player().setPace(Milliseconds(0));
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
        std::unique_ptr<QWidget> panel(m_demo->createPanel(nullptr));
        auto *demoPanel = qobject_cast<DemoPanel *>(panel.get());
        QVERIFY(demoPanel);
        panel->show();
        QVERIFY(m_server->start(demoConfig(Config::defaults())));

        QSignalSpy finished(m_demo.get(), &Demo::finished);
        QSignalSpy spotlight(m_demo.get(), &Demo::spotlight);
        QTest::mouseClick(demoPanel->playButton(), Qt::LeftButton); // one click does it all
        QVERIFY(finished.wait(60000));
        QVERIFY2(finished.first().first().toBool(), qPrintable(missing(m_demo->player()).join(u'\n')));
        QVERIFY(m_demo->player().isComplete());
        QCOMPARE(spotlight.count(), 1);

        Timestamp before;
        for (const DemoStep &step : m_demo->player().steps()) {
            QVERIFY(!step.actual.isEmpty());
            QVERIFY(step.at >= before);
            before = step.at;
        }
        QVERIFY(demoPanel->actualText(int(DemoChapter::WakeUp)).contains(QStringLiteral("Signed SIR")));
        QVERIFY(demoPanel->actualText(int(DemoChapter::Delivered)).contains(QStringLiteral("1 time")));

        // and once more, from the start
        QTest::mouseClick(demoPanel->resetButton(), Qt::LeftButton);
        QCOMPARE(m_demo->player().steps().first().state, DemoStep::State::Ahead);
        QTest::mouseClick(demoPanel->playButton(), Qt::LeftButton);
        QVERIFY(finished.wait(60000));
        QVERIFY2(m_demo->player().isComplete(), qPrintable(missing(m_demo->player()).join(u'\n')));
    }

    void isResetInTheMiddleOfTheStory()
    {
        QVERIFY(m_server->start(demoConfig(Config::defaults())));
        m_demo->play();
        DemoPlayer &player = m_demo->player();
        QTRY_COMPARE_WITH_TIMEOUT(player.steps().at(1).state, DemoStep::State::Current, 20000);
        m_demo->reset();
        QVERIFY(!player.isPlaying());
        for (const DemoStep &step : player.steps())
            QCOMPARE(step.state, DemoStep::State::Ahead);
        QSignalSpy finished(m_demo.get(), &Demo::finished);
        m_demo->play();
        QVERIFY(finished.wait(60000));
        QVERIFY2(player.isComplete(), qPrintable(missing(player).join(u'\n')));
    }

    void ticksNothingThatDidNotHappen()
    {
        QVERIFY(m_server->start(demoConfig(Config::defaults())));
        DemoPlayer &player = m_demo->player();
        player.setPatience(Milliseconds(300)); // less than the server needs to notice the silence
        QSignalSpy finished(m_demo.get(), &Demo::finished);
        m_demo->play();
        QVERIFY(finished.wait(30000));
        QVERIFY(!finished.first().first().toBool());
        QCOMPARE(player.steps().at(1).state, DemoStep::State::Missed);
        QCOMPARE(player.steps().at(2).state, DemoStep::State::Ahead);
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
