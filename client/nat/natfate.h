// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/nat/natsettings.h"
#include "client/simulation/simulationrandom.h"

namespace reveille {

/// What becomes of one datagram on its way.
struct NatFate {
    const char *dropped = nullptr; ///< "blocked", "loss"; null: it arrives
    Milliseconds delay{0};
    bool late = false;                   ///< others may overtake it
    std::optional<Milliseconds> another; ///< delay of a second copy
    friend bool operator==(const NatFate &, const NatFate &) = default;
};

/// Draws fates for one direction. Every datagram takes as many numbers whatever the settings are, so that
/// with the same seed the same ones are lost when only something else is changed. Thread of the simulation.
class NatFateMaker {
public:
    NatFateMaker(quint64 seed, quint64 stream)
        : m_random(seed, stream)
    {
    }
    NatFate next(const NatImpairment &way);

private:
    SimulationRandom m_random;
};

} // namespace reveille
