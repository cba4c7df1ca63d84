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
    virtual Timestamp now() const = 0;           ///< UTC; never runs backwards within one life of the server
    virtual Milliseconds monotonic() const = 0;  ///< since an arbitrary start
};

/// Wall time read once at construction and carried on by the steady clock, so that a jump of the system clock
/// changes no order of events and fires no timer.
class SystemClock : public Clock
{
public:
    SystemClock();
    Timestamp now() const override;
    Milliseconds monotonic() const override;

private:
    Timestamp m_base;
    Milliseconds m_steadyBase;
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
