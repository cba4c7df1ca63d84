// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/push.h"

#include "domain/enumtext.h"

#include <algorithm>

namespace reveille {

namespace {
constexpr EnumNames<10> stateNames{"accepted",  "waiting", "waking",    "sending",  "delivered",
                                   "confirmed", "expired", "cancelled", "replaced", "undeliverable"};
constexpr EnumNames<3> groupNames{"under_way", "delivered", "failed"};
constexpr EnumNames<3> priorityNames{"low", "normal", "high"};
constexpr EnumNames<3> whenNames{"now", "when_reachable", "wake"};
constexpr EnumNames<3> choiceNames{"all", "first_reachable", "preferred"};
} // namespace

bool isTerminal(PushState state)
{
    return state >= PushState::Delivered;
}

bool isDelivered(PushState state)
{
    return state == PushState::Delivered || state == PushState::Confirmed;
}

bool mayFollow(PushState state, PushState next, bool isConfirmationAsked)
{
    if (next == PushState::Confirmed)
        return state == PushState::Delivered && isConfirmationAsked;
    return !isTerminal(state);
}

const char *toText(PushState state)
{
    return nameOf(stateNames, state);
}

std::optional<PushState> pushStateFromText(QStringView text)
{
    return valueOf<PushState>(stateNames, text);
}

PushGroup groupOf(PushState state)
{
    switch (state) {
    case PushState::Accepted:
    case PushState::Waiting:
    case PushState::Waking:
    case PushState::Sending: return PushGroup::UnderWay;
    case PushState::Delivered:
    case PushState::Confirmed: return PushGroup::Delivered;
    case PushState::Expired:
    case PushState::Cancelled:
    case PushState::Replaced:
    case PushState::Undeliverable: break;
    }
    return PushGroup::Failed;
}

const char *toText(PushGroup group)
{
    return nameOf(groupNames, group);
}

std::optional<PushGroup> pushGroupFromText(QStringView text)
{
    return valueOf<PushGroup>(groupNames, text);
}

const char *toText(PushPriority priority)
{
    return nameOf(priorityNames, priority);
}

std::optional<PushPriority> pushPriorityFromText(QStringView text)
{
    return valueOf<PushPriority>(priorityNames, text);
}

const char *toText(PushWhen when)
{
    return nameOf(whenNames, when);
}

std::optional<PushWhen> pushWhenFromText(QStringView text)
{
    return valueOf<PushWhen>(whenNames, text);
}

const char *toText(DeviceChoice choice)
{
    return nameOf(choiceNames, choice);
}

std::optional<DeviceChoice> deviceChoiceFromText(QStringView text)
{
    return valueOf<DeviceChoice>(choiceNames, text);
}

PushState overallState(const QVector<Delivery> &deliveries)
{
    std::array<int, stateNames.size()> counts{};
    for (const Delivery &delivery : deliveries)
        ++counts.at(std::size_t(delivery.state));
    const auto count = [&](PushState state) {
        return counts.at(std::size_t(state));
    };

    for (PushState pending :
         {PushState::Sending, PushState::Waking, PushState::Waiting, PushState::Accepted}) {
        if (count(pending) > 0)
            return pending;
    }
    if (count(PushState::Delivered) > 0)
        return PushState::Delivered;
    if (count(PushState::Confirmed) > 0)
        return PushState::Confirmed;

    PushState commonest = PushState::Undeliverable;
    for (PushState ended : {PushState::Expired, PushState::Cancelled, PushState::Replaced}) {
        if (count(ended) > count(commonest))
            commonest = ended;
    }
    return commonest;
}

} // namespace reveille
