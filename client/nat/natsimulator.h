// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/nat/natcore.h"

#include <QObject>

#include <memory>
#include <vector>

namespace reveille {

class NatTcpPort;
class NatUdpPort;

/// A NAT with firewall between devices and a server, in user space: it needs no rights. A device talks to a
/// port of the NAT's inside as if it were the server; the server sees it come from an outside port that is
/// its mapping. Mappings close when idle, move, and let in only what they should; the way outside loses,
/// delays, doubles and mixes up datagrams. With the same seed and the same traffic the same happens. Lives in
/// the thread that made it.
class NatSimulator : public QObject {
    Q_OBJECT
public:
    struct Place {
        QVector<NatPort> ports;        ///< inside port 0: any free one
        QVector<QHostAddress> outside; ///< where mappings are, in turn; empty: any that reaches the server
        quint64 seed = 1;
    };
    NatSimulator(Place place, const NatSettings &settings, const SimulationClock &clock,
                 SimulationTimers &timers, QObject *parent = nullptr);
    ~NatSimulator() override;

    /// Error listen-failed (about = the endpoint and why); nothing is listened on then.
    Result<Done> start();
    QVector<NatPort> ports() const; ///< with the ports that were taken

    const NatSettings &settings() const;
    /// From the next packet on.
    void change(const NatSettings &settings);
    /// The mappings meant move to another outside port; of TCP they are lost. How many.
    int rebind(const NatSelection &selection);
    /// The mappings meant are gone, as if they had expired. How many.
    int forget(const NatSelection &selection);

    QVector<NatMapping> mappings(const NatSelection &selection = {}) const;
    NatCounters counters() const;

Q_SIGNALS:
    /// One thing that happened. Codes and fields, which tests and scripts read:
    ///   mapping-made     mapping protocol inside outside server
    ///   mapping-closed   the same, age_ms idle_ms octets_out octets_in, reason: idle | forgotten | rebound |
    ///   closed_inside |
    ///                    closed_outside | refused | unreachable | no_port
    ///   mapping-rebound  mapping protocol inside from to, because: command | schedule
    ///   rebind-failed    mapping: no outside port was free
    ///   accept-failed    inside reason: a connection could not be taken; it is tried again a second later
    ///   packet-dropped   protocol, direction: outbound | inbound, octets mapping(or null), reason: blocked |
    ///   loss |
    ///                    no_mapping | filtered | queue_full | mapping_limit | no_port
    void happened(const reveille::ClientEvent &event);

private:
    int move(const NatSelection &selection, const char *because);
    void schedule();

    Place m_place;
    NatCore m_core;
    std::vector<std::unique_ptr<NatUdpPort>> m_udp;
    std::vector<std::unique_ptr<NatTcpPort>> m_tcp;
    SimulationTimers::Id m_rebinding = 0;
};

} // namespace reveille
