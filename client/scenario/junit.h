// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioreport.h"

namespace reveille {

/// The reports as JUnit XML, as CI servers read it: a test suite for each scenario, a test case for each
/// step; a step that was not reached is skipped, what could not be played is an error. Characters that XML
/// does not know are left out. Pure, any thread.
QByteArray junitOf(const QVector<ScenarioReport> &reports, const QString &language);

} // namespace reveille
