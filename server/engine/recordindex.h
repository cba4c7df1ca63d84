// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace reveille {

/// Finds records by a key that stands in the record itself: open addressing with linear probing over 32-bit numbers,
/// nothing else is kept. `hashOf(number)` tells the hash of a number's key. 0 is no number. One thread at a time.
///
/// Where numbers leave their upper `tagBits` free, bits of the hash stand there, and few records are looked at that are
/// not the one: each may be far away in memory.
template <int tagBits = 0>
class RecordIndex
{
    static_assert(tagBits >= 0 && tagBits < 32);

public:
    /// The number under this hash that `isIt(number)` accepts; 0 where there is none.
    template <typename IsIt>
    quint32 find(quint32 hash, IsIt isIt) const
    {
        if (m_slots.empty())
            return 0;
        for (size_t at = home(hash); m_slots[at] != 0; at = next(at)) {
            if (tag(hash) == (m_slots[at] & ~numbers) && isIt(m_slots[at] & numbers))
                return m_slots[at] & numbers;
        }
        return 0;
    }

    /// Fetches what a search under this hash begins with.
    void prefetch(quint32 hash) const
    {
        if (!m_slots.empty())
            __builtin_prefetch(&m_slots[home(hash)]);
    }
    /// What may be the number under this hash, without a look at its record; 0 where there is none.
    quint32 likely(quint32 hash) const
    {
        return find(hash, [](quint32) { return true; });
    }

    template <typename HashOf>
    void reserve(size_t count, HashOf hashOf)
    {
        const size_t slots = count + count / 4 + 64;
        if (slots > m_slots.size())
            resize(slots, hashOf);
    }

    template <typename HashOf>
    void insert(quint32 hash, quint32 number, HashOf hashOf)
    {
        if ((m_used + 1) * 5 > m_slots.size() * 4)
            resize(m_slots.size() + m_slots.size() / 4 + 64, hashOf);
        put(hash, number);
        ++m_used;
    }

    /// The number must be there.
    template <typename HashOf>
    void erase(quint32 hash, quint32 number, HashOf hashOf)
    {
        size_t hole = home(hash);
        while ((m_slots[hole] & numbers) != number)
            hole = next(hole);
        // What was pushed aside by the one that goes moves back towards its home.
        for (size_t at = next(hole); m_slots[at] != 0; at = next(at)) {
            if (distance(home(hashOf(m_slots[at] & numbers)), at) >= distance(hole, at)) {
                m_slots[hole] = m_slots[at];
                hole = at;
            }
        }
        m_slots[hole] = 0;
        --m_used;
        if (m_used * 3 < m_slots.size() && m_slots.size() > 1024)
            resize(m_slots.size() / 2, hashOf);
    }

    template <typename Visit>
    void forEach(Visit visit) const
    {
        for (const quint32 slot : m_slots) {
            if (slot != 0)
                visit(slot & numbers);
        }
    }

    /// The same for a tenth of the slots, from `cursor` on.
    template <typename Visit>
    void lookAround(size_t &cursor, Visit visit) const
    {
        if (m_slots.empty())
            return;
        for (size_t left = m_slots.size() / 10 + 1; left > 0; --left) {
            cursor = cursor < m_slots.size() ? cursor : 0;
            if (m_slots[cursor] != 0)
                visit(m_slots[cursor] & numbers);
            ++cursor;
        }
    }

    size_t size() const { return m_used; }
    size_t memory() const { return m_slots.capacity() * sizeof(quint32); }

private:
    static constexpr quint32 numbers = ~quint32(0) >> tagBits;

    quint32 tag(quint32 hash) const { return quint32(quint64(hash) << (32 - tagBits)); } ///< home() takes the upper bits
    size_t home(quint32 hash) const { return size_t((quint64(hash) * m_slots.size()) >> 32); }
    size_t next(size_t at) const { return at + 1 == m_slots.size() ? 0 : at + 1; }
    size_t distance(size_t from, size_t to) const { return to >= from ? to - from : to + m_slots.size() - from; }

    void put(quint32 hash, quint32 number)
    {
        size_t at = home(hash);
        while (m_slots[at] != 0)
            at = next(at);
        m_slots[at] = tag(hash) | number;
    }

    template <typename HashOf>
    void resize(size_t size, HashOf hashOf)
    {
        std::vector<quint32> old(size, 0);
        old.swap(m_slots);
        for (const quint32 slot : old) {
            if (slot != 0)
                put(hashOf(slot & numbers), slot & numbers);
        }
    }

    std::vector<quint32> m_slots;
    size_t m_used = 0;
};

} // namespace reveille
