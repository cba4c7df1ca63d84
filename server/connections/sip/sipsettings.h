// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/shared/endpoint.h"
#include "connections/shared/tlsidentity.h"
#include "domain/ipaddress.h"
#include "domain/timestamp.h"

#include <QByteArray>
#include <QHostAddress>
#include <QStringList>
#include <QVector>

namespace reveille {

/// What silence on one transport means and when it begins.
struct SipLivenessSettings {
    Milliseconds silence{0}; ///< pinhole lifetime on UDP, silence taken for normal on TCP and TLS; 0 = rule off
    Milliseconds keepAliveGrace{5000};
};

/// Everything the SIP side can be told; constant once the service is made. Plain values.
struct SipSettings {
    Endpoint udp;
    Endpoint tcp;
    Endpoint tls{false};
    TlsIdentity tlsIdentity; ///< what `tls` proves itself with
    QString publicHost; ///< host in URIs and Via headers we write; empty = the address listened on
    QString realm = QStringLiteral("lab.example");
    QStringList domains; ///< served beside the realm; empty with open registration = any domain
    bool digest = true;  ///< false = open registration, users are made as they come
    QByteArray secret;   ///< keys nonces and temporary GRUUs; empty = drawn at start, forgotten at the end

    int minExpires = 60; ///< seconds; shorter ones (and below an hour) get 423
    int maxExpires = 7200;
    int defaultExpires = 3600;
    int flowTimer = 0;           ///< seconds handed out as Flow-Timer (RFC 5626); 0 = none
    QStringList pushServices;    ///< pn-provider values taken (RFC 8599); empty = any
    QVector<IpNetwork> pathFrom; ///< edge proxies whose Path headers are kept; from anyone else they are not

    int maxStreams = 15000;  ///< TCP and TLS connections at a time, with those still in their handshake
    int maxHandshakes = 512; ///< TLS handshakes under way at a time
    Milliseconds handshakeTime{10000};
    int idleSeconds = 900; ///< a connection without a registration is closed after this silence
    int messageSeconds =
        30; ///< a connection must have brought its first message, and finish each begun, in this
    qint64 maxWriteBuffer = 256 * 1024; ///< octets a peer may leave unread before its connection is closed
    int maxTransactions = 100000;       ///< server transactions at a time; beyond that 503
    int maxContacts = 10;               ///< in one REGISTER
    int maxBindings = 64;               ///< of one user
    int manyDevices = 32;               ///< of one user; beyond that, with each one without an instance, the oldest such goes
    int retryAfter = 5;                 ///< seconds, in a 503

    Milliseconds nonceLifetime{300000};
    int maxNonces = 100000; ///< whose counters are remembered
    int loginFailures = 10; ///< wrong passwords per user and source before it has to wait
    Milliseconds loginPause{60000};
    int loginPairs = 20000; ///< of users and sources whose wrong passwords are counted

    SipLivenessSettings udpLiveness{Milliseconds(120000), Milliseconds(5000)};
    SipLivenessSettings tcpLiveness{Milliseconds(300000), Milliseconds(5000)};
    Milliseconds requestTimeout{
        8000}; ///< a request of ours unanswered this long is Unanswered (caps timer F)

    Milliseconds probeInterval{2}; ///< between two probes, to whomever, once probeBurst went out at once
    int probeBurst = 50;

    Milliseconds ringTime{20000};    ///< for an INVITE of ours, once the device is heard to have it
    int sessionSeconds = 1800;       ///< Session-Expires (RFC 4028) offered, and the most that is agreed to
    int minSessionSeconds = 90;      ///< Min-SE
    Milliseconds sessionSetup{20000}; ///< from the answer to an INVITE until the MSRP connection stands
    Milliseconds sessionLinger{5000}; ///< a session without pushes is kept this long for the next

    Milliseconds t1{500}; ///< RFC 3261 section 17.1.1.1
    Milliseconds t2{4000};
    Milliseconds t4{5000};
};

} // namespace reveille
