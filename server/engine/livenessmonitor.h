// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock.h"
#include "engine/registry.h"

#include <QHash>
#include <QObject>

namespace reveille {

/// Sees to it that time is noticed: one timer per connection that has a deadline, a probe when a connection becomes
/// suspect, and the outcome of the probe reported back. Server thread.
class LivenessMonitor : public QObject
{
    Q_OBJECT
public:
    LivenessMonitor(Clock &clock, Timers &timers, Registry &registry, QObject *parent = nullptr);
    ~LivenessMonitor() override;

private:
    void schedule(ConnectionId id);
    void forget(ConnectionId id);
    void due(ConnectionId id);
    void probe(ConnectionId id);
    void probeLater(ConnectionId id);

    struct Watch {
        TimerId timer = 0;
        Timestamp at;
        bool probing = false;
    };
    Clock &m_clock;
    Timers &m_timers;
    Registry &m_registry;
    QHash<ConnectionId, Watch> m_watches;
};

} // namespace reveille
