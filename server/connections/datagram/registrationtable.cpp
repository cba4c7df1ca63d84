// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/registrationtable.h"

#include <QRandomGenerator>

namespace reveille {

namespace {

constexpr size_t firstSlots = 64; ///< a power of two

/// At most three quarters are in use.
bool isFull(size_t used, size_t slots)
{
    return (used + 1) * 4 > slots * 3;
}

size_t spread(size_t hash)
{
    return size_t((quint64(hash) * 0x9e3779b97f4a7c15ULL) >> 20);
}

} // namespace

template <typename What>
size_t RegistrationTable::Index<What>::slotOf(const RegistrationTable &table, const What &what) const
{
    const size_t mask = m_slots.size() - 1;
    size_t slot = spread(qHash(what)) & mask;
    while (m_slots[slot] != 0 && !(partOf(table.entry(m_slots[slot]), static_cast<const What *>(nullptr)) == what))
        slot = (slot + 1) & mask;
    return slot;
}

template <typename What>
quint32 RegistrationTable::Index<What>::find(const RegistrationTable &table, const What &what) const
{
    return m_slots.empty() ? 0 : m_slots[slotOf(table, what)];
}

template <typename What>
void RegistrationTable::Index<What>::insert(const RegistrationTable &table, const What &what, quint32 place)
{
    if (m_slots.empty() || isFull(m_used, m_slots.size()))
        grow(table);
    m_slots[slotOf(table, what)] = place;
    ++m_used;
}

template <typename What>
void RegistrationTable::Index<What>::replace(const RegistrationTable &table, const What &what, quint32 place)
{
    m_slots[slotOf(table, what)] = place;
}

template <typename What>
void RegistrationTable::Index<What>::remove(const RegistrationTable &table, const What &what)
{
    if (m_slots.empty())
        return;
    const size_t mask = m_slots.size() - 1;
    size_t hole = slotOf(table, what);
    if (m_slots[hole] == 0)
        return;
    m_slots[hole] = 0;
    --m_used;
    // What stood behind it because of it moves up, so that no search ends too early.
    for (size_t slot = (hole + 1) & mask; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        const quint32 place = m_slots[slot];
        const size_t home = spread(qHash(partOf(table.entry(place), static_cast<const What *>(nullptr)))) & mask;
        if (((slot - home) & mask) >= ((slot - hole) & mask)) {
            m_slots[hole] = place;
            m_slots[slot] = 0;
            hole = slot;
        }
    }
}

template <typename What>
void RegistrationTable::Index<What>::grow(const RegistrationTable &table)
{
    const std::vector<quint32> old = std::exchange(m_slots, std::vector<quint32>(qMax(firstSlots, m_slots.size() * 2)));
    for (const quint32 place : old) {
        if (place != 0)
            m_slots[slotOf(table, What(partOf(table.entry(place), static_cast<const What *>(nullptr))))] = place;
    }
}

quint64 RegistrationTable::newKey() const
{
    quint64 key = 0;
    while (key == 0 || m_keys.find(*this, key) != 0)
        key = QRandomGenerator::system()->generate64();
    return key;
}

void RegistrationTable::add(const Entry &added)
{
    quint32 place = m_free;
    if (place != 0) {
        m_free = entry(place).nextAtPeer;
        entry(place) = added;
    } else {
        m_entries.push_back(added);
        place = quint32(m_entries.size());
    }
    entry(place).nextAtPeer = 0;
    m_keys.insert(*this, added.key, place);
    linkPeer(place);
    ++m_size;
}

RegistrationTable::Entry *RegistrationTable::find(quint64 key)
{
    const quint32 place = key == 0 ? 0 : m_keys.find(*this, key);
    return place == 0 ? nullptr : &entry(place);
}

void RegistrationTable::linkPeer(quint32 place)
{
    Entry &linked = entry(place);
    const quint32 first = m_peers.find(*this, linked.peer);
    if (first == 0)
        return m_peers.insert(*this, linked.peer, place);
    linked.nextAtPeer = entry(first).nextAtPeer;
    entry(first).nextAtPeer = place;
}

void RegistrationTable::unlinkPeer(quint32 place)
{
    Entry &unlinked = entry(place);
    const quint32 first = m_peers.find(*this, unlinked.peer);
    if (first == place && unlinked.nextAtPeer == 0) {
        m_peers.remove(*this, unlinked.peer);
    } else if (first == place) {
        m_peers.replace(*this, unlinked.peer, unlinked.nextAtPeer);
    } else {
        quint32 before = first;
        while (entry(before).nextAtPeer != place)
            before = entry(before).nextAtPeer;
        entry(before).nextAtPeer = unlinked.nextAtPeer;
    }
    unlinked.nextAtPeer = 0;
}

void RegistrationTable::move(quint64 key, const DatagramPeer &peer)
{
    const quint32 place = m_keys.find(*this, key);
    if (place == 0)
        return;
    unlinkPeer(place);
    entry(place).peer = peer;
    linkPeer(place);
}

void RegistrationTable::remove(quint64 key)
{
    const quint32 place = key == 0 ? 0 : m_keys.find(*this, key);
    if (place == 0)
        return;
    unlinkPeer(place);
    m_keys.remove(*this, key);
    entry(place) = Entry();
    entry(place).nextAtPeer = m_free;
    m_free = place;
    --m_size;
}

bool RegistrationTable::hasPeer(const DatagramPeer &peer) const
{
    return m_peers.find(*this, peer) != 0;
}

QVector<ConnectionId> RegistrationTable::at(const DatagramPeer &peer) const
{
    QVector<ConnectionId> list;
    for (quint32 place = m_peers.find(*this, peer); place != 0; place = entry(place).nextAtPeer)
        list.append(entry(place).connection);
    return list;
}

} // namespace reveille
