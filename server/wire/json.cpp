// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/json.h"

#include <QJsonDocument>
#include <QJsonParseError>

namespace reveille {

Result<QJsonObject> parseJsonObject(QByteArrayView octets)
{
    if (octets.isEmpty())
        return Error{"json-empty", {}};
    if (octets.size() > jsonMaxSize)
        return Error{"json-too-long", QString::number(octets.size())};
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(octets.toByteArray(), &fault);
    if (fault.error != QJsonParseError::NoError)
        return Error{"json-syntax", QString::number(fault.offset)};
    if (!document.isObject())
        return Error{"json-not-object", {}};
    return document.object();
}

QByteArray toJsonBytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonValue jsonText(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue jsonTime(Timestamp time)
{
    return jsonText(time.toIso());
}

QJsonArray jsonTexts(const QStringList &texts)
{
    return QJsonArray::fromStringList(texts);
}

} // namespace reveille
