// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/devicehistory.h"
#include "domain/journalentry.h"

#include <QVector>

namespace reveille {

/// A stretch of a device's life in one state. `until` not set: it still holds.
struct LifelineBand {
    Timestamp from;
    Timestamp until;
    LivenessState state = LivenessState::Lost;
    LossReason reason = LossReason::None;
    QString subject; ///< what showed it
    friend bool operator==(const LifelineBand &, const LifelineBand &) = default;
};

/// A stretch of pixels in one state; `until` is exclusive.
struct LifelineSegment {
    int from = 0, until = 0;
    LivenessState state = LivenessState::Lost;
    LossReason reason = LossReason::None;
    friend bool operator==(const LifelineSegment &, const LifelineSegment &) = default;
};

/// What falls into one pixel.
struct LifelineBin {
    int in = 0, out = 0;   ///< packets
    quint8 kinds = 0;      ///< a bit per HistoryMark::Kind
    bool has(HistoryMark::Kind kind) const { return (kinds & (1U << unsigned(kind))) != 0; }
    friend bool operator==(const LifelineBin &, const LifelineBin &) = default;
};

// Pure functions over marks in rising order; any thread.

/// Marks that say the same within a second are one (the greater count holds), and a State that holds already is none.
/// `keep` is the most there may be; the oldest go.
QVector<HistoryMark> mergedMarks(QVector<HistoryMark> marks, int keep);
QVector<LifelineBand> bandsOf(const QVector<HistoryMark> &marks);
/// `width` pixels from `from` to before `until`. Where several bands share a pixel the worst is seen, so that a short
/// loss does not vanish in a long view. Nothing lies beyond `now`.
QVector<LifelineSegment> segmentsOf(const QVector<LifelineBand> &bands, Timestamp from, Timestamp until, Timestamp now,
                                    int width);
QVector<LifelineBin> binsOf(const QVector<HistoryMark> &marks, Timestamp from, Timestamp until, int width);

/// What rows of the journal (rising) tell of a device's life: states of its best path, and what happened.
QVector<HistoryMark> marksOfJournal(const QVector<JournalEntry> &rows);

/// A round step for an axis on which labels stand at least `atLeast` apart.
Milliseconds axisStep(Milliseconds atLeast);
/// Multiples of the step, in a zone `offset` ahead of UTC.
QVector<Timestamp> axisTimes(Timestamp from, Timestamp until, Milliseconds step, Milliseconds offset);

} // namespace reveille
