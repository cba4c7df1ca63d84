// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/codetable.h"

namespace reveille {

/// Errors of the bearers that hand a wake-up to somebody else's carrier, with words for them. Any thread.
std::span<const CodeText> carrierErrors(); ///< %1: what it is about

} // namespace reveille
