// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/returned.h"
#include "models/sentences.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestShown = 400;

QString plain(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue &part : value.toArray())
            parts.append(plain(part));
        return parts.join(u", "_s);
    }
    if (value.isObject()) {
        QStringList parts;
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            parts.append(u"%1: %2"_s.arg(Sentences::fieldName(it.key()), plain(it.value())));
        return parts.join(u" · "_s);
    }
    return value.toVariant().toString();
}

/// What a device sent, as text: it is a stranger's, so what cannot be read stays as it is.
QString told(const QString &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    const QString text = document.isObject() ? plain(document.object()) : document.isArray() ? plain(document.array()) : json;
    return text.size() > longestShown ? text.left(longestShown) + u'…' : text;
}

} // namespace

QString Sentences::returned(const Returned &returned)
{
    const QString over = path(returned.over, {});
    if (returned.what == SirRequest::Refusal) {
        const QString why = told(returned.value);
        return why.isEmpty() ? tr("Refused to come, over %1").arg(over) : tr("Refused to come, over %1: %2").arg(over, why);
    }
    const QString what = sirRequest(returned.what);
    const QString value = told(returned.value);
    return value.isEmpty() ? tr("%1, over %2").arg(what, over) : tr("%1, over %2: %3").arg(what, over, value);
}

} // namespace reveille
