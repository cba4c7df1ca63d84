// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/nat/natcore.h"

#include <QHash>
#include <QObject>
#include <QUdpSocket>

#include <map>
#include <memory>

namespace reveille {

/// One UDP port of the NAT. Thread of the simulation.
///
/// Each device that sends to it has an outside socket of its own towards the server. When a mapping is gone
/// its socket stays for a while, deaf, so that what still comes for it is swallowed as a NAT does, and not
/// answered with an ICMP error. A relay cannot forge where a datagram comes from: all that reaches the device
/// comes from this port.
class NatUdpPort : public QObject {
    Q_OBJECT
public:
    NatUdpPort(NatCore &core, NatPort port, QObject *parent = nullptr);
    ~NatUdpPort() override;

    /// Error listen-failed (about = the endpoint and why).
    Result<Done> listen();
    const NatPort &port() const { return m_port; } ///< with the port that was taken
    QVector<NatMapping> mappings() const;
    /// The settings have changed: how long mappings live is reckoned anew.
    void reschedule();
    /// Another outside port for each mapping meant; how many.
    int rebind(const NatSelection &selection, const char *because);
    /// The mappings meant are gone; how many.
    int forget(const NatSelection &selection);

private:
    struct Outside {
        QUdpSocket socket;
        quint64 mapping = 0; ///< 0: gone
        NatWay out, in;
    };
    using OutsidePtr = std::shared_ptr<Outside>;
    struct Mapping {
        NatMapping facts;
        OutsidePtr outside;
        Milliseconds made{0};
        Milliseconds refreshed{0};
        SimulationTimers::Id expiry = 0;
    };

    void readInside();
    void readOutside(const OutsidePtr &outside);
    void leave(const SimulationEndpoint &device, const QByteArray &octets);
    void arrive(const OutsidePtr &outside, const QByteArray &octets, const SimulationEndpoint &from);
    Mapping *mappingFor(const SimulationEndpoint &device, qsizetype octets);
    OutsidePtr openOutside(quint64 mapping);
    bool letsIn(const SimulationEndpoint &from) const;
    void expire(quint64 id);
    void close(quint64 id, const char *reason);
    void retire(OutsidePtr outside);
    NatMapping factsOf(const Mapping &mapping) const;
    QVector<quint64> chosen(const NatSelection &selection) const;

    NatCore &m_core;
    NatPort m_port;
    QUdpSocket m_inside;
    std::map<quint64, Mapping> m_mappings;
    QHash<SimulationEndpoint, quint64> m_byDevice;
};

/// Whether a mapping is meant.
bool isChosen(const NatMapping &mapping, const NatSelection &selection);

} // namespace reveille
