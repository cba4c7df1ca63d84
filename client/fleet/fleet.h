// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientevent.h"
#include "client/fleet/fleetagenda.h"
#include "client/fleet/fleetcounters.h"
#include "client/fleet/fleetidentities.h"
#include "client/fleet/fleetprotocol.h"
#include "client/fleet/fleetsettings.h"
#include "client/simulation/simulationtimers.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace reveille {

struct WakeDatagram;

/// Very many simulated devices of one kind in one process: they register, keep their paths open or fall silent, move,
/// lose packets, start again, are woken and take pushes. What each does follows from the seed, its number, and what the
/// server says when. Lives in one thread; the clock moves only between events.
///
/// Events, see toJsonLine(): all-registered (ms, since the start: every device has been registered at least once).
class Fleet : public QObject, public FleetReceiver {
    Q_OBJECT
public:
    /// All references must live as long.
    Fleet(FleetSettings settings, const FleetIdentities &identities, FleetProtocol &protocol, FleetNetwork &network,
          const SimulationClock &clock, SimulationTimers &timers, QObject *parent = nullptr);
    ~Fleet() override;

    /// Devices begin one after the other.
    void start();
    const FleetCounters &counters() const { return m_counters; }
    const FleetDevice &device(quint32 index) const { return m_devices[index]; }
    bool isOut() const { return m_isOut; }

    /// So many per cent of the devices, drawn anew each time: they say nothing more and hear nothing but wake-ups until
    /// they are woken or told to answer. How many it now are.
    int silence(int percent);
    /// Those that were silenced come back over fresh paths, at the pace of the start. How many they are.
    int answer();
    /// So many per cent lose their path, as where a NAT has forgotten it, and are not told. How many lost one.
    int dropPaths(int percent);
    /// Every path is dead and everybody is deaf. Until restore() nothing passes, and after it only over fresh paths.
    void beginOutage();
    void restore();
    /// Habits are dealt out anew; a device whose draw gives it the same one stays as it is.
    void setMix(const FleetMix &mix);
    const FleetMix &mix() const { return m_settings.mix; }

    void received(const FleetPlace &to, QByteArrayView octets) override;
    void heard(quint32 address, QByteArrayView octets) override;

    static constexpr int mostPerTurn = 1000; ///< devices served before the sockets get their turn
    static constexpr Milliseconds standardInterval{25000}; ///< between keep-alives, where nobody says
    static constexpr Milliseconds wakeLockout{1000};
    static constexpr Milliseconds sirWindow{300000}; ///< a signed SIR may be this old, or this far ahead

Q_SIGNALS:
    void happened(const reveille::ClientEvent &event);

private:
    Milliseconds now() const { return m_clock.monotonic(); }
    void run();
    void arm();
    void serve(quint32 index);
    void schedule(quint32 index);
    void enter(FleetDevice &device, FleetPhase phase);
    void setRegistered(FleetDevice &device, bool registered);
    void goTo(quint32 index, const FleetPlace &place);
    void leave(quint32 index);

    void registerAnew(quint32 index);
    void ask(quint32 index, FleetAsk what);
    void repeat(quint32 index);
    void change(quint32 index);
    void startHabit(FleetDevice &device);
    void fallSilent(FleetDevice &device);
    void comeBackAt(FleetDevice &device, Milliseconds at);
    void retryLater(FleetDevice &device, Milliseconds atLeast);
    void send(FleetDevice &device, const QByteArray &octets);

    void take(quint32 index, QByteArrayView octets);
    void onGranted(quint32 index, FleetAsk asked, const FleetHeard &heard);
    void reply(FleetDevice &device, const FleetHeard &heard);
    std::optional<quint32> meantBy(const WakeDatagram &wake, quint32 address) const;
    bool obeys(quint32 index, const WakeDatagram &wake);
    void wakeUp(FleetDevice &device);
    int forShare(int percent, const std::function<bool(quint32)> &act);

    FleetSettings m_settings;
    const FleetIdentities &m_identities;
    FleetProtocol &m_protocol;
    FleetNetwork &m_network;
    const SimulationClock &m_clock;
    SimulationTimers &m_timers;
    SimulationTimers::Id m_timer = 0;
    Milliseconds m_armedFor = FleetAgenda::never;
    std::vector<FleetDevice> m_devices;
    FleetAgenda m_agenda;
    QHash<quint64, quint32> m_there; ///< the first device of each place
    FleetCounters m_counters;
    Milliseconds m_startedAt{0};
    quint64 m_draws = 0; ///< commands that drew a share so far
    quint32 m_everRegistered = 0;
    bool m_isOut = false;
};

} // namespace reveille
