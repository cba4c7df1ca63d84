// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenario.h"
#include "client/scenario/scenariofields.h"

namespace reveille {

/// What the parts of the reader share; only for the files of this folder.

/// The names that are given so far.
struct ScenarioNames {
    const Scenario &scenario;
    QStringList pushes;
    QStringList wakes;
    QStringList faults;
    bool foreign = false;                     ///< devices are those of a server: any identity is a name
    bool isDevice(const QString &name) const; ///< one device, or several by their common name
    bool isTaken(const QString &name) const;  ///< by anything that steps speak of
    bool isSimulator(const QString &name) const;
    QStringList devices() const;
    QStringList simulators() const;
    QStringList sources() const; ///< of events: devices, simulators, and the server
};

/// The name of the device, or of one of several.
bool isDeviceMember(const ScenarioDevice &device, const QString &name);

ScenarioDevice readDevice(const QString &name, const YamlNode &node, const Scenario &scenario,
                          ScenarioFault &fault);
/// Adds the names it gives.
ScenarioAction readAction(const YamlNode &node, ScenarioNames &names, ScenarioFault &fault);
ScenarioExpectation readExpectation(const YamlNode &node, const ScenarioNames &names, ScenarioFault &fault);

/// A word that can be a name: a letter, then letters, digits, - and _; 40 characters at most.
bool isScenarioName(const QString &text);
void failUnknownName(const QString &name, int line, const QStringList &known, ScenarioFault &fault);

} // namespace reveille
