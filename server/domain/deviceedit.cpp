// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deviceedit.h"

namespace reveille {

Device DeviceEdit::applied(Device standing) const
{
    const auto take = [this, &standing](auto field) {
        if (field(before) != field(after))
            field(standing) = field(after);
    };
    take([](auto &device) -> auto & { return device.name; });
    take([](auto &device) -> auto & { return device.msisdn; });
    take([](auto &device) -> auto & { return device.clientPort; });
    take([](auto &device) -> auto & { return device.provisionedRoutes; });
    take([](auto &device) -> auto & { return device.subscriptions; });
    take([](auto &device) -> auto & { return device.wakeRule; });
    take([](auto &device) -> auto & { return device.capabilities.contentTypes; });
    take([](auto &device) -> auto & { return device.capabilities.maxMessageSize; });
    take([](auto &device) -> auto & { return device.capabilities.sirVersion; });
    take([](auto &device) -> auto & { return device.preferences.acceptsPushes; });
    take([](auto &device) -> auto & { return device.preferences.preferred; });
    take([](auto &device) -> auto & { return device.preferences.order; });
    take([](auto &device) -> auto & { return device.preferences.zone; });
    const Preferences &was = before.preferences, &is = after.preferences;
    if (was.quietFrom != is.quietFrom || was.quietUntil != is.quietUntil) {
        standing.preferences.quietFrom = is.quietFrom;
        standing.preferences.quietUntil = is.quietUntil;
    }
    return standing;
}

} // namespace reveille
