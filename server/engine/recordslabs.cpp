// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recordslabs.h"

#include <cstring>

namespace reveille {

quint32 RecordSlabs::take(size_t size)
{
    if (size == 0 || size > largest)
        return 0;
    const size_t units = (size + unit - 1) / unit;
    SizeClass &of = m_classes[units];
    if (of.free != 0) {
        const quint32 number = of.free;
        std::memcpy(&of.free, at(number), sizeof of.free);
        return number;
    }
    if (of.end - of.next < units) {
        if ((m_chunks.size() + 1) * unitsPerChunk > most)
            return 0;
        const auto first = quint32(m_chunks.size() * unitsPerChunk);
        m_chunks.push_back(std::make_unique_for_overwrite<char[]>(chunkSize));
        of.next = first == 0 ? 1 : first; // 0 names nothing
        of.end = first + unitsPerChunk;
    }
    const quint32 number = of.next;
    of.next += quint32(units);
    return number;
}

void RecordSlabs::give(quint32 number, size_t size)
{
    SizeClass &of = m_classes[(size + unit - 1) / unit];
    std::memcpy(at(number), &of.free, sizeof of.free);
    of.free = number;
}

} // namespace reveille
