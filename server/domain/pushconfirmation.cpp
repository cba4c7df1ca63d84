// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pushconfirmation.h"

#include "domain/enumtext.h"

#include <algorithm>

namespace reveille {

namespace {
constexpr EnumNames<2> byNames{"by-application", "by-user"};
} // namespace

const char *toText(PushConfirmation::By by)
{
    return nameOf(byNames, by);
}

Result<ConfirmationStep> judgeConfirmation(const Push *push, const PushConfirmation &word, Timestamp now)
{
    const auto end = push ? push->deliveries.cend() : QVector<Delivery>::const_iterator();
    const auto delivery = push ? std::find_if(push->deliveries.cbegin(), end,
                                              [&](const Delivery &one) { return one.device == word.device; })
                               : end;
    if (!push || delivery == end)
        return Error{"push-unknown", {}};
    const QString &id = push->id.text();
    if (!push->request.confirm)
        return Error{"confirmation-unasked", id};
    if (word.isDenial)
        return Error{"confirmation-negative", id};
    if (delivery->state == PushState::Confirmed)
        return ConfirmationStep::Repeats;
    const bool isGivenUp = isTerminal(push->state) && !push->awaitsConfirmation;
    if (isGivenUp || push->expiresAt <= now || (isTerminal(delivery->state) && delivery->state != PushState::Delivered))
        return Error{"confirmation-late", id};
    if (delivery->state == PushState::Delivered)
        return ConfirmationStep::Confirms;
    if (delivery->attempts == 0)
        return Error{"confirmation-early", id};
    return ConfirmationStep::Delivers;
}

} // namespace reveille
