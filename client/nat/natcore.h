// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientevent.h"
#include "client/nat/natfate.h"
#include "client/nat/natmapping.h"
#include "client/simulation/simulationtimers.h"

#include <QByteArray>

#include <deque>
#include <functional>
#include <memory>

namespace reveille {

/// One way of one mapping: what leaves on it arrives in that order. Thread of the simulation.
struct NatWay {
    Milliseconds last{0};                                    ///< when what left last arrives
    std::shared_ptr<int> waiting = std::make_shared<int>(0); ///< how many are under way, however long
};

/// What all ports of one simulated NAT share: settings, chance, the queue of what is under way, outside
/// addresses, and the telling. Only for the files of this folder. Thread of the simulation.
class NatCore {
public:
    using Tell = std::function<void(const ClientEvent &)>;
    NatCore(const NatSettings &settings, QVector<QHostAddress> outside, quint64 seed,
            const SimulationClock &clock, SimulationTimers &timers, Tell tell);

    const NatSettings &settings() const { return m_settings; }
    void setSettings(const NatSettings &settings) { m_settings = settings; }
    const NatImpairment &way(NatDirection direction) const
    {
        return direction == NatDirection::Outbound ? m_settings.outbound : m_settings.inbound;
    }
    SimulationTimers &timers() { return m_timers; }
    Milliseconds monotonic() const { return m_clock.monotonic(); }
    NatCounters &counters() { return m_counters; }
    const NatCounters &counters() const { return m_counters; }

    NatFate fateOf(NatDirection direction);           ///< of a datagram
    Milliseconds streamDelay(NatDirection direction); ///< of a portion of a TCP connection
    /// In turn, so that the next mapping has another one where there are several. Where none are given: one
    /// that reaches the server.
    QHostAddress nextOutside(const QHostAddress &server);
    quint64 nextId() { return ++m_lastId; }

    /// Room for so many more octets under way.
    bool hasRoom(qsizetype octets) const { return m_counters.queued + octets <= m_settings.maxQueued; }
    /// Calls `arrive` after the delay; at once where there is none and nothing is under way on that way. Not
    /// before what left earlier, and not after what leaves later, unless it is `late`. The caller has asked
    /// for room.
    void carry(Milliseconds delay, qsizetype octets, NatWay &way, bool late, std::function<void()> arrive);

    /// Keeps `discard` from being called for as long as a mapping that is gone is remembered, and for no more
    /// than so many of its protocol: ports that UDP has left do not push out lost connections.
    quint64 rememberForgotten(NatProtocol protocol, std::function<void()> discard);
    void releaseForgotten(quint64 id);
    void discardForgotten();

    void tell(const char *code, QJsonObject fields);
    void tellMade(const NatMapping &mapping);
    /// `reason`: idle, forgotten, rebound, closed_inside, closed_outside, refused, unreachable.
    void tellClosed(const NatMapping &mapping, const char *reason);
    /// `reason`: blocked, loss, no_mapping, filtered, queue_full, mapping_limit, no_port, too_long.
    void drop(NatProtocol protocol, NatDirection direction, const char *reason, qsizetype octets,
              quint64 mapping);
    void count(NatDirection direction, qsizetype octets, bool packet);

private:
    struct Forgotten {
        quint64 id = 0;
        std::function<void()> discard;
        SimulationTimers::Id timer = 0;
    };
    std::deque<Forgotten> &forgotten(NatProtocol protocol)
    {
        return protocol == NatProtocol::Udp ? m_forgottenUdp : m_forgottenTcp;
    }

    NatSettings m_settings;
    QVector<QHostAddress> m_outside;
    qsizetype m_nextOutside = 0;
    const SimulationClock &m_clock;
    SimulationTimers &m_timers;
    Tell m_tell;
    NatFateMaker m_outbound;
    NatFateMaker m_inbound;
    SimulationRandom m_streams; ///< apart, so that TCP does not change which datagrams are lost
    NatCounters m_counters;
    /// What is under way when the NAT ends arrives nowhere.
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
    quint64 m_lastId = 0;
    quint64 m_lastForgotten = 0;
    std::deque<Forgotten> m_forgottenUdp; ///< oldest first
    std::deque<Forgotten> m_forgottenTcp;
};

} // namespace reveille
