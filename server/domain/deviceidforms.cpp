// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deviceidforms.h"

#include "domain/textscan.h"

#include <array>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<qsizetype, 4> uuidHyphens{8, 13, 18, 23};
constexpr qsizetype uuidSize = 36;

/// The last digit of an IMEI that makes the sum of Luhn a multiple of ten (3GPP 23.003 annex B).
int luhnDigit(QStringView fourteen)
{
    int sum = 0;
    for (qsizetype at = 0; at < fourteen.size(); ++at) {
        const int digit = hexDigitValue(fourteen.at(at));
        const int weighted = at % 2 == 0 ? digit : 2 * digit;
        sum += weighted / 10 + weighted % 10;
    }
    return (10 - sum % 10) % 10;
}

struct Hash {
    QStringView name;
    qsizetype hexDigits;
};
constexpr std::array hashes{
    Hash{u"sha-1", 40},    Hash{u"sha-224", 56}, Hash{u"sha-256", 64}, Hash{u"sha-384", 96},
    Hash{u"sha-512", 128}, Hash{u"md5", 32},     Hash{u"md2", 32},
};

DeviceIdForm sameForBoth(const QString &text)
{
    return {text, text};
}

} // namespace

bool looksLikeUuid(QStringView text)
{
    if (text.size() > 2 && text.startsWith(u'{') && text.endsWith(u'}'))
        return true;
    if (text.size() != uuidSize)
        return false;
    for (qsizetype at : uuidHyphens) {
        if (text.at(at) != u'-')
            return false;
    }
    return true;
}

Result<DeviceIdForm> uuidForm(QStringView value)
{
    const Error wrong{"device-uuid", shortened(value)};
    if (value.size() > 2 && value.startsWith(u'{') && value.endsWith(u'}'))
        value = value.sliced(1, value.size() - 2);
    if (value.size() != uuidSize || !looksLikeUuid(value))
        return wrong;
    const QString digits = without(value, u"-");
    if (digits.size() != 32 || !allOf(digits, isHexDigit))
        return wrong;
    return sameForBoth(u"urn:uuid:"_s + value.toString().toLower());
}

Result<DeviceIdForm> imeiForm(QStringView value)
{
    const Error wrong{"device-imei", shortened(value)};
    const qsizetype parameters = value.indexOf(u';'); // svn= and vers= of RFC 7254 name the software
    const QString digits = without(parameters < 0 ? value : value.first(parameters), u"- ");
    if (digits.size() < 14 || digits.size() > 16 || !allOf(digits, isAsciiDigit))
        return wrong;
    const QString key = digits.first(14);
    if (digits.size() == 15) {
        // A handset sends 0 in place of the check digit (3GPP 23.003 section 6.2.1).
        const int last = hexDigitValue(digits.at(14));
        if (last != 0 && last != luhnDigit(key))
            return Error{"device-imei-check-digit", digits};
    }
    return DeviceIdForm{u"urn:gsma:imei:"_s + key.first(8) + u'-' + key.sliced(8) + u"-0"_s, key};
}

Result<DeviceIdForm> rfidForm(QStringView value)
{
    if ((value.size() != 24 && value.size() != 32) || !allOf(value, isHexDigit))
        return Error{"device-rfid", shortened(value)};
    return sameForBoth(u"rfid:"_s + value.toString().toUpper());
}

Result<DeviceIdForm> esnForm(QStringView value)
{
    const Error wrong{"device-esn", shortened(value)};
    const QString digits = without(value, u"-");
    if (digits.size() == 8 && allOf(digits, isHexDigit))
        return sameForBoth(u"esn:"_s + digits.toUpper());
    if (digits.size() != 11 || !allOf(digits, isAsciiDigit))
        return wrong;
    const uint manufacturer = digits.first(3).toUInt();
    const uint serial = digits.last(8).toUInt();
    if (manufacturer > 0xff || serial > 0xffffff)
        return wrong;
    const uint number = manufacturer << 24 | serial;
    return sameForBoth(u"esn:"_s + QString::number(number, 16).rightJustified(8, u'0').toUpper());
}

bool looksLikeMac(QStringView text)
{
    const qsizetype step = text.size() == 17 ? 3 : 5;
    const QChar separator = step == 5 ? QChar(u'.') : text.at(2);
    if ((text.size() != 17 && text.size() != 14) || (step == 3 && separator != u':' && separator != u'-'))
        return false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const bool between = at % step == step - 1;
        if (between ? text.at(at) != separator : !isHexDigit(text.at(at)))
            return false;
    }
    return true;
}

Result<DeviceIdForm> macForm(QStringView value)
{
    const QString digits = without(value, u"-:.").toLower();
    if (digits.size() != 12 || !allOf(digits, isHexDigit))
        return Error{"device-mac", shortened(value)};
    return sameForBoth(u"mac:"_s + digits);
}

Result<DeviceIdForm> fingerprintForm(QStringView value)
{
    const Error wrong{"device-fingerprint", shortened(value)};
    qsizetype end = 0;
    while (end < value.size() && value.at(end) != u':' && value.at(end) != u' ')
        ++end;
    if (end == value.size())
        return wrong;
    const QString algorithm = value.first(end).toString().toLower();
    const QString digits = without(value.sliced(end + 1).trimmed(), u":").toUpper();
    for (const Hash &hash : hashes) {
        if (algorithm == hash.name && digits.size() == hash.hexDigits && allOf(digits, isHexDigit))
            return sameForBoth(u"fingerprint:"_s + algorithm + u':' + digits);
    }
    return wrong;
}

Result<DeviceIdForm> otherForm(QStringView value)
{
    return sameForBoth(u"other:"_s + value.toString());
}

} // namespace reveille
