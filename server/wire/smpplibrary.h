// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/smpp.h"

namespace reveille {

/// The one place that touches libsmpp34: values to its structures and back. Only for smpp.cpp.

enum class SmppLayout : quint8 { Empty, Bind, Message, System, MessageId };

/// How the body of a command is laid out; nothing for a command that is not ours.
std::optional<SmppLayout> smppLayout(quint32 command);

/// Header and mandatory fields. Errors smpp-command, smpp-field, smpp-library.
Result<QByteArray> packSmpp(const SmppPdu &pdu);

/// Header and mandatory fields, already checked to be whole, into `pdu`. Error smpp-library.
Result<Done> unpackSmpp(QByteArrayView mandatory, SmppLayout layout, SmppPdu &pdu);

} // namespace reveille
