// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/smpplibrary.h"

#include <QtEndian>

#include <cstring>

extern "C" {
#include <smpp34.h>
#include <smpp34_structs.h>
}

namespace reveille {

namespace {

/// Copies a text with its zero; remembers the name of the first field that does not fit.
class FieldWriter {
public:
    template <size_t N>
    void text(const char *name, uint8_t (&field)[N], const QByteArray &value)
    {
        if (size_t(value.size()) >= N || value.contains('\0'))
            m_wrong = m_wrong ? m_wrong : name;
        else
            std::memcpy(field, value.constData(), size_t(value.size()));
    }
    const char *wrong() const { return m_wrong; }

private:
    const char *m_wrong = nullptr;
};

template <size_t N>
QByteArray textOf(const uint8_t (&field)[N])
{
    const char *text = reinterpret_cast<const char *>(field);
    return QByteArray(text, qsizetype(qstrnlen(text, N)));
}

template <typename Packed>
Result<QByteArray> pack(const SmppPdu &pdu, uint32_t as, Packed &packed, const FieldWriter &writer)
{
    if (writer.wrong())
        return Error{"smpp-field", QString::fromLatin1(writer.wrong())};
    packed.command_id = as;
    packed.sequence_number =
        1; // the library refuses numbers that a nack may carry; the header is written below
    uint8_t buffer[1024];
    int length = 0;
    if (smpp34_pack(as, buffer, int(sizeof buffer), &length, &packed) != 0 || length < smppHeaderSize)
        return Error{"smpp-library", QString::number(smpp34_errno)};
    QByteArray out(reinterpret_cast<const char *>(buffer), length);
    qToBigEndian(quint32(length), out.data());
    qToBigEndian(quint32(pdu.command), out.data() + 4);
    qToBigEndian(pdu.status, out.data() + 8);
    qToBigEndian(pdu.sequence, out.data() + 12);
    return out;
}

Result<QByteArray> packBind(const SmppPdu &pdu)
{
    const SmppBind bind = pdu.bind.value_or(SmppBind());
    bind_transceiver_t packed = {};
    FieldWriter writer;
    writer.text("system_id", packed.system_id, bind.systemId);
    writer.text("password", packed.password, bind.password);
    writer.text("system_type", packed.system_type, bind.systemType);
    packed.interface_version = bind.interfaceVersion;
    packed.addr_ton = bind.range.ton;
    packed.addr_npi = bind.range.npi;
    writer.text("address_range", packed.address_range, bind.range.digits);
    return pack(pdu, BIND_TRANSCEIVER, packed, writer);
}

Result<QByteArray> packMessage(const SmppPdu &pdu)
{
    const SmppShortMessage message = pdu.message.value_or(SmppShortMessage());
    if (message.text.size() > smppTextLimit)
        return Error{"smpp-field", QStringLiteral("short_message")};
    submit_sm_t packed = {};
    FieldWriter writer;
    writer.text("service_type", packed.service_type, message.serviceType);
    packed.source_addr_ton = message.source.ton;
    packed.source_addr_npi = message.source.npi;
    writer.text("source_addr", packed.source_addr, message.source.digits);
    packed.dest_addr_ton = message.destination.ton;
    packed.dest_addr_npi = message.destination.npi;
    writer.text("destination_addr", packed.destination_addr, message.destination.digits);
    packed.esm_class = message.esmClass;
    packed.protocol_id = message.protocolId;
    packed.priority_flag = message.priority;
    writer.text("schedule_delivery_time", packed.schedule_delivery_time, message.scheduleTime);
    writer.text("validity_period", packed.validity_period, message.validity);
    packed.registered_delivery = message.registeredDelivery;
    packed.replace_if_present_flag = message.replaceIfPresent;
    packed.data_coding = message.dataCoding;
    packed.sm_default_msg_id = message.defaultMessage;
    packed.sm_length = uint8_t(message.text.size());
    std::memcpy(packed.short_message, message.text.constData(), size_t(message.text.size()));
    return pack(pdu, SUBMIT_SM, packed, writer);
}

template <typename Packed>
Result<Done> unpack(uint32_t as, QByteArrayView mandatory, Packed &packed)
{
    QByteArray copy = mandatory.toByteArray();
    qToBigEndian(quint32(copy.size()), copy.data());
    qToBigEndian(quint32(as), copy.data() + 4);
    qToBigEndian(quint32(0), copy.data() + 8);
    qToBigEndian(quint32(1), copy.data() + 12);
    const auto *octets = reinterpret_cast<const uint8_t *>(copy.constData());
    if (smpp34_unpack(as, &packed, octets, int(copy.size())) != 0)
        return Error{"smpp-library", QString::number(smpp34_errno)};
    return Done{};
}

Result<Done> unpackBind(QByteArrayView mandatory, SmppPdu &pdu)
{
    bind_transceiver_t packed = {};
    if (const Result<Done> read = unpack(BIND_TRANSCEIVER, mandatory, packed); !read)
        return read;
    pdu.bind = SmppBind{textOf(packed.system_id), textOf(packed.password), textOf(packed.system_type),
                        packed.interface_version,
                        SmppAddress{packed.addr_ton, packed.addr_npi, textOf(packed.address_range)}};
    return Done{};
}

Result<Done> unpackMessage(QByteArrayView mandatory, SmppPdu &pdu)
{
    submit_sm_t packed = {};
    if (const Result<Done> read = unpack(SUBMIT_SM, mandatory, packed); !read)
        return read;
    SmppShortMessage message;
    message.serviceType = textOf(packed.service_type);
    message.source = {packed.source_addr_ton, packed.source_addr_npi, textOf(packed.source_addr)};
    message.destination = {packed.dest_addr_ton, packed.dest_addr_npi, textOf(packed.destination_addr)};
    message.esmClass = packed.esm_class;
    message.protocolId = packed.protocol_id;
    message.priority = packed.priority_flag;
    message.scheduleTime = textOf(packed.schedule_delivery_time);
    message.validity = textOf(packed.validity_period);
    message.registeredDelivery = packed.registered_delivery;
    message.replaceIfPresent = packed.replace_if_present_flag;
    message.dataCoding = packed.data_coding;
    message.defaultMessage = packed.sm_default_msg_id;
    const auto *text = reinterpret_cast<const char *>(packed.short_message);
    message.text = QByteArray(text, std::min<qsizetype>(packed.sm_length, smppTextLimit));
    pdu.message = message;
    return Done{};
}

} // namespace

std::optional<SmppLayout> smppLayout(quint32 command)
{
    switch (SmppCommand(command)) {
    case SmppCommand::BindReceiver:
    case SmppCommand::BindTransmitter:
    case SmppCommand::BindTransceiver:
        return SmppLayout::Bind;
    case SmppCommand::SubmitSm:
    case SmppCommand::DeliverSm:
        return SmppLayout::Message;
    case SmppCommand::BindReceiverResp:
    case SmppCommand::BindTransmitterResp:
    case SmppCommand::BindTransceiverResp:
        return SmppLayout::System;
    case SmppCommand::SubmitSmResp:
    case SmppCommand::DeliverSmResp:
        return SmppLayout::MessageId;
    case SmppCommand::GenericNack:
    case SmppCommand::Unbind:
    case SmppCommand::UnbindResp:
    case SmppCommand::EnquireLink:
    case SmppCommand::EnquireLinkResp:
        return SmppLayout::Empty;
    }
    return {};
}

Result<QByteArray> packSmpp(const SmppPdu &pdu)
{
    const std::optional<SmppLayout> layout = smppLayout(quint32(pdu.command));
    if (!layout)
        return Error{"smpp-command", QString::number(quint32(pdu.command), 16)};
    FieldWriter writer;
    switch (*layout) {
    case SmppLayout::Bind:
        return packBind(pdu);
    case SmppLayout::Message:
        return packMessage(pdu);
    case SmppLayout::System: {
        bind_transceiver_resp_t packed = {};
        writer.text("system_id", packed.system_id, pdu.id);
        return pack(pdu, BIND_TRANSCEIVER_RESP, packed, writer);
    }
    case SmppLayout::MessageId: {
        submit_sm_resp_t packed = {};
        writer.text("message_id", packed.message_id, pdu.id);
        return pack(pdu, SUBMIT_SM_RESP, packed, writer);
    }
    case SmppLayout::Empty:
        break;
    }
    enquire_link_t packed = {};
    return pack(pdu, ENQUIRE_LINK, packed, writer);
}

Result<Done> unpackSmpp(QByteArrayView mandatory, SmppLayout layout, SmppPdu &pdu)
{
    switch (layout) {
    case SmppLayout::Bind:
        return unpackBind(mandatory, pdu);
    case SmppLayout::Message:
        return unpackMessage(mandatory, pdu);
    case SmppLayout::System: {
        bind_transceiver_resp_t packed = {};
        const Result<Done> read = unpack(BIND_TRANSCEIVER_RESP, mandatory, packed);
        pdu.id = textOf(packed.system_id);
        return read;
    }
    case SmppLayout::MessageId: {
        submit_sm_resp_t packed = {};
        const Result<Done> read = unpack(SUBMIT_SM_RESP, mandatory, packed);
        pdu.id = textOf(packed.message_id);
        return read;
    }
    case SmppLayout::Empty:
        break;
    }
    return Done{};
}

} // namespace reveille
