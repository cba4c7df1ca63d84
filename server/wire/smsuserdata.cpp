// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/smsuserdata.h"

#include "wire/bytereader.h"

#include <QtEndian>

namespace reveille {

namespace {

constexpr quint8 concatenation8 = 0x00;
constexpr quint8 ports8 = 0x04;
constexpr quint8 ports16 = 0x05;
constexpr quint8 concatenation16 = 0x08;

void append16(QByteArray &out, quint16 value)
{
    out.append(char(value >> 8)).append(char(value & 0xff));
}

QByteArray header(const SmsUserData &data)
{
    QByteArray elements;
    if (data.ports) {
        elements.append(char(ports16)).append(char(4));
        append16(elements, data.ports->destination);
        append16(elements, data.ports->originator);
    }
    if (data.concatenation) {
        const SmsConcatenation &c = *data.concatenation;
        elements.append(char(c.wide ? concatenation16 : concatenation8)).append(char(c.wide ? 4 : 3));
        if (c.wide)
            append16(elements, c.reference);
        else
            elements.append(char(c.reference & 0xff));
        elements.append(char(c.total)).append(char(c.sequence));
    }
    return elements.prepend(char(elements.size()));
}

void readConcatenation(ByteReader body, bool wide, SmsUserData &data)
{
    if (body.remaining() != (wide ? 4 : 3))
        return;
    SmsConcatenation c;
    c.wide = wide;
    c.reference = wide ? *body.uint16() : quint16(*body.octet());
    c.total = *body.octet();
    c.sequence = *body.octet();
    if (c.total > 0 && c.sequence > 0 && c.sequence <= c.total)
        data.concatenation = c;
}

void readPorts(ByteReader body, bool wide, SmsUserData &data)
{
    if (body.remaining() != (wide ? 4 : 2))
        return;
    SmsPorts ports;
    ports.destination = wide ? *body.uint16() : quint16(*body.octet());
    ports.originator = wide ? *body.uint16() : quint16(*body.octet());
    data.ports = ports;
}

} // namespace

QByteArray encodeSmsUserData(const SmsUserData &data)
{
    return header(data) + data.payload;
}

Result<SmsUserData> decodeSmsUserData(QByteArrayView octets)
{
    ByteReader reader(octets);
    const auto length = reader.octet();
    if (!length)
        return Error{"sms-empty", {}};
    auto elements = reader.part(*length);
    if (!elements)
        return Error{"sms-header", QString::number(*length)};
    SmsUserData data;
    while (!elements->atEnd()) {
        const quint8 name = *elements->octet();
        const auto size = elements->octet();
        const auto body = size ? elements->part(*size) : std::nullopt;
        if (!body)
            return Error{"sms-header", QStringLiteral("0x%1").arg(name, 2, 16, QLatin1Char('0'))};
        if (name == concatenation8 || name == concatenation16)
            readConcatenation(*body, name == concatenation16, data);
        else if (name == ports8 || name == ports16)
            readPorts(*body, name == ports16, data);
    }
    data.payload = reader.rest().toByteArray();
    return data;
}

Result<QVector<SmsUserData>> splitSms(const QByteArray &payload, SmsPorts ports, quint16 reference, bool wide,
                                      int mostParts)
{
    if (payload.isEmpty())
        return Error{"sms-empty", {}};
    SmsUserData part;
    part.ports = ports;
    const qsizetype single = smsUserDataLimit - header(part).size();
    if (payload.size() <= single) {
        part.payload = payload;
        return QVector<SmsUserData>{part};
    }
    part.concatenation = SmsConcatenation{wide ? reference : quint16(reference & 0xff), wide, 1, 1};
    const qsizetype share = smsUserDataLimit - header(part).size();
    const qsizetype count = (payload.size() + share - 1) / share;
    if (count > std::min(mostParts, 255))
        return Error{"sms-too-long", QString::number(count)};
    part.concatenation->total = quint8(count);
    QVector<SmsUserData> parts;
    for (qsizetype i = 0; i < count; ++i) {
        part.concatenation->sequence = quint8(i + 1);
        part.payload = payload.mid(i * share, share);
        parts.append(part);
    }
    return parts;
}

} // namespace reveille
