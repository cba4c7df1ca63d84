// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/sessionrequest.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QVector>

namespace reveille {

/// application/vnd.wap.sia: versions 0 and 1 (WAP-168 / OMA SIA, wire-facts section 1) and version 2 of our house
/// (design "A SIR in our house"). Pure functions, any thread.

/// Octets of the body. A non-empty `key` signs a version 2 SIR: the authenticator record (tag 7) is written last, the
/// first 8 octets of HMAC-SHA-256 over everything before its value. Without a key `sir.authenticator` is written as it is.
/// Fields of a higher version than sir.version are left out.
QByteArray encodeSir(const SessionRequest &sir, const QByteArray &key = {});

/// Reads a body. Legally truncated bodies are accepted (missing = empty), versions above 2 are read as 2, unknown extension
/// tags are skipped. Errors: sir-empty, sir-uintvar, sir-truncated (a length points past the end), sir-application,
/// sir-address, sir-extension, sir-too-long (over 1 MiB). about = the octet offset.
Result<SessionRequest> decodeSir(QByteArrayView octets);

/// Whether the authenticator of a version 2 body was made with `key`. False for an unsigned one.
bool verifySir(QByteArrayView octets, const QByteArray &key);

/// Key of the authenticator from a digest secret: the octets of the hex SHA-256 HA1.
inline QByteArray sirKey(const QByteArray &ha1Sha256) { return ha1Sha256; }

/// A field and where it stands in the octets, for the field tree beside the hex view. Offsets in octets.
struct DecodedField {
    QString name;   ///< stable code: "version", "application", "contact_point", "device" …
    QString value;
    int offset = 0;
    int length = 0;
    int depth = 0;  ///< nesting
};
/// The fields of a body in wire order; stops where it cannot be read and ends with a field "error".
QVector<DecodedField> explainSir(QByteArrayView octets);

} // namespace reveille
