// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioerror.h"
#include "client/scenario/scenarioreport.h"

namespace reveille {

/// What reveillectl says of scenarios. Pure, any thread.

/// "FILE:12: there is no key "tilte"; is "title" meant?"
QString scenarioSentence(const ScenarioError &error, const QString &file);
/// Why a scenario could not be played, or a step could not do what it does.
QString scenarioProblem(const QString &code, const QString &about);

/// The title, and below it the lines of its steps as they end.
QString scenarioHead(const ScenarioReport &report, const QString &language);
QString scenarioStepText(const ScenarioReport &report, int step, const QString &language);
/// How it ended.
QString scenarioEnd(const ScenarioReport &report, const QString &language);

} // namespace reveille
