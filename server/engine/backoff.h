// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QRandomGenerator>

#include <algorithm>

namespace reveille {

/// How long to wait before the next try: doubled each time up to a most, and spread by a quarter either way, so that
/// many who lost the same peer do not come back to it at once. A value; any thread.
class Backoff {
public:
    explicit Backoff(Milliseconds first = Milliseconds(1000), Milliseconds most = Milliseconds(60000))
        : m_first(first)
        , m_most(most)
    {
    }
    Milliseconds next()
    {
        const Milliseconds wait = now();
        grow();
        return wait;
    }
    /// For a step that is not to make the next one longer.
    Milliseconds now() const
    {
        const Milliseconds wait = std::min(m_most, Milliseconds(m_first.count() << std::min(m_tries, 20)));
        return Milliseconds(wait.count() * (75 + QRandomGenerator::global()->bounded(51)) / 100);
    }
    void grow() { ++m_tries; }
    void reset() { m_tries = 0; }
    int tries() const { return m_tries; }

private:
    Milliseconds m_first;
    Milliseconds m_most;
    int m_tries = 0;
};

} // namespace reveille
