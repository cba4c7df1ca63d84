// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ipaddress.h"

#include <QHashFunctions>
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
    bool isV4() const { return std::memcmp(octets.data(), mappedV4.data(), mappedV4.size()) == 0; }
    quint32 v4() const ///< the octets of an IPv4 address, in network order
    {
        quint32 address;
        std::memcpy(&address, octets.data() + mappedV4.size(), sizeof address);
        return address;
    }
    void setV4(quint32 address)
    {
        std::memcpy(octets.data(), mappedV4.data(), mappedV4.size());
        std::memcpy(octets.data() + mappedV4.size(), &address, sizeof address);
    }
    IpAddress address() const;
    QString text() const; ///< "203.0.113.7:4012", "[2001:db8::1]:5683"
    friend bool operator==(const DatagramPeer &, const DatagramPeer &) = default;
    friend size_t qHash(const DatagramPeer &peer, size_t seed = 0)
    {
        char bytes[19]; // whoever registers chooses them all, so nothing simpler will do
        std::memcpy(bytes, peer.octets.data(), 16);
        std::memcpy(bytes + 16, &peer.port, 2);
        bytes[18] = char(peer.secure);
        return qHashBits(bytes, sizeof bytes, seed);
    }

    /// What stands before the octets of an IPv4 address.
    static constexpr std::array<quint8, 12> mappedV4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
};

struct DatagramPeerHash {
    size_t operator()(const DatagramPeer &peer) const { return qHash(peer, QHashSeed::globalSeed()); }
};

} // namespace reveille
