// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/natsimulator.h"

#include "client/nat/nattcpport.h"
#include "client/nat/natudpport.h"

namespace reveille {

NatSimulator::NatSimulator(Place place, const NatSettings &settings, const SimulationClock &clock,
                           SimulationTimers &timers, QObject *parent)
    : QObject(parent)
    , m_place(std::move(place))
    , m_core(settings, m_place.outside, m_place.seed, clock, timers,
             [this](const ClientEvent &event) { Q_EMIT happened(event); })
{
}

NatSimulator::~NatSimulator()
{
    m_core.timers().cancel(m_rebinding);
    m_udp.clear();
    m_tcp.clear();
    m_core.discardForgotten();
}

Result<Done> NatSimulator::start()
{
    const auto listen = [this](auto &ports, auto port) -> Result<Done> {
        const Result<Done> listening = port->listen();
        ports.push_back(std::move(port));
        return listening;
    };
    for (const NatPort &port : m_place.ports) {
        const Result<Done> listening = port.protocol == NatProtocol::Udp
                                           ? listen(m_udp, std::make_unique<NatUdpPort>(m_core, port))
                                           : listen(m_tcp, std::make_unique<NatTcpPort>(m_core, port));
        if (!listening) {
            m_udp.clear();
            m_tcp.clear();
            return listening;
        }
    }
    schedule();
    return Done{};
}

QVector<NatPort> NatSimulator::ports() const
{
    QVector<NatPort> list;
    for (const auto &port : m_udp)
        list.append(port->port());
    for (const auto &port : m_tcp)
        list.append(port->port());
    return list;
}

const NatSettings &NatSimulator::settings() const
{
    return m_core.settings();
}

void NatSimulator::change(const NatSettings &settings)
{
    const Milliseconds before = m_core.settings().rebindEvery;
    m_core.setSettings(settings);
    for (const auto &port : m_udp)
        port->reschedule();
    for (const auto &port : m_tcp)
        port->reschedule();
    if (settings.rebindEvery != before)
        schedule();
}

int NatSimulator::rebind(const NatSelection &selection)
{
    return move(selection, "command");
}

int NatSimulator::move(const NatSelection &selection, const char *because)
{
    int moved = 0;
    for (const auto &port : m_udp)
        moved += port->rebind(selection, because);
    for (const auto &port : m_tcp)
        moved += port->lose(selection, "rebound");
    return moved;
}

int NatSimulator::forget(const NatSelection &selection)
{
    int gone = 0;
    for (const auto &port : m_udp)
        gone += port->forget(selection);
    for (const auto &port : m_tcp)
        gone += port->lose(selection, "forgotten");
    return gone;
}

QVector<NatMapping> NatSimulator::mappings(const NatSelection &selection) const
{
    QVector<NatMapping> list;
    const auto add = [&](const QVector<NatMapping> &of) {
        for (const NatMapping &mapping : of) {
            if (isChosen(mapping, selection))
                list.append(mapping);
        }
    };
    for (const auto &port : m_udp)
        add(port->mappings());
    for (const auto &port : m_tcp)
        add(port->mappings());
    return list;
}

NatCounters NatSimulator::counters() const
{
    return m_core.counters();
}

void NatSimulator::schedule()
{
    m_core.timers().cancel(m_rebinding);
    if (m_core.settings().rebindEvery <= Milliseconds(0))
        return;
    m_rebinding = m_core.timers().start(m_core.settings().rebindEvery, [this] {
        m_rebinding = 0;
        move({}, "schedule");
        schedule();
    });
}

} // namespace reveille
