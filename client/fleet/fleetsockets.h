// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/fleet/fleetnetwork.h"
#include "client/fleet/fleetsettings.h"
#include "client/fleet/fleetsocket.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace reveille {

/// The network of a fleet over real sockets. Spread over the loopback network each device has an address of its own, a
/// block of them for its moves, and a few sockets serve all; on one address devices differ by port: SIP devices have
/// each their own, because a server knows a SIP path by where it comes from, and datagram devices too as long as there are
/// enough: a server asks those at one port one after the other (NSTART 1, RFC 7252 section 4.7).
/// One notifier watches all sockets (epoll). Thread of the fleet.
class FleetSockets : public QObject, public FleetNetwork {
    Q_OBJECT
public:
    explicit FleetSockets(const FleetSettings &settings, QObject *parent = nullptr);
    ~FleetSockets() override;

    /// Errors client-bind; fleet-addresses (the block does not fit behind the first address); fleet-descriptors (of the
    /// machine, about: how many sockets are needed).
    Result<Done> open(FleetReceiver &receiver);

    void send(const FleetPlace &from, const QByteArray &octets) override;
    void flush() override;
    FleetPlace place(quint32 device, quint32 moves) override;
    quint16 portOf(const FleetPlace &place) const override;
    quint16 clientPort() const override { return m_wakes.port(); }
    std::optional<quint32> ownerOf(quint32 address) const override;

    size_t sockets() const { return m_sockets.size(); }
    quint64 unsent() const { return m_unsent; } ///< datagrams that the machine did not take

    static constexpr size_t spreadSockets = 16;
    static constexpr quint32 mostPorts = 15000; ///< datagram, on one address; further devices share them
    static constexpr quint32 devicesPerPort(quint32 devices) { return (devices + mostPorts - 1) / mostPorts; }
    static constexpr quint32 blocks = 8;          ///< addresses that a device moves among, where they are spread
    static constexpr size_t readsPerTurn = 64;    ///< batches read before the event loop gets its turn

private:
    bool isExclusive() const { return !m_settings.spread && m_settings.kind == ClientConnect::Sip; }
    size_t socketsNeeded() const;
    bool watch(const FleetSocket &socket, quint64 number);
    void read();
    void readFrom(size_t number);
    void readWakes();

    FleetSettings m_settings;
    quint32 m_local = 0;
    quint32 m_block = 1; ///< addresses of one block: a power of two
    FleetSocket::Peer m_server;
    FleetReceiver *m_receiver = nullptr;
    std::vector<FleetSocket> m_sockets;
    std::vector<quint16> m_toFlush; ///< sockets that keep something
    FleetSocket m_wakes;
    int m_epoll = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    quint64 m_unsent = 0;
};

} // namespace reveille
