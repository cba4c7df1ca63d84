// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/ussdtext.h"

namespace reveille {

namespace {

constexpr char base64Mark[] = "SIR:";
constexpr char hexMark[] = "SIR;";
constexpr qsizetype markSize = 4;

} // namespace

int ussdLimit(UssdForm form)
{
    return form == UssdForm::Binary ? ussdOctetLimit : ussdTextLimit;
}

QByteArray encodeUssdPush(const QByteArray &push, UssdForm form)
{
    switch (form) {
    case UssdForm::Base64:
        return base64Mark + push.toBase64(QByteArray::OmitTrailingEquals);
    case UssdForm::Hex:
        return hexMark + push.toHex();
    case UssdForm::Binary:
        break;
    }
    return push;
}

Result<QByteArray> decodeUssdPush(QByteArrayView string)
{
    if (string.isEmpty())
        return Error{"ussd-empty", {}};
    if (string.size() > ussdTextLimit)
        return Error{"ussd-too-long", QString::number(string.size())};
    const QByteArray rest = string.sliced(std::min(markSize, string.size())).toByteArray();
    if (string.startsWith(base64Mark)) {
        const auto read = QByteArray::fromBase64Encoding(rest, QByteArray::AbortOnBase64DecodingErrors);
        if (!read || read.decoded.isEmpty())
            return Error{"ussd-text", QStringLiteral("base64")};
        return read.decoded;
    }
    if (string.startsWith(hexMark)) {
        const QByteArray octets = QByteArray::fromHex(rest);
        if (octets.isEmpty() || octets.toHex() != rest.toLower())
            return Error{"ussd-text", QStringLiteral("hex")};
        return octets;
    }
    return string.toByteArray();
}

} // namespace reveille
