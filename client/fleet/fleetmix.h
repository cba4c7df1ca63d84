// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/timestamp.h"

#include <QJsonObject>
#include <QString>

namespace reveille {

/// What a device of a fleet is like.
enum class FleetHabit : quint8 {
    Keeper,  ///< keeps its path open
    Sleeper, ///< goes silent once it has nothing to do and comes back when it is woken
    Roamer,  ///< keeps its path open, and changes its address now and then
    Flaky,   ///< loses packets, answers late, starts again
};
const char *toText(FleetHabit habit); ///< "keeper", "sleeper", "roamer", "flaky"

/// How a fleet is made up and how its devices behave; may change while it runs. Plain values, any thread.
struct FleetMix {
    int keepers = 60, sleepers = 20, roamers = 15, flaky = 5; ///< shares of their sum

    Milliseconds interval{0};   ///< between keep-alives; 0: as the server says, else 25 s
    int jitterPercent = 10;     ///< of it, less or more
    Milliseconds awake{20000};  ///< a sleeper stays so long after it registered or got something, give or take a half
    Milliseconds wakeDelay{500}; ///< a device takes up to so long to obey a wake-up
    Milliseconds roam{300000};  ///< between two moves, give or take a half
    Milliseconds restart{600000}; ///< between two restarts of a flaky one, give or take a half
    int lossPercent = 20;       ///< packets that a flaky one loses, each way
    int latePercent = 20;       ///< requests that a flaky one answers late
    Milliseconds late{3000};    ///< how late at most
    Milliseconds proven{30000}; ///< a packet of the server proves the path so long, and a wake-up is not obeyed

    /// Of the device for which `draw` (any number) was drawn.
    FleetHabit habitOf(quint64 draw) const;

    /// "keepers=60,sleepers=20,awake_s=5": what is named changes, but where a share is named those not named are 0.
    /// Commas and line ends part, what follows # up to the line's end is skipped. Errors mix-form (about: the part),
    /// mix-unknown, mix-value (about: the name), mix-empty (all shares are 0).
    static Result<FleetMix> parse(const QString &text, const FleetMix &before);
    static constexpr qsizetype largestFile = 65536; ///< octets
    QJsonObject toJson() const;

    friend bool operator==(const FleetMix &, const FleetMix &) = default;
};

} // namespace reveille
