// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/packing.h"

#include "domain/ipaddress.h"

#include <array>

namespace reveille {

namespace {

/// What the low bits of a text's first number say of the rest.
enum class TextForm : quint8 { Plain, Shared, Hex, Uuid };
enum class EndpointForm : quint8 { Plain, V4, Same };

constexpr std::array<int, 4> uuidHyphens{8, 13, 18, 23};

int hexDigit(QChar c)
{
    const char16_t code = c.unicode();
    if (code >= u'0' && code <= u'9')
        return code - u'0';
    return code >= u'a' && code <= u'f' ? code - u'a' + 10 : -1;
}

bool isHex(QStringView text)
{
    for (const QChar c : text) {
        if (hexDigit(c) < 0)
            return false;
    }
    return true;
}

bool isUuid(QStringView text)
{
    if (text.size() != 36)
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? text[i] != u'-' : hexDigit(text[i]) < 0)
            return false;
    }
    return true;
}

void appendHex(QByteArray &bytes, QStringView digits)
{
    int high = -1;
    for (const QChar c : digits) {
        if (c == u'-')
            continue;
        const int digit = hexDigit(c);
        if (high < 0) {
            high = digit;
        } else {
            bytes.append(char(high << 4 | digit));
            high = -1;
        }
    }
}

} // namespace

int SharedTexts::add(const QByteArray &text)
{
    const auto known = m_numbers.constFind(text);
    if (known != m_numbers.cend())
        return *known;
    if (qsizetype(m_texts.size()) >= limit)
        return -1;
    const int number = int(m_texts.size());
    const QByteArray kept(text.constData(), text.size());
    m_texts.push_back(kept);
    m_numbers.insert(kept, number);
    return number;
}

void Packer::number(quint64 value)
{
    for (; value >= 0x80; value >>= 7)
        m_bytes.append(char(value | 0x80));
    m_bytes.append(char(value));
}

void Packer::time(qint64 ms)
{
    for (int i = 0; i < 6; ++i)
        m_bytes.append(char(quint64(ms) >> (8 * i)));
}

void Packer::text(QStringView text)
{
    if (isUuid(text)) {
        number(quint64(TextForm::Uuid));
        appendHex(m_bytes, text);
        return;
    }
    if (text.size() >= 4 && text.size() % 2 == 0 && isHex(text)) {
        number(quint64(text.size() / 2) << 2 | quint64(TextForm::Hex));
        appendHex(m_bytes, text);
        return;
    }
    const QByteArray utf8 = text.toUtf8();
    number(quint64(utf8.size()) << 2 | quint64(TextForm::Plain));
    m_bytes.append(utf8);
}

void Packer::sharedText(const QByteArray &utf8)
{
    const int shared = utf8.isEmpty() ? -1 : m_mayAdd ? m_shared.add(utf8) : m_shared.find(utf8);
    if (shared >= 0)
        return number(quint64(shared) << 2 | quint64(TextForm::Shared));
    number(quint64(utf8.size()) << 2 | quint64(TextForm::Plain));
    m_bytes.append(utf8);
}

void Packer::endpoint(const QString &text, const QString &same)
{
    if (!text.isEmpty() && text == same)
        return byte(quint8(EndpointForm::Same));
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon > 0) {
        const Result<IpAddress> address = IpAddress::parse(QStringView(text).first(colon));
        bool isNumber = false;
        const ushort port = QStringView(text).sliced(colon + 1).toUShort(&isNumber);
        if (address && address->isV4() && isNumber && address->toString() + u':' + QString::number(port) == text) {
            byte(quint8(EndpointForm::V4));
            m_bytes.append(address->bytes());
            byte(quint8(port >> 8));
            byte(quint8(port));
            return;
        }
    }
    byte(quint8(EndpointForm::Plain));
    const QByteArray utf8 = text.toUtf8();
    number(quint64(utf8.size()) << 2 | quint64(TextForm::Plain));
    m_bytes.append(utf8);
}

quint64 Unpacker::number()
{
    quint64 value = 0;
    for (int shift = 0;; shift += 7) {
        const quint8 next = byte();
        value |= quint64(next & 0x7f) << shift;
        if (next < 0x80)
            return value;
    }
}

qint64 Unpacker::time()
{
    quint64 ms = 0;
    for (int i = 0; i < 6; ++i)
        ms |= quint64(byte()) << (8 * i);
    return qint64(ms);
}

QByteArray Unpacker::textBytes()
{
    const quint64 first = number();
    const auto size = qsizetype(first >> 2);
    switch (TextForm(first & 3)) {
    case TextForm::Plain:
        return raw(size);
    case TextForm::Shared:
        return m_shared.at(int(size));
    case TextForm::Hex:
        return raw(size).toHex();
    case TextForm::Uuid: {
        QByteArray hex = raw(16).toHex();
        for (const int at : uuidHyphens)
            hex.insert(at, '-');
        return hex;
    }
    }
    return {};
}

void Unpacker::skipText()
{
    const quint64 first = number();
    switch (TextForm(first & 3)) {
    case TextForm::Plain:
    case TextForm::Hex:
        return skip(qsizetype(first >> 2));
    case TextForm::Uuid:
        return skip(16);
    case TextForm::Shared:
        return;
    }
}

QString Unpacker::endpoint(const QString &same)
{
    switch (EndpointForm(byte())) {
    case EndpointForm::Same:
        return same;
    case EndpointForm::V4: {
        const QByteArray octets = raw(6);
        const auto at = [&](int i) { return uint(uchar(octets[i])); };
        return QString::asprintf("%u.%u.%u.%u:%u", at(0), at(1), at(2), at(3), at(4) << 8 | at(5));
    }
    case EndpointForm::Plain:
        break;
    }
    return text();
}

void Unpacker::skipEndpoint()
{
    switch (EndpointForm(byte())) {
    case EndpointForm::Same:
        return;
    case EndpointForm::V4:
        return skip(6);
    case EndpointForm::Plain:
        return skipText();
    }
}

} // namespace reveille
