// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace reveille {

/// The user data of an SMS-SUBMIT as it stands behind the number of the centre (3GPP 23.040 section 9.2.2.2), and what
/// comes before it.
struct SmsSubmit {
    quint8 first = 0;
    QByteArray recipient;
    quint8 coding = 0;
    QByteArray userData;
};

inline SmsSubmit submitOf(const QByteArray &hex)
{
    const QByteArray octets = QByteArray::fromHex(hex);
    SmsSubmit submit;
    qsizetype at = 1 + quint8(octets.at(0));
    submit.first = quint8(octets.at(at));
    at += 2;
    const int digits = quint8(octets.at(at));
    at += 2;
    for (int i = 0; i < digits; ++i) {
        const quint8 octet = quint8(octets.at(at + i / 2));
        submit.recipient += char('0' + (i % 2 ? octet >> 4 : octet & 0x0f));
    }
    at += (digits + 1) / 2 + 1;
    submit.coding = quint8(octets.at(at));
    at += 1;
    if ((submit.first & 0x18) == 0x10)
        at += 1;
    submit.userData = octets.mid(at + 1, quint8(octets.at(at)));
    return submit;
}

} // namespace reveille
