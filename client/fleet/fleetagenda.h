// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <optional>
#include <vector>

namespace reveille {

/// When each device of a fleet is due next: a heap of device numbers, 16 octets each, a change costs the logarithm of
/// their number. What is due at the same moment comes in the order of the numbers, so that a run can be repeated.
/// Any thread, one at a time.
class FleetAgenda {
public:
    explicit FleetAgenda(quint32 devices);

    static constexpr Milliseconds never = Milliseconds::max();

    /// Replaces the moment it was due before; never: it is due no more.
    void set(quint32 device, Milliseconds due);
    Milliseconds dueOf(quint32 device) const { return m_due[device]; }
    /// Nothing where nobody is due.
    std::optional<quint32> first() const;
    Milliseconds nextDue() const; ///< never where nobody is due

private:
    static constexpr quint32 nowhere = ~quint32(0);
    bool isBefore(quint32 a, quint32 b) const;
    void put(quint32 place, quint32 device);
    void rise(quint32 place);
    void sink(quint32 place);

    std::vector<Milliseconds> m_due;
    std::vector<quint32> m_place; ///< in the heap
    std::vector<quint32> m_heap;
};

} // namespace reveille
