// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/coapvalue.h"

#include <charconv>

namespace reveille {

namespace {

std::optional<quint32> decimal(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > 10)
        return {};
    quint64 value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return {};
        value = value * 10 + quint64(c - '0');
    }
    return value <= 0xffffffffu ? std::optional(quint32(value)) : std::nullopt;
}

void appendDecimal(QByteArray &to, qint64 value)
{
    char digits[20];
    const char *end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    to.append(digits, end - digits);
}

Error badBase(QByteArrayView text)
{
    return {"coap-base", QString::fromLatin1(text.first(qMin<qsizetype>(text.size(), 100)))};
}

} // namespace

std::optional<quint32> coapNumber(QByteArrayView octets)
{
    if (octets.size() > 4)
        return {};
    quint32 value = 0;
    for (const char octet : octets)
        value = value << 8 | quint8(octet);
    return value;
}

QByteArray coapNumber(quint32 value)
{
    QByteArray octets;
    for (int shift = 24; shift >= 0; shift -= 8) {
        if (value >> shift != 0)
            octets.append(char(value >> shift));
    }
    return octets;
}

Result<CoapBlock> CoapBlock::parse(QByteArrayView value)
{
    const auto number = value.size() > 3 ? std::nullopt : coapNumber(value);
    if (!number || (*number & 7) > largestSzx)
        return Error{"coap-block", QString::fromLatin1(value.toByteArray().toHex().left(16))};
    return CoapBlock{*number >> 4, (*number & 8) != 0, quint8(*number & 7)};
}

Result<CoapBase> CoapBase::parse(QByteArrayView text)
{
    CoapBase base;
    QByteArrayView rest = text;
    const QByteArray lower = text.first(qMin<qsizetype>(text.size(), 8)).toByteArray().toLower();
    if (lower.startsWith("coaps://")) {
        base.secure = true;
        base.port = 5684;
        rest = rest.sliced(8);
    } else if (lower.startsWith("coap://")) {
        rest = rest.sliced(7);
    } else {
        return badBase(text);
    }
    if (rest.endsWith('/'))
        rest.chop(1);
    const qsizetype colon = rest.lastIndexOf(':');
    QByteArrayView host = rest;
    if (colon > rest.lastIndexOf(']')) {
        const auto port = decimal(rest.sliced(colon + 1));
        if (!port || *port == 0 || *port > 65535)
            return badBase(text);
        base.port = quint16(*port);
        host = rest.first(colon);
    }
    const bool bracketed = host.startsWith('[');
    const Result<IpAddress> address = IpAddress::parse(QString::fromLatin1(host));
    if (!address || (bracketed && address->isV4() && host.contains('.') && !host.contains(':')) ||
        (!bracketed && host.contains(':')))
        return badBase(text);
    base.address = *address;
    return base;
}

QByteArray CoapBase::toText() const
{
    QByteArray host = address.toString().toLatin1();
    if (!address.isV4())
        host = '[' + host + ']';
    return (secure ? "coaps://" : "coap://") + host + ':' + QByteArray::number(port);
}

QByteArray CoapRegistrationAnswer::toText() const
{
    QByteArray text;
    text.reserve(32);
    appendDecimal(text.append("ka="), keepAlive);
    appendDecimal(text.append(";lt="), lifetime);
    return text;
}

Result<CoapRegistrationAnswer> CoapRegistrationAnswer::parse(QByteArrayView text)
{
    CoapRegistrationAnswer answer;
    bool hasLifetime = false;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf(';');
        const QByteArrayView item = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        const bool isKeepAlive = item.startsWith("ka=");
        const bool isLifetime = item.startsWith("lt=");
        if (!isKeepAlive && !isLifetime)
            continue;
        const auto value = decimal(item.sliced(3));
        if (!value || (isKeepAlive && *value > 86400))
            return Error{"coap-answer", QString::fromLatin1(item.first(qMin<qsizetype>(item.size(), 100)))};
        if (isKeepAlive)
            answer.keepAlive = int(*value);
        else
            answer.lifetime = *value;
        hasLifetime = hasLifetime || isLifetime;
    }
    if (!hasLifetime)
        return Error{"coap-answer", {}};
    return answer;
}

} // namespace reveille
