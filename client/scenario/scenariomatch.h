// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace reveille {

/// Whether what is found is what a scenario wants. Pure, any thread.
///
/// What is wanted is a value, which is compared as text ("2" and 2 are the same), or an object of
/// conditions that all have to hold: at_least, at_most (numbers), not, contains, matches (a regular
/// expression), one_of (a list). null: it is not there, or empty. A list that is found counts its items where
/// a number is wanted.
bool scenarioMatches(const QJsonValue &wanted, const QJsonValue &found);

/// Every path of `wanted` in `found`; a path is "liveness.state", "attempts.0.bearer", "attempts.-1.bearer"
/// (the last).
bool scenarioMatchesAll(const QJsonObject &wanted, const QJsonValue &found);

QJsonValue valueAtPath(const QJsonValue &value, const QString &path);

/// "state: lost, reason: pinhole_closed": what stands at the paths of `wanted`.
QString scenarioFoundText(const QJsonObject &wanted, const QJsonValue &found);
QString scenarioValueText(const QJsonValue &value);

/// What is wrong with conditions as they are written, however deep; empty: nothing. Words: "condition",
/// "regular expression", "number", "text", "list": what should stand there.
QString conditionFault(const QJsonValue &wanted);

const QStringList &scenarioConditions();

} // namespace reveille
