// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/explanation.h"

#include "domain/enumtext.h"

namespace reveille {

namespace {
constexpr EnumNames<4> pathNames{"none", "direct", "wake", "wait"};
constexpr EnumNames<3> outcomeNames{"passed", "failed", "not_asked"};
/// Every question and setting of a check that is kept with a wake-up.
constexpr const char *keptCodes[] = {
    "route-known",   "route-implied",       "bearer-configured",   "bearer-healthy", "bearer-differs",   "attempts-left",
    "wake-allowed",  "address-allowed",     "connected",      "may-wake",         "wake_routes",         "fault-injected",
    "bearer",        "wake/routes",         "wake/attempts",  "bearer/allowed_networks",
    "wake/policy",   "user.wake_policy",    "device.wake_policy", "faults",
};

const char *keptCode(QStringView text)
{
    for (const char *code : keptCodes) {
        if (text == QLatin1StringView(code))
            return code;
    }
    return "";
}
} // namespace

const char *toText(DeliveryPath path)
{
    return nameOf(pathNames, path);
}

Check checkFromTexts(QStringView question, QStringView outcome, const QString &value, QStringView setting)
{
    return {keptCode(question), valueOf<Check::Outcome>(outcomeNames, outcome).value_or(Check::Outcome::NotAsked), value,
            keptCode(setting)};
}

const char *toText(Check::Outcome outcome)
{
    return nameOf(outcomeNames, outcome);
}

} // namespace reveille
