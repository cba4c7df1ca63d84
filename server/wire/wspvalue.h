// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/bytereader.h"

#include <QString>

#include <optional>

namespace reveille {

/// The value forms of WSP (WAP-230 section 8.4.1.2, wire-facts 2.3), told by their first octet. Any thread.
struct WspValue {
    enum class Form : quint8 { Data, Text, Short };
    Form form = Form::Short;
    quint8 number = 0;      ///< Short: 0..127
    QByteArrayView content; ///< Data: the octets behind the length; Text: without quote and zero
    QByteArrayView whole;   ///< as it stands, with length or zero

    /// Short form, or data of 1 to 4 octets after a one-octet length (long-integer).
    std::optional<quint32> integer() const;
    /// Readable: decimal digits of a short form or of a long-integer up to 8 octets, the text, else hex.
    QString text() const;
};

/// Nothing, and nothing moved, where the octets do not suffice.
std::optional<WspValue> readWspValue(ByteReader &reader);

/// Text-string: quoted with 0x7f where it would be taken for another form, zero at the end; cut at an
/// embedded zero.
QByteArray encodeWspText(const QString &text);

/// Integer-value: short below 128, else long.
QByteArray encodeWspInteger(quint32 number);

/// `content` behind its Value-length.
QByteArray withWspLength(const QByteArray &content);

/// Whether the text may stand as a token, the name of a header or a parameter (RFC 2616 section 2.2).
bool isWspToken(QStringView text);

} // namespace reveille
