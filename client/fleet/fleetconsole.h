// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/commandlines.h"
#include "client/fleet/fleet.h"

#include <functional>

namespace reveille {

/// Carries out one command line and says what to answer, {"event":"done"|"changed"|"stats"|"ending", …}. Commands: silent
/// and drop, each with all or N%; answer, outage, restore, mix MIX, stats, quit. Errors command-unknown, command-share
/// (about: the line), those of fleetMixFrom().
Result<QJsonObject> obey(Fleet &fleet, const QString &line);

/// The program around a fleet: events and counters out as JSON lines, commands in, each answered by a line; a bad one by
/// {"event":"command-refused","code":…,"about":…}. Main thread.
class FleetConsole : public QObject {
    Q_OBJECT
public:
    /// Counters come every `statsEvery`, 0: only when asked. All references must live as long.
    FleetConsole(Fleet &fleet, const SimulationClock &clock, SimulationTimers &timers, Milliseconds statsEvery,
                 int commandsFrom, QObject *parent = nullptr);
    ~FleetConsole() override;

    void say(const QString &code, const QJsonObject &fields);
    /// Added to every line of counters.
    void setExtra(std::function<QJsonObject()> extra) { m_extra = std::move(extra); }

    static constexpr qsizetype maxLine = 4096; ///< octets of a command

Q_SIGNALS:
    void endAsked(); ///< by a signal or a command

private:
    void take(const QString &line);
    void sayStats();

    Fleet &m_fleet;
    const SimulationClock &m_clock;
    SimulationTimers &m_timers;
    SimulationTimers::Id m_timer = 0;
    Milliseconds m_statsEvery;
    std::function<QJsonObject()> m_extra;
    CommandLines m_lines;
};

} // namespace reveille
