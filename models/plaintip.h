// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace reveille {

/// What a peer or a person wrote, as a tool tip: never taken for markup, and cut where it is long. Any thread.
QString plainTip(const QString &text);

} // namespace reveille
