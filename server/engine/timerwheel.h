// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock.h"

#include <QObject>
#include <QTimer>

#include <array>
#include <unordered_map>
#include <vector>

namespace reveille {

/// Hierarchical timer wheel (Varghese and Lauck): four levels of 256 slots of 10 ms, 2.56 s, 11 min and 46 h, so that a
/// million timers cost memory only. One QTimer drives it, armed for the next occupied slot. Server thread.
class TimerWheel : public QObject, public Timers
{
    Q_OBJECT
public:
    explicit TimerWheel(const Clock &clock, QObject *parent = nullptr);
    ~TimerWheel() override;

    TimerId start(Milliseconds delay, std::function<void()> action) override;
    void cancel(TimerId &timer) override;

    /// Fires what is due by the clock. Called by the driving QTimer; tests call it.
    void run();
    size_t pending() const { return m_timers.size(); }

    static constexpr Milliseconds tick{10};

private:
    static constexpr int levels = 4;
    static constexpr int slotBits = 8;
    static constexpr int slotCount = 1 << slotBits;

    struct Timer {
        qint64 due;       ///< in ticks
        int level;
        int slot;
        size_t position;  ///< within the slot
        std::function<void()> action;
    };
    using Slot = std::vector<TimerId>;

    qint64 ticksNow() const;
    void place(TimerId id, Timer &timer);
    void unplace(const Timer &timer);
    void cascade(int level);
    void arm();
    qint64 nextOccupied() const;

    const Clock &m_clock;
    QTimer m_driver;
    qint64 m_current; ///< the next tick to be run
    TimerId m_last = 0;
    bool m_running = false;
    std::array<std::array<Slot, slotCount>, levels> m_wheel;
    std::unordered_map<TimerId, Timer> m_timers;
};

} // namespace reveille
