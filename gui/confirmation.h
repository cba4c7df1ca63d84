// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>
#include <QString>
#include <QWidget>

namespace reveille {

/// Asks before something that reaches the network or destroys data; "do not ask again" is kept under `key`. The safe
/// button is the default; `leaveIt` is on it where Cancel could be taken for what is asked. GUI thread.
bool confirm(QWidget *parent, QSettings &settings, const QString &key, const QString &question, const QString &consequence,
             const QString &doIt, const QString &leaveIt = {});

} // namespace reveille
