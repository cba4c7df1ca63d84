// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/publicuserid.h"
#include "wire/sipuri.h"

namespace reveille {

/// Globally routable user agent URIs (RFC 5627). A public one names its user and instance openly. A temporary
/// one carries both in its user part, encrypted and authenticated with the server's key, so that nothing has
/// to be stored. Any thread.
class SipGruu {
public:
    /// What a GRUU leads to.
    struct Target {
        PublicUserId user;
        DeviceId instance;
        bool temporary = false;
        quint64 serial = 0; ///< of a temporary one: what was passed when it was made
    };

    /// `key`: 32 secret octets of this server; temporary GRUUs stay valid while it stays the same.
    explicit SipGruu(const QByteArray &key);

    /// "sip:alice@lab.example;gr=urn:uuid:…". Empty for a tel user.
    static QByteArray publicGruu(const PublicUserId &user, const DeviceId &instance);
    /// "sip:tgruu.…@HOST;gr". `serial` must be new for each (a counter, a time), HOST is the user's.
    QByteArray temporaryGruu(const PublicUserId &user, const DeviceId &instance, quint64 serial) const;

    /// Errors: sip-gruu-none (no `gr`), sip-gruu-unknown (not made with this key, damaged, or not
    /// understood).
    Result<Target> resolve(const SipUri &uri) const;

private:
    QByteArray m_cipherKey, m_macKey;
};

} // namespace reveille
