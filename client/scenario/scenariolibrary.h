// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace reveille {

/// The scenarios that come with the program: those built into it, and those of its data folders
/// (share/reveille/scenarios), which win. Blocks; any thread.

/// Their names, as "pinhole-closes", sorted.
QStringList shippedScenarios();
/// The file of one, perhaps a resource (":/…"); empty where there is none.
QString shippedScenarioPath(const QString &name);
/// What people wrote: a file if there is one, else the shipped scenario of that name; empty where there is
/// neither.
QString scenarioPath(const QString &fileOrName);

} // namespace reveille
