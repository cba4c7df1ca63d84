// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArrayView>

namespace reveille {

/// The first message of a DTLS handshake (ClientHello, RFC 6347 section 4.2, RFC 5246 section 7.4.1.2) as far as it has
/// to be understood before anything is kept of who sent it. Views the octets it was read from. Pure values, any thread.
struct DtlsHello {
    QByteArrayView session; ///< session id, at most 32 octets
    QByteArrayView cookie;  ///< empty in the first one

    /// Whether a datagram claims to begin a handshake: its first record is in the clear and holds a ClientHello.
    static bool isMeant(QByteArrayView datagram);
    /// Reads the first record of a datagram. Errors: dtls-not-hello (something else, or encrypted), dtls-version,
    /// dtls-truncated (lengths that do not fit), dtls-fragmented (section 4.2.1 needs one that stands alone).
    static Result<DtlsHello> parse(QByteArrayView datagram);

    static constexpr qsizetype longestSession = 32;
    static constexpr qsizetype longestCookie = 255;
};

} // namespace reveille
