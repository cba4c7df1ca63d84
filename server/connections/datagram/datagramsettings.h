// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/shared/endpoint.h"
#include "domain/ipaddress.h"
#include "domain/timestamp.h"

#include <QStringList>
#include <QVector>

namespace reveille {

/// Times and bounds of the CoAP message layer (RFC 7252 section 4.8). Plain values.
struct CoapSettings {
    Milliseconds ackTimeout{2000};      ///< ACK_TIMEOUT
    double ackRandomFactor = 1.5;       ///< ACK_RANDOM_FACTOR: the first timeout is random up to ackTimeout times this
    int maxRetransmit = 4;              ///< MAX_RETRANSMIT
    Milliseconds exchangeLifetime{247000}; ///< EXCHANGE_LIFETIME: a duplicate is known for this long
    Milliseconds requestTimeout{8000};  ///< a request of ours unanswered this long is given up, whatever is left to repeat
    Milliseconds separateAfter{1000};   ///< a request not answered by then is acknowledged, and answered by itself; below ackTimeout
    int maxOwed = 100000;               ///< requests to be answered later at a time; beyond that 5.03
    int maxRemembered = 100000;         ///< answers kept for duplicates; beyond that the oldest go first
    qint64 maxRememberedOctets = 16 * 1024 * 1024; ///< of those answers; beyond that the oldest go first
    int maxQueued = 64;                 ///< requests of ours that wait for the one before to the same peer (NSTART is 1)
    int maxExchanges = 100000;          ///< requests of ours at a time, to everyone
    int answersPerSecond = 50;          ///< to one source that is not registered, but for registrations that succeed
    int answerBurst = 200;
    int maxSources = 10000;             ///< sources counted; beyond that they share one account
    int amplification = 3;              ///< an answer to one not registered has at most this many times the octets it sent
};

/// Everything the datagram side can be told; constant once the service is made. Plain values.
struct DatagramSettings {
    Endpoint coap;
    Endpoint dtls;
    QVector<IpNetwork> allowed; ///< who may register, and in what a registered address must lie; nobody else is answered
    bool open = false;          ///< users are made as they come; otherwise they must be known
    bool needsDtls = false;     ///< registrations over plain CoAP are refused with 4.01
    QString realm = QStringLiteral("lab.example");
    QStringList domains;        ///< served beside the realm; empty with open registration = any domain

    int minLifetime = 60, maxLifetime = 604800, defaultLifetime = 86400; ///< seconds
    int maxSessions = 2000000;  ///< application instances registered; beyond that 5.03
    int maxDtls = 10000;        ///< DTLS sessions, handshakes included
    int maxHandshakes = 256;    ///< of those, not yet done
    Milliseconds handshakeTime{10000}; ///< a DTLS handshake has to be done in this
    Milliseconds dtlsIdle{60000};      ///< a DTLS session without a registration is closed after this silence
    int maxPinholeTests = 1000; ///< under way at a time

    Milliseconds udpPinhole{120000}; ///< silence after which a path is probed, where nothing was learned
    Milliseconds keepAliveGrace{5000};
    CoapSettings message;
};

} // namespace reveille
