// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/smpp.h"

#include "wire/bytereader.h"
#include "wire/smpplibrary.h"

#include <QtEndian>

namespace reveille {

namespace {

QString hex(quint32 value, int digits)
{
    return QStringLiteral("0x%1").arg(value, digits, 16, QLatin1Char('0'));
}

/// A mandatory field: a text of at most so many octets with its zero, one octet, or the short message.
struct Field {
    const char *name;
    int most; ///< 0 = one octet, -1 = length and octets
};

constexpr Field bindFields[] = {{"system_id", 16},        {"password", 9}, {"system_type", 13},
                                {"interface_version", 0}, {"addr_ton", 0}, {"addr_npi", 0},
                                {"address_range", 41}};
constexpr Field messageFields[] = {{"service_type", 6},
                                   {"source_addr_ton", 0},
                                   {"source_addr_npi", 0},
                                   {"source_addr", 21},
                                   {"dest_addr_ton", 0},
                                   {"dest_addr_npi", 0},
                                   {"destination_addr", 21},
                                   {"esm_class", 0},
                                   {"protocol_id", 0},
                                   {"priority_flag", 0},
                                   {"schedule_delivery_time", 17},
                                   {"validity_period", 17},
                                   {"registered_delivery", 0},
                                   {"replace_if_present_flag", 0},
                                   {"data_coding", 0},
                                   {"sm_default_msg_id", 0},
                                   {"short_message", -1}};
constexpr Field systemFields[] = {{"system_id", 16}};
constexpr Field messageIdFields[] = {{"message_id", 65}};

template <size_t N>
const char *skip(ByteReader &reader, const Field (&fields)[N])
{
    for (const Field &field : fields) {
        bool good = false;
        if (field.most == 0) {
            good = reader.octet().has_value();
        } else if (field.most > 0) {
            const auto text = reader.zeroTerminated();
            good = text && text->size() < field.most;
        } else {
            const auto length = reader.octet();
            good = length && *length <= smppTextLimit && reader.octets(*length);
        }
        if (!good)
            return field.name;
    }
    return nullptr;
}

const char *skipMandatory(ByteReader &reader, SmppLayout layout)
{
    switch (layout) {
    case SmppLayout::Bind:
        return skip(reader, bindFields);
    case SmppLayout::Message:
        return skip(reader, messageFields);
    case SmppLayout::System:
        return skip(reader, systemFields);
    case SmppLayout::MessageId:
        return skip(reader, messageIdFields);
    case SmppLayout::Empty:
        break;
    }
    return nullptr;
}

Result<Done> readTlvs(ByteReader &reader, QVector<SmppTlv> &tlvs)
{
    while (!reader.atEnd()) {
        const auto tag = reader.uint16();
        const auto length = tag ? reader.uint16() : std::nullopt;
        const auto value = length ? reader.octets(*length) : std::nullopt;
        if (!value)
            return Error{"smpp-tlv", hex(tag.value_or(0), 4)};
        tlvs.append({*tag, value->toByteArray()});
    }
    return Done{};
}

void append16(QByteArray &out, quint16 value)
{
    out.append(char(value >> 8)).append(char(value & 0xff));
}

} // namespace

std::optional<QByteArray> SmppPdu::tlv(quint16 tag) const
{
    for (const SmppTlv &tlv : tlvs) {
        if (tlv.tag == tag)
            return tlv.value;
    }
    return {};
}

std::optional<quint16> SmppPdu::number(quint16 tag, int octets) const
{
    const std::optional<QByteArray> value = tlv(tag);
    if (!value || value->size() != octets)
        return {};
    ByteReader reader(*value);
    return octets == 1 ? std::optional<quint16>(*reader.octet()) : reader.uint16();
}

void SmppPdu::addNumber(quint16 tag, int octets, quint16 value)
{
    SmppTlv tlv{tag, {}};
    if (octets == 2)
        append16(tlv.value, value);
    else
        tlv.value.append(char(value & 0xff));
    tlvs.append(tlv);
}

Result<qsizetype> smppPduLength(QByteArrayView stream)
{
    ByteReader reader(stream);
    const auto length = reader.uint32();
    if (!length)
        return qsizetype(0);
    if (*length < smppHeaderSize || *length > smppLargestPdu)
        return Error{"smpp-length", QString::number(*length)};
    return stream.size() >= qsizetype(*length) ? qsizetype(*length) : qsizetype(0);
}

SmppHeader smppHeader(QByteArrayView pdu)
{
    if (pdu.size() < smppHeaderSize)
        return {};
    ByteReader reader(pdu);
    SmppHeader header;
    header.length = *reader.uint32();
    header.command = *reader.uint32();
    header.status = *reader.uint32();
    header.sequence = *reader.uint32();
    return header;
}

Result<QByteArray> encodeSmpp(const SmppPdu &pdu)
{
    Result<QByteArray> mandatory = packSmpp(pdu);
    if (!mandatory)
        return mandatory;
    QByteArray out = std::move(mandatory).value();
    for (const SmppTlv &tlv : pdu.tlvs) {
        if (tlv.value.size() > 0xffff)
            return Error{"smpp-field", hex(tlv.tag, 4)};
        append16(out, tlv.tag);
        append16(out, quint16(tlv.value.size()));
        out += tlv.value;
    }
    if (out.size() > smppLargestPdu)
        return Error{"smpp-field", QStringLiteral("command_length")};
    qToBigEndian(quint32(out.size()), out.data());
    return out;
}

Result<SmppPdu> decodeSmpp(QByteArrayView octets)
{
    const SmppHeader header = smppHeader(octets);
    if (octets.size() < smppHeaderSize || octets.size() > smppLargestPdu ||
        qsizetype(header.length) != octets.size())
        return Error{"smpp-length", QString::number(octets.size())};
    const std::optional<SmppLayout> layout = smppLayout(header.command);
    if (!layout)
        return Error{"smpp-command", hex(header.command, 8)};
    SmppPdu pdu;
    pdu.command = SmppCommand(header.command);
    pdu.status = header.status;
    pdu.sequence = header.sequence;
    const bool headerOnly = (header.command & smppResponseBit) && octets.size() == smppHeaderSize;
    if (*layout == SmppLayout::Empty || headerOnly) {
        if (octets.size() != smppHeaderSize)
            return Error{"smpp-body", QStringLiteral("command_length")};
        if (*layout != SmppLayout::Empty && header.status == SmppStatus::ok)
            return Error{"smpp-body", QStringLiteral("message_id")};
        return pdu;
    }
    ByteReader reader(octets);
    (void)reader.octets(smppHeaderSize);
    if (const char *wrong = skipMandatory(reader, *layout))
        return Error{"smpp-body", QString::fromLatin1(wrong)};
    const qsizetype mandatory = reader.position();
    if (const Result<Done> read = readTlvs(reader, pdu.tlvs); !read)
        return read.error();
    if (const Result<Done> unpacked = unpackSmpp(octets.first(mandatory), *layout, pdu); !unpacked)
        return unpacked.error();
    return pdu;
}

} // namespace reveille
