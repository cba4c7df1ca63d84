// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenario.h"
#include "client/scenario/scenariofacts.h"
#include "client/scenario/scenariostage.h"

namespace reveille {

/// The ids of what a scenario names: of a push for each of several devices there are several.
struct ScenarioIds {
    QHash<QString, QStringList> of; ///< by name of push, wake-up or fault
};

/// What an expectation is judged by.
struct ScenarioScene {
    const ScenarioFacts &facts;
    const ScenarioStage &stage;
    const ScenarioIds &ids;
    ScenarioMark since;                      ///< of the last step that acts
    ScenarioMark start;                      ///< of the scenario
    const QMap<QString, QString> &addresses; ///< of the server
};

struct ScenarioFinding {
    /// Broken: what comes later cannot make it true any more.
    enum class State : quint8 { Open, Met, Broken };
    State state = State::Open;
    QString actual; ///< "state: lost, reason: pinhole_closed"; empty: nothing is there
};

/// Whether it is so now; of `never` whether the thing is (Met would be bad), of several for one of them.
/// Thread of the scene.
ScenarioFinding judge(const ScenarioExpectation &wanted, const ScenarioScene &scene);

/// More of what happens can break it: it is judged when all else is settled, and again at the end.
bool hasUpperBound(const ScenarioExpectation &wanted);

/// The devices, by identity, and the names whose events tell about an expectation.
QStringList devicesOf(const ScenarioExpectation &wanted, const ScenarioScene &scene);
QStringList namesOf(const ScenarioExpectation &wanted, const ScenarioScene &scene);

} // namespace reveille
