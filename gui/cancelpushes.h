// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <functional>

namespace reveille {

/// Cancelling one push or several, wherever they are chosen. GUI thread.

/// Asks first, naming the one push or counting them, and saying whom it concerns.
bool confirmCancel(QWidget *parent, QSettings &settings, const QVector<ListedPush> &pushes);
/// `told` gets what came of all of them, as a sentence, unless `context` has gone.
void cancelPushes(QObject *context, ServerHost &host, const QVector<PushId> &pushes, std::function<void(const QString &)> told);

} // namespace reveille
