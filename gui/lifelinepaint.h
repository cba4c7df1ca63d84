// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/devicehistory.h"

#include <QRectF>

class QPainter;
class QPalette;

namespace reveille::lifeline {

/// How bands and marks of a lifeline look, for the strip and its legend. Vector only, GUI thread.

/// A state in a lane: up fills it, the worse the lower; every state and loss has a pattern of its own beside its colour.
void paintBand(QPainter *painter, const QRectF &lane, LivenessState state, LossReason reason, const QPalette &palette);
/// The part of the lane where nothing is known.
void paintUnknown(QPainter *painter, const QRectF &lane, const QPalette &palette);
/// Address change, lost probe, missed push or wake, in a box; nothing for the others.
void paintMark(QPainter *painter, const QRectF &box, HistoryMark::Kind kind, const QPalette &palette);
/// How tall a tick for so many packets is, of a lane of this height.
double tickHeight(int packets, double lane);

} // namespace reveille::lifeline
