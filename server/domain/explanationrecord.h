// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/explanation.h"
#include "domain/push.h"

#include <optional>

namespace reveille {

/// Why devices were chosen or not, as one line for the journal, which outlasts the push in memory. A device with its path and
/// what is not as usual on it: "urn:uuid:… wake wake-allowed+on_push; urn:uuid:… none subscribed-". Behind a question + is yes,
/// - is no, ~ is not asked; then what was found, percent-encoded, and behind @ the setting, where neither follows from the push.
/// "-" where the user has no device. Checks that selectDevices() does not make are left out. Any thread.
QString explanationRecord(const Explanation &explanation, const Push &push);

/// The explanation of the same push again. Where there were more devices than a record holds, it is not complete. Empty where the
/// line is none of ours.
std::optional<Explanation> explanationFromRecord(QStringView record, const Push &push);

inline constexpr qsizetype mostRecordedDevices = 16;

} // namespace reveille
