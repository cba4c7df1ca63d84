// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/shared/loginguard.h"
#include "connections/sip/sipnonces.h"
#include "connections/sip/sipsettings.h"
#include "domain/device.h"
#include "engine/clock.h"
#include "wire/sipbuilder.h"
#include "wire/sipdigest.h"

namespace reveille {

/// Digest authentication of requests (RFC 3261 section 22, RFC 7616, RFC 8760). A user that does not exist
/// and a wrong password are the same to whoever asks: same answer, same work. Server thread.
///
/// Digest username: the local part of the public user ID. The table of counters absorbs replays (SipNonces);
/// credentials without qop carry no counter and are challenged again.
class SipAuthenticator {
public:
    SipAuthenticator(const SipSettings &settings, Clock &clock, const QByteArray &key);

    enum class Verdict : quint8 {
        Proven,
        Challenge, ///< 401; no credentials for our realm yet
        Stale,     ///< 401 with stale=true: right password, nonce too old or used
        Wrong,     ///< 403
        Wait,      ///< 403: too many failures lately
        Malformed, ///< 400
    };
    /// What a Proven request proved it with.
    struct Proof {
        SipDigestCredentials credentials;
        QByteArray secret;
    };
    /// `user`: what the registry has for `id`; nullptr = no such user.
    Verdict check(const SipMessage &request, const PublicUserId &id, const User *user, const QString &address,
                  Proof *proof = nullptr);
    /// Authentication-Info for the answer (RFC 7616 section 3.5): that the server knows the secret too, and, where
    /// the nonce in use will not live for another `next`, one that will, so that a refresh takes one round trip.
    QByteArray info(const Proof &proof, Milliseconds next);
    /// WWW-Authenticate: SHA-256 first, then MD5.
    void challenge(SipResponse &response, bool stale);

private:
    const SipSettings &m_settings;
    Clock &m_clock;
    SipNonces m_nonces;
    LoginGuard m_guard;
    LogGate m_refusedLog;
    QByteArray m_nobody; ///< stands in for the secret of a user that does not exist
};

} // namespace reveille
