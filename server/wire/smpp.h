// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QVector>

#include <optional>

namespace reveille {

/// SMPP 3.4, the commands that a link for wake-ups needs (wire-facts section 4). The mandatory fields are
/// packed and unpacked by libsmpp34, after a check of every length; optional parameters are walked here, for
/// the library takes their lengths on trust. One thread at a time in a process: the library notes its last
/// error in a global.

enum class SmppCommand : quint32 {
    GenericNack = 0x80000000,
    BindReceiver = 0x00000001,
    BindTransmitter = 0x00000002,
    SubmitSm = 0x00000004,
    DeliverSm = 0x00000005,
    Unbind = 0x00000006,
    BindTransceiver = 0x00000009,
    EnquireLink = 0x00000015,
    BindReceiverResp = 0x80000001,
    BindTransmitterResp = 0x80000002,
    SubmitSmResp = 0x80000004,
    DeliverSmResp = 0x80000005,
    UnbindResp = 0x80000006,
    BindTransceiverResp = 0x80000009,
    EnquireLinkResp = 0x80000015,
};

constexpr quint32 smppResponseBit = 0x80000000;
constexpr qsizetype smppHeaderSize = 16;
constexpr qsizetype smppTextLimit = 253;    ///< of short_message; the library takes no 254
constexpr qsizetype smppLargestPdu = 70000; ///< room for a message_payload of 64 K

/// Optional parameters (SMPP 3.4 section 5.3.2) and values that this program uses.
namespace SmppTag {
constexpr quint16 receiptedMessageId = 0x001e;
constexpr quint16 sourcePort = 0x020a;
constexpr quint16 destinationPort = 0x020b;
constexpr quint16 sarReference = 0x020c;
constexpr quint16 sarTotal = 0x020e;
constexpr quint16 sarSequence = 0x020f;
constexpr quint16 interfaceVersion = 0x0210;
constexpr quint16 networkErrorCode = 0x0423;
constexpr quint16 messagePayload = 0x0424;
constexpr quint16 messageState = 0x0427;
constexpr quint16 ussdServiceOp = 0x0501;
constexpr quint16 itsSessionInfo = 0x1383;
} // namespace SmppTag

namespace SmppStatus {
constexpr quint32 ok = 0x00;
constexpr quint32 invalidLength = 0x02;
constexpr quint32 invalidCommand = 0x03;
} // namespace SmppStatus

constexpr quint8 smppEsmReceipt = 0x04; ///< in the type bits of esm_class
constexpr quint8 smppEsmUserDataHeader = 0x40;

struct SmppTlv {
    quint16 tag = 0;
    QByteArray value;
    friend bool operator==(const SmppTlv &, const SmppTlv &) = default;
};

struct SmppAddress {
    quint8 ton = 0;    ///< 0 to 6; the library refuses others
    quint8 npi = 0;    ///< as in SMPP 3.4 section 5.2.6; the library refuses others
    QByteArray digits; ///< at most 20 characters
    friend bool operator==(const SmppAddress &, const SmppAddress &) = default;
};

struct SmppBind {
    QByteArray systemId;   ///< at most 15
    QByteArray password;   ///< at most 8
    QByteArray systemType; ///< at most 12
    quint8 interfaceVersion = 0x34;
    SmppAddress range; ///< digits here at most 40
    friend bool operator==(const SmppBind &, const SmppBind &) = default;
};

/// Body of submit_sm and deliver_sm.
struct SmppShortMessage {
    QByteArray serviceType; ///< at most 5
    SmppAddress source;
    SmppAddress destination;
    quint8 esmClass = 0;
    quint8 protocolId = 0;
    quint8 priority = 0;
    QByteArray scheduleTime; ///< at most 16
    QByteArray validity;     ///< at most 16
    quint8 registeredDelivery = 0;
    quint8 replaceIfPresent = 0;
    quint8 dataCoding = 0;
    quint8 defaultMessage = 0;
    QByteArray text; ///< short_message, at most smppTextLimit
    friend bool operator==(const SmppShortMessage &, const SmppShortMessage &) = default;
};

struct SmppHeader {
    quint32 length = 0;
    quint32 command = 0;
    quint32 status = 0;
    quint32 sequence = 0;
};

struct SmppPdu {
    SmppCommand command = SmppCommand::GenericNack;
    quint32 status = SmppStatus::ok;
    quint32 sequence = 0;
    std::optional<SmppBind> bind;            ///< of the three binds
    std::optional<SmppShortMessage> message; ///< of submit_sm and deliver_sm
    QByteArray id;                           ///< message_id or system_id of a response; at most 64 or 15
    QVector<SmppTlv> tlvs;
    friend bool operator==(const SmppPdu &, const SmppPdu &) = default;

    /// The value of the first with this tag.
    std::optional<QByteArray> tlv(quint16 tag) const;
    /// The same as a number; nothing unless the value has exactly so many octets, 1 or 2.
    std::optional<quint16> number(quint16 tag, int octets) const;
    void addNumber(quint16 tag, int octets, quint16 value);
};

/// The length of the PDU at the front of a stream; 0 while fewer than its octets are there.
/// Error smpp-length (below 16 or above smppLargestPdu; about = the length).
Result<qsizetype> smppPduLength(QByteArrayView stream);

/// The header of a whole PDU of at least 16 octets, whatever its command; zeros for less.
SmppHeader smppHeader(QByteArrayView pdu);

/// Errors: smpp-field (one is too long or contains a zero; about = its name), smpp-library.
Result<QByteArray> encodeSmpp(const SmppPdu &pdu);

/// One whole PDU. A response with a status other than 0 may stop after its header.
/// Errors: smpp-length, smpp-command (not one of ours; about in hex), smpp-body (a mandatory field is cut off
/// or too long; about = its name), smpp-tlv (its length points past the end; about = tag in hex),
/// smpp-library.
Result<SmppPdu> decodeSmpp(QByteArrayView pdu);

} // namespace reveille
