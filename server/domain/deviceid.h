// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QHashFunctions>
#include <QMetaType>

namespace reveille {

/// What tells one device of a user from another (requirement S3). Any thread.
///
/// Canonical text by kind, which is also the `id` of the outside contract:
///   Uuid         urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6  (RFC 4122, lower case)
///   Imei         urn:gsma:imei:35209900-176148-0               (RFC 7254; compares by the first 14 digits)
///   Gruu         sip:alice@lab.example;gr=…                     (RFC 5627; compares by its instance or whole)
///   Uri          any other URI, scheme and host in lower case
///   Urn          urn:NID:NSS, NID in lower case (RFC 8141)
///   Rfid         rfid:HEX        (EPC, 24 or 32 hex digits, upper case)
///   Esn          esn:HEX8        (8 hex digits, or 11 decimal digits 3+8 as printed on handsets)
///   Mac          mac:00a0c91e6bf6 (12 hex digits; separators - : . dropped)
///   Fingerprint  fingerprint:ALG:HEX (RFC 4572 names, e.g. sha-256)
///   Other        other:TEXT
class DeviceId
{
    Q_GADGET
public:
    enum class Kind : quint8 { None, Gruu, Uuid, Imei, Uri, Urn, Rfid, Esn, Mac, Fingerprint, Other };
    Q_ENUM(Kind)

    DeviceId() = default;

    /// Reads any canonical text above plus the usual spellings ("<urn:uuid:…>", "{F81D…}", 36-character
    /// UUID, 14 to 16 digit IMEI with or without dashes after "imei:", MAC with : or -). Kind is told by the text.
    /// Errors: device-empty, device-too-long (255), device-uuid, device-imei, device-imei-check-digit,
    /// device-mac, device-esn, device-rfid, device-fingerprint, device-urn, device-characters.
    static Result<DeviceId> parse(QStringView text);
    /// Same, but the kind is given (what a SIR extension record says).
    static Result<DeviceId> parse(Kind kind, QStringView text);

    Kind kind() const { return m_kind; }
    const QString &toString() const { return m_text; } ///< canonical text
    /// What is compared: equal ids of one kind have equal keys. For indexes.
    const QString &key() const { return m_key; }
    /// The value without its scheme prefix: "f81d4fae-…", "35209900176148", "00a0c91e6bf6".
    QString value() const;
    bool isEmpty() const { return m_kind == Kind::None; }

    /// Same kind and same comparison key; for an IMEI the check digit and software version are no part of it.
    friend bool operator==(const DeviceId &a, const DeviceId &b)
    {
        return a.m_kind == b.m_kind && a.m_key == b.m_key;
    }
    friend bool operator<(const DeviceId &a, const DeviceId &b)
    {
        return a.m_kind != b.m_kind ? a.m_kind < b.m_kind : a.m_key < b.m_key;
    }
    friend size_t qHash(const DeviceId &id, size_t seed = 0) { return ::qHash(id.m_key, seed ^ size_t(id.m_kind)); }

private:
    Kind m_kind = Kind::None;
    QString m_text;
    QString m_key; ///< what is compared
};

} // namespace reveille

Q_DECLARE_METATYPE(reveille::DeviceId)
