// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QStringView>

namespace reveille {

/// How DeviceId reads one kind of identity: what it shows and what it compares. The functions take the value without
/// its scheme prefix, except those for URNs and URIs, which take the whole. Inner part of DeviceId. Any thread.
struct DeviceIdForm {
    QString text; ///< canonical, with the prefix
    QString key;  ///< what is compared
};

Result<DeviceIdForm> uuidForm(QStringView value);        ///< RFC 4122 section 3; error device-uuid
Result<DeviceIdForm> imeiForm(QStringView value);        ///< 3GPP 23.003 section 6.2; device-imei, device-imei-check-digit
Result<DeviceIdForm> rfidForm(QStringView value);        ///< EPC of 96 or 128 bits; device-rfid
Result<DeviceIdForm> esnForm(QStringView value);         ///< hexadecimal, or 3 + 8 decimal digits; device-esn
Result<DeviceIdForm> macForm(QStringView value);         ///< EUI-48; device-mac
Result<DeviceIdForm> fingerprintForm(QStringView value); ///< "ALG:HEX" or "ALG HEX" (RFC 4572 section 5); device-fingerprint
Result<DeviceIdForm> otherForm(QStringView value);
Result<DeviceIdForm> urnForm(QStringView urn);           ///< RFC 8141; device-urn
Result<DeviceIdForm> gruuForm(QStringView uri);          ///< RFC 5627; device-characters
Result<DeviceIdForm> uriForm(QStringView uri);           ///< RFC 3986 section 6.2.2; device-characters

bool looksLikeUuid(QStringView text); ///< braces, or hyphens where a UUID has them
bool looksLikeMac(QStringView text);  ///< six pairs of hexadecimal digits with : or - between, or three quadruples with .
bool hasUriScheme(QStringView text);
bool isGruu(QStringView text);        ///< a SIP URI with a gr parameter

} // namespace reveille
