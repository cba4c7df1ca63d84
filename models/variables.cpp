// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/variables.h"

#include <QRegularExpression>
#include <QUuid>

namespace reveille::Variables {

using namespace Qt::StringLiterals;

namespace {

const QString namePattern = u"[A-Za-z][A-Za-z0-9_]{0,31}"_s;

QRegularExpressionMatchIterator placesIn(const QString &text)
{
    static const QRegularExpression place(u"\\{\\{ *("_s + namePattern + u") *\\}\\}"_s);
    return place.globalMatch(text);
}

} // namespace

QStringList in(const QString &text)
{
    QStringList names;
    for (auto place = placesIn(text); place.hasNext();) {
        const QString name = place.next().captured(1);
        if (!names.contains(name))
            names.append(name);
    }
    return names;
}

bool isName(const QString &text)
{
    static const QRegularExpression whole(QRegularExpression::anchoredPattern(namePattern));
    return whole.match(text).hasMatch();
}

QString filled(const QString &text, const VariableValues &values)
{
    QString result;
    qsizetype from = 0;
    for (auto places = placesIn(text); places.hasNext();) {
        const QRegularExpressionMatch place = places.next();
        const auto value = values.constFind(place.captured(1));
        if (value == values.cend())
            continue;
        result += QStringView(text).sliced(from, place.capturedStart() - from);
        result += *value;
        from = place.capturedEnd();
    }
    result += QStringView(text).sliced(from);
    return result;
}

QStringList builtIns()
{
    return {u"user"_s, u"device"_s, u"number"_s, u"time"_s, u"counter"_s, u"uuid"_s};
}

VariableValues builtInValues(const PublicUserId &user, const DeviceId &device, const Msisdn &number, Timestamp now, qint64 counter)
{
    VariableValues values{{u"time"_s, now.toIso()},
                          {u"counter"_s, QString::number(counter)},
                          {u"uuid"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)}};
    for (const auto &[name, value] : {std::pair(u"user"_s, user.toString()), std::pair(u"device"_s, device.toString()),
                                      std::pair(u"number"_s, number.toString())}) {
        if (!value.isEmpty())
            values.insert(name, value);
    }
    return values;
}

} // namespace reveille::Variables
