// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <optional>

namespace reveille {

/// What wakes a device by itself. That of the device wins over that of its user, which wins over [wake] policy. Staff wake
/// by hand whatever it says. Any thread.
enum class WakeRule : quint8 {
    Inherit, ///< as the next one says
    OnPush,  ///< a push that is for it and may wake it
    Always,  ///< that, and its path going bad
    Never,   ///< nothing: pushes wait until it comes back
};
const char *toText(WakeRule rule); ///< "", "on_push", "always", "never"
std::optional<WakeRule> wakeRuleFromText(QStringView text);

/// The rule that holds, and the setting it stands in: "device.wake_policy", "user.wake_policy" or "wake/policy".
struct WakeRuleInForce {
    WakeRule rule = WakeRule::OnPush;
    const char *setting = "wake/policy";
};
WakeRuleInForce wakeRuleInForce(WakeRule ofDevice, WakeRule ofUser, WakeRule byDefault);

} // namespace reveille
