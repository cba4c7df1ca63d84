// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArrayView>
#include <QString>
#include <QVector>

namespace reveille {

/// Text of percent-encoded octets; `plusIsSpace` for query items. Error http-escape for a broken escape, for
/// octets that are not UTF-8, and for control characters.
Result<QString> percentDecode(QByteArrayView text, bool plusIsSpace = false);
/// What percentDecode() reads back: everything but unreserved characters (RFC 3986 section 2.3) escaped.
QByteArray percentEncode(QStringView text);

/// The target of a request taken apart (RFC 3986 section 3.3 and 3.4). Any thread.
struct HttpTarget {
    QVector<QByteArray> segments;               ///< of the path, still encoded; "/v1/users" has two
    QVector<std::pair<QString, QString>> query; ///< decoded, in order

    /// Error http-escape; http-query where it has more than 64 items.
    static Result<HttpTarget> parse(QByteArrayView target);
    /// The first item of that name, empty if there is none.
    QString item(QStringView name) const;
    bool hasItem(QStringView name) const;
};

} // namespace reveille
