// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/wspvalue.h"

#include "wire/sirreader.h"
#include "wire/uintvar.h"
#include "wire/utf8.h"

#include <algorithm>

namespace reveille {

namespace {

constexpr quint8 quote = 0x7f;
constexpr quint8 lengthQuote = 0x1f;
constexpr quint8 firstText = 0x20;
constexpr quint8 firstShort = 0x80;
constexpr qsizetype longestNumber = 8;

} // namespace

std::optional<quint32> WspValue::integer() const
{
    if (form == Form::Text)
        return {};
    ByteReader reader(whole);
    return readWspInteger(reader);
}

QString WspValue::text() const
{
    switch (form) {
    case Form::Short:
        return QString::number(number);
    case Form::Text:
        return readUtf8(content);
    case Form::Data:
        break;
    }
    if (content.isEmpty())
        return {};
    if (content.size() > longestNumber || quint8(whole.front()) == lengthQuote)
        return QString::fromLatin1(content.toByteArray().toHex());
    quint64 value = 0;
    for (char octet : content)
        value = value << 8 | quint8(octet);
    return QString::number(value);
}

std::optional<WspValue> readWspValue(ByteReader &reader)
{
    ByteReader ahead = reader;
    const QByteArrayView from = ByteReader(reader).rest();
    const std::optional<quint8> first = ahead.peek();
    if (!first)
        return {};
    WspValue value;
    if (*first >= firstShort) {
        value.number = *ahead.octet() & 0x7f;
    } else if (*first >= firstText) {
        const auto text = ahead.zeroTerminated();
        if (!text)
            return {};
        value.form = WspValue::Form::Text;
        value.content = *first == quote ? text->sliced(1) : *text;
    } else {
        quint32 size = *ahead.octet();
        if (size == lengthQuote) {
            auto fault = ByteReader::UintvarFault::None;
            size = ahead.uintvar(fault);
            if (fault != ByteReader::UintvarFault::None)
                return {};
        }
        const auto data = ahead.octets(size);
        if (!data)
            return {};
        value.form = WspValue::Form::Data;
        value.content = *data;
    }
    value.whole = from.first(ahead.position() - reader.position());
    reader = ahead;
    return value;
}

QByteArray encodeWspText(const QString &text)
{
    QByteArray octets = text.toUtf8();
    if (const qsizetype zero = octets.indexOf('\0'); zero >= 0)
        octets.truncate(zero);
    if (!octets.isEmpty()) {
        const quint8 first = quint8(octets.front());
        if (first < firstText || first >= quote)
            octets.prepend(char(quote));
    }
    octets.append('\0');
    return octets;
}

QByteArray encodeWspInteger(quint32 number)
{
    return encodeApplicationNumber(number);
}

QByteArray withWspLength(const QByteArray &content)
{
    QByteArray octets;
    if (content.size() < lengthQuote) {
        octets.append(char(content.size()));
    } else {
        octets.append(char(lengthQuote));
        appendUintvar(octets, quint32(content.size()));
    }
    return octets + content;
}

bool isWspToken(QStringView text)
{
    static constexpr QStringView separators = u"()<>@,;:\\\"/[]?={} \t";
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.unicode() > 0x20 && c.unicode() < 0x7f && !separators.contains(c);
    });
}

} // namespace reveille
