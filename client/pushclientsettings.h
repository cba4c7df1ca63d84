// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/applications/clientapplication.h"
#include "client/decision/sirwish.h"
#include "domain/deviceid.h"
#include "domain/publicuserid.h"
#include "domain/timestamp.h"

#include <QHostAddress>
#include <QStringList>

#include <optional>

namespace reveille {

/// The kind of path to the server.
enum class ClientConnect : quint8 {
    Sip,      ///< over UDP, TCP or TLS
    Datagram, ///< CoAP over UDP or DTLS
    OtaHttp,  ///< the device opens TCP or TLS, the server asks over it
};
const char *toText(ClientConnect connect); ///< "sip", "datagram", "ota-http"
std::optional<ClientConnect> clientConnectFromText(QStringView text);

enum class ClientTransport : quint8 { Udp, Tcp, Tls, Dtls };
const char *toText(ClientTransport transport); ///< "udp", "tcp", "tls", "dtls"
std::optional<ClientTransport> clientTransportFromText(QStringView text);

/// What is sent to keep the path to the registrar open (RFC 5626 section 3.5).
enum class KeepAliveKind : quint8 {
    None,
    Stun,    ///< Binding request; UDP only, on TCP it becomes Crlf
    Crlf,    ///< double CRLF; on UDP nothing answers it
    Options, ///< OPTIONS to the registrar
};
const char *toText(KeepAliveKind kind); ///< "none", "stun", "crlf", "options"
std::optional<KeepAliveKind> keepAliveKindFromText(QStringView text);

/// One application instance on a device (datagram connections): gets pushes of its own.
struct ClientSession {
    QString name;        ///< session identifier
    QString application; ///< may be empty
    friend bool operator==(const ClientSession &, const ClientSession &) = default;
};

/// A registration at a SIP core beside the one at the server, kept to be woken through it (bearer type sip).
struct WakeCore {
    QHostAddress address; ///< null: none
    quint16 port = 5060;
    ClientTransport transport = ClientTransport::Udp;
    PublicUserId user; ///< address of record at the core; empty: that of the device
    QString password;  ///< empty: that of the device
};

/// Everything one device can be told before it starts; constant afterwards. Plain values, any thread.
struct PushClientSettings {
    PublicUserId user;
    DeviceId device;    ///< +sip.instance
    QString deviceName; ///< display name, may be empty
    QString password;   ///< empty: it cannot answer a challenge and takes unsigned SIRs
    QString realm;      ///< empty: what the registrar challenges with, until then the host of `user`

    ClientConnect connect = ClientConnect::Sip;
    QHostAddress registrar{QHostAddress::LocalHost};
    quint16 registrarPort = 5060;
    QString registrarName; ///< host name it was found by, may be empty; a SIR may name the registrar so
    ClientTransport transport = ClientTransport::Udp;
    QString tlsCaFile;         ///< certificates of authorities, PEM; empty: the system's
    bool tlsInsecure = false;  ///< takes any certificate
    QHostAddress localAddress; ///< where it binds, and what it names as its wake route; null: the one that
                               ///< reaches the registrar

    QHostAddress wakeAddress; ///< where wake-ups are listened for and named so; null: localAddress

    int expires = 3600; ///< seconds asked for
    int regId = 1;      ///< RFC 5626; 0 = none
    static constexpr int maxFlows = 8;
    int flows = 1;    ///< SIP: flows at a time, reg-id counts up from `regId`
    bool gruu = true; ///< Supported: gruu
    KeepAliveKind keepAlive = KeepAliveKind::Stun;
    Milliseconds keepAliveInterval{25000};
    bool insistsOnInterval = false; ///< not even for a start is it the one kept over a restart

    quint16 clientPort = 0; ///< where WSP pushes are listened for; 0 = any free port
    bool listensForWakeUps = true;
    bool namesWakeRoute = true;   ///< RFC 8599 parameters in the Contact URI
    QStringList gateways;         ///< "ADDRESS" or "ADDRESS:PORT" a SIR may name, beside the registrar itself
    bool acceptsUnsigned = false; ///< unsigned SIRs in spite of a password
    Milliseconds sirWindow{300000}; ///< a signed SIR may be this old, or this far ahead
    Milliseconds sirLockout{
        1000}; ///< after obeying a wake-up no other is obeyed until connected or this passed
    Milliseconds provenFor{
        30000}; ///< after a packet of the registrar the path is believed to be open this long

    bool listensForCoap = false; ///< takes CoAP requests of its server and the gateways; over CoAP on UDP it registers so
    quint16 coapPort = 0;        ///< where; 0 = any free port
    bool listensForCalls = false; ///< takes calls over HTTP: OTA-HTTP, and SIRs by POST
    quint16 callPort = 0;         ///< where; 0 = any free port
    bool callTls = false;         ///< OTA-HTTP calls over TLS only, and no SIRs
    bool calledOnly = false;      ///< OTA-HTTP: never connects, waits to be called
    bool plainPassword = false;   ///< OTA-HTTP: says the password in the clear without TLS
    /// The route it names: "wsp-udp", "http" for its call port, "sip" (SIP links only) for `core.user`.
    QString wakeBearer = QStringLiteral("wsp-udp");
    WakeCore core;
    QHostAddress companion;     ///< a SIR for another device that comes over SIP is handed on there as a WSP push
    quint16 companionPort = 0;  ///< 0 = nobody

    QVector<ClientSession> sessions;    ///< datagram: one registration each; none: one named like the device
    bool testsPinholes = true;          ///< datagram: takes the tests of quiet paths that the server asks for
    qint64 maxMessage = 16 * 1024 * 1024; ///< octets of a push taken in an MSRP session; 0 = no sessions
    bool invitesAfterSir = false;         ///< calls the server for a session once a SIR brought it back
    QStringList applications;           ///< names it knows, "x-wap-application:mms.ua" or plain; empty = any
    /// What there is to say of applications; each counts among `applications` and its session among `sessions`.
    QVector<ClientApplication> installed;
    int mostRuns = 4;                    ///< programs of applications at a time
    Milliseconds informationTime{3000};  ///< what they are given to say what a SIR asked for
    bool confirms = true; ///< tells the server that a push was taken, where it asks
    QString takerProgram; ///< takes each push, and says by its exit status whether it has it; empty: the built-in one has all
    QStringList takerArguments;
    WakePreferences preferences;
    QString stateFile; ///< what is kept over restarts, 0600; empty: nothing is
    Milliseconds t1{500};               ///< RFC 3261 timer T1: retransmissions start here
    Milliseconds requestTimeout{32000}; ///< timer F
    Milliseconds retryDelay{2000};      ///< after a failed registration, doubled up to 64 times this
};

} // namespace reveille
