// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

namespace reveille {

/// "r-" or the like and 20 letters and digits (100 random bits): cannot be guessed, sorts by nothing. Any thread.
QString makeId(char prefix);

/// Ids of the same form that sort in the order they were made in, so that rows which come together lie together in every
/// index: ten letters of time (32 of them in a millisecond), ten random ones (50 bits). Where the clock stands still or goes
/// back they go on rising, ahead of it. One thread.
class RisingIds
{
public:
    QString next(char prefix, Timestamp now);
    /// The ids to come rise above this one, which an earlier run has made, wherever the clock has been put since. One that is
    /// years ahead, or no such id, is taken for damage and changes nothing.
    void continueAfter(const QString &id, Timestamp now);

private:
    quint64 m_last = 0;
};

} // namespace reveille
