// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QVector>
#include <QWidget>

namespace reveille {

/// The pages of the help menu. Each opens a window of its own that does not block. GUI thread.
void showHelp(QWidget *parent);
void showShortcuts(QWidget *parent, const QVector<QAction *> &actions);
void showAbout(QWidget *parent);

} // namespace reveille
