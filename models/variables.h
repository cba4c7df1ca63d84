// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/msisdn.h"
#include "domain/publicuserid.h"
#include "domain/timestamp.h"

#include <QMap>
#include <QString>
#include <QStringList>

namespace reveille {

/// What variables stand for, by name.
using VariableValues = QMap<QString, QString>;

/// Variables in texts: {{name}}, a letter and up to 31 letters, digits or underlines, spaces within the braces allowed.
/// Everything else in braces is text. Values are put in as they are: what looks like a variable in one is none. Any thread.
namespace Variables {

QStringList in(const QString &text); ///< names, each once, in order
bool isName(const QString &text);
/// Variables without a value stay as they stand.
QString filled(const QString &text, const VariableValues &values);

/// Those that need nobody to fill them in: user, device, number (of what is selected; not there where nothing is), time
/// (ISO 8601, UTC), counter, uuid (another each time).
QStringList builtIns();
VariableValues builtInValues(const PublicUserId &user, const DeviceId &device, const Msisdn &number, Timestamp now, qint64 counter);

} // namespace Variables
} // namespace reveille
