// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace reveille {

/// How a terminal proves itself to the server (WAP-235-PushOTA section 8.3): X-Wap-Authenticate in a request asks,
/// X-Wap-Authorization in the response answers. Pure functions, any thread.
struct OtaChallenge {
    enum class Scheme : quint8 { Basic, Digest };
    enum class Refusal : quint8 { None, Retry, Final }; ///< x-wap-auth-status of the 2002 correction
    Scheme scheme = Scheme::Basic;
    QByteArray realm;
    QByteArray nonce; ///< Digest only
    Refusal refusal = Refusal::None;

    QByteArray toValue() const;
    /// Errors ota-auth-scheme, ota-auth-syntax, ota-auth-algorithm (not SHA-1).
    static Result<OtaChallenge> parse(QByteArrayView value);
    friend bool operator==(const OtaChallenge &, const OtaChallenge &) = default;
};

/// The answer; in it a password is in the clear (Basic) or hashed (Digest), so it never reaches a log.
struct OtaCredentials {
    OtaChallenge::Scheme scheme = OtaChallenge::Scheme::Basic;
    QByteArray username; ///< the Terminal-Id by the standard; this server also takes "alice" and "alice@lab.example"
    QByteArray password; ///< Basic
    QByteArray realm, nonce, uri, response; ///< Digest

    QByteArray toValue() const;
    /// Errors ota-auth-scheme, ota-auth-syntax.
    static Result<OtaCredentials> parse(QByteArrayView value);
    /// What the terminal says to a challenge; `method` is that of the request which carried it.
    static OtaCredentials answer(const OtaChallenge &challenge, QByteArrayView username, QByteArrayView password,
                                 QByteArrayView method);
    friend bool operator==(const OtaCredentials &, const OtaCredentials &) = default;
};

/// SHA-1 digest without qop, nc and cnonce, which the standard forbids. Lower-case hex.
QByteArray otaDigestResponse(QByteArrayView username, QByteArrayView realm, QByteArrayView password,
                             QByteArrayView nonce, QByteArrayView method);

} // namespace reveille
