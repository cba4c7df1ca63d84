// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ipaddress.h"
#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace reveille {

/// STUN Binding (RFC 8489), the keep-alive of SIP over UDP (RFC 5626 section 3.5.2). Pure functions, any
/// thread.

constexpr int stunTransactionSize = 12; ///< octets of a transaction id

/// Whether a datagram on the SIP port is STUN and not SIP: first two bits 0, magic cookie at offset 4. Cheap.
bool isStun(QByteArrayView datagram);

/// Transaction id of a Binding request. Errors: stun-not-stun, stun-length (the length field does not fit the
/// datagram), stun-not-request (about = message type in hex), stun-attribute (one points past the end),
/// stun-attribute-unknown (one that must be understood; about = type in hex).
Result<QByteArray> parseStunRequest(QByteArrayView datagram);

/// Success response with XOR-MAPPED-ADDRESS. Empty for a null address or a wrong transaction id.
QByteArray encodeStunResponse(const QByteArray &transaction, const IpAddress &mapped, quint16 port);

/// Binding request without attributes; the transaction id must be 12 random octets.
QByteArray encodeStunRequest(const QByteArray &transaction);

/// A Binding response as the client reads it.
struct StunResponse {
    QByteArray transaction;
    IpAddress mapped;
    quint16 port = 0;
};
/// Errors: stun-not-stun, stun-length, stun-not-response, stun-error-response, stun-attribute,
/// stun-no-address.
Result<StunResponse> parseStunResponse(QByteArrayView datagram);

} // namespace reveille
