// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/codewords.h"
#include "domain/explanation.h"

namespace reveille {

/// What an explanation says, in one place: REST and reveillectl give the English text as it is, the console its translation. Any
/// thread.
namespace explanationtext {

QString question(const char *code, Translate translate = nullptr);      ///< "Is it connected?"; the code where it is none of ours
QString setting(const char *key, Translate translate = nullptr);        ///< "the time to live of the push"
QString check(const Check &check, Translate translate = nullptr);       ///< "Is the content small enough for it? no (1400)"
QString fault(const QString &value, Translate translate = nullptr);     ///< value of a check "fault-injected": "dropped, f-1"
/// Whether and how the device gets it: "Does not get it. Is it connected? no. To change it: when the push is to be sent."
QString verdict(const DeviceExplanation &device, Translate translate = nullptr);

QStringList questionCodes();
QStringList settingCodes();

} // namespace explanationtext

} // namespace reveille
