// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/devicehistory.h"
#include "domain/journalentry.h"

namespace reveille {

/// The marks that rows of the journal about one device's connections stand for, oldest first, those before `until`. States
/// are those of the best of its paths. `rows` newest first, as the journal is read. Pure.
QVector<HistoryMark> historyFromJournal(const QVector<JournalEntry> &rows, Timestamp until);

} // namespace reveille
