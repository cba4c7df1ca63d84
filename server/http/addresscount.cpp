// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/addresscount.h"

#include <algorithm>

namespace reveille {

QHostAddress ownerOf(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4); // a mapped one as well
    if (isV4)
        return QHostAddress(v4);
    Q_IPV6ADDR octets = address.toIPv6Address();
    std::fill(std::begin(octets.c) + 8, std::end(octets.c), quint8(0));
    return QHostAddress(octets);
}

AddressCount::AddressCount(int most, QObject *parent)
    : QObject(parent)
    , m_most(most)
{
}

bool AddressCount::hasRoom(const QHostAddress &address) const
{
    return m_most == 0 || m_counts.value(ownerOf(address)) < m_most;
}

void AddressCount::add(const QHostAddress &address, QObject *connection)
{
    const QHostAddress owner = ownerOf(address);
    ++m_counts[owner];
    connect(connection, &QObject::destroyed, this, [this, owner] {
        const auto count = m_counts.find(owner);
        if (--*count == 0)
            m_counts.erase(count);
    });
}

} // namespace reveille
