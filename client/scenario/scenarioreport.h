// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenario.h"

#include <QMetaType>

namespace reveille {

/// What became of one expectation.
struct ScenarioExpectationReport {
    enum class State : quint8 { Ahead, Open, Met, Missed };
    State state = State::Ahead;
    QString expected;      ///< as it is written
    QString actual;        ///< what is there, or was when it was settled; empty: nothing yet
    Milliseconds after{0}; ///< from the beginning of the step until it was settled
    friend bool operator==(const ScenarioExpectationReport &, const ScenarioExpectationReport &) = default;
};

/// What became of one step.
struct ScenarioStepReport {
    enum class State : quint8 { Ahead, Current, Passed, Failed, Stopped };
    State state = State::Ahead;
    ScenarioText title;
    int line = 0;         ///< in the file
    bool leftOut = false; ///< what it does was left out on purpose
    QStringList actions;  ///< as they are written
    QVector<ScenarioExpectationReport> expectations;
    /// Why an action could not be done: a code (scenarioactor.h), action-timeout or scenario-limit
    /// (milliseconds), and what it is about; empty: all were.
    QString code;
    QString about;
    QStringList evidence; ///< of a failed step: the last that happened to what it is about
    Timestamp began;
    Milliseconds took{0};
    friend bool operator==(const ScenarioStepReport &, const ScenarioStepReport &) = default;
};

/// What became of a scenario. Value, any thread.
struct ScenarioReport {
    enum class Verdict : quint8 {
        Running,
        Passed,
        Failed,  ///< a step
        Stopped, ///< by whoever ran it
        Broken,  ///< it could not be played: server, ports, setting up
    };
    QString name;
    ScenarioText title;
    Verdict verdict = Verdict::Running;
    QString
        code; ///< why it is Broken: of scenarioserver.h or scenarioactor.h, or setup-timeout (milliseconds)
    QString about;
    QVector<ScenarioStepReport> steps;
    Timestamp began;
    Milliseconds took{0};
    QString serverLog; ///< the end of it, where it did not pass

    /// Before it begins: every step is ahead.
    static ScenarioReport ahead(const Scenario &scenario);
    /// Index of the step that was current when it ended without passing; -1: none.
    int endedAt() const;
    friend bool operator==(const ScenarioReport &, const ScenarioReport &) = default;
};

const char *toText(ScenarioReport::Verdict verdict);        ///< "passed" …
const char *toText(ScenarioStepReport::State state);        ///< "passed" …
const char *toText(ScenarioExpectationReport::State state); ///< "met" …
/// Snake case, times in milliseconds; titles in that language.
QJsonObject toJson(const ScenarioReport &report, const QString &language);

} // namespace reveille

Q_DECLARE_METATYPE(reveille::ScenarioReport)
