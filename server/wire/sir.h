// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/sessionrequest.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QVector>

namespace reveille {

// clang-format off: the layout below is a table
/// The body of a Session Initiation Request, application/vnd.wap.sia. Pure functions, any thread. Numbers are
/// big-endian, lengths are uintvar (read strictly, see bytereader.h).
///
/// Versions 0 and 1 (WAP-235, wire-facts section 1), which are also the first part of version 2:
///
///   version             1 octet
///   application list    length in octets, then entries: 0xB2 and one of
///                         0x80                   any application
///                         0x80|n                 number n = 1..127
///                         1..4, octets           a greater number (long-integer)
///                         text and a zero octet  URI that has no number
///   WSP contact points  length in octets, then AddressType records:
///                         flags (0x80 bearer follows, 0x40 port follows, low 6 bits: octets of the address),
///                         bearer (1 octet), port (2 octets), address                  -- version 0 ends here
///   contact points      length in octets, then AddressType records
///   protocol options    length in octets, then uintvars
///   ProvURL             length in octets, then ASCII, or 1..4 octets of its SHA-1
///   CPI tags            their number, then 4 octets each                              -- version 1 ends here
///
/// A body may end after any complete field: what is missing is empty.
///
/// Version 2 goes on with extension records to the end of the body, each: tag (1 octet), length (uintvar),
/// value. Unknown tags are skipped. Of a tag that comes twice the first counts. A field without content has
/// no record.
///
///   1 device identity   kind octet (the value of DeviceId::Kind: 1 GRUU, 2 UUID, 3 IMEI, 4 URI, 5 URN, 6
///   RFID,
///                       7 ESN, 8 MAC, 9 fingerprint, 10 other), then
///                         UUID     16 octets
///                         IMEI     its 14 digits in BCD, 7 octets
///                         MAC      6 octets
///                         others   UTF-8, without the scheme that the kind already tells
///   2 public user ID    0x01 and the digits in BCD for "tel:+DIGITS", else the URI as UTF-8
///   3 requests          1 octet, the bits of SirRequest; unknown bits are ignored
///   4 application name  a registered name as its number (0x80|n for 0..127, else 1..4 and octets), else
///   UTF-8 5 gateway           URI as UTF-8 6 time and nonce    4 octets seconds since 1970, then 4 octets
///   nonce or nothing 7 authenticator     the first 8 to 32 octets of HMAC-SHA-256 over every octet of the
///   body before this value.
///                       The last record: a body with octets behind it is refused, for nothing vouches for
///                       them
///
/// BCD: two digits an octet, the first in the high half; 0xF in the low half of the last octet where their
/// number is odd (not the swapped semi-octets of GSM). Text in records 2, 4 and 5 has no control characters.
// clang-format on

/// Octets of the body. A non-empty `key` signs a version 2 SIR: the authenticator record (tag 7) is written
/// last, the first 8 octets of HMAC-SHA-256 over everything before its value. Without a key
/// `sir.authenticator` is written as it is. Fields of a higher version than sir.version are left out.
QByteArray encodeSir(const SessionRequest &sir, const QByteArray &key = {});

/// Reads a body. Legally truncated bodies are accepted (missing = empty), versions above 2 are read as 2,
/// unknown extension tags are skipped. A registered application URI is read as its number. Errors: sir-empty,
/// sir-uintvar, sir-truncated (a length points past the end), sir-application, sir-address, sir-extension,
/// sir-too-many (more than sirMaxEntries in one list), sir-too-long (over sirMaxSize). about = the octet
/// offset.
Result<SessionRequest> decodeSir(QByteArrayView octets);
constexpr qsizetype sirMaxSize = 1024 * 1024; ///< octets
constexpr int sirMaxEntries = 1000;           ///< applications, contact points, options, tags: of each
constexpr int sirAuthenticatorSize = 8;       ///< octets of the authenticator we make, and the least we take

/// Whether the authenticator of a version 2 body was made with `key`. False for an unsigned one, an
/// authenticator under 8 octets, an empty key and a body that cannot be read. Takes the same time wherever
/// the first difference is.
bool verifySir(QByteArrayView octets, const QByteArray &key);

/// Key of the authenticator from a digest secret: the octets of the hex SHA-256 HA1.
inline QByteArray sirKey(const QByteArray &ha1Sha256)
{
    return ha1Sha256;
}

/// A field and where it stands in the octets, for the field tree beside the hex view. Offsets in octets.
struct DecodedField {
    QString name; ///< stable code: "version", "application", "contact_point", "device" …
    QString value;
    int offset = 0;
    int length = 0;
    int depth = 0; ///< nesting
};
/// The fields of a body in wire order; stops where it cannot be read and ends with a field "error" whose
/// value is the code. Names: version, application_list (value: number of octets), application,
/// wsp_contact_points, contact_points, contact_point, bearer, port, address, protocol_options,
/// protocol_option, prov_url, cpi_tags, cpi_tag, device, user, requests, application_name, gateway, time,
/// nonce, authenticator, unknown_record (value: its tag).
QVector<DecodedField> explainSir(QByteArrayView octets);

} // namespace reveille
