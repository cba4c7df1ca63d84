// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenarioreading.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

bool isDeviceMember(const ScenarioDevice &device, const QString &name)
{
    if (name == device.name)
        return true;
    if (device.count == 1 || !name.startsWith(device.name + u'-'))
        return false;
    const int number = QStringView(name).sliced(device.name.size() + 1).toInt();
    return number >= 1 && number <= device.count && name == device.memberName(number - 1);
}

bool ScenarioNames::isDevice(const QString &name) const
{
    return foreign || std::any_of(scenario.devices.begin(), scenario.devices.end(),
                                  [&](const ScenarioDevice &device) { return isDeviceMember(device, name); });
}

bool ScenarioNames::isTaken(const QString &name) const
{
    return pushes.contains(name) || wakes.contains(name) || faults.contains(name) || isDevice(name) ||
           isSimulator(name);
}

bool ScenarioNames::isSimulator(const QString &name) const
{
    return simulators().contains(name);
}

QStringList ScenarioNames::devices() const
{
    QStringList names;
    for (const ScenarioDevice &device : scenario.devices)
        names.append(device.name);
    return names;
}

QStringList ScenarioNames::simulators() const
{
    QStringList names;
    for (const ScenarioNat &nat : scenario.nats)
        names.append(nat.name);
    for (const ScenarioSmsc &smsc : scenario.smscs)
        names.append(smsc.name);
    return names;
}

QStringList ScenarioNames::sources() const
{
    return devices() + simulators() + QStringList{u"server"_s};
}

bool isScenarioName(const QString &text)
{
    static const QRegularExpression form(uR"(^[A-Za-z][\w-]{0,39}$)"_s);
    return form.match(text).hasMatch();
}

void failUnknownName(const QString &name, int line, const QStringList &known, ScenarioFault &fault)
{
    fault.fail("scenario-name-unknown", name.left(64), line, nearestOf(name, known));
}

} // namespace reveille
