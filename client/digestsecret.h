// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/sipdigest.h"
#include "wire/sipmessage.h"

#include <optional>

namespace reveille {

/// The client's side of digest authentication (RFC 7616, RFC 8760): keeps the challenge, counts the nonce,
/// answers. Also the source of the key that SIRs are signed with. Any one thread.
class DigestSecret {
public:
    DigestSecret(QByteArray user, QByteArray password, QByteArray realm);

    /// Takes the challenge of a 401 or 407, the first one of the strongest algorithm. False where asking
    /// again with it makes no sense: no password, another realm, nothing understood, or a fresh challenge was
    /// answered and refused (not stale); then it starts anew.
    bool take(const SipMessage &response);
    /// A 2xx: credentials were right; nextnonce of Authentication-Info is used from now on.
    void accept(const SipMessage &response);
    /// Header name and value for the next request, empty name before the first challenge.
    std::pair<QByteArray, QByteArray> credentials(QByteArrayView method, QByteArrayView uri);

    /// What the challenge named; empty before the first.
    QByteArray realm() const { return m_challenge ? m_challenge->realm : QByteArray(); }
    /// Key that signs SIRs for this user, empty without a password. The realm is the one asked for or given,
    /// else `fallback`.
    QByteArray sirKeyFor(const QByteArray &fallbackRealm) const;

private:
    QByteArray m_user, m_password, m_realm;
    std::optional<SipDigestChallenge> m_challenge;
    bool m_proxy = false;
    bool m_fresh = false; ///< the challenge came in a 401 or 407 and no 2xx since
    quint32 m_count = 0;
};

} // namespace reveille
