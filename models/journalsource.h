// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "models/journalfilter.h"

#include <QVector>

#include <functional>

namespace reveille {

/// Where older rows of the journal come from. Called on the GUI thread, answers there, later or at once.
class JournalSource
{
public:
    struct Page {
        QVector<JournalEntry> entries; ///< newest first
        bool atEnd = false;            ///< there is nothing older that the filter takes
    };
    using Answer = std::function<void(Result<Page>)>;

    virtual ~JournalSource() = default;
    /// At most `limit` rows the filter takes with an id below `before` (not set: the newest) and above `above` (not set: all).
    /// A new read() takes the place of one that is not answered yet: that answer may never come.
    virtual void read(const JournalFilter &filter, JournalId before, JournalId above, int limit, Answer answer) = 0;
    /// Nobody waits for the answer any more.
    virtual void cancel() = 0;
};

} // namespace reveille
