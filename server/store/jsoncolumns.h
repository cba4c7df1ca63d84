// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/learnednetwork.h"
#include "domain/returned.h"
#include "domain/timestamp.h"
#include "domain/wakeroute.h"
#include "domain/wakeup.h"

#include <QStringList>
#include <QVector>

#include <optional>

namespace reveille {

class SqlRow;

/// Lists that nobody searches, as compact JSON in one text column. Reading refuses the column where it is not
/// what was written. Any thread.
using TextPairs = QVector<std::pair<QString, QString>>;

QString toJson(const QStringList &texts);
QString toJson(const QVector<DeviceId> &devices);
QString toJson(const QVector<WakeRoute> &routes);
QString toJson(const QVector<WakeAttempt> &attempts);
QString checksToJson(const QVector<Check> &checks);
QString toJson(const QVector<Timestamp> &times);
QString toJson(const QVector<Returned> &returned);
QString toJson(const TextPairs &pairs);
QString toJson(const QVector<PinholeSample> &samples);

QStringList textsFrom(SqlRow &row);
QVector<DeviceId> devicesFrom(SqlRow &row);
QVector<WakeRoute> routesFrom(SqlRow &row);
QVector<WakeAttempt> attemptsFrom(SqlRow &row);
QVector<Check> checksFrom(SqlRow &row);
QVector<Timestamp> timesFrom(SqlRow &row);
QVector<Returned> returnedFrom(SqlRow &row);
TextPairs pairsFrom(SqlRow &row);
QVector<PinholeSample> samplesFrom(SqlRow &row);

} // namespace reveille
