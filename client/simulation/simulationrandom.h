// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <random>

namespace reveille {

/// Chance that is the same on every machine for the same seed: the generator is laid down by the C++
/// standard, its distributions are not, so they are made here. `stream` tells apart several that share a
/// seed. Any thread, one at a time.
class SimulationRandom {
public:
    explicit SimulationRandom(quint64 seed, quint64 stream = 0)
        : m_numbers(seed * 0x9e3779b97f4a7c15ULL + stream)
    {
    }

    /// 0 to bound - 1; 0 for a bound below 2.
    qint64 below(qint64 bound)
    {
        const quint64 number = m_numbers();
        return bound < 2 ? 0 : qint64(number % quint64(bound));
    }
    bool hits(int percent) { return below(100) < percent; }

private:
    std::mt19937_64 m_numbers;
};

} // namespace reveille
