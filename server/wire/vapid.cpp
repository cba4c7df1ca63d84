// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/vapid.h"

#include "domain/textscan.h"
#include "wire/base64url.h"
#include "wire/es256.h"
#include "wire/json.h"

#include <algorithm>
#include <cmath>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr char scheme[] = "vapid";
constexpr double latestSecond = 253402300799.0; // year 9999

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

QByteArrayView withoutQuotes(QByteArrayView value)
{
    const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return quoted ? value.sliced(1, value.size() - 2) : value;
}

/// The parameters t and k, each once; others are for later versions.
Result<Done> readParameters(QByteArrayView text, QByteArrayView &token, QByteArrayView &key)
{
    while (!text.isEmpty()) {
        const qsizetype comma = text.indexOf(',');
        const QByteArrayView item = (comma < 0 ? text : text.first(comma)).trimmed();
        text = comma < 0 ? QByteArrayView() : text.sliced(comma + 1);
        const qsizetype equals = item.indexOf('=');
        if (equals <= 0)
            return Error{"vapid-syntax", {}};
        const QByteArrayView name = item.first(equals).trimmed();
        QByteArrayView *to = name.compare("t", Qt::CaseInsensitive) == 0   ? &token
                             : name.compare("k", Qt::CaseInsensitive) == 0 ? &key
                                                                           : nullptr;
        if (!to)
            continue;
        if (!to->isEmpty())
            return Error{"vapid-syntax", {}};
        *to = withoutQuotes(item.sliced(equals + 1).trimmed());
        if (to->isEmpty())
            return Error{"vapid-syntax", {}};
    }
    return token.isEmpty() || key.isEmpty() ? Result<Done>(Error{"vapid-syntax", {}}) : Result<Done>(Done{});
}

Result<QJsonObject> readPart(QByteArrayView text)
{
    const auto octets = fromBase64Url(text);
    if (!octets)
        return Error{"vapid-token", {}};
    auto object = parseJsonObject(*octets);
    return object ? object : Result<QJsonObject>(Error{"vapid-token", {}});
}

Result<Done> judgeHeader(const QJsonObject &header)
{
    const QString algorithm = header.value("alg"_L1).toString();
    if (algorithm != "ES256"_L1 || header.contains("crit"_L1))
        return Error{"vapid-algorithm", shortened(algorithm)};
    const QJsonValue type = header.value("typ"_L1);
    const bool isJwt = type.isUndefined() || type.toString().compare("JWT"_L1, Qt::CaseInsensitive) == 0;
    return isJwt ? Result<Done>(Done{}) : Result<Done>(Error{"vapid-token", {}});
}

Result<QStringList> readAudiences(const QJsonValue &value)
{
    const QJsonArray list = value.isArray() ? value.toArray() : QJsonArray{value};
    QStringList audiences;
    for (const QJsonValue item : list) {
        if (!item.isString() || audiences.size() == Vapid::mostAudiences)
            return Error{"vapid-audience", {}};
        audiences.append(item.toString());
    }
    return audiences.isEmpty() ? Result<QStringList>(Error{"vapid-audience", {}}) : Result<QStringList>(audiences);
}

Result<Timestamp> readExpiry(const QJsonValue &value)
{
    const double seconds = value.toDouble(-1);
    if (!value.isDouble() || !(seconds > 0) || seconds > latestSecond)
        return Error{"vapid-expiry", {}};
    return Timestamp{qint64(std::floor(seconds)) * 1000};
}

Result<QString> readSubject(const QJsonValue &value)
{
    if (value.isUndefined())
        return QString();
    const QString subject = value.toString();
    const bool good = (subject.startsWith("mailto:"_L1) || subject.startsWith("https:"_L1)) &&
                      subject.size() <= Vapid::longestSubject && allOf(subject, isVisibleAscii);
    return good ? Result<QString>(subject) : Result<QString>(Error{"vapid-subject", shortened(subject)});
}

} // namespace

bool Vapid::isScheme(QByteArrayView authorization)
{
    constexpr qsizetype length = sizeof scheme - 1;
    return authorization.size() > length && isSpace(authorization[length]) &&
           authorization.first(length).compare(scheme, Qt::CaseInsensitive) == 0;
}

Result<Vapid> Vapid::parse(QByteArrayView authorization)
{
    if (authorization.size() > longest)
        return Error{"vapid-too-long", QString::number(authorization.size())};
    if (!isScheme(authorization))
        return Error{"vapid-syntax", {}};
    QByteArrayView token, keyText;
    if (const Result<Done> read = readParameters(authorization.sliced(sizeof scheme).trimmed(), token, keyText); !read)
        return read.error();
    Vapid vapid;
    vapid.key = fromBase64Url(keyText).value_or(QByteArray());
    if (!isP256Key(vapid.key))
        return Error{"vapid-key", {}};

    const qsizetype first = token.indexOf('.'), second = first < 0 ? -1 : token.indexOf('.', first + 1);
    if (second < 0)
        return Error{"vapid-token", {}};
    vapid.signedPart = token.first(second).toByteArray();
    const auto signature = fromBase64Url(token.sliced(second + 1));
    if (!signature || signature->size() != es256SignatureSize)
        return Error{"vapid-token", {}};
    vapid.signature = *signature;
    const auto header = readPart(token.first(first));
    if (!header)
        return header.error();
    if (const Result<Done> good = judgeHeader(*header); !good)
        return good.error();
    const auto claims = readPart(token.sliced(first + 1, second - first - 1));
    if (!claims)
        return claims.error();
    const auto audiences = readAudiences(claims->value("aud"_L1));
    if (!audiences)
        return audiences.error();
    const auto expiry = readExpiry(claims->value("exp"_L1));
    if (!expiry)
        return expiry.error();
    const auto subject = readSubject(claims->value("sub"_L1));
    if (!subject)
        return subject.error();
    vapid.audiences = *audiences;
    vapid.expiresAt = *expiry;
    vapid.subject = *subject;
    return vapid;
}

Result<Done> Vapid::judge(const QStringList &origins, Timestamp now) const
{
    const bool isForUs = std::any_of(audiences.begin(), audiences.end(),
                                     [&](const QString &audience) { return origins.contains(audience); });
    if (!isForUs)
        return Error{"vapid-audience", shortened(audiences.value(0))};
    if (expiresAt <= now)
        return Error{"vapid-expired", expiresAt.toIso()};
    if (expiresAt > now + longestLife)
        return Error{"vapid-expiry", expiresAt.toIso()};
    if (!verifyEs256(key, signedPart, signature))
        return Error{"vapid-signature", {}};
    return Done{};
}

} // namespace reveille
