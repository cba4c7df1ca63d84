// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioactor.h"
#include "client/scenario/scenariocheck.h"
#include "client/scenario/scenariorunner.h"

#include <QElapsedTimer>
#include <QTimer>

namespace reveille {

/// What stands behind a ScenarioRunner. Not for anybody else.
struct ScenarioRunner::State {
    State(ScenarioRunner *owner, Scenario given, ScenarioServer &used)
        : q(owner)
        , scenario(std::move(given))
        , server(used)
        , report(ScenarioReport::ahead(scenario))
        , marks(scenario.steps.size())
        , stage(scenario)
        , feed(api, facts)
        , actor(scenario, server, stage, api, feed)
    {
    }

    void begin();
    void setUp();
    void askAddresses();
    void enter(int index);
    void act(int action);
    void expect();
    void look();
    enum class Look : quint8 { Open, Met, Held, Missed }; ///< Held: so, as long as no more comes
    Look lookAt(int index, Milliseconds waited);
    void settle(bool allMet, Milliseconds waited);
    void conclude(int index, ScenarioExpectationReport::State state);
    void bound(Milliseconds time);
    void finishSteps();
    void pass();
    void fail(const QString &code, const QString &about);
    void end(ScenarioReport::Verdict verdict);
    void putAway();
    void giveUpPhase();
    void finish();
    void breakOff(const Error &error);
    QStringList evidence() const;
    void armDeadline(Milliseconds waited);
    void watchMetrics();

    const ScenarioStep &step() const { return scenario.steps.at(current); }
    ScenarioStepReport &stepReport() { return report.steps[current]; }
    ScenarioScene scene() const { return {facts, stage, actor.ids(), since, {}, actor.addresses()}; }
    Milliseconds withinOf(int expectation) const
    {
        return step().expectations.at(expectation).within.value_or(step().within);
    }

    ScenarioRunner *q;
    Scenario scenario;
    ScenarioServer &server;
    ScenarioReport report;
    QVector<ScenarioMark> marks; ///< of each step: where what happens begins to count
    ScenarioFacts facts;
    ScenarioStage stage;
    ScenarioApi api;
    ScenarioFeed feed;
    ScenarioActor actor;

    int current = -1;
    bool expecting = false; ///< the step has done what it does
    bool isUp = false;      ///< the server was ready once
    bool ending = false;
    bool over = false;
    bool holding = false;  ///< steps that pass are to be held
    bool isHeld = false;   ///< one is
    bool standing = false; ///< to be left as it is when it is over
    Milliseconds pace{0};
    Milliseconds limit{0};
    ScenarioMark since;
    QElapsedTimer total;
    QElapsedTimer stepClock; ///< since the step began
    QElapsedTimer waitClock; ///< since it has done what it does
    QTimer looking;
    QTimer deadline;
    QTimer limiter;
    QTimer pacing;
    QTimer phase;    ///< of setting up, and of an action
    QTimer farewell; ///< of putting away
    bool settling = false;
    Milliseconds settledAt{0}; ///< on waitClock
    QMetaObject::Connection untilReady;
};

} // namespace reveille
