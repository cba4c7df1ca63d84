// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <functional>

class QMenu;

namespace reveille {

/// An entry for every bearer to repeat the wake-up over, or to move it to while it is under way; those that cannot reach
/// the device are disabled with the reason. `chosen` is called with the bearer's name. The menu is emptied first.
void fillRepeatMenu(GuiContext &context, QMenu *menu, const WakeUp &wake, std::function<void(const QString &bearer)> chosen);

} // namespace reveille
