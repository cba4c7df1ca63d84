// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/smpp.h"

#include <QDateTime>
#include <QStringList>

namespace reveille {

/// How a short message ended, or where it is (SMPP 3.4 sections 5.2.28 and appendix B).
enum class SmppMessageState : quint8 {
    EnRoute = 1,
    Delivered = 2,
    Expired = 3,
    Deleted = 4,
    Undeliverable = 5,
    Accepted = 6,
    Unknown = 7,
    Rejected = 8,
};

/// A delivery receipt. Any thread.
struct SmppReceipt {
    QByteArray id; ///< as the SMSC wrote it here; see smppIdForms
    SmppMessageState state = SmppMessageState::Unknown;
    QByteArray error; ///< "000", from the text or the network error code; may be empty
    QDateTime done;   ///< as written, without zone; may be invalid
    friend bool operator==(const SmppReceipt &, const SmppReceipt &) = default;
};

/// Only the text, "id:… sub:… stat:DELIVRD err:000 text:…": keys in any case and order, any may be missing,
/// dates of 10 or 12 digits; nothing behind "text:" is a key. Nothing without id and stat. At most 512 octets
/// are looked at.
std::optional<SmppReceipt> readSmppReceiptText(QByteArrayView text);

/// The receipt in a deliver_sm; the optional parameters receipted_message_id and message_state win over the
/// text. Nothing where esm_class says that it is none, or id or state are missing.
std::optional<SmppReceipt> readSmppReceipt(const SmppPdu &deliver);

/// The forms under which a message id may have been issued, likeliest first: as it is (without case and
/// leading zeros), then decimal for what may be hexadecimal, and hexadecimal for what may be decimal.
QList<QByteArray> smppIdForms(const QByteArray &id);

/// What to do after a submit_sm_resp or bind response with this status (wire-facts 4.4).
enum class SmppReaction : quint8 {
    Done,
    Throttle,      ///< slow down, send again
    Retry,         ///< later, a few times
    Rebind,        ///< the session is not what the peer thinks
    Permanent,     ///< this message never
    Configuration, ///< nothing will go before somebody changes a setting
};
SmppReaction smppReaction(quint32 status);
/// A stable name for receipts and health: "throttled", "smsc-queue-full", "number-refused", "bind-refused";
/// static.
const char *smppStatusCode(quint32 status);

} // namespace reveille
