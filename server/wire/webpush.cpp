// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/webpush.h"

#include "domain/enumtext.h"
#include "domain/textscan.h"
#include "wire/base64url.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr EnumNames<4> urgencyNames{"very-low", "low", "normal", "high"};
constexpr char coding[] = "aes128gcm";

Result<Milliseconds> readLifetime(const HttpHeaders &headers)
{
    const QByteArray text = headers.value("TTL");
    const bool isNumber = !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (headers.count("TTL") != 1 || !isNumber)
        return Error{"webpush-ttl", shortened(QString::fromLatin1(text))};
    bool fits = false;
    const quint32 seconds = text.toUInt(&fits);
    return fits ? Milliseconds(qint64(seconds) * 1000) : WebPushTerms::longestLifetime;
}

Result<WebPushUrgency> readUrgency(const HttpHeaders &headers)
{
    if (!headers.has("Urgency"))
        return WebPushUrgency::Normal;
    const QString text = QString::fromLatin1(headers.value("Urgency"));
    const auto urgency = webPushUrgencyFromText(text.toLower()); // words of an ABNF have no case (RFC 5234 section 2.3)
    if (headers.count("Urgency") != 1 || !urgency)
        return Error{"webpush-urgency", shortened(text)};
    return *urgency;
}

Result<QString> readTopic(const HttpHeaders &headers)
{
    if (!headers.has("Topic"))
        return QString();
    const QByteArray topic = headers.value("Topic");
    const bool good = headers.count("Topic") == 1 && !topic.isEmpty() && topic.size() <= WebPushTerms::longestTopic &&
                      std::all_of(topic.begin(), topic.end(), isBase64UrlCharacter);
    return good ? Result<QString>(QString::fromLatin1(topic))
                : Result<QString>(Error{"webpush-topic", shortened(QString::fromLatin1(topic))});
}

/// A push may have no content at all (RFC 8291 section 4 is about what has some).
Result<QString> readEncoding(const HttpRequest &request)
{
    const QByteArray encoding = request.headers.value("Content-Encoding").toLower();
    if (request.body.isEmpty() && encoding.isEmpty())
        return QString();
    if (request.headers.count("Content-Encoding") != 1 || encoding != coding)
        return Error{"content-encoding", encoding.isEmpty() ? u"identity"_s : shortened(QString::fromLatin1(encoding))};
    return QString::fromLatin1(coding);
}

/// The items of a list field, with those commas left alone that stand in quotes.
QByteArrayList itemsOf(const QByteArray &value, char separator)
{
    QByteArrayList items{{}};
    bool quoted = false;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (c == '"')
            quoted = !quoted;
        if (c == separator && !quoted) {
            items.append(QByteArray());
            continue;
        }
        items.last().append(c);
        if (quoted && c == '\\' && i + 1 < value.size())
            items.last().append(value[++i]);
    }
    return items;
}

/// A preference without a value, whatever parameters it has (RFC 7240 section 2); an empty value is none.
bool prefers(const HttpHeaders &headers, const QByteArray &wanted)
{
    for (const HttpHeaders::Field &field : headers.fields()) {
        if (field.name.compare("Prefer", Qt::CaseInsensitive) != 0)
            continue;
        for (const QByteArray &item : itemsOf(field.value, ',')) {
            QByteArray preference = itemsOf(item, ';').first().trimmed();
            if (preference.endsWith("\"\""))
                preference.chop(2);
            preference = preference.trimmed();
            if (preference.endsWith('='))
                preference = preference.chopped(1).trimmed();
            if (preference.compare(wanted, Qt::CaseInsensitive) == 0)
                return true;
        }
    }
    return false;
}

} // namespace

const char *toText(WebPushUrgency urgency)
{
    return nameOf(urgencyNames, urgency);
}

std::optional<WebPushUrgency> webPushUrgencyFromText(QStringView text)
{
    return valueOf<WebPushUrgency>(urgencyNames, text);
}

Result<WebPushTerms> WebPushTerms::parse(const HttpRequest &request)
{
    const auto lifetime = readLifetime(request.headers);
    if (!lifetime)
        return lifetime.error();
    const auto urgency = readUrgency(request.headers);
    if (!urgency)
        return urgency.error();
    const auto topic = readTopic(request.headers);
    if (!topic)
        return topic.error();
    const auto encoding = readEncoding(request);
    if (!encoding)
        return encoding.error();
    WebPushTerms terms;
    terms.lifetime = *lifetime;
    terms.urgency = *urgency;
    terms.topic = *topic;
    terms.wantsReceipt = prefers(request.headers, "respond-async");
    terms.contentType = QString::fromLatin1(request.headers.value("Content-Type"));
    if (terms.contentType.isEmpty())
        terms.contentType = u"application/octet-stream"_s;
    terms.contentEncoding = *encoding;
    return terms;
}

} // namespace reveille
