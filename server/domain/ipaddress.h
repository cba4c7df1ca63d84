// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QHashFunctions>
#include <QVector>

namespace reveille {

/// An IPv4 or IPv6 address as a value, without QtNetwork. IPv4 mapped into IPv6 is folded to IPv4. Any thread.
class IpAddress
{
public:
    IpAddress() = default;
    /// "192.0.2.10", "2001:db8::1", "[2001:db8::1]". Errors: address-empty, address-characters.
    static Result<IpAddress> parse(QStringView text);
    /// 4 or 16 octets in network order; a null address for any other length.
    static IpAddress fromBytes(const QByteArray &octets);

    /// The address in "203.0.113.7:4012" or "[2001:db8::1]:5060", as peers are written; null for anything else.
    static IpAddress ofPeer(QStringView peer);

    bool isNull() const { return m_octets.isEmpty(); }
    bool isV4() const { return m_octets.size() == 4; }
    bool isLoopback() const;
    /// Neither of this host nor of a private, link-local, shared, reserved or documentation network (RFC 6890), nor one
    /// that carries another address inside (6to4, NAT64, Teredo), nor multicast.
    bool isPublic() const;
    const QByteArray &bytes() const { return m_octets; } ///< 4 or 16 octets
    QString toString() const;                            ///< RFC 5952 form
    friend bool operator==(const IpAddress &, const IpAddress &) = default;
    friend size_t qHash(const IpAddress &a, size_t seed = 0) { return ::qHash(a.m_octets, seed); }

private:
    QByteArray m_octets;
};

/// An address prefix, "10.0.0.0/8"; a bare address is a prefix of full length.
class IpNetwork
{
public:
    IpNetwork() = default;
    /// Errors: those of IpAddress::parse, network-prefix.
    static Result<IpNetwork> parse(QStringView text);
    /// The network of this length that the address lies in; `length` is held between 0 and the address's own.
    static IpNetwork of(const IpAddress &address, int length);
    bool isNull() const { return m_base.isNull(); }
    bool contains(const IpAddress &address) const;
    QString toString() const;
    friend bool operator==(const IpNetwork &, const IpNetwork &) = default;
    friend size_t qHash(const IpNetwork &n, size_t seed = 0) { return ::qHash(n.m_length, qHash(n.m_base, seed)); }

private:
    IpAddress m_base;
    int m_length = 0;
};

/// A comma-separated list of networks, the shape of every `allowed_networks` key; empty text = empty list = nobody.
Result<QVector<IpNetwork>> parseNetworks(QStringView text);
bool anyContains(const QVector<IpNetwork> &networks, const IpAddress &address);

} // namespace reveille
