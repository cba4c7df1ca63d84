// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QHashFunctions>
#include <QMetaType>

namespace reveille {

/// The address people know: a SIP, SIPS or tel URI, normalised so that equal users compare equal
/// (RFC 3261 section 19.1.4, RFC 3966 section 4). Host in lower case, default port and URI parameters
/// dropped, escapes of unreserved characters resolved, tel numbers without visual separators,
/// sips folded to sip. Any thread.
class PublicUserId
{
public:
    PublicUserId() = default;

    /// Accepts "sip:alice@lab.example", "alice@lab.example", "tel:+49-170-1234567", "<sip:…>".
    /// Errors: user-empty, user-scheme, user-without-host, user-host, user-too-long (255), user-characters, user-number.
    static Result<PublicUserId> parse(QStringView text);

    const QString &toString() const { return m_uri; } ///< canonical URI
    QString localPart() const;                        ///< "alice", or the number of a tel URI
    QString host() const;                             ///< "lab.example"; empty for tel
    bool isTel() const;
    bool isEmpty() const { return m_uri.isEmpty(); }

    friend bool operator==(const PublicUserId &, const PublicUserId &) = default;
    friend bool operator<(const PublicUserId &a, const PublicUserId &b) { return a.m_uri < b.m_uri; }
    friend size_t qHash(const PublicUserId &id, size_t seed = 0) { return ::qHash(id.m_uri, seed); }

private:
    QString m_uri;
};

} // namespace reveille

Q_DECLARE_METATYPE(reveille::PublicUserId)
