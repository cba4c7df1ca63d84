// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/registrationkey.h"

#include <QtEndian>

namespace reveille {

namespace {

constexpr qsizetype digits = 11;

int valueOf(char digit)
{
    if (digit >= 'A' && digit <= 'Z')
        return digit - 'A';
    if (digit >= 'a' && digit <= 'z')
        return digit - 'a' + 26;
    if (digit >= '0' && digit <= '9')
        return digit - '0' + 52;
    return digit == '-' ? 62 : digit == '_' ? 63 : -1;
}

} // namespace

QByteArray textOfKey(quint64 key)
{
    char octets[8];
    qToBigEndian(key, octets);
    return QByteArray::fromRawData(octets, sizeof octets)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

quint64 keyOfText(QByteArrayView text)
{
    if (text.size() != digits)
        return 0;
    quint64 key = 0;
    for (const char digit : text.first(digits - 1)) {
        const int value = valueOf(digit);
        if (value < 0)
            return 0;
        key = key << 6 | quint64(value);
    }
    const int last = valueOf(text.back()); // four bits of the key, and two that are none
    return last < 0 || (last & 3) != 0 ? 0 : key << 4 | quint64(last >> 2);
}

} // namespace reveille
