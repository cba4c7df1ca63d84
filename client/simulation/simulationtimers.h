// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <optional>
#include <unordered_map>

namespace reveille {

/// What time it is for a simulation. Injected, so that tests run hours in milliseconds. Thread of the
/// simulation.
class SimulationClock {
public:
    virtual ~SimulationClock() = default;
    virtual Timestamp now() const = 0;          ///< UTC
    virtual Milliseconds monotonic() const = 0; ///< since an arbitrary start
};

/// The machine's time.
class MachineClock : public SimulationClock {
public:
    Timestamp now() const override;
    Milliseconds monotonic() const override;
};

/// One-shot timers on the injected clock; one QTimer drives them all. What is due at the same moment comes in
/// the order of starting. Thread of the simulation.
class SimulationTimers : public QObject {
    Q_OBJECT
public:
    using Id = quint64; ///< 0 = none

    explicit SimulationTimers(const SimulationClock &clock, QObject *parent = nullptr);

    /// Calls `action` once, `delay` from now; never from within start().
    Id start(Milliseconds delay, std::function<void()> action);
    /// The same for a moment on the clock's monotonic time: the clock may move on between two calls.
    Id startAt(Milliseconds due, std::function<void()> action);
    /// Harmless for 0 and for a timer that has fired. Sets `id` to 0.
    void cancel(Id &id);

    /// Fires what is due by the clock. Called by the driving QTimer; tests call it.
    void run();
    /// When the next is due, on the clock's monotonic time.
    std::optional<Milliseconds> nextDue() const;
    size_t pending() const { return m_due.size(); }

private:
    void arm();

    const SimulationClock &m_clock;
    QTimer m_driver;
    Id m_last = 0;
    std::map<std::pair<Milliseconds, Id>, std::function<void()>> m_due;
    std::unordered_map<Id, Milliseconds> m_moments;
};

} // namespace reveille
