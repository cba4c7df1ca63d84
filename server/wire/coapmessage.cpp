// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/coapmessage.h"

#include "wire/bytereader.h"
#include "wire/coapvalue.h"

#include <QtEndian>

#include <algorithm>

namespace reveille {

namespace {

constexpr quint8 payloadMarker = 0xff;
constexpr quint32 largestOption = 65535;

/// A nibble with its extension (section 3.1): nothing for 15 and where the octets do not suffice.
std::optional<quint32> extended(quint8 nibble, ByteReader &reader)
{
    if (nibble < 13)
        return nibble;
    if (nibble == 13) {
        const auto more = reader.octet();
        return more ? std::optional<quint32>(*more + 13u) : std::nullopt;
    }
    if (nibble == 14) {
        const auto more = reader.uint16();
        return more ? std::optional<quint32>(*more + 269u) : std::nullopt;
    }
    return {};
}

/// Moves the reader behind the options, before the payload marker or the end; false where one is broken.
bool skipOptions(ByteReader &reader)
{
    quint32 number = 0;
    while (!reader.atEnd() && *reader.peek() != payloadMarker) {
        const quint8 head = *reader.octet();
        const auto delta = extended(head >> 4, reader);
        const auto length = delta ? extended(head & 15, reader) : std::nullopt;
        if (!length || !reader.octets(*length))
            return false;
        number += *delta;
        if (number > largestOption)
            return false;
    }
    return true;
}

/// Section 4.2 and 4.3 (table 1): what each type may carry.
bool typeMayHave(CoapType type, quint8 code)
{
    const int codeClass = coapClass(code);
    if (codeClass == 1 || codeClass > 5)
        return false;
    switch (type) {
    case CoapType::Confirmable:
        return true;
    case CoapType::NonConfirmable:
        return code != CoapCode::Empty;
    case CoapType::Acknowledgement:
        return !isCoapRequest(code);
    case CoapType::Reset:
        return code == CoapCode::Empty;
    }
    return false;
}

bool hasItsShape(const CoapOption &option)
{
    const CoapOptionShape *shape = coapOptionShape(option.number);
    return !shape || (option.value.size() >= shape->shortest && option.value.size() <= shape->longest);
}

} // namespace

void CoapOptions::Iterator::read()
{
    if (m_at == m_end)
        return;
    const char *at = m_at; // the octets have been checked
    const quint8 head = quint8(*at++);
    const auto extend = [&at](quint8 nibble) -> quint32 {
        if (nibble < 13)
            return nibble;
        at += nibble - 12;
        return nibble == 13 ? quint8(at[-1]) + 13u : qFromBigEndian<quint16>(at - 2) + 269u;
    };
    m_option.number = quint16(m_option.number + extend(head >> 4));
    const quint32 size = extend(head & 15);
    m_option.value = QByteArrayView(at, qsizetype(size));
    m_next = at + size;
}

Result<CoapMessage, CoapFault> CoapMessage::parse(QByteArrayView datagram)
{
    if (datagram.size() < coapHeaderSize)
        return CoapFault{"coap-short"};
    const quint8 first = quint8(datagram[0]);
    if (first >> 6 != 1)
        return CoapFault{"coap-version"};
    CoapMessage message;
    message.m_type = CoapType((first >> 4) & 3);
    message.m_code = quint8(datagram[1]);
    message.m_messageId = qFromBigEndian<quint16>(datagram.data() + 2);
    const auto fault = [&](const char *code) {
        return CoapFault{code, message.m_type == CoapType::Confirmable, message.m_messageId};
    };
    if (!typeMayHave(message.m_type, message.m_code))
        return fault("coap-code");
    if (message.isEmpty()) {
        if (datagram.size() != coapHeaderSize || (first & 15) != 0)
            return fault("coap-empty");
        return message;
    }
    ByteReader reader(datagram.sliced(coapHeaderSize), coapHeaderSize);
    const int tokenSize = first & 15;
    const auto token = tokenSize > coapLongestToken ? std::nullopt : reader.octets(tokenSize);
    if (!token)
        return fault("coap-token");
    message.m_token = *token;
    const qsizetype begin = reader.position();
    if (!skipOptions(reader))
        return fault("coap-option");
    message.m_options = CoapOptions(datagram.sliced(begin, reader.position() - begin));
    if (!reader.atEnd()) {
        reader.octet();
        message.m_payload = reader.rest();
        if (message.m_payload.isEmpty())
            return fault("coap-payload");
    }
    return message;
}

std::optional<QByteArrayView> CoapMessage::option(quint16 number) const
{
    for (const CoapOption &option : m_options) {
        if (option.number > number)
            break;
        if (option.number == number && hasItsShape(option))
            return option.value;
    }
    return {};
}

std::optional<quint32> CoapMessage::number(quint16 option) const
{
    const auto value = this->option(option);
    return value ? coapNumber(*value) : std::nullopt;
}

std::optional<quint16> CoapMessage::badCriticalOption(std::initializer_list<quint16> understood) const
{
    std::optional<quint16> before;
    for (const CoapOption &option : m_options) {
        const bool again = before == option.number;
        before = option.number;
        if (!isCriticalCoapOption(option.number))
            continue;
        const CoapOptionShape *shape = coapOptionShape(option.number);
        const bool known = shape && std::find(understood.begin(), understood.end(), option.number) != understood.end();
        if (!known || !hasItsShape(option) || (again && !shape->repeats))
            return option.number;
    }
    return {};
}

bool CoapMessage::isAt(QByteArrayView path) const
{
    bool first = true;
    for (const CoapOption &option : m_options) {
        if (option.number > CoapOptionNumber::UriPath)
            break;
        if (option.number != CoapOptionNumber::UriPath)
            continue;
        if (!first) {
            if (!path.startsWith('/'))
                return false;
            path = path.sliced(1);
        }
        first = false;
        if (!path.startsWith(option.value) || option.value.contains('/'))
            return false;
        path = path.sliced(option.value.size());
    }
    return path.isEmpty();
}

QByteArray CoapMessage::path(quint16 number) const
{
    QByteArray path;
    bool first = true;
    for (const CoapOption &option : m_options) {
        if (option.number != number)
            continue;
        if (!first)
            path += '/';
        first = false;
        path += option.value;
    }
    return path;
}

std::optional<QByteArrayView> CoapMessage::childOf(QByteArrayView parent, QByteArrayView leaf) const
{
    const int length = leaf.isEmpty() ? 2 : 3;
    int segments = 0;
    std::optional<QByteArrayView> child;
    for (const CoapOption &option : m_options) {
        if (option.number != CoapOptionNumber::UriPath)
            continue;
        ++segments;
        if ((segments == 1 && option.value != parent) || (segments == 3 && option.value != leaf))
            return {};
        if (segments == 2)
            child = option.value;
    }
    return segments == length ? child : std::nullopt;
}

std::optional<QByteArrayView> CoapMessage::query(QByteArrayView name) const
{
    for (const CoapOption &option : m_options) {
        if (option.number != CoapOptionNumber::UriQuery || !option.value.startsWith(name))
            continue;
        if (option.value.size() == name.size())
            return option.value.sliced(name.size());
        if (option.value[name.size()] == '=')
            return option.value.sliced(name.size() + 1);
    }
    return {};
}

} // namespace reveille
