// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/bcd.h"

namespace reveille {

namespace {
constexpr int filler = 0xf;
}

QByteArray toBcd(QStringView digits)
{
    QByteArray octets;
    octets.reserve((digits.size() + 1) / 2);
    for (qsizetype i = 0; i < digits.size(); i += 2) {
        const int high = digits[i].unicode() - u'0';
        const int low = i + 1 < digits.size() ? digits[i + 1].unicode() - u'0' : filler;
        octets.append(char(high << 4 | low));
    }
    return octets;
}

std::optional<QString> fromBcd(QByteArrayView octets)
{
    QString digits;
    digits.reserve(octets.size() * 2);
    for (qsizetype i = 0; i < octets.size(); ++i) {
        const int high = quint8(octets[i]) >> 4;
        const int low = quint8(octets[i]) & 0x0f;
        const bool fillerHere = low == filler && i + 1 == octets.size();
        if (high > 9 || (low > 9 && !fillerHere))
            return {};
        digits.append(QChar(u'0' + high));
        if (!fillerHere)
            digits.append(QChar(u'0' + low));
    }
    return digits;
}

} // namespace reveille
