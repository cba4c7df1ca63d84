// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/otahttpvalues.h"

#include "wire/utf8.h"

#include <QCryptographicHash>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype tagSize = 4;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

/// Whether `item` begins like an absolute URI.
bool hasScheme(QByteArrayView item)
{
    const qsizetype colon = item.indexOf(':');
    return colon > 0 && std::all_of(item.begin(), item.begin() + colon, [](char c) {
               return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' || c == '.';
           });
}

void appendItem(QStringList &items, QByteArrayView text)
{
    text = text.trimmed();
    if (!text.isEmpty() && text.size() <= OtaCpi::maxItemSize && items.size() < OtaCpi::maxItems)
        items.append(QString::fromUtf8(text));
}

QStringList listOf(const HttpHeaders &headers, QByteArrayView name, const QStringList &otherwise)
{
    if (!headers.has(name))
        return otherwise;
    QStringList items;
    for (const HttpHeaders::Field &field : headers.fields()) {
        if (field.name.compare(name, Qt::CaseInsensitive) != 0)
            continue;
        const QByteArrayList parts = field.value.split(',');
        for (const QByteArray &part : parts)
            appendItem(items, part);
    }
    return items;
}

/// A comma may be part of a URI: it divides two of them only where white space or another scheme follows.
QStringList urisOf(const HttpHeaders &headers, QByteArrayView name, const QStringList &otherwise)
{
    if (!headers.has(name))
        return otherwise;
    QStringList items;
    for (const HttpHeaders::Field &field : headers.fields()) {
        if (field.name.compare(name, Qt::CaseInsensitive) != 0)
            continue;
        const QByteArrayView value(field.value);
        qsizetype start = 0;
        for (qsizetype at = 0; at < value.size(); ++at) {
            const QByteArrayView rest = value.sliced(at + 1);
            if (value[at] != ',' || !(rest.isEmpty() || isSpace(rest.front()) || hasScheme(rest) || rest == "*"))
                continue;
            appendItem(items, value.sliced(start, at - start));
            start = at + 1;
        }
        appendItem(items, value.sliced(start));
    }
    return items;
}

qint64 numberOf(const HttpHeaders &headers, const QByteArrayList &names, qint64 otherwise)
{
    for (const QByteArray &name : names) {
        const QByteArray value = headers.value(name);
        const bool digits = !value.isEmpty() && value.size() <= 12 && std::all_of(value.begin(), value.end(), isDigit);
        if (digits && value.toLongLong() > 0)
            return value.toLongLong();
    }
    return otherwise;
}

bool allDigits(QStringView text, qsizetype shortest, qsizetype longest)
{
    return text.size() >= shortest && text.size() <= longest &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool isIPv6Text(QStringView text)
{
    return text.size() >= 2 && text.size() <= 45 && text.contains(u':') &&
           std::all_of(text.begin(), text.end(), [](QChar c) {
               return c == u':' || c == u'.' || (c.unicode() < 0x80 && isHex(char(c.unicode())));
           });
}

struct Shape {
    OtaTerminalId::Kind kind;
    qsizetype prefix;
};

/// The kind that the first characters and the form of the rest tell.
Shape shapeOf(QStringView text)
{
    using Kind = OtaTerminalId::Kind;
    const QStringView rest = text.sliced(1);
    const auto when = [](bool fits, Kind kind, qsizetype prefix = 1) {
        return fits ? Shape{kind, prefix} : Shape{Kind::Provisioned, 0};
    };
    switch (text.front().unicode()) {
    case u'0':
        if (rest.startsWith(u'0'))
            return when(rest.contains(u'_'), Kind::Assigned, 2);
        if (rest.startsWith(u'1'))
            return when(rest.size() > 1 && !allDigits(rest, 1, rest.size()), Kind::Nai, 2);
        return when(rest.startsWith(u'2') && rest.size() > 1 && !allDigits(rest, 1, rest.size()), Kind::PushAddress, 2);
    case u'1':
        return when(allDigits(rest, 18, 22), Kind::Iccid);
    case u'2':
        return when(allDigits(rest, 10, 10), Kind::Min);
    case u'3':
        return when(rest.size() == 8 && std::all_of(rest.begin(), rest.end(), [](QChar c) {
                        return c.unicode() < 0x80 && isHex(char(c.unicode()));
                    }), Kind::Esn);
    case u'4':
        return when(allDigits(rest, 5, 15), Kind::Msisdn);
    case u'5':
        return when(allDigits(rest, 6, 15), Kind::Imsi);
    case u'6':
        return when(allDigits(rest, 12, 12), Kind::IPv4);
    case u'7':
        return when(isIPv6Text(rest), Kind::IPv6);
    case u'8':
        return when(allDigits(rest, 5, 15), Kind::Itsi);
    case u'9':
        return when(allDigits(rest, 5, 15), Kind::Man);
    default:
        return {Kind::Provisioned, 0};
    }
}

} // namespace

std::optional<OtaStatus> OtaStatus::parse(QByteArrayView value)
{
    value = value.trimmed();
    if (value.size() < 3 || !std::all_of(value.begin(), value.begin() + 3, isDigit))
        return std::nullopt;
    if (value.size() > 3 && !isSpace(value[3]))
        return std::nullopt;
    OtaStatus status;
    status.code = value.first(3).toByteArray().toInt();
    status.text = value.sliced(3).trimmed().first(std::min<qsizetype>(value.sliced(3).trimmed().size(), 100)).toByteArray();
    return status;
}

QByteArray OtaStatus::toValue() const
{
    const QByteArray digits = QByteArray::number(code).rightJustified(3, '0');
    return text.isEmpty() ? digits : digits + ' ' + text;
}

CpiTag CpiTag::of(const QByteArrayList &values)
{
    CpiTag tag;
    tag.m_octets = QCryptographicHash::hash(values.join(), QCryptographicHash::Sha1).left(tagSize);
    tag.m_text = tag.m_octets.toBase64();
    return tag;
}

std::optional<CpiTag> CpiTag::parse(QByteArrayView value)
{
    value = value.trimmed();
    const QByteArray text = value.toByteArray();
    CpiTag tag;
    tag.m_text = text;
    if (text.size() == tagSize) {
        tag.m_octets = text;
        return tag;
    }
    const bool isPadded = text.size() == 8 && text.endsWith("==");
    if (isPadded || text.size() == 6) {
        const auto decoded = QByteArray::fromBase64Encoding(isPadded ? text : text + "==",
                                                            QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
        // Only where nothing is left over in the last digit is it 4 octets and not six hex digits.
        if (decoded && decoded.decoded.size() == tagSize && (isPadded || decoded.decoded.toBase64().startsWith(text))) {
            tag.m_octets = decoded.decoded;
            return tag;
        }
    }
    if (text.isEmpty() || text.size() > 8 || !std::all_of(text.begin(), text.end(), isHex))
        return std::nullopt;
    tag.m_octets = QByteArray::fromHex(text.rightJustified(8, '0'));
    return tag;
}

bool OtaCpi::isToldBy(const HttpHeaders &headers)
{
    static const QByteArrayList names{"X-Wap-Push-Accept", "X-Wap-Push-Accept-Charset", "X-Wap-Push-Accept-Encoding",
                                      "X-Wap-Push-Accept-Language", "X-Wap-Push-Accept-AppID", "X-Wap-Push-MaxMsgSize",
                                      "X-Wap-Push-MsgSize", "X-Wap-Push-Accept-MaxPushReq"};
    return std::any_of(names.begin(), names.end(), [&](const QByteArray &name) { return headers.has(name); });
}

OtaCpi OtaCpi::read(const HttpHeaders &headers)
{
    OtaCpi cpi;
    cpi.contentTypes = listOf(headers, "X-Wap-Push-Accept", cpi.contentTypes);
    cpi.charsets = listOf(headers, "X-Wap-Push-Accept-Charset", cpi.charsets);
    cpi.encodings = listOf(headers, "X-Wap-Push-Accept-Encoding", cpi.encodings);
    cpi.languages = listOf(headers, "X-Wap-Push-Accept-Language", cpi.languages);
    cpi.applications = urisOf(headers, "X-Wap-Push-Accept-AppID", cpi.applications);
    cpi.maxMessageSize = numberOf(headers, {"X-Wap-Push-MaxMsgSize", "X-Wap-Push-MsgSize"}, cpi.maxMessageSize);
    cpi.maxPushRequests = int(std::min<qint64>(
        numberOf(headers, {"X-Wap-Push-Accept-MaxPushReq"}, cpi.maxPushRequests), 1000000));
    return cpi;
}

QVector<HttpHeaders::Field> OtaCpi::fields() const
{
    const auto list = [](const QStringList &items) { return items.join(u", ").toUtf8(); };
    return {{"X-Wap-Push-Accept", list(contentTypes)},
            {"X-Wap-Push-Accept-Charset", list(charsets)},
            {"X-Wap-Push-Accept-Encoding", list(encodings)},
            {"X-Wap-Push-Accept-Language", list(languages)},
            {"X-Wap-Push-Accept-AppID", list(applications)},
            {"X-Wap-Push-MaxMsgSize", QByteArray::number(maxMessageSize)},
            {"X-Wap-Push-Accept-MaxPushReq", QByteArray::number(maxPushRequests)}};
}

void OtaCpi::writeTo(HttpHeaders &headers) const
{
    const QVector<HttpHeaders::Field> all = fields();
    for (const HttpHeaders::Field &field : all)
        headers.add(field.name, field.value);
}

CpiTag OtaCpi::tag() const
{
    QByteArrayList values;
    const QVector<HttpHeaders::Field> all = fields();
    for (const HttpHeaders::Field &field : all)
        values.append(field.value);
    return CpiTag::of(values);
}

Result<OtaTerminalId> OtaTerminalId::parse(QByteArrayView value)
{
    value = value.trimmed();
    const QString text = QString::fromUtf8(value);
    const bool fits = !value.isEmpty() && value.size() <= 255 && readUtf8Strictly(value).has_value() &&
                      std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
    if (!fits)
        return Error{"ota-terminal-id", text.left(64)};
    const Shape shape = shapeOf(text);
    OtaTerminalId id;
    id.m_kind = shape.kind;
    id.m_value = text.mid(shape.prefix);
    id.m_text = text;
    return id;
}

OtaTerminalId OtaTerminalId::of(const Msisdn &number)
{
    return parse('4' + number.digits().toLatin1()).valueOr({});
}

OtaTerminalId OtaTerminalId::of(const DeviceId &device)
{
    return parse(device.toString().toUtf8()).valueOr({});
}

std::optional<Msisdn> OtaTerminalId::msisdn() const
{
    if (m_kind != Kind::Msisdn)
        return std::nullopt;
    const Result<Msisdn> number = Msisdn::parse(u'+' + m_value);
    return number ? std::optional<Msisdn>(*number) : std::nullopt;
}

DeviceId OtaTerminalId::deviceId() const
{
    const auto other = [this](const QString &scheme) {
        return DeviceId::parse(DeviceId::Kind::Other, scheme + u':' + m_value).valueOr({});
    };
    switch (m_kind) {
    case Kind::Provisioned:
        return DeviceId::parse(m_text).valueOr({});
    case Kind::Assigned:
        return other(u"assigned"_s);
    case Kind::Nai:
        return other(u"nai"_s);
    case Kind::PushAddress:
        return other(u"wappush"_s);
    case Kind::Iccid:
        return other(u"iccid"_s);
    case Kind::Min:
        return other(u"min"_s);
    case Kind::Esn:
        return DeviceId::parse(DeviceId::Kind::Esn, m_value).valueOr({});
    case Kind::Msisdn: {
        const std::optional<Msisdn> number = msisdn();
        return number ? DeviceId::parse(u"tel:"_s + number->toString()).valueOr({}) : DeviceId();
    }
    case Kind::Imsi:
        return other(u"imsi"_s);
    case Kind::Itsi:
        return other(u"itsi"_s);
    case Kind::Man:
        return other(u"man"_s);
    case Kind::IPv4:
    case Kind::IPv6:
    case Kind::None:
        break;
    }
    return {};
}

bool otaVersionsInclude(QByteArrayView list, QByteArrayView version)
{
    const qsizetype dot = version.indexOf('.');
    const QByteArrayList items = list.toByteArray().split(',');
    return std::any_of(items.begin(), items.end(), [&](const QByteArray &one) {
        const QByteArray item = one.trimmed();
        return item == version || item == "*" || (dot > 0 && item == version.first(dot).toByteArray() + ".*");
    });
}

Result<WakeRoute> parseOtaWakeRoute(QByteArrayView value)
{
    const QByteArrayList parts = value.first(std::min<qsizetype>(value.size(), 512)).toByteArray().split(';');
    WakeRoute route;
    route.source = WakeRoute::Source::Client;
    route.bearer = QString::fromUtf8(parts.first().trimmed()).toLower();
    const auto isNameCharacter = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_' || c == u'.';
    };
    if (route.bearer.isEmpty() || route.bearer.size() > 64 ||
        !std::all_of(route.bearer.begin(), route.bearer.end(), isNameCharacter))
        return Error{"ota-wake-bearer", route.bearer.left(64)};
    for (qsizetype i = 1; i < parts.size(); ++i) {
        const qsizetype equals = parts[i].indexOf('=');
        const QByteArray name = parts[i].left(equals).trimmed().toLower();
        const QString text = QString::fromUtf8(parts[i].mid(equals + 1).trimmed());
        if (equals < 0)
            continue;
        if (name == "address") {
            route.address = text.startsWith(u'+') ? text.mid(1) : text;
        } else if (name == "port") {
            const Result<ClientPort> port = ClientPort::parse(text);
            if (!port)
                return Error{"ota-wake-port", text.left(64)};
            route.port = *port;
        }
    }
    if (route.address.isEmpty() || route.address.size() > 255)
        return Error{"ota-wake-address", route.address.left(64)};
    return route;
}

QByteArray otaWakeRouteValue(const WakeRoute &route)
{
    QByteArray value = route.bearer.toUtf8() + ";address=" + route.address.toUtf8();
    if (route.port.isSet())
        value += ";port=" + QByteArray::number(route.port.number());
    return value;
}

} // namespace reveille
