// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/explanation.h"

#include "domain/enumtext.h"

namespace reveille {

namespace {
constexpr EnumNames<4> pathNames{"none", "direct", "wake", "wait"};
constexpr EnumNames<3> outcomeNames{"passed", "failed", "not_asked"};
} // namespace

const char *toText(DeliveryPath path)
{
    return nameOf(pathNames, path);
}

const char *toText(Check::Outcome outcome)
{
    return nameOf(outcomeNames, outcome);
}

} // namespace reveille
