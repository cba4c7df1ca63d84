// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/smsc/smscmessage.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr quint8 ussrRequest = 2, ussrConfirm = 18, ussnConfirm = 19; // ussd_service_op
constexpr quint64 foreignIds = 0x1000000;
constexpr quint8 gsmNetwork = 3;    // network_error_code
constexpr quint8 lastInSession = 2; // what an answer adds to its_session_info

QByteArray shortDate(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.ms, Qt::UTC).toString(QStringLiteral("yyMMddHHmm")).toLatin1();
}

QJsonValue numberOrNull(std::optional<int> number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

/// From the terminal to who sent the message.
SmppPdu deliverFor(const SmscMessage &message)
{
    SmppPdu pdu;
    pdu.command = SmppCommand::DeliverSm;
    pdu.message.emplace();
    pdu.message->source = message.request.message->destination;
    pdu.message->destination = message.request.message->source;
    return pdu;
}

} // namespace

bool SmscMessage::isUssd() const
{
    return request.message->serviceType == "USSD" || request.tlv(SmppTag::ussdServiceOp).has_value();
}

bool SmscMessage::wantsReceipt(bool delivered) const
{
    const int wanted = request.message->registeredDelivery & 3;
    return wanted == 1 || (wanted == 2 && !delivered);
}

QByteArray smscTextOf(const SmppPdu &request)
{
    const QByteArray &text = request.message->text;
    return text.isEmpty() ? request.tlv(SmppTag::messagePayload).value_or(QByteArray()) : text;
}

Result<SmsUserData> smscUserDataOf(const SmppPdu &request)
{
    const QByteArray text = smscTextOf(request);
    if (request.message->esmClass & smppEsmUserDataHeader)
        return decodeSmsUserData(text);
    SmsUserData data;
    data.payload = text;
    if (const auto port = request.number(SmppTag::destinationPort, 2))
        data.ports = SmsPorts{*port, request.number(SmppTag::sourcePort, 2).value_or(SmsPorts().originator)};
    const auto reference = request.number(SmppTag::sarReference, 2);
    const auto total = request.number(SmppTag::sarTotal, 1);
    const auto sequence = request.number(SmppTag::sarSequence, 1);
    if (reference && total && sequence && *sequence >= 1 && *sequence <= *total)
        data.concatenation = SmsConcatenation{*reference, true, quint8(*total), quint8(*sequence)};
    return data;
}

QJsonObject smscFieldsOf(const SmppPdu &request)
{
    const SmppShortMessage &message = *request.message;
    const SmsUserData data = smscUserDataOf(request).valueOr({});
    std::optional<int> port, part, parts;
    if (data.ports)
        port = data.ports->destination;
    if (data.concatenation) {
        part = data.concatenation->sequence;
        parts = data.concatenation->total;
    }
    return {{u"sequence"_s, qint64(request.sequence)},
            {u"source"_s, QString::fromLatin1(message.source.digits)},
            {u"msisdn"_s, QString::fromLatin1(message.destination.digits)},
            {u"service_type"_s, QString::fromLatin1(message.serviceType)},
            {u"esm_class"_s, message.esmClass},
            {u"data_coding"_s, message.dataCoding},
            {u"registered_delivery"_s, message.registeredDelivery},
            {u"port"_s, numberOrNull(port)},
            {u"part"_s, numberOrNull(part)},
            {u"parts"_s, numberOrNull(parts)},
            {u"bytes"_s, QString::fromLatin1(smscTextOf(request).toBase64())}};
}

Milliseconds smscValidityOf(const QByteArray &period, Milliseconds most)
{
    const bool digits = std::all_of(period.begin(), period.begin() + std::min<qsizetype>(period.size(), 15),
                                    [](char c) { return c >= '0' && c <= '9'; });
    if (period.size() != 16 || !digits || period.back() != 'R')
        return most;
    const auto two = [&](int at) {
        return qint64(period.mid(at, 2).toInt());
    };
    const qint64 days = two(0) * 365 + two(2) * 30 + two(4);
    const qint64 seconds = ((days * 24 + two(6)) * 60 + two(8)) * 60 + two(10);
    return seconds > 0 ? std::min(most, Milliseconds(seconds * 1000)) : most;
}

QByteArray smscIdText(quint64 id, SmscIds ids)
{
    return QByteArray::number(id, ids == SmscIds::Hex ? 16 : 10);
}

QByteArray smscStateText(SmppMessageState state)
{
    switch (state) {
    case SmppMessageState::EnRoute:
        return "ENROUTE";
    case SmppMessageState::Delivered:
        return "DELIVRD";
    case SmppMessageState::Expired:
        return "EXPIRED";
    case SmppMessageState::Deleted:
        return "DELETED";
    case SmppMessageState::Undeliverable:
        return "UNDELIV";
    case SmppMessageState::Accepted:
        return "ACCEPTD";
    case SmppMessageState::Rejected:
        return "REJECTD";
    case SmppMessageState::Unknown:
        break;
    }
    return "UNKNOWN";
}

SmppPdu smscReceipt(const SmscMessage &message, const SmscSettings &settings, SmppMessageState state,
                    int error, Timestamp now)
{
    const quint64 id = message.id + (settings.receipts == SmscReceipts::Foreign ? foreignIds : 0);
    const QByteArray named = smscIdText(id, settings.receiptIds);
    SmppPdu pdu = deliverFor(message);
    pdu.message->esmClass = smppEsmReceipt;
    const bool delivered = state == SmppMessageState::Delivered;
    if (settings.receiptForm != SmscReceiptForm::Parameters)
        pdu.message->text = "id:" + named + " sub:001 dlvrd:" + (delivered ? "001" : "000") +
                            " submit date:" + shortDate(message.accepted) + " done date:" + shortDate(now) +
                            " stat:" + smscStateText(state) +
                            " err:" + QByteArray::number(error).rightJustified(3, '0') + " text:";
    if (settings.receiptForm != SmscReceiptForm::Text) {
        pdu.tlvs.append({SmppTag::receiptedMessageId, named + '\0'});
        pdu.addNumber(SmppTag::messageState, 1, quint16(state));
        if (error)
            pdu.tlvs.append({SmppTag::networkErrorCode,
                             QByteArray(1, char(gsmNetwork)) + char(error >> 8) + char(error & 0xff)});
    }
    return pdu;
}

SmppPdu smscUssdAnswer(const SmscMessage &message, const SmscSettings &settings, int networkError)
{
    SmppPdu pdu = deliverFor(message);
    pdu.message->serviceType = "USSD";
    const bool isRequest = message.request.number(SmppTag::ussdServiceOp, 1) == quint16(ussrRequest);
    pdu.addNumber(SmppTag::ussdServiceOp, 1, isRequest ? ussrConfirm : ussnConfirm);
    if (isRequest && !networkError)
        pdu.message->text = settings.ussd == SmscUssd::Refuse ? "NO" : "OK";
    if (networkError)
        pdu.tlvs.append({SmppTag::networkErrorCode, QByteArray(1, char(gsmNetwork)) +
                                                        char(networkError >> 8) + char(networkError & 0xff)});
    const auto session = message.request.number(SmppTag::itsSessionInfo, 2);
    if (session && settings.ussdEchoes)
        pdu.addNumber(SmppTag::itsSessionInfo, 2, quint16(*session + lastInSession));
    return pdu;
}

} // namespace reveille
