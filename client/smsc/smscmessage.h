// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/smsc/smscsettings.h"
#include "wire/smpp.h"
#include "wire/smppreceipt.h"
#include "wire/smsuserdata.h"

namespace reveille {

/// One submit_sm that was accepted, until it has ended. Any thread.
struct SmscMessage {
    quint64 id = 0;
    SmppPdu request;
    QByteArray systemId; ///< of who sent it
    quint64 session = 0; ///< over which it came
    Timestamp accepted;
    Milliseconds expires{0};    ///< on the monotonic time
    bool isToldAlready = false; ///< the receipt went out before the response

    QString msisdn() const { return QString::fromLatin1(request.message->destination.digits); }
    bool isUssd() const;
    /// Of what registered_delivery asks for (SMPP 3.4 section 5.2.17).
    bool wantsReceipt(bool delivered) const;
};

/// The octets of a message wherever they stand: in short_message or in message_payload.
QByteArray smscTextOf(const SmppPdu &request);
/// What an event tells of a submit_sm.
QJsonObject smscFieldsOf(const SmppPdu &request);
/// Ports and place among parts, from the user data header or from the optional parameters. Errors of
/// decodeSmsUserData().
Result<SmsUserData> smscUserDataOf(const SmppPdu &request);
/// How long it may wait: what a relative validity_period says ("YYMMDDhhmmss000R", SMPP 3.4 section 7.1.1.2),
/// `most` at most; any other form means `most`.
Milliseconds smscValidityOf(const QByteArray &period, Milliseconds most);

/// "4f8a1201" or its decimal form.
QByteArray smscIdText(quint64 id, SmscIds ids);
/// A receipt as deliver_sm. `error` as in "err:000".
SmppPdu smscReceipt(const SmscMessage &message, const SmscSettings &settings, SmppMessageState state,
                    int error, Timestamp now);
/// What the terminal answers to a USSD string, as deliver_sm. `networkError`: 0 for none, GSM cause
/// otherwise.
SmppPdu smscUssdAnswer(const SmscMessage &message, const SmscSettings &settings, int networkError);
/// "DELIVRD" and so on.
QByteArray smscStateText(SmppMessageState state);

} // namespace reveille
