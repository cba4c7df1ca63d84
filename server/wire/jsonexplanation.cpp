// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsonpush.h"

#include "domain/explanationtext.h"

namespace reveille {

using namespace Qt::StringLiterals;

QJsonArray toJson(const QVector<Check> &checks)
{
    QJsonArray list;
    for (const Check &check : checks) {
        list.append(QJsonObject{
            {u"question"_s, QString::fromLatin1(check.question)},
            {u"outcome"_s, QString::fromLatin1(toText(check.outcome))},
            {u"value"_s, jsonText(check.value)},
            {u"setting"_s, jsonText(QString::fromLatin1(check.setting))},
            {u"text"_s, jsonText(explanationtext::check(check))},
        });
    }
    return list;
}

QJsonObject toJson(const DeviceExplanation &explanation)
{
    return {
        {u"device"_s, explanation.device.toString()},
        {u"chosen"_s, explanation.chosen},
        {u"path"_s, QString::fromLatin1(toText(explanation.path))},
        {u"text"_s, jsonText(explanationtext::verdict(explanation))},
        {u"checks"_s, toJson(explanation.checks)},
    };
}

QJsonObject toJson(const Explanation &explanation)
{
    QJsonArray devices;
    for (const DeviceExplanation &device : explanation.devices)
        devices.append(toJson(device));
    return {{u"devices"_s, devices}, {u"complete"_s, explanation.complete}};
}

} // namespace reveille
