// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace reveille {

/// "p-" or the like and 20 letters and digits (100 random bits): cannot be guessed, sorts by nothing. Any thread.
QString makeId(char prefix);

} // namespace reveille
