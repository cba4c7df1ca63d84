// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <vector>

namespace reveille {

/// One UDP socket over IPv4 for many local addresses: it says for each datagram to which of them it came and from which one
/// it goes (IP_PKTINFO), and reads and writes in batches. A plain descriptor without a notifier of its own, because a fleet
/// may have ten thousand. Thread of the fleet.
class FleetSocket {
public:
    struct Peer {
        quint32 address = 0; ///< in host order
        quint16 port = 0;
        friend bool operator==(const Peer &, const Peer &) = default;
    };
    using Take = std::function<void(quint32 to, const Peer &from, QByteArrayView octets)>;

    FleetSocket() = default;
    FleetSocket(FleetSocket &&other) noexcept;
    FleetSocket &operator=(FleetSocket &&other) noexcept;
    ~FleetSocket();

    /// Address 0: any; port 0: any free one. Error client-bind (about: address and port).
    static Result<FleetSocket> bound(quint32 address, quint16 port, int receiveBuffer);
    int descriptor() const { return m_descriptor; }
    quint16 port() const { return m_port; }

    /// Kept until flush(); true where it is the first one that is kept.
    bool add(quint32 from, const QByteArray &octets);
    /// Sends all that is kept; what the machine does not take is lost, as on the way. How many that were.
    int flush(const Peer &to);
    /// Reads what is there, one batch at most.
    void read(const Take &take);

    static constexpr int batch = 64;
    static constexpr int largest = 4096; ///< octets of a datagram; a larger one is dropped

private:
    struct Outgoing {
        quint32 from;
        QByteArray octets;
    };
    int m_descriptor = -1;
    quint16 m_port = 0;
    std::vector<Outgoing> m_kept;
};

} // namespace reveille
