// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

namespace reveille {

/// Chance of one device of a fleet, the same on every machine for the same seed: splitmix64, because its state is
/// eight octets and there are a hundred thousand devices (SimulationRandom keeps 2.5 KiB). Any thread, one at a time.
class FleetRandom {
public:
    FleetRandom() = default;
    /// `stream` tells apart several that share a seed.
    FleetRandom(quint64 seed, quint64 stream)
        : m_state(mixed(seed + step) ^ mixed(stream))
    {
    }

    quint64 next() { return mixed(m_state += step); }
    /// 0 to bound - 1; 0 for a bound below 2.
    qint64 below(qint64 bound) { return bound < 2 ? 0 : qint64(next() % quint64(bound)); }
    bool hits(int percent) { return percent > 0 && below(100) < percent; }
    /// `middle` give or take so many per cent of it.
    Milliseconds around(Milliseconds middle, int percent)
    {
        const qint64 spread = middle.count() * percent / 100;
        return Milliseconds(middle.count() - spread + below(2 * spread + 1));
    }

private:
    static constexpr quint64 step = 0x9e3779b97f4a7c15ULL;
    static quint64 mixed(quint64 value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
        return value ^ (value >> 31);
    }

    quint64 m_state = 0;
};

} // namespace reveille
