// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/registrationtable.h"

#include <QHashFunctions>
#include <QRandomGenerator>

#include <new>

namespace reveille {

/// An entry as it lies in memory, half a cache line.
struct RegistrationTable::Row {
    quint64 key;
    quint64 connection;
    quint32 address = 0;  ///< the octets of an IPv4 address; of another, the number of the block that holds them
    quint32 lifetime = 0;
    Number next = 0;      ///< another one behind the same address
    quint16 port = 0;
    quint8 flags = 0;
    enum Flag : quint8 { Secure = 1, Fixed = 2, Wide = 4 };
    void set(Flag flag, bool on) { flags = quint8(on ? flags | flag : flags & ~flag); }
};

RegistrationTable::RegistrationTable() : m_seed(QHashSeed::globalSeed())
{
    static_assert(sizeof(Row) == 32);
}

RegistrationTable::Row &RegistrationTable::row(Number number) const
{
    return *std::launder(reinterpret_cast<Row *>(m_slabs.at(number)));
}

quint32 RegistrationTable::keyHash(quint64 key) const
{
    return quint32(((key ^ m_seed) * 0x9e3779b97f4a7c15U) >> 32);
}

quint32 RegistrationTable::peerHash(const DatagramPeer &peer) const
{
    const quint64 bits = qHash(peer, m_seed);
    return quint32(bits ^ (bits >> 32));
}

quint32 RegistrationTable::peerHashOf(Number number) const
{
    return peerHash(peerOf(row(number)));
}

RegistrationTable::Number RegistrationTable::numberOf(quint64 key) const
{
    return key == 0 ? 0 : m_keys.find(keyHash(key), [&](Number number) { return row(number).key == key; });
}

RegistrationTable::Number RegistrationTable::firstAt(const DatagramPeer &peer) const
{
    return m_peers.find(peerHash(peer), [&](Number number) { return peerOf(row(number)) == peer; });
}

DatagramPeer RegistrationTable::peerOf(const Row &row) const
{
    DatagramPeer peer;
    peer.port = row.port;
    peer.secure = row.flags & Row::Secure;
    if (row.flags & Row::Wide)
        std::memcpy(peer.octets.data(), m_slabs.at(row.address), peer.octets.size());
    else
        peer.setV4(row.address);
    return peer;
}

/// False where there is no room for it; then nothing has changed.
bool RegistrationTable::setPeer(Row &row, const DatagramPeer &peer)
{
    const bool wasWide = row.flags & Row::Wide, isWide = !peer.isV4();
    if (wasWide && !isWide)
        m_slabs.give(row.address, peer.octets.size());
    if (isWide) {
        const Number block = wasWide ? row.address : m_slabs.take(peer.octets.size());
        if (block == 0)
            return false;
        std::memcpy(m_slabs.at(block), peer.octets.data(), peer.octets.size());
        row.address = block;
    } else {
        row.address = peer.v4();
    }
    row.port = peer.port;
    row.set(Row::Wide, isWide);
    row.set(Row::Secure, peer.secure);
    return true;
}

quint64 RegistrationTable::newKey() const
{
    quint64 key = 0;
    while (key == 0 || numberOf(key) != 0)
        key = QRandomGenerator::system()->generate64();
    return key;
}

bool RegistrationTable::add(const Entry &added)
{
    const Number number = m_slabs.take(sizeof(Row));
    if (number == 0)
        return false;
    Row &row = *new (m_slabs.at(number)) Row{added.key, added.connection.number};
    if (!setPeer(row, added.peer)) {
        m_slabs.give(number, sizeof(Row));
        return false;
    }
    row.lifetime = added.lifetime;
    row.set(Row::Fixed, added.fixed);
    m_keys.insert(keyHash(added.key), number, [this](Number other) { return keyHash(this->row(other).key); });
    linkPeer(number);
    return true;
}

std::optional<RegistrationTable::Entry> RegistrationTable::find(quint64 key) const
{
    const Number number = numberOf(key);
    if (number == 0)
        return std::nullopt;
    const Row &found = row(number);
    return Entry{key, ConnectionId{found.connection}, peerOf(found), bool(found.flags & Row::Fixed), found.lifetime};
}

void RegistrationTable::linkPeer(Number number)
{
    Row &linked = row(number);
    const DatagramPeer peer = peerOf(linked);
    const Number first = firstAt(peer);
    linked.next = 0;
    if (first == 0)
        return m_peers.insert(peerHash(peer), number, [this](Number other) { return peerHashOf(other); });
    linked.next = row(first).next;
    row(first).next = number;
}

void RegistrationTable::unlinkPeer(Number number)
{
    const Row &unlinked = row(number);
    const DatagramPeer peer = peerOf(unlinked);
    const Number first = firstAt(peer);
    if (first != number) {
        Number before = first;
        while (row(before).next != number)
            before = row(before).next;
        row(before).next = unlinked.next;
        return;
    }
    const auto hashOf = [this](Number other) { return peerHashOf(other); };
    m_peers.erase(peerHash(peer), number, hashOf);
    if (unlinked.next != 0)
        m_peers.insert(peerHash(peer), unlinked.next, hashOf);
}

bool RegistrationTable::update(const Entry &entry)
{
    const Number number = numberOf(entry.key);
    if (number == 0)
        return false;
    Row &changed = row(number);
    if (peerOf(changed) != entry.peer) {
        unlinkPeer(number);
        const bool isSet = setPeer(changed, entry.peer);
        linkPeer(number);
        if (!isSet)
            return false;
    }
    changed.lifetime = entry.lifetime;
    changed.set(Row::Fixed, entry.fixed);
    return true;
}

void RegistrationTable::remove(quint64 key)
{
    const Number number = numberOf(key);
    if (number == 0)
        return;
    unlinkPeer(number);
    m_keys.erase(keyHash(key), number, [this](Number other) { return keyHash(row(other).key); });
    if (row(number).flags & Row::Wide)
        m_slabs.give(row(number).address, sizeof(DatagramPeer::octets));
    m_slabs.give(number, sizeof(Row));
}

QVarLengthArray<ConnectionId, 64> RegistrationTable::prefetch(std::span<const quint64> keys) const
{
    for (const quint64 key : keys)
        m_keys.prefetch(keyHash(key));
    for (const quint64 key : keys)
        m_slabs.prefetch(m_keys.likely(keyHash(key)), sizeof(Row));
    QVarLengthArray<ConnectionId, 64> connections;
    for (const quint64 key : keys) {
        if (const Number number = numberOf(key))
            connections.append(ConnectionId{row(number).connection});
    }
    return connections;
}

QVector<ConnectionId> RegistrationTable::at(const DatagramPeer &peer) const
{
    QVector<ConnectionId> list;
    for (Number number = firstAt(peer); number != 0; number = row(number).next)
        list.append(ConnectionId{row(number).connection});
    return list;
}

} // namespace reveille
