// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace reveille {

/// How a WSP push stands in a USSD string that a network starts. As text: `SIR:` and the octets in base64
/// without padding, or `SIR;` and the octets in hexadecimal; all characters are of the GSM default alphabet,
/// of which 182 fit into the 160 octets of a string. As octets: themselves, at most 160. Any thread.
enum class UssdForm : quint8 { Base64, Hex, Binary };

constexpr int ussdTextLimit = 182; ///< characters
constexpr int ussdOctetLimit = 160;

int ussdLimit(UssdForm form);
/// However long it gets; compare with ussdLimit().
QByteArray encodeUssdPush(const QByteArray &push, UssdForm form);
/// The octets of the push, whichever form the string has. Errors ussd-empty, ussd-text (what follows `SIR:`
/// or `SIR;` is not what it says), ussd-too-long.
Result<QByteArray> decodeUssdPush(QByteArrayView string);

} // namespace reveille
