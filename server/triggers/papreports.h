// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "triggers/papterms.h"

#include <functional>

namespace reveille {

/// Answers about the pushes of one submission, an address of each recipient at a time (PAP 2.0 sections 9.4 and 9.8). Those that
/// were refused when the rest was accepted are recipients too. Without an address all are meant; with `pushes` empty there is no
/// such submission (2004). Any thread.
PapCancelResponse papCancelled(const PapCancelMessage &message, const QVector<Push> &pushes,
                               const std::function<bool(const PushId &)> &cancel);
/// `why`: what is still known of a push that no device was chosen for.
PapStatusQueryResponse papStatusOf(const PapStatusQuery &message, const QVector<Push> &pushes,
                                   const std::function<std::optional<Explanation>(const PushId &)> &why);

} // namespace reveille
