// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/sir.h"

namespace reveille {

/// Fields of what was on the wire, by JournalEntry::bytesFormat: "sir", "wsp", "sms", "ussd", "sip", "http"; "" looks at
/// the octets. Whatever cannot be decoded is one field "octets". Every field lies inside the octets. Any thread.
QVector<DecodedField> decodeFields(const QString &format, QByteArrayView octets);

/// Lines of a SIP or HTTP message: start line, one field per header, its body (a SIR body to its last field).
QVector<DecodedField> decodeTextMessage(QByteArrayView octets);

} // namespace reveille
