// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/wakeservice.h"

#include <QSet>

#include <map>

namespace reveille {

/// Wakes devices nobody asked for: where the policy is always, because their path went bad (requirement R4); and, where it
/// is set, because they have not renewed so shortly before their registration runs out. With jitter, so that what goes
/// down together does not come up together, a bounded number at a time, and a pause for each device. One timer for all that
/// wait, one for the look at expiries; none for each device. Server thread.
class AutomaticWakes : public QObject
{
    Q_OBJECT
public:
    struct Settings {
        int limit = 20;                   ///< under way at a time; 0 = none
        int queueLimit = 100000;          ///< devices that wait for their turn
        Milliseconds pause{600000};       ///< between two of one device
        Milliseconds jitter{5000};        ///< at most, before one starts
        Milliseconds beforeExpiry{0};     ///< 0 = off
    };

    AutomaticWakes(Settings settings, Clock &clock, Timers &timers, Registry &registry, WakeService &wakes,
                   QObject *parent = nullptr);
    ~AutomaticWakes() override;

    qint64 waiting() const { return qint64(m_waiting.size()); }
    qint64 underWay() const { return m_underWay.size(); }

    static constexpr Milliseconds lookEvery{1000};

private:
    void deviceLost(const DeviceId &id);
    void lookAtExpiries();
    void add(const DeviceId &id, const QString &reason);
    void startDue();
    void schedule();
    bool start(const DeviceId &id, const QString &reason);
    void forgetOld();

    Settings m_settings;
    Clock &m_clock;
    Timers &m_timers;
    Registry &m_registry;
    WakeService &m_wakes;
    std::multimap<Timestamp, std::pair<DeviceId, QString>> m_due;
    QSet<DeviceId> m_waiting;
    QSet<WakeId> m_underWay;
    QHash<DeviceId, Timestamp> m_last;  ///< while its pause lasts
    TimerId m_timer = 0;
    TimerId m_lookTimer = 0;
    bool m_toldFull = false;
};

} // namespace reveille
