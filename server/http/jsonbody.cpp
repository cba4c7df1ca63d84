// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/jsonbody.h"

#include "wire/json.h"

namespace reveille {

namespace {

constexpr int largestPage = 1000;

bool saysJson(const HttpRequest &request)
{
    QByteArray type = request.headers.value("Content-Type").toLower();
    const qsizetype end = type.indexOf(';');
    if (end >= 0)
        type.truncate(end);
    return type.trimmed() == "application/json";
}

} // namespace

Result<QJsonObject> jsonBody(const HttpCall &call)
{
    if (!saysJson(call.request))
        return Error{"media-type", QString::fromLatin1(call.request.headers.value("Content-Type").left(64))};
    return parseJsonObject(call.request.body);
}

Result<QJsonObject> optionalJsonBody(const HttpCall &call)
{
    if (call.request.body.isEmpty())
        return QJsonObject();
    return jsonBody(call);
}

Result<Page> Page::of(const HttpCall &call)
{
    Page page;
    page.cursor = call.target.item(u"cursor");
    if (call.target.hasItem(u"limit")) {
        const QString text = call.target.item(u"limit");
        bool ok = false;
        page.limit = text.toInt(&ok);
        if (!ok || page.limit < 1 || page.limit > largestPage)
            return Error{"query-limit", text.left(64)};
    }
    return page;
}

Result<std::optional<quint64>> lastEventOf(const HttpCall &call)
{
    QByteArray after = call.request.headers.value("Last-Event-ID");
    if (call.target.hasItem(u"after"))
        after = call.target.item(u"after").toLatin1();
    if (after.isEmpty())
        return std::optional<quint64>();
    bool isNumber = false;
    const quint64 number = after.toULongLong(&isNumber);
    if (!isNumber)
        return Error{"query-after", QString::fromLatin1(after.left(64))};
    return std::optional(number);
}

QJsonObject listOf(const QJsonArray &items, const QString &next)
{
    return {{QStringLiteral("items"), items}, {QStringLiteral("next"), jsonText(next)}};
}

} // namespace reveille
