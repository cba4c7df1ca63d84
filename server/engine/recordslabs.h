// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <memory>
#include <vector>

namespace reveille {

/// Memory for small records, in blocks of a multiple of 8 bytes cut from large chunks, named by 29-bit numbers (so at
/// most 4 GB). Freed blocks serve the next of the same size. One thread at a time.
class RecordSlabs
{
public:
    static constexpr size_t largest = 1024;
    static constexpr int numberBits = 29;
    static constexpr quint32 most = 1U << numberBits;

    /// 0 where the record is too large or everything is full.
    quint32 take(size_t size);
    void give(quint32 number, size_t size);
    char *at(quint32 number) const
    {
        return m_chunks[number / unitsPerChunk].get() + size_t(number % unitsPerChunk) * unit;
    }
    /// Fetches the record, which has this size, into the caches; 0 is none.
    void prefetch(quint32 number, size_t size) const
    {
        for (size_t line = 0; number != 0 && line < size; line += 64)
            __builtin_prefetch(at(number) + line);
    }
    size_t memory() const { return m_chunks.size() * chunkSize; }

private:
    static constexpr size_t unit = 8;
    static constexpr size_t chunkSize = 256 * 1024;
    static constexpr quint32 unitsPerChunk = chunkSize / unit;
    struct SizeClass {
        quint32 free = 0;            ///< first of a list through the free blocks
        quint32 next = 0, end = 0;   ///< what is left of the newest chunk
    };
    std::vector<std::unique_ptr<char[]>> m_chunks;
    std::array<SizeClass, largest / unit + 1> m_classes;
};

} // namespace reveille
