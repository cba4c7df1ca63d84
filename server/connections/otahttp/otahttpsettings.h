// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/shared/endpoint.h"
#include "connections/shared/tlsidentity.h"
#include "domain/ipaddress.h"
#include "domain/timestamp.h"

#include <QVector>

namespace reveille {

/// Everything the OTA-HTTP side can be told; constant once the service is made. Plain values.
struct OtaHttpSettings {
    Endpoint tcp;
    Endpoint tls;
    TlsIdentity identity;
    QString realm = QStringLiteral("lab.example");
    bool needsPassword = true;          ///< false = open registration
    QVector<IpNetwork> allowedNetworks; ///< where terminals that listen may be connected to; Basic without TLS only here

    int maxConnections = 15000;      ///< TCP and TLS together, with handshakes and calls under way
    int maxHandshakes = 512;         ///< TLS handshakes under way at a time, of terminals that connect
    Milliseconds handshakeTime{10000};
    int idleSeconds = 30;            ///< for a terminal to answer the first request
    Milliseconds userTimeout{20000}; ///< TCP_USER_TIMEOUT
    Milliseconds requestTimeout{8000};
    Milliseconds stuckTime{60000};   ///< a connection with a request that stays unanswered is closed after this
    Milliseconds silence{300000};    ///< after which the terminal is asked, where nothing was learned of its network
    Milliseconds keepAliveGrace{5000};

    qsizetype maxHead = 16 * 1024;             ///< octets of a response's head
    qint64 maxBody = 64 * 1024;                ///< octets of a response's body
    qint64 maxWriteBuffer = 4 * 1024 * 1024;   ///< octets a terminal may leave unread; further pushes are busy
    int maxPipeline = 8;                       ///< requests in flight, whatever the terminal says it takes
    int maxWaiting = 64;                       ///< pushes that wait for a place; further ones are busy

    int registrationTries = 3;                 ///< for a terminal that says "later" (300)
    Milliseconds registrationPause{5000};
    int loginTries = 3;                        ///< wrong passwords on one connection
    int loginFailures = 10;                    ///< per user and source before it has to wait
    Milliseconds loginPause{60000};
    int loginPairs = 20000;                    ///< of users and sources whose wrong passwords are counted

    int maxCalls = 256;                        ///< connections to listening terminals being made
    Milliseconds callTime{10000};              ///< for one of them to stand, TLS included
};

} // namespace reveille
