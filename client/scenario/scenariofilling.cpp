// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariofilling.h"

#include "wire/httptarget.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace reveille {

QString ScenarioFilling::text(const QString &text, Form form)
{
    static const QRegularExpression place(uR"(\$\{([^}.]+)\.([^}]+)\})"_s);
    QString done;
    qsizetype from = 0;
    for (auto match = place.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch found = match.next();
        const QString known = m_ask(found.captured(1), found.captured(2));
        if (known.isEmpty() && m_missing.isEmpty())
            m_missing = found.captured();
        const QString value = known.isEmpty() ? found.captured() : known;
        done += text.mid(from, found.capturedStart() - from);
        done += form == Form::Encoded ? QString::fromLatin1(percentEncode(value)) : value;
        from = found.capturedEnd();
    }
    return done + text.mid(from);
}

QJsonValue ScenarioFilling::value(const QJsonValue &value)
{
    if (value.isString())
        return text(value.toString());
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue &item : value.toArray())
            array.append(this->value(item));
        return array;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        *it = this->value(*it);
    return object;
}

} // namespace reveille
