// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenario.h"
#include "client/scenario/scenarioerror.h"

#include <QByteArrayView>

namespace reveille {

/// Values given from outside the file, instead of those in it.
using ScenarioValues = QMap<QString, QString>;

/// Reads what docs/scenarios.md describes, strictly and within the bounds of Scenario. `name` becomes the
/// scenario's. Errors: all but scenario-file of scenarioerror.h. Pure, any thread.
ScenarioResult<Scenario> readScenario(QByteArrayView octets, const QString &name,
                                      const ScenarioValues &values = {});

/// The same from a file, or from a resource (":/…"). Blocks. Error scenario-file.
ScenarioResult<Scenario> readScenarioFile(const QString &path, const ScenarioValues &values = {});

/// One step with these expectations, for a server that runs: "device: urn:uuid:…, state: up". Devices are
/// named by their identities, pushes and wake-ups by their ids. In an error the number of the expectation
/// stands for the line.
ScenarioResult<Scenario> readExpectations(const QStringList &texts,
                                          Milliseconds within = Scenario::usualTime);

} // namespace reveille
