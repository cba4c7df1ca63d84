// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ipaddress.h"
#include "domain/result.h"
#include "domain/sessionrequest.h"
#include "domain/timestamp.h"
#include "domain/wakepolicy.h"

#include <QMap>
#include <QStringList>
#include <QVector>

namespace reveille {

/// Where to listen. "127.0.0.1:5060", "[::1]:5060", "5060" (loopback), "0" (any free port), "off".
struct ListenAddress {
    IpAddress address;
    quint16 port = 0;
    bool enabled = true;
    static Result<ListenAddress> parse(QStringView text);
    QString toString() const;
    friend bool operator==(const ListenAddress &, const ListenAddress &) = default;
};

/// Certificate and private key, PEM; both empty: the server makes its own pair in the data folder.
struct TlsFiles {
    QString certificate;
    QString key;
    friend bool operator==(const TlsFiles &, const TlsFiles &) = default;
};

/// [bearer.NAME]: type, and the keys of that type as text; each bearer reads and checks its own.
struct BearerConfig {
    QString name;
    QString type;
    QMap<QString, QString> values;
    std::optional<IdentityPlacements> identity{}; ///< where it is not as [wake] says
};

/// Everything the server can be told; read once, checked whole, then constant. Plain values, any thread.
/// Documented key by key in resources/default.conf, which the tests hold against this.
struct Config {
    // [server]
    QString realm = QStringLiteral("lab.example");
    bool anyPorts = false;                 ///< ports=any|standard: listeners not given an address take any free port
    QString publicAddress;                 ///< host for URIs we hand out; empty = address listened on
    // [sip]
    ListenAddress sipUdp, sipTcp, sipTls;
    TlsFiles sipTlsFiles;
    QString sipPathNetworks;               ///< who may put a Path on a REGISTER; empty = nobody
    bool sipDigest = true;                 ///< authentication=digest|open
    QStringList sipDomains;                ///< accepted beside the realm; empty with open = any
    int sipMinExpires = 60, sipMaxExpires = 7200, sipDefaultExpires = 3600; ///< seconds
    int sipFlowTimer = 0;                  ///< seconds handed out as Flow-Timer; 0 = none
    int sipMaxConnections = 15000;         ///< TCP and TLS together
    int sipMaxHandshakes = 512;            ///< of TLS, under way
    int sipMaxTransactions = 100000;
    int sipIdleSeconds = 900;              ///< TCP connection without a registration
    // [msrp]
    ListenAddress msrpTcp, msrpTls;
    TlsFiles msrpTlsFiles;
    qint64 msrpMaxMessage = 16 * 1024 * 1024; ///< octets of one message, both ways
    int msrpMaxSessions = 1000;
    int msrpSessionSeconds = 1800;         ///< Session-Expires offered
    // [ota_http]
    ListenAddress otaTcp, otaTls;
    TlsFiles otaTlsFiles;
    bool otaNeedsPassword = true;          ///< authentication=required|open
    QString otaAllowedNetworks;            ///< terminals that may be connected to (PO-TCP); parsed by parseNetworks
    int otaMaxConnections = 15000;
    int otaIdleSeconds = 30;               ///< connection that has not registered
    Milliseconds otaUserTimeout{20000};    ///< TCP_USER_TIMEOUT
    // [datagram]
    ListenAddress datagramCoap, datagramDtls;
    QString datagramAllowedNetworks;       ///< who may register, and what may be registered; parsed by parseNetworks
    bool datagramNeedsDtls = false;        ///< authentication=network|dtls
    int datagramMinLifetime = 60, datagramMaxLifetime = 604800, datagramDefaultLifetime = 86400; ///< seconds
    int datagramMaxSessions = 2000000;
    int datagramMaxDtls = 10000;
    int datagramMaxHandshakes = 256;       ///< of DTLS, under way
    int datagramAnswersPerSecond = 50;     ///< to one source that is not registered
    // [triggers], [operations]
    ListenAddress triggersHttp, triggersHttps, operationsHttp;
    TlsFiles triggersTlsFiles;
    int triggersPerSecond = 0;             ///< pushes of one initiator; 0 = as many as it likes
    qint64 triggersPerDay = 0;             ///< the same
    int triggersMissesPerMinute = 60;      ///< targets one initiator names that are not there
    int triggersGuessesPerMinute = 10;     ///< wrong tokens from one address
    bool triggersNeedToken = true;         ///< authentication=required|open
    QString triggersPublicUrl;             ///< origin at which application servers reach us; empty = as the listeners say
    int papLifetimeSeconds = 86400;        ///< of PAP pushes without deliver-before-timestamp
    QStringList papNetworks{QStringLiteral("Any")}; ///< that a PAP push may require
    QStringList papBearers{QStringLiteral("Any")};  ///< likewise
    QStringList papAddresses;              ///< "CLIENT=USER"; who is meant by addresses that are no user or phone
    QStringList notifyNetworks{QStringLiteral("public")}; ///< "public" and networks; empty = nowhere
    qint64 importOctets = 32 * 1024 * 1024; ///< of a file of subscribers
    int importRows = 200000;               ///< of it, after counting
    int httpMaxConnections = 1000;
    qint64 httpMaxBody = 1024 * 1024;
    int httpHeaderSeconds = 10, httpBodySeconds = 30, httpIdleSeconds = 60;
    // [store]
    QString storeDriver = QStringLiteral("sqlite");
    QString storeDatabase = QStringLiteral("reveille.db"); ///< relative to the data folder
    int journalKeepRows = 10000000;
    // [wake]
    QStringList wakeRoutes;
    int wakeAttempts = 2;
    Milliseconds wakeAnswerTimeout{20000};
    Milliseconds wakeBackoff{2000};
    SirMode wakeMode = SirMode::Routed;
    IdentityPlacements identityPlacement = IdentityPlacement::Body;
    WakeRule wakePolicy = WakeRule::OnPush;
    int wakeAutomaticLimit = 20;
    int wakeAutomaticPause = 600;   ///< seconds
    int wakeBeforeExpiry = 0;       ///< seconds
    int wakeRetryUnreachable = 0;   ///< seconds
    int wakeActiveLimit = 500;
    int wakeQueueLimit = 100000;
    // [liveness]
    Milliseconds keepAliveGrace{5000};
    Milliseconds udpPinhole{120000};       ///< silence on UDP after which the path is probed
    Milliseconds tcpSilence{300000};       ///< silence on TCP after which the path is probed
    Milliseconds requestTimeout{8000};     ///< a push or probe unanswered this long counts as lost
    bool learnPinholes = true;             ///< learn=on|off
    int keepAliveFixed = 0;                ///< seconds handed to every client; 0 = learned
    int keepAliveShortest = 15, keepAliveLongest = 1800; ///< seconds, bounds of what is learned
    // [faults]
    std::optional<bool> faultsAllowed{};   ///< allowed=loopback|yes|no; empty: where staff reaches us over loopback only
    // limits of the device side
    QMap<QString, qint64> limits{};        ///< those given, by key; limitKeys() has them all, applyLimits() puts them to use
    // [bearer.*]
    QVector<BearerConfig> bearers;

    /// All defaults: loopback, standard ports, one wsp-udp bearer named "wsp" that may send to loopback only.
    static Config defaults();
    /// Defaults, then the file (may be empty: none), then `overrides` as "section/key=value". The error names the key and
    /// the value: config-file-missing, config-file-unreadable, config-syntax, config-unknown-key, config-value.
    static Result<Config> read(const QString &file, const QStringList &overrides);
    struct Listener {
        const char *key; ///< "sip/udp"
        ListenAddress Config::*address;
    };
    /// Every address the server can listen on.
    static const QVector<Listener> &listeners();
    /// Moves every listener to a free port, but for the keys named.
    void takeAnyPorts(const QStringList &except = {});
    /// "section/key" of every key known, for help and for tests.
    static QStringList knownKeys();
};

} // namespace reveille
