// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/liveness.h"
#include "domain/push.h"
#include "domain/wakeup.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QString>

class QApplication;
class QPalette;

namespace reveille {

/// Looks: Fusion with our own palette, light and dark, one accent, colours of states with a contrast of at least 4.5:1
/// against both row backgrounds. GUI thread.
namespace theme {

enum class Choice { System, Light, Dark };
Choice choiceFromText(const QString &text); ///< "light", "dark", anything else: System
QString toText(Choice choice);

/// Sets style, palette and font of the whole program; `scale` is the presenter size, 1.0 = normal.
void apply(QApplication &application, Choice choice, double scale);
bool isDark(const QPalette &palette);

/// What a mark is painted as.
enum class Tone : quint8 { Good, Doubt, Bad, Busy, Quiet, Neutral };
QColor toneColor(Tone tone, const QPalette &palette);
Tone toneOf(LivenessState state, bool known = true);
Tone toneOf(PushState state);
Tone toneOf(WakeState state);

/// A symbolic icon of resources/icons in the text colour of the palette.
QIcon icon(const QString &name);
QFont monospace();
constexpr int grid = 8;      ///< pixels
constexpr int rowHeight = 24;

} // namespace theme
} // namespace reveille
