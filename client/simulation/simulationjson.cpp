// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/simulation/simulationjson.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

QJsonValue jsonValueOf(const QString &text)
{
    if (text == u"true" || text == u"false")
        return text == u"true";
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    return ok && !text.startsWith(u'+') && number <= (1LL << 53) && number >= -(1LL << 53)
               ? QJsonValue(number)
               : QJsonValue(text);
}

} // namespace

Result<QJsonObject> settingsFromTexts(const QStringList &assignments)
{
    QJsonObject object;
    for (const QString &assignment : assignments) {
        const qsizetype equals = assignment.indexOf(u'=');
        const QStringList names = assignment.left(std::max<qsizetype>(equals, 0)).split(u'.');
        if (equals < 1 || names.size() > 2 || names.contains(QString()))
            return Error{"setting-form", assignment.left(64)};
        const QJsonValue value = jsonValueOf(assignment.mid(equals + 1));
        const QJsonValue there = object.value(names.first());
        if (names.size() == 1) {
            if (!there.isUndefined())
                return Error{"setting-twice", names.first()};
            object.insert(names.first(), value);
            continue;
        }
        QJsonObject group = there.toObject();
        if ((!there.isUndefined() && !there.isObject()) || group.contains(names.last()))
            return Error{"setting-twice", names.join(u'.')};
        group.insert(names.last(), value);
        object.insert(names.first(), group);
    }
    return object;
}

void SettingsReader::time(const QString &name, Milliseconds &to, Milliseconds least)
{
    qint64 ms = to.count();
    m_reader.number(name, ms, least.count(), simulationTimeLimit.count());
    to = Milliseconds(ms);
}

void SettingsReader::count(const QString &name, int &to, int least, int most)
{
    qint64 number = to;
    m_reader.number(name, number, least, most);
    to = int(number);
}

} // namespace reveille
