// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/learnednetwork.h"

#include <optional>

namespace reveille {

/// What is tested and handed out lies between these.
struct PinholeBounds {
    Milliseconds shortest{15000};
    Milliseconds longest{1800000};
};

/// What the samples of one network say of how long its pinholes live. Pure; any thread.
///
/// A path that was open after a silence is sure to have been; one that was not may be a lost packet. So a closed test
/// counts once a second one close to it says the same, and a newer open one of the same or longer silence refutes it.
/// A missed push or a live path that went silent counts at once, but not for long if nothing confirms it. What counts
/// overrules older open samples of the same or longer silence: the lifetime has become shorter.
struct PinholeEstimate {
    Milliseconds longestOpen{0};    ///< 0 = not known
    Milliseconds shortestClosed{0}; ///< 0 = not known; always more than longestOpen
    Milliseconds keepAlive{0};      ///< 0 until a closed end is known or the longest silence is open
    int confidence = 0;             ///< percent, from number, agreement and age of the samples and how far the ends are apart
    std::optional<Milliseconds> next; ///< the silence to be tested next; none while nothing is to be learned
    Timestamp validUntil;           ///< then the same samples say something else; not set = never

    static constexpr int safePercent = 80;   ///< of the longest open silence is handed out
    static constexpr int narrowPercent = 10; ///< ends this close need no more tests
    static constexpr int surePercent = 10;   ///< closed samples this far apart confirm each other
    static constexpr int closedNeeded = 3;   ///< before the closed end is no longer doubted
    static constexpr Milliseconds loneLossHolds{30 * 60 * 1000}; ///< of a loss in live traffic that nothing confirms
    static constexpr Milliseconds recheckAfter{24LL * 3600 * 1000}; ///< both ends are tested again
    static constexpr Milliseconds forgottenAfter{30LL * 24 * 3600 * 1000};
};

/// `samples` oldest first.
PinholeEstimate estimatePinhole(const QVector<PinholeSample> &samples, const PinholeBounds &bounds, Timestamp now);

/// Puts a sample to the others, at most LearnedNetwork::maxSamples: what is too old goes, then what says the least.
/// False, and nothing is done, for an open one of live traffic that tells nothing new: there are many of those.
bool addPinholeSample(QVector<PinholeSample> &samples, const PinholeSample &sample, const PinholeBounds &bounds);

} // namespace reveille
