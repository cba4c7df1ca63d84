// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/sessionrequest.h"
#include "wire/httpmessage.h"
#include "wire/sipmessage.h"
#include "wire/wsp.h"

#include <QByteArray>
#include <QString>

namespace reveille {

/// What arrived as a wake-up, read but not yet judged.
struct WakeDatagram {
    bool empty = false; ///< an empty re-establishment message: no octets, or a push without a body
    SessionRequest sir; ///< device filled in from header or header value where the body names none or is empty
    QByteArray sirOctets;
    bool contradictory = false; ///< two placements name different devices
};

/// Reads a datagram of the client port: a WSP push with a SIR, or nothing at all. The identity is looked for
/// in the body, in X-Reveille-Device and in the content type's parameter (requirement S8). Errors: those of
/// decodeWspPush and decodeSir, and wake-content-type (about: the type).
Result<WakeDatagram> readWakeDatagram(QByteArrayView octets);

/// Reads a request that posts a SIR, or nothing at all, as a bearer over HTTP does. The identity is looked for in the
/// same three places. Errors: wake-content-type (about: the type), those of decodeSir.
Result<WakeDatagram> readWakeRequest(const HttpRequest &request);

/// Whether a MESSAGE is a wake-up and no push: its content type is that of a SIR, or it has no body and is for the
/// application that takes SIRs.
bool isWakeMessage(const SipMessage &message);
/// Reads a MESSAGE with a SIR, or with nothing at all. The identity is looked for in the body, in the Request-URI where
/// that is a GRUU (RFC 5627), in Accept-Contact (RFC 3841), in X-Reveille-Device and in the content type's parameter.
/// Errors: those of decodeSir.
Result<WakeDatagram> readWakeMessage(const SipMessage &message);
/// The same wake-up as a datagram for the client port of whom it means.
QByteArray encodeWakeDatagram(const WakeDatagram &wake);

/// Where a SIR asks to connect to, told apart for the judgement: "sip:192.0.2.10:5060;transport=udp".
struct SirGateway {
    QString host;      ///< lower case, without brackets
    quint16 port = 0;  ///< 0 = not named
    QString transport; ///< "udp", "tcp", "" = not named
    friend bool operator==(const SirGateway &, const SirGateway &) = default;
};
/// The gateway record, else the first contact point with an IP address; empty host: none named. Error
/// sir-gateway.
Result<SirGateway> gatewayOf(const SessionRequest &sir);

} // namespace reveille
