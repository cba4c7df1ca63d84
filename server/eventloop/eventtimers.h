// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>
#include <QHash>

#include <chrono>
#include <optional>
#include <set>

namespace reveille {

/// The QObject timers of one thread (QObject::startTimer, QTimer) in order of their deadlines, for an event dispatcher.
/// On its dispatcher's thread.
///
/// A timer that is handling its event is not fired again from within (nested event loops); one whose time has passed
/// several times over fires once. Coarse timers are as precise as precise ones: nothing here wakes up for the sake of
/// a deadline that could have been shared.
class EventTimers
{
public:
    using Clock = std::chrono::steady_clock;

    void add(int id, std::chrono::milliseconds interval, Qt::TimerType type, QObject *object);
    bool remove(int id);
    bool removeAllOf(QObject *object);
    QList<QAbstractEventDispatcher::TimerInfo> of(QObject *object) const;
    /// Milliseconds until it fires, 0 where it is late, -1 for an id not known.
    int remaining(int id) const;

    /// How long nothing is due; not set without timers. Never negative, rounded up.
    std::optional<std::chrono::milliseconds> untilNext() const;
    /// Fires those that are due now, each once. How many did.
    int fire();

private:
    struct Timer {
        int id = 0;
        std::chrono::milliseconds interval{0};
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
        Clock::time_point due;
        bool isFiring = false;
        quint64 serial = 0; ///< tells a timer from a later one with the same id
    };
    using Place = std::pair<Clock::time_point, int>;

    QHash<int, Timer> m_timers;
    std::set<Place> m_order; ///< those not firing
    quint64 m_serial = 0;
};

} // namespace reveille
