// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <functional>

namespace reveille {

/// What time it is. Injected everywhere, so that tests run hours in milliseconds. Server thread.
class Clock
{
public:
    virtual ~Clock() = default;
    /// UTC, for what happens here: order, ages, deadlines. Never runs backwards within one life of the server, nor does it jump.
    virtual Timestamp now() const = 0;
    virtual Milliseconds monotonic() const = 0;  ///< since an arbitrary start; goes on while the machine sleeps
    /// UTC as the system has it this moment, for times that others set or read: not before, quiet hours, signatures. Jumps in
    /// both directions when somebody sets the clock.
    virtual Timestamp wall() const { return now(); }
};

/// The system's clocks. now() begins as the wall time and is carried on by the steady one, so that a jump of the system clock
/// changes no order of events and fires no timer; it then nears the new wall time by a tenth of the time that passes.
/// Forward by more than a day it follows at once: such a clock had never been set. Writes a line where it sees a jump.
class SystemClock : public Clock
{
public:
    struct Source {
        std::function<Timestamp()> wall;
        std::function<Milliseconds()> steady;
    };
    static constexpr Milliseconds interval{1000};              ///< between two looks at the wall time
    static constexpr Milliseconds farthest{24 * 3600 * 1000};  ///< forward, that is made up for bit by bit

    SystemClock();
    explicit SystemClock(Source source);
    Timestamp now() const override;
    Milliseconds monotonic() const override;
    Timestamp wall() const override;

private:
    void follow(Milliseconds steady) const;

    Source m_source;
    mutable Timestamp m_base;         ///< at m_steadyBase
    mutable Milliseconds m_steadyBase;
    mutable Timestamp m_latest;       ///< that now() gave
    mutable Milliseconds m_behind{0}; ///< the wall time, of ours, at the last look
};

using TimerId = quint64; ///< 0 = none

/// One-shot timers on the injected clock. Cheap to start and cancel (both O(1)), resolution 10 ms. Server thread.
class Timers
{
public:
    virtual ~Timers() = default;
    /// Calls `action` once, `delay` from now; never from within start().
    virtual TimerId start(Milliseconds delay, std::function<void()> action) = 0;
    /// Harmless for 0 and for a timer that has fired. Sets `timer` to 0.
    virtual void cancel(TimerId &timer) = 0;
};

} // namespace reveille
