// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenario/scenarioplayer.h"

#include "client/scenario/scenariorunner.h"
#include "gui/scenario/consoleserver.h"

#include <QTimer>

#include <memory>
#include <utility>

namespace reveille {

namespace {

constexpr int tellPause = 50; ///< milliseconds; so many changes of a step are told at once

} // namespace

/// Runner and server of the scenario, in their thread. What it tells goes to the player in the order of happening.
class ScenarioPlayer::Seat : public QObject
{
    Q_OBJECT
public:
    explicit Seat(ScenarioPlayer *player) : m_player(player)
    {
        m_telling.setParent(this); // moves along
        m_telling.setSingleShot(true);
        m_telling.setInterval(tellPause);
        connect(&m_telling, &QTimer::timeout, this, [this] { tellStep(m_step, false); });
    }

    void play(const Scenario &scenario, Milliseconds pace, bool holding)
    {
        m_clearing = false;
        m_over = false;
        m_server = std::make_unique<ConsoleServer>();
        connect(m_server.get(), &ConsoleServer::startWanted, this, &Seat::startWanted);
        connect(m_server.get(), &ConsoleServer::stopWanted, this, &Seat::stopWanted);
        m_runner = std::make_unique<ScenarioRunner>(scenario, *m_server);
        m_runner->setStanding(true);
        m_runner->setPace(pace);
        m_runner->setHolding(holding);
        connect(m_runner.get(), &ScenarioRunner::stepStarted, this, [this](int step) { tellStep(step, true); });
        connect(m_runner.get(), &ScenarioRunner::expectationChanged, this, [this](int step) {
            m_step = step;
            if (!m_telling.isActive())
                m_telling.start();
        });
        connect(m_runner.get(), &ScenarioRunner::stepPassed, this, [this](int step) { tellStep(step, false); });
        connect(m_runner.get(), &ScenarioRunner::stepFailed, this, [this](int step) { tellStep(step, false); });
        connect(m_runner.get(), &ScenarioRunner::held, this,
                [this] { tell([player = m_player] { player->takeHeld(); }); });
        connect(m_runner.get(), &ScenarioRunner::finished, this, &Seat::finish);
        connect(m_runner.get(), &ScenarioRunner::cleared, this, &Seat::leave, Qt::QueuedConnection);
        m_runner->start();
    }
    void stop()
    {
        if (m_runner)
            m_runner->stop();
    }
    void clear()
    {
        m_clearing = true;
        if (!m_runner)
            return leave();
        if (m_over)
            m_runner->putAway();
        else
            m_runner->stop();
    }
    ScenarioRunner *runner() const { return m_runner.get(); }
    ConsoleServer *server() const { return m_server.get(); }

Q_SIGNALS:
    void startWanted(const QStringList &settings);
    void stopWanted();

private:
    template <typename Then>
    void tell(Then then)
    {
        QMetaObject::invokeMethod(m_player, then, Qt::QueuedConnection);
    }
    void tellStep(int step, bool isNew)
    {
        m_telling.stop();
        if (m_runner)
            tell([player = m_player, step, isNew, report = m_runner->report().steps.value(step)] {
                player->takeStep(step, report, isNew);
            });
    }
    void finish(const ScenarioReport &report)
    {
        m_telling.stop();
        m_over = true;
        tell([player = m_player, report] { player->takeEnd(report); });
        if (m_clearing)
            m_runner->putAway();
    }
    void leave()
    {
        m_telling.stop();
        m_runner.reset();
        m_server.reset();
        tell([player = m_player] { player->takeCleared(); });
    }

    ScenarioPlayer *m_player;
    std::unique_ptr<ConsoleServer> m_server; ///< outlives the runner
    std::unique_ptr<ScenarioRunner> m_runner;
    QTimer m_telling;
    int m_step = 0;
    bool m_over = false;
    bool m_clearing = false;
};

ScenarioPlayer::ScenarioPlayer(ServerLoan &loan, QObject *parent) : QObject(parent), m_loan(loan), m_seat(new Seat(this))
{
    m_thread.setObjectName(QStringLiteral("scenario"));
    m_seat->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_seat, &QObject::deleteLater);
    connect(m_seat, &Seat::startWanted, &loan, &ServerLoan::start);
    connect(m_seat, &Seat::stopWanted, &loan, &ServerLoan::stop);
    connect(&loan, &ServerLoan::ready, m_seat, [seat = m_seat](const QUrl &operations, const QByteArray &token) {
        if (seat->server())
            seat->server()->takeReady(operations, token);
    });
    connect(&loan, &ServerLoan::ended, m_seat, [seat = m_seat] {
        if (seat->server())
            seat->server()->takeEnded();
    });
    connect(&loan, &ServerLoan::failed, m_seat, [seat = m_seat](const Error &error) {
        if (seat->server())
            seat->server()->takeFailure(error);
    });
    connect(&loan, &ServerLoan::givenBack, this, [this] {
        m_report = ScenarioReport::ahead(m_scenario);
        m_current = -1;
        Q_EMIT reportReplaced();
        setState(State::Idle);
    });
    m_thread.start();
}

ScenarioPlayer::~ScenarioPlayer()
{
    m_thread.quit();
    m_thread.wait();
}

void ScenarioPlayer::play(const Scenario &scenario, const QString &path)
{
    if (m_state == State::Idle)
        return begin(scenario, path);
    m_next = Wanted{scenario, path};
    clear();
}

void ScenarioPlayer::begin(const Scenario &scenario, const QString &path)
{
    m_scenario = scenario;
    m_path = path;
    m_report = ScenarioReport::ahead(scenario);
    m_current = -1;
    m_loan.renew();
    Q_EMIT reportReplaced();
    setState(State::Starting);
    QMetaObject::invokeMethod(m_seat, [seat = m_seat, scenario, pace = m_pace, holding = m_holding] {
        seat->play(scenario, pace, holding);
    });
}

void ScenarioPlayer::stop()
{
    if (m_state == State::Starting || m_state == State::Playing || m_state == State::Held)
        QMetaObject::invokeMethod(m_seat, [seat = m_seat] { seat->stop(); });
}

void ScenarioPlayer::reset()
{
    m_next.reset();
    if (m_state != State::Idle)
        clear();
}

void ScenarioPlayer::clear()
{
    if (m_state == State::Clearing)
        return;
    setState(State::Clearing);
    QMetaObject::invokeMethod(m_seat, [seat = m_seat] { seat->clear(); });
}

void ScenarioPlayer::setHolding(bool holding)
{
    m_holding = holding;
    QMetaObject::invokeMethod(m_seat, [seat = m_seat, holding] {
        if (seat->runner())
            seat->runner()->setHolding(holding);
    });
}

void ScenarioPlayer::proceed()
{
    QMetaObject::invokeMethod(m_seat, [seat = m_seat] {
        if (seat->runner())
            seat->runner()->proceed();
    });
}

void ScenarioPlayer::takeStep(int step, const ScenarioStepReport &report, bool isNew)
{
    m_report.steps[step] = report;
    if (isNew) {
        m_current = step;
        if (m_state != State::Clearing)
            setState(State::Playing);
        Q_EMIT stepStarted(step);
    }
    Q_EMIT stepChanged(step);
}

void ScenarioPlayer::takeHeld()
{
    if (m_state == State::Playing)
        setState(State::Held);
}

void ScenarioPlayer::takeEnd(const ScenarioReport &report)
{
    m_report = report;
    Q_EMIT reportReplaced();
    if (m_state != State::Clearing)
        setState(State::Over);
}

void ScenarioPlayer::takeCleared()
{
    const std::optional<Wanted> next = std::exchange(m_next, std::nullopt);
    if (next)
        begin(next->scenario, next->path);
    else
        m_loan.giveBack();
}

void ScenarioPlayer::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace reveille

#include "scenarioplayer.moc"
