// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/shared/endpoint.h"
#include "connections/shared/tlsidentity.h"
#include "domain/timestamp.h"

namespace reveille {

/// Everything the MSRP side can be told; constant once the service is made. Plain values.
struct MsrpSettings {
    Endpoint tcp;
    Endpoint tls;
    TlsIdentity identity;

    qint64 maxMessage = 16 * 1024 * 1024; ///< octets of one message
    int maxSessions = 1000;
    int maxLinks = 2000;                  ///< connections at a time, with and without sessions
    qint64 writeBuffer = 64 * 1024;       ///< octets handed to a socket ahead of what the peer reads
    qint64 answerBuffer = 64 * 1024;      ///< on top of it for answers; a peer that leaves more unread is closed
    int maxUnanswered = 32;               ///< chunks of one session whose answers are outstanding

    int maxHandshakes = 512;              ///< TLS handshakes under way at a time

    Milliseconds handshakeTime{10000};
    Milliseconds bindTime{30000};     ///< a connection must name a session in this
    Milliseconds connectTime{10000};  ///< for a connection of ours to stand, with TLS
    Milliseconds responseTime{30000}; ///< RFC 4975 section 7.1.1
    Milliseconds reportTime{5000};    ///< for a success report once everything is answered 200; then that will do
};

} // namespace reveille
