// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/httptarget.h"

#include <QStringConverter>
#include <QUrl>

#include <algorithm>

namespace reveille {

namespace {

constexpr qsizetype queryItemLimit = 64;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

Error brokenEscape(QByteArrayView text)
{
    return {"http-escape", QString::fromLatin1(text.first(qMin<qsizetype>(text.size(), 64)))};
}

} // namespace

Result<QString> percentDecode(QByteArrayView text, bool plusIsSpace)
{
    QByteArray octets;
    octets.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int high = i + 1 < text.size() ? hexDigit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return brokenEscape(text);
            c = char(high * 16 + low);
            i += 2;
        } else if (c == '+' && plusIsSpace) {
            c = ' ';
        }
        octets.append(c);
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(octets);
    const bool control = std::any_of(decoded.begin(), decoded.end(),
                                     [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f; });
    if (decoder.hasError() || control)
        return brokenEscape(text);
    return decoded;
}

QByteArray percentEncode(QStringView text)
{
    return QUrl::toPercentEncoding(text.toString());
}

Result<HttpTarget> HttpTarget::parse(QByteArrayView target)
{
    HttpTarget parsed;
    const qsizetype mark = target.indexOf('?');
    QByteArrayView path = mark < 0 ? target : target.first(mark);
    if (path.startsWith('/'))
        path = path.sliced(1);
    const QList<QByteArray> segments = path.toByteArray().split('/');
    parsed.segments = QVector<QByteArray>(segments.begin(), segments.end());
    if (mark < 0)
        return parsed;
    const QByteArray query = target.sliced(mark + 1).toByteArray();
    for (const QByteArray &item : query.split('&')) {
        if (item.isEmpty())
            continue;
        if (parsed.query.size() == queryItemLimit)
            return Error{"http-query", {}};
        const qsizetype equals = item.indexOf('=');
        auto name = percentDecode(equals < 0 ? item : item.left(equals), true);
        auto value = percentDecode(equals < 0 ? QByteArray() : item.mid(equals + 1), true);
        if (!name)
            return name.error();
        if (!value)
            return value.error();
        parsed.query.append({*name, *value});
    }
    return parsed;
}

QString HttpTarget::item(QStringView name) const
{
    const auto it =
        std::find_if(query.begin(), query.end(), [&](const auto &pair) { return pair.first == name; });
    return it == query.end() ? QString() : it->second;
}

bool HttpTarget::hasItem(QStringView name) const
{
    return std::any_of(query.begin(), query.end(), [&](const auto &pair) { return pair.first == name; });
}

} // namespace reveille
