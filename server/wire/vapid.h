// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/timestamp.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

namespace reveille {

/// Who an application server says it is (RFC 8292): `Authorization: vapid t=JWT, k=KEY`. Parsing is one thing, believing it
/// another: judge() does the latter. Pure, any thread.
struct Vapid {
    QByteArray key;        ///< 65 octets, an uncompressed point of P-256 on the curve
    QByteArray signedPart; ///< header and claims of the token, as they were signed
    QByteArray signature;  ///< 64 octets
    QStringList audiences; ///< 1 to mostAudiences
    Timestamp expiresAt;
    QString subject;       ///< "mailto:…" or "https://…"; may be empty

    static constexpr qsizetype longest = 4096; ///< octets of the field
    static constexpr qsizetype longestSubject = 255;
    static constexpr qsizetype mostAudiences = 8;
    static constexpr Milliseconds longestLife{24LL * 3600 * 1000}; ///< section 2

    /// The field is of the scheme "vapid", in any case.
    static bool isScheme(QByteArrayView authorization);
    /// Errors: vapid-too-long, vapid-syntax (the field), vapid-key, vapid-token (not three parts of strict base64url, or not
    /// JSON), vapid-algorithm (not ES256, or with extensions that must be understood), vapid-audience, vapid-expiry,
    /// vapid-subject (missing where it must be there, or of another form).
    static Result<Vapid> parse(QByteArrayView authorization);
    /// Whether it is meant for one of `origins` (as RFC 6454 section 6.1 writes them), holds now and not for too long, and is
    /// signed by its key. Errors vapid-audience, vapid-expired, vapid-expiry, vapid-signature.
    Result<Done> judge(const QStringList &origins, Timestamp now) const;
    friend bool operator==(const Vapid &, const Vapid &) = default;
};

} // namespace reveille
