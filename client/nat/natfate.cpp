// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/natfate.h"

namespace reveille {

NatFate NatFateMaker::next(const NatImpairment &way)
{
    const bool lost = m_random.hits(way.lossPercent);
    const bool doubled = m_random.hits(way.duplicatePercent);
    const bool late = m_random.hits(way.reorderPercent);
    const Milliseconds jitter(m_random.below(way.jitter.count() + 1));
    const Milliseconds other(m_random.below(way.jitter.count() + 1));
    NatFate fate;
    fate.dropped = way.blocked ? "blocked" : lost ? "loss" : nullptr;
    if (fate.dropped)
        return fate;
    fate.late = late;
    fate.delay = way.delay + jitter + (late ? way.reorderDelay : Milliseconds(0));
    if (doubled)
        fate.another = way.delay + other;
    return fate;
}

} // namespace reveille
