// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ipaddress.h"

#include <QString>

#include <array>
#include <cstring>

namespace reveille {

/// Where datagrams come from and go to: address, port, and whether DTLS is between. 20 octets, since there is one for
/// every registration; IPv4 is kept mapped into IPv6. Any thread.
struct DatagramPeer {
    std::array<quint8, 16> octets{};
    quint16 port = 0;
    bool secure = false;

    static DatagramPeer of(const IpAddress &address, quint16 port, bool secure);
    /// Reads what text() writes.
    static bool fromText(const QString &text, bool secure, DatagramPeer *peer);
    bool isSet() const { return port != 0; }
    IpAddress address() const;
    QString text() const; ///< "203.0.113.7:4012", "[2001:db8::1]:5683"
    friend bool operator==(const DatagramPeer &, const DatagramPeer &) = default;
    friend size_t qHash(const DatagramPeer &peer, size_t seed = 0)
    {
        quint64 parts[2];
        std::memcpy(parts, peer.octets.data(), sizeof parts);
        return ::qHash(parts[0] ^ (parts[1] * 0x9e3779b97f4a7c15ULL) ^ (quint64(peer.port) << 17) ^ quint64(peer.secure),
                       seed);
    }
};

struct DatagramPeerHash {
    size_t operator()(const DatagramPeer &peer) const { return qHash(peer); }
};

} // namespace reveille
