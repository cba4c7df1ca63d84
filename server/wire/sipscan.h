// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/sipuri.h"

#include <QByteArrayView>

namespace reveille::sipscan {

/// Small readers over views that the SIP parsers share (RFC 3261 section 25.1). Nothing here copies or
/// allocates except where a QByteArray is returned. Any thread.

inline bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}
inline bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
inline bool isAlpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
inline bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool isTokenCharacter(char c);
bool isToken(QByteArrayView text);

QByteArrayView trimmed(QByteArrayView text);
inline QByteArrayView from(QByteArrayView text, qsizetype begin)
{
    return text.sliced(begin);
}
bool equals(QByteArrayView a, QByteArrayView b); ///< without case

/// Index behind the quoted string that begins at `begin`; -1 when it does not end.
qsizetype endOfQuoted(QByteArrayView text, qsizetype begin);
/// First of `wanted` at or behind `begin` that stands outside quotes and angle brackets; text.size() when
/// there is none, -1 when a quote or a bracket does not end.
qsizetype findOutside(QByteArrayView text, qsizetype begin, char wanted);
/// The text a quoted string stands for; anything else is returned as it is.
QByteArray unquoted(QByteArrayView text);
/// Text as a quoted string.
QByteArray quoted(QByteArrayView text);

/// Decimal digits only; larger values are `cap`. False when there is no digit or something else.
bool readNumber(QByteArrayView text, quint32 cap, quint32 &number);

/// Parameters of a header value: `text` is empty or begins with ";". False when they cannot be read.
bool readParameters(QByteArrayView text, SipParameters &parameters);

/// A host as it stands in URIs and Via: name, IPv4 or bracketless IPv6.
bool isHost(QByteArrayView host);

} // namespace reveille::sipscan
