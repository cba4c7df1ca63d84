// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wakeup.h"

#include "domain/enumtext.h"

namespace reveille {

namespace {
constexpr EnumNames<9> stepNames{"requested", "route_chosen", "encoded",  "submitted", "accepted",
                                 "received",  "device_seen",  "restored", "delivered"};
constexpr EnumNames<5> stateNames{"active", "succeeded", "cancelled", "refused", "exhausted"};
} // namespace

const char *toText(WakeStep step)
{
    return nameOf(stepNames, step);
}

std::optional<WakeStep> wakeStepFromText(QStringView text)
{
    return valueOf<WakeStep>(stepNames, text);
}

bool isTerminal(WakeState state)
{
    return state != WakeState::Active;
}

const char *toText(WakeState state)
{
    return nameOf(stateNames, state);
}

std::optional<WakeState> wakeStateFromText(QStringView text)
{
    return valueOf<WakeState>(stateNames, text);
}

} // namespace reveille
