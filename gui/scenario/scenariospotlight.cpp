// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenario/scenariospotlight.h"

namespace reveille {

namespace {

ScenarioSpotlight spotlightOn(const ScenarioDevice &device, int member)
{
    const PushClientSettings settings = device.member(member);
    return {settings.user, settings.device};
}

/// By its own name, or that of the group it is in.
std::optional<ScenarioSpotlight> named(const Scenario &scenario, const QString &name)
{
    for (const ScenarioDevice &device : scenario.devices) {
        if (device.name == name)
            return spotlightOn(device, 0);
        if (!name.startsWith(device.name + u'-'))
            continue;
        const int member = QStringView(name).sliced(device.name.size() + 1).toInt();
        if (member >= 1 && member <= device.count && device.memberName(member - 1) == name)
            return spotlightOn(device, member - 1);
    }
    return {};
}

QStringList namesIn(const ScenarioStep &step)
{
    QStringList names;
    for (const ScenarioExpectation &wanted : step.expectations)
        names << wanted.subject << wanted.by;
    for (const ScenarioAction &action : step.actions)
        names << action.names << action.each << action.fields.value(u"to")[u"device"].toString();
    names.removeAll(QString());
    return names;
}

} // namespace

std::optional<ScenarioSpotlight> spotlightOf(const Scenario &scenario, int step)
{
    for (int index = qMin(step, int(scenario.steps.size()) - 1); index >= 0; --index) {
        for (const QString &name : namesIn(scenario.steps[index])) {
            if (const auto found = named(scenario, name))
                return found;
        }
    }
    if (scenario.devices.isEmpty())
        return {};
    return spotlightOn(scenario.devices.first(), 0);
}

} // namespace reveille
