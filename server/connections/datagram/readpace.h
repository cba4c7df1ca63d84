// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

namespace reveille {

/// How a socket that many peers send to is read: woken for whatever comes, or by the clock, where being woken for each
/// datagram would cost more than handling it. By the clock a datagram waits for at most `longest`; that is only done
/// while `busy` reads a second are needed otherwise. Judged over whole windows, so that a burst changes nothing. The
/// clock is left after `quietWindows` with fewer than `quiet` datagrams a second, and then not taken up again within
/// `rest`: a peer that waits for each answer before it sends on comes to fewer because of the clock. One thread at a
/// time.
class ReadPace
{
public:
    static constexpr Milliseconds window{100}; ///< at least so long, and until the next read
    static constexpr int busy = 2500;          ///< reads a second
    static constexpr int quiet = 1000;         ///< datagrams a second
    static constexpr int quietWindows = 2;
    static constexpr Milliseconds rest{5000};
    static constexpr Milliseconds shortest{1}, longest{4}; ///< of the interval
    static constexpr int wanted = 40;          ///< datagrams an interval

    /// Notes a read, on being woken or after the interval, that found so many.
    void read(int datagrams, Milliseconds now);
    /// Until the next read; 0 = whenever something comes.
    Milliseconds interval() const { return m_interval; }

private:
    Milliseconds m_interval{0};
    Milliseconds m_begun{0};     ///< of this window
    Milliseconds m_restUntil{0};
    int m_reads = 0, m_datagrams = 0;
    int m_quiet = 0;             ///< windows in a row
};

} // namespace reveille
