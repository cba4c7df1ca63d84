// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "engine/backoff.h"
#include "engine/clock.h"

#include <QHash>

#include <deque>
#include <functional>

namespace reveille {

/// Devices for which pushes wait because no wake-up could start: no bearer carries any of their routes now. Each has its turn
/// again once that may have changed, and by itself too, with growing pauses; a few in each turn of the event loop, so that
/// very many do not stop everything else. Server thread.
class WakeLine
{
public:
    enum class Reason : quint8 {
        NoRoute,    ///< none that a bearer carries now; also tried by itself
        BearerDown, ///< one was tried in vain, and the bearer of another is not there; tried once it is
    };
    static constexpr int perTurn = 200; ///< pushes looked at
    static constexpr Milliseconds turn{10};
    static constexpr Milliseconds firstPause{30000};
    static constexpr Milliseconds longestPause{3600 * 1000};

    /// `takeUp` tries once more and says how many pushes that concerned; it may add() the device again.
    WakeLine(Timers &timers, std::function<int(const DeviceId &)> takeUp);
    ~WakeLine();

    void add(const DeviceId &device, Reason reason);
    void remove(const DeviceId &device);
    void recall(); ///< there may be a way now

private:
    struct Entry {
        Reason reason = Reason::NoRoute;
        Backoff pauses{firstPause, longestPause};
        TimerId timer = 0;
        bool isDue = false;   ///< stands in m_due
        bool isTaken = true;  ///< being tried, or not added yet
    };
    void makeDue(const DeviceId &device, Entry &entry);
    int take(const DeviceId &device);
    void run();

    Timers &m_timers;
    std::function<int(const DeviceId &)> m_takeUp;
    QHash<DeviceId, Entry> m_entries;
    std::deque<DeviceId> m_due;
    TimerId m_timer = 0;
};

} // namespace reveille
