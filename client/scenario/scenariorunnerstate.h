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
    bool lookAt(int index, Milliseconds since);
    void pass();
    void fail(const QString &code, const QString &about);
    void end(ScenarioReport::Verdict verdict);
    void putAway();
    void finish();
    void breakOff(const Error &error);
    QStringList evidence() const;
    void armDeadline();
    void watchMetrics();

    const ScenarioStep &step() const { return scenario.steps.at(current); }
    ScenarioStepReport &stepReport() { return report.steps[current]; }
    ScenarioScene scene() const { return {facts, stage, actor.ids(), since, {}}; }
    Milliseconds withinOf(int expectation) const
    {
        return step().expectations.at(expectation).within.value_or(step().within);
    }

    ScenarioRunner *q;
    Scenario scenario;
    ScenarioServer &server;
    ScenarioReport report;
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
    QMetaObject::Connection untilReady;
};

} // namespace reveille
