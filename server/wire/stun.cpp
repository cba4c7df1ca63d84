// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/stun.h"

#include "wire/bytereader.h"

#include <QtEndian>

namespace reveille {

namespace {

constexpr quint32 cookie = 0x2112a442;
constexpr qsizetype headerSize = 20;
constexpr quint16 bindingRequest = 0x0001;
constexpr quint16 bindingResponse = 0x0101;
constexpr quint16 bindingErrorResponse = 0x0111;
constexpr quint16 mappedAddress = 0x0001;
constexpr quint16 xorMappedAddress = 0x0020;
constexpr quint16 firstOptional = 0x8000;
constexpr quint8 familyV4 = 1;
constexpr quint8 familyV6 = 2;

/// Attributes of RFC 8489 that a request may carry and a server without authentication need not act on:
/// USERNAME, MESSAGE-INTEGRITY, MESSAGE-INTEGRITY-SHA256, PASSWORD-ALGORITHM, USERHASH, REALM, NONCE.
bool isHarmless(quint16 type)
{
    switch (type) {
    case 0x0006:
    case 0x0008:
    case 0x0014:
    case 0x0015:
    case 0x001c:
    case 0x001d:
    case 0x001e:
        return true;
    default:
        return type >= firstOptional;
    }
}

QString hex(quint16 number)
{
    return QStringLiteral("%1").arg(number, 4, 16, QLatin1Char('0'));
}

void append16(QByteArray &to, quint16 number)
{
    char octets[2];
    qToBigEndian(number, octets);
    to.append(octets, sizeof octets);
}

QByteArray header(quint16 type, quint16 length, const QByteArray &transaction)
{
    QByteArray message;
    append16(message, type);
    append16(message, length);
    append16(message, cookie >> 16);
    append16(message, cookie & 0xffff);
    return message + transaction;
}

/// An address mixed with cookie and transaction id (RFC 8489 section 14.2), the same way back.
QByteArray mixed(QByteArray address, const QByteArray &transaction)
{
    char key[4];
    qToBigEndian(cookie, key);
    const QByteArray mask = QByteArray(key, sizeof key) + transaction;
    for (qsizetype i = 0; i < address.size(); ++i)
        address[i] = char(address[i] ^ mask[i]);
    return address;
}

struct Message {
    quint16 type = 0;
    QByteArray transaction;
    ByteReader attributes{QByteArrayView()};
};

Result<Message> open(QByteArrayView datagram)
{
    if (!isStun(datagram))
        return Error{"stun-not-stun", {}};
    ByteReader reader(datagram);
    Message message;
    message.type = *reader.uint16();
    const quint16 length = *reader.uint16();
    reader.uint32();
    message.transaction = reader.octets(stunTransactionSize)->toByteArray();
    if (length % 4 != 0 || length != reader.remaining())
        return Error{"stun-length", QString::number(length)};
    message.attributes = *reader.part(length);
    return message;
}

struct Attribute {
    quint16 type = 0;
    QByteArrayView value;
};

/// The next attribute with its padding; nothing where it points past the end.
std::optional<Attribute> next(ByteReader &reader)
{
    const auto type = reader.uint16();
    const auto length = reader.uint16();
    if (!type || !length)
        return {};
    const auto value = reader.octets(*length);
    if (!value || !reader.octets((4 - *length % 4) % 4))
        return {};
    return Attribute{*type, *value};
}

bool readAddress(const Attribute &attribute, StunResponse &response)
{
    ByteReader reader(attribute.value);
    reader.octet();
    const auto family = reader.octet();
    const auto port = reader.uint16();
    const qsizetype size = family == familyV4 ? 4 : 16;
    if (!port || (family != familyV4 && family != familyV6) || reader.remaining() != size)
        return false;
    const QByteArray address = reader.rest().toByteArray();
    const bool isMixed = attribute.type == xorMappedAddress;
    response.port = isMixed ? quint16(*port ^ (cookie >> 16)) : *port;
    response.mapped = IpAddress::fromBytes(isMixed ? mixed(address, response.transaction) : address);
    return true;
}

} // namespace

bool isStun(QByteArrayView datagram)
{
    return datagram.size() >= headerSize && (quint8(datagram[0]) & 0xc0) == 0 &&
           qFromBigEndian<quint32>(datagram.data() + 4) == cookie;
}

Result<QByteArray> parseStunRequest(QByteArrayView datagram)
{
    Result<Message> message = open(datagram);
    if (!message)
        return message.error();
    if (message->type != bindingRequest)
        return Error{"stun-not-request", hex(message->type)};
    while (!message->attributes.atEnd()) {
        const qsizetype at = message->attributes.position();
        const auto attribute = next(message->attributes);
        if (!attribute)
            return Error{"stun-attribute", QString::number(at)};
        if (!isHarmless(attribute->type))
            return Error{"stun-attribute-unknown", hex(attribute->type)};
    }
    return message->transaction;
}

QByteArray encodeStunResponse(const QByteArray &transaction, const IpAddress &mapped, quint16 port)
{
    if (mapped.isNull() || transaction.size() != stunTransactionSize)
        return {};
    const QByteArray address = mixed(mapped.bytes(), transaction);
    const quint16 valueSize = quint16(4 + address.size());
    QByteArray message = header(bindingResponse, quint16(4 + valueSize), transaction);
    append16(message, xorMappedAddress);
    append16(message, valueSize);
    append16(message, mapped.isV4() ? familyV4 : familyV6);
    append16(message, quint16(port ^ (cookie >> 16)));
    return message + address;
}

QByteArray encodeStunRequest(const QByteArray &transaction)
{
    return header(bindingRequest, 0, transaction.leftJustified(stunTransactionSize, '\0', true));
}

Result<StunResponse> parseStunResponse(QByteArrayView datagram)
{
    Result<Message> message = open(datagram);
    if (!message)
        return message.error();
    if (message->type == bindingErrorResponse)
        return Error{"stun-error-response", {}};
    if (message->type != bindingResponse)
        return Error{"stun-not-response", hex(message->type)};
    StunResponse response;
    response.transaction = message->transaction;
    bool isMixed = false;
    while (!message->attributes.atEnd()) {
        const qsizetype at = message->attributes.position();
        const auto attribute = next(message->attributes);
        if (!attribute)
            return Error{"stun-attribute", QString::number(at)};
        const bool better = attribute->type == xorMappedAddress && !isMixed;
        const bool plain = attribute->type == mappedAddress && response.mapped.isNull();
        if (!better && !plain)
            continue;
        if (!readAddress(*attribute, response))
            return Error{"stun-attribute", QString::number(at)};
        isMixed = isMixed || better;
    }
    if (response.mapped.isNull())
        return Error{"stun-no-address", {}};
    return response;
}

} // namespace reveille
