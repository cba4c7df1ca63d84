// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QHashFunctions>

namespace reveille {

/// A phone number in international form (ITU-T E.164: country code and at most 15 digits). Any thread.
class Msisdn
{
public:
    Msisdn() = default;

    /// "+49 170 1234567", "0049170…", "tel:+49-170-1234567", "491701234567" (digits alone are taken as
    /// international, as SMPP and RFC 8599 routes write them). Separators: space - . ( ) /
    /// Errors: msisdn-empty, msisdn-characters, msisdn-too-short (under 5), msisdn-too-long (over 15),
    /// msisdn-national (starts with a single 0).
    static Result<Msisdn> parse(QStringView text);

    const QString &digits() const { return m_digits; }             ///< "491701234567"
    QString toString() const { return isEmpty() ? QString() : u'+' + m_digits; } ///< "+491701234567"
    bool isEmpty() const { return m_digits.isEmpty(); }
    friend bool operator==(const Msisdn &, const Msisdn &) = default;
    friend size_t qHash(const Msisdn &m, size_t seed = 0) { return ::qHash(m.m_digits, seed); }

private:
    QString m_digits;
};

} // namespace reveille
