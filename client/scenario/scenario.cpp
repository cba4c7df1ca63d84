// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenario.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace reveille {

QString ScenarioText::in(const QString &language) const
{
    for (const QString &wanted : {language, language.section(u'_', 0, 0), u"en"_s, QString()}) {
        if (const auto found = languages.find(wanted); found != languages.end())
            return *found;
    }
    return languages.isEmpty() ? QString() : languages.first();
}

QString ScenarioDevice::memberName(int index) const
{
    return count == 1 ? name : name + u'-' + QString::number(index + 1);
}

PushClientSettings ScenarioDevice::member(int index) const
{
    PushClientSettings one = settings;
    if (count == 1)
        return one;
    one.deviceName = memberName(index);
    QString user = userPattern;
    one.user = PublicUserId::parse(user.replace(u"{n}"_s, QString::number(index + 1))).valueOr(settings.user);
    // The last group of the UUID counts.
    const QString first = settings.device.value();
    const quint64 tail = QStringView(first).last(12).toULongLong(nullptr, 16) + quint64(index);
    const QString id = first.chopped(12) + u"%1"_s.arg(tail & 0xffffffffffffULL, 12, 16, QChar(u'0'));
    one.device = DeviceId::parse(id).valueOr({});
    for (ClientSession &session : one.sessions)
        session.name += u'-' + QString::number(index + 1);
    return one;
}

Msisdn ScenarioDevice::memberMsisdn(int index) const
{
    if (msisdn.isEmpty() || index == 0)
        return msisdn;
    const QString digits = QString::number(msisdn.digits().toULongLong() + quint64(index));
    return Msisdn::parse(digits).valueOr({});
}

const ScenarioDevice *Scenario::device(const QString &name) const
{
    const auto found = std::find_if(devices.begin(), devices.end(),
                                    [&](const ScenarioDevice &device) { return device.name == name; });
    return found == devices.end() ? nullptr : &*found;
}

QString Scenario::devicePrefix() const
{
    const auto usual = std::find_if(devices.begin(), devices.end(),
                                    [](const ScenarioDevice &device) { return device.hasUsualId; });
    return usual == devices.end() ? QString() : usual->settings.device.toString().chopped(12);
}

int Scenario::deviceCount() const
{
    int count = 0;
    for (const ScenarioDevice &device : devices)
        count += device.count;
    return count;
}

std::optional<Milliseconds> scenarioTimeFromText(const QString &text)
{
    static const QRegularExpression form(uR"(^(\d{1,9}(?:\.\d{1,3})?) ?(ms|s|m|min|h)$)"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return {};
    const QString unit = match.captured(2);
    const double factor = unit == u"ms" ? 1 : unit == u"s" ? 1'000 : unit == u"h" ? 3'600'000 : 60'000;
    return Milliseconds(std::llround(match.captured(1).toDouble() * factor));
}

} // namespace reveille
