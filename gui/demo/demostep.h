// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QString>

namespace reveille {

/// The steps of the story, in order.
enum class DemoChapter : quint8 { Registers, GoesQuiet, Push, WakeUp, Returns, Delivered };
constexpr int demoChapters = int(DemoChapter::Delivered) + 1;

/// One step as it is shown: what should happen beside what did. Ticked only by something the server or a device reported.
struct DemoStep {
    enum class State : quint8 { Ahead, Current, Ticked, Missed };
    DemoChapter chapter = DemoChapter::Registers;
    State state = State::Ahead;
    QString title;
    QString expected;
    QString actual;      ///< empty while nothing happened
    Timestamp at;        ///< when it was ticked or missed
};

} // namespace reveille
