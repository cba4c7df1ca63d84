// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/datagrampeer.h"
#include "domain/ids.h"

#include <deque>
#include <vector>

namespace reveille {

/// What is kept for each application instance registered beside what the Registry knows: which connection a key stands
/// for, and which keys stand behind an address. About 60 octets each: no node, no string, no timer. Server thread.
class RegistrationTable
{
public:
    struct Entry {
        quint64 key = 0;         ///< secret, drawn at random; 0 in an unused place
        ConnectionId connection;
        DatagramPeer peer;       ///< where pushes go
        bool fixed = false;      ///< the device named that address; otherwise it is where it sends from
        quint32 lifetime = 0;    ///< seconds asked for, for refreshes that do not say
    private:
        friend class RegistrationTable;
        quint32 nextAtPeer = 0;  ///< place + 1 of another one behind the same address, or of the next free place
    };

    /// A key not in use: never 0.
    quint64 newKey() const;
    void add(const Entry &entry);
    /// The entry stays where it is until it is removed; its key and peer are changed by nobody else.
    Entry *find(quint64 key);
    void move(quint64 key, const DatagramPeer &peer);
    void remove(quint64 key);
    bool hasPeer(const DatagramPeer &peer) const;
    /// Connections behind an address.
    QVector<ConnectionId> at(const DatagramPeer &peer) const;
    qsizetype size() const { return m_size; }

private:
    /// Open addressing over places + 1; what is compared stands in the entries.
    template <typename What>
    class Index
    {
    public:
        quint32 find(const RegistrationTable &table, const What &what) const;
        void insert(const RegistrationTable &table, const What &what, quint32 place);
        void replace(const RegistrationTable &table, const What &what, quint32 place);
        void remove(const RegistrationTable &table, const What &what);

    private:
        size_t slotOf(const RegistrationTable &table, const What &what) const;
        void grow(const RegistrationTable &table);
        std::vector<quint32> m_slots;
        size_t m_used = 0;
    };
    static quint64 partOf(const Entry &entry, const quint64 *) { return entry.key; }
    static const DatagramPeer &partOf(const Entry &entry, const DatagramPeer *) { return entry.peer; }
    const Entry &entry(quint32 place) const { return m_entries[place - 1]; }
    Entry &entry(quint32 place) { return m_entries[place - 1]; }
    void linkPeer(quint32 place);
    void unlinkPeer(quint32 place);

    std::deque<Entry> m_entries;
    Index<quint64> m_keys;
    Index<DatagramPeer> m_peers;
    quint32 m_free = 0; ///< place + 1
    qsizetype m_size = 0;
};

} // namespace reveille
