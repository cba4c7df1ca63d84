// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wakerule.h"

#include "domain/enumtext.h"

namespace reveille {

namespace {
constexpr EnumNames<4> ruleNames{"", "on_push", "always", "never"};
} // namespace

const char *toText(WakeRule rule)
{
    return nameOf(ruleNames, rule);
}

std::optional<WakeRule> wakeRuleFromText(QStringView text)
{
    return valueOf<WakeRule>(ruleNames, text);
}

WakeRuleInForce wakeRuleInForce(WakeRule ofDevice, WakeRule ofUser, WakeRule byDefault)
{
    if (ofDevice != WakeRule::Inherit)
        return {ofDevice, "device.wake_policy"};
    if (ofUser != WakeRule::Inherit)
        return {ofUser, "user.wake_policy"};
    return {byDefault == WakeRule::Inherit ? WakeRule::OnPush : byDefault, "wake/policy"};
}

} // namespace reveille
