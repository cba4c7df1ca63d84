// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "http/httpcall.h"

#include <QJsonObject>

#include <optional>

namespace reveille {

/// The body of a request as one JSON object. Errors media-type (it must say application/json, which no HTML
/// form can), and those of parseJsonObject.
Result<QJsonObject> jsonBody(const HttpCall &call);
/// The same, where no body at all stands for an empty object.
Result<QJsonObject> optionalJsonBody(const HttpCall &call);

/// limit= and cursor= of a list. Errors query-limit (1..1000).
struct Page {
    int limit = 100;
    QString cursor;

    static Result<Page> of(const HttpCall &call);
};

/// Where a reader of server-sent events goes on from: after= of the query, or the header Last-Event-ID (WHATWG HTML). Error
/// query-after.
Result<std::optional<quint64>> lastEventOf(const HttpCall &call);

/// {"items":[…],"next":cursor|null}
QJsonObject listOf(const QJsonArray &items, const QString &next = {});

} // namespace reveille
