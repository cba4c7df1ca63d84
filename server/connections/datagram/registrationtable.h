// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/datagrampeer.h"
#include "domain/ids.h"
#include "engine/recordindex.h"
#include "engine/recordslabs.h"

#include <QVarLengthArray>
#include <QVector>

#include <optional>
#include <span>

namespace reveille {

/// What is kept for each application instance registered beside what the Registry knows: which connection a key stands
/// for, and which keys stand behind an address. About 44 octets each, 60 for IPv6: no node, no string, no timer. Server
/// thread.
class RegistrationTable
{
public:
    struct Entry {
        quint64 key = 0;         ///< secret, drawn at random; never 0
        ConnectionId connection;
        DatagramPeer peer;       ///< where pushes go
        bool fixed = false;      ///< the device named that address; otherwise it is where it sends from
        quint32 lifetime = 0;    ///< seconds asked for, for refreshes that do not say
        friend bool operator==(const Entry &, const Entry &) = default;
    };

    RegistrationTable();
    /// A key not in use: never 0.
    quint64 newKey() const;
    /// Its key must not be in use. False where everything is full, which takes some eighty million of them.
    bool add(const Entry &entry);
    std::optional<Entry> find(quint64 key) const;
    /// Takes over peer, fixed and lifetime of the entry with this key. False where there is none, or no room for the
    /// address; then nothing has changed.
    bool update(const Entry &entry);
    void remove(quint64 key);
    /// The connections behind those keys that are there. The table is larger than any cache: here they wait for memory
    /// together, and whoever looks for one of them next does not.
    QVarLengthArray<ConnectionId, 64> prefetch(std::span<const quint64> keys) const;
    bool hasPeer(const DatagramPeer &peer) const { return firstAt(peer) != 0; }
    /// Connections behind an address.
    QVector<ConnectionId> at(const DatagramPeer &peer) const;
    qsizetype size() const { return qsizetype(m_keys.size()); }
    size_t memory() const { return m_slabs.memory() + m_keys.memory() + m_peers.memory(); } ///< octets

private:
    struct Row;
    using Number = quint32; ///< of a row, as the slabs and the indexes have it; 0 = none

    Row &row(Number number) const;
    Number numberOf(quint64 key) const;
    Number firstAt(const DatagramPeer &peer) const;
    DatagramPeer peerOf(const Row &row) const;
    bool setPeer(Row &row, const DatagramPeer &peer);
    void linkPeer(Number number);
    void unlinkPeer(Number number);
    quint32 keyHash(quint64 key) const;
    quint32 peerHash(const DatagramPeer &peer) const;
    quint32 peerHashOf(Number number) const;

    RecordSlabs m_slabs;  ///< rows, and the addresses that do not fit into one
    using Index = RecordIndex<32 - RecordSlabs::numberBits>;
    Index m_keys;         ///< every row
    Index m_peers;        ///< the first row of each address
    size_t m_seed;
};

} // namespace reveille
