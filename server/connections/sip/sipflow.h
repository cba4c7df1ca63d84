// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/shared/endpoint.h"
#include "domain/ipaddress.h"

#include <QHostAddress>
#include <QString>

#include <algorithm>
#include <array>
#include <cstring>

namespace reveille {

enum class SipTransport : quint8 { Udp, Tcp, Tls };

/// "udp", "tcp", "tls".
inline QString toText(SipTransport transport)
{
    switch (transport) {
    case SipTransport::Udp:
        return QStringLiteral("udp");
    case SipTransport::Tcp:
        return QStringLiteral("tcp");
    case SipTransport::Tls:
        return QStringLiteral("tls");
    }
    return {};
}

/// "UDP", "TCP", "TLS": the transport of a Via (RFC 3261 section 20.42).
inline QByteArray viaName(SipTransport transport)
{
    return toText(transport).toUpper().toLatin1();
}

/// One way packets come and go between the server and a peer (RFC 5626 section 2): over UDP the peer's
/// address and port as the server sees them, over TCP and TLS one connection. Small and without allocations, since
/// there may be a hundred thousand of them. Any thread.
struct SipFlow {
    std::array<quint8, 16> octets{}; ///< IPv6, or IPv4 mapped into it
    quint64 stream = 0;              ///< number of the connection, never used twice; 0 for UDP
    quint16 port = 0;
    SipTransport transport = SipTransport::Udp;

    static SipFlow of(SipTransport transport, const QHostAddress &address, quint16 port, quint64 stream = 0)
    {
        SipFlow flow;
        const Q_IPV6ADDR raw = address.toIPv6Address();
        std::memcpy(flow.octets.data(), raw.c, flow.octets.size());
        flow.stream = stream;
        flow.port = port;
        flow.transport = transport;
        return flow;
    }

    QHostAddress address() const
    {
        const QHostAddress address(octets.data());
        bool mapped = false;
        const quint32 v4 = address.toIPv4Address(&mapped);
        return mapped && octets[10] == 0xff && octets[11] == 0xff ? QHostAddress(v4) : address;
    }
    bool isStream() const { return transport != SipTransport::Udp; }
    IpAddress ip() const
    {
        static constexpr std::array<quint8, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
        const auto *raw = reinterpret_cast<const char *>(octets.data());
        const bool v4 = std::equal(mapped.begin(), mapped.end(), octets.begin());
        return IpAddress::fromBytes(v4 ? QByteArray(raw + 12, 4) : QByteArray(raw, 16));
    }
    QString host() const { return address().toString(); }
    /// "203.0.113.7:4012", "[2001:db8::1]:5060".
    QString peer() const
    {
        return peerText(address(), port);
    }

    friend bool operator==(const SipFlow &, const SipFlow &) = default;
    friend size_t qHash(const SipFlow &flow, size_t seed = 0)
    {
        return qHashMulti(seed, QByteArrayView(flow.octets.data(), qsizetype(flow.octets.size())),
                          flow.stream, flow.port, int(flow.transport));
    }
};

} // namespace reveille
