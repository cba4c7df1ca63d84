// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace reveille {

/// Digest authentication (RFC 7616, RFC 2617 for peers without qop, RFC 8760 for SHA-256 in SIP). Pure
/// functions, any thread.
enum class SipDigestAlgorithm : quint8 { Md5, Md5Sess, Sha256, Sha256Sess };

/// "MD5", "MD5-sess", "SHA-256", "SHA-256-sess".
QByteArray sipDigestName(SipDigestAlgorithm algorithm);

/// WWW-Authenticate and Proxy-Authenticate.
struct SipDigestChallenge {
    QByteArray realm, nonce, opaque;
    SipDigestAlgorithm algorithm = SipDigestAlgorithm::Md5;
    bool stale = false;
    bool qopAuth = true; ///< false: the server speaks RFC 2069
    bool qopAuthInt = false;

    /// One header value. Errors: sip-auth-scheme (not Digest), sip-auth-syntax, sip-auth-algorithm (not one
    /// of ours), sip-auth-missing (realm or nonce).
    static Result<SipDigestChallenge> parse(QByteArrayView value);
    QByteArray toHeaderValue() const;
};

/// Authorization and Proxy-Authorization.
struct SipDigestCredentials {
    QByteArray username, realm, nonce, uri, response, cnonce, opaque;
    SipDigestAlgorithm algorithm = SipDigestAlgorithm::Md5;
    QByteArray qop; ///< "auth", "auth-int" or empty
    quint32 nc = 0; ///< nonce count; 0 without qop

    /// One header value. Errors as of SipDigestChallenge plus sip-auth-qop (neither auth nor auth-int),
    /// sip-auth-nc.
    static Result<SipDigestCredentials> parse(QByteArrayView value);
    QByteArray toHeaderValue() const;
};

/// What a server keeps instead of the password: hex of H(user:realm:password), with the hash of `algorithm`;
/// the -sess algorithms share the value of the plain ones.
QByteArray sipDigestHa1(SipDigestAlgorithm algorithm, QByteArrayView user, QByteArrayView realm,
                        QByteArrayView password);

/// The response these credentials ought to carry. `ha1` as from sipDigestHa1; `body` counts for auth-int
/// only.
QByteArray sipDigestResponse(const SipDigestCredentials &credentials, QByteArrayView ha1,
                             QByteArrayView method, QByteArrayView body = {});
/// Compares in constant time. Whether the nonce is one of ours, nc rises and uri fits is the caller's to
/// check.
bool verifySipDigest(const SipDigestCredentials &credentials, QByteArrayView ha1, QByteArrayView method,
                     QByteArrayView body = {});

/// Authentication-Info in the answer to a request with these credentials (RFC 7616 section 3.5): that the server knows
/// the secret too, and the nonce to use next, unless `nextNonce` is empty.
QByteArray sipDigestInfo(const SipDigestCredentials &credentials, QByteArrayView ha1, QByteArrayView nextNonce = {});

/// Client side: credentials for a challenge. `cnonce` is made by the caller (newSipTag).
SipDigestCredentials answerSipChallenge(const SipDigestChallenge &challenge, QByteArrayView user,
                                        QByteArrayView password, QByteArrayView method, QByteArrayView uri,
                                        quint32 nc, QByteArrayView cnonce);

} // namespace reveille
