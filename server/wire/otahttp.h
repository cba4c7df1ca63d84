// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"
#include "wire/otahttpvalues.h"

namespace reveille {

/// The requests and answers of OTA-HTTP (WAP-235-PushOTA section 8). Whoever opened the connection, requests go from
/// the server to the terminal, for /wappush and with an empty Host. Pure functions, any thread; octets are cut into
/// messages by HttpRequestParser and HttpResponseParser.

inline constexpr char otaHttpVersion[] = "1.0";
inline constexpr char otaHttpPath[] = "/wappush";
inline constexpr quint16 otaHttpPort = 4035;    ///< registered, TCP
inline constexpr quint16 otaHttpTlsPort = 4036; ///< registered, TLS

/// What a push carries: the response an origin server would have given, wrapped as application/http.
struct OtaContent {
    QByteArray contentType;
    QByteArray encoding;    ///< Content-Encoding; empty = none
    QByteArray application; ///< X-Wap-Application-Id; empty = the WML user agent
    Timestamp date;         ///< not set: left out
    QByteArray body;

    QByteArray toBytes() const;
    /// Errors ota-content (no response, or a broken one), ota-content-too-large.
    static Result<OtaContent> parse(QByteArrayView octets, qint64 bodyLimit);
    friend bool operator==(const OtaContent &, const OtaContent &) = default;
};

/// A request of the server: OPTIONS registers, POST pushes.
struct OtaRequest {
    bool isPush = false;
    Timestamp date;                      ///< not set: left out
    QByteArray versions{otaHttpVersion}; ///< needed in the first request of a connection; empty: left out
    CpiTag cpiTag;
    QByteArray authenticate;             ///< X-Wap-Authenticate: the terminal is to prove itself
    std::optional<QByteArray> provUrl;   ///< empty is not the same as left out
    QByteArrayList info;                 ///< "authenticated", "trusted", "last", "response"
    QByteArray pushId;                   ///< X-Reveille-Push-Id, for telling repetitions
    bool confirm = false;                ///< X-Reveille-Confirm: the application is to say that it has it
    Milliseconds keepAlive{0};           ///< Keep-Alive: how often the server will be heard at least; 0 = not told
    QByteArray content;                  ///< of a push: octets of the OtaContent

    QByteArray toBytes() const;
    /// Reads a request for /wappush. Errors ota-method, ota-target, ota-content-type (a push that is no
    /// application/http).
    static Result<OtaRequest> read(const HttpRequest &request);
    friend bool operator==(const OtaRequest &, const OtaRequest &) = default;
};

/// What a terminal says of a push that asked for it, in X-Reveille-Confirmed: "PUSH_ID" or "PUSH_ID;by=user".
struct OtaConfirmation {
    QByteArray push;
    bool byUser = false;
    static constexpr qsizetype longestPush = 64;
    friend bool operator==(const OtaConfirmation &, const OtaConfirmation &) = default;
};

/// A response of the terminal.
struct OtaAnswer {
    int http = 204;
    OtaStatus status;               ///< code 0: the header is not there or cannot be read
    QByteArray versions;
    CpiTag cpiTag;
    OtaTerminalId terminal;
    std::optional<quint8> bearer;   ///< WDP bearer number
    std::optional<OtaCpi> cpi;      ///< set where any of its headers is there
    QByteArray authorization;       ///< X-Wap-Authorization
    QString user;                   ///< X-Reveille-User: public user ID
    QString device;                 ///< X-Reveille-Device: device identity
    QVector<WakeRoute> routes;      ///< X-Reveille-Wake; the unreadable are left out
    QVector<OtaConfirmation> confirmed; ///< of any push, not only of the one it answers; the unreadable are left out
    bool closes = false;            ///< Connection: close

    HttpResponse toResponse() const;
    static OtaAnswer read(const HttpResponse &response);
    static constexpr int maxRoutes = 8, maxConfirmed = 8;
    friend bool operator==(const OtaAnswer &, const OtaAnswer &) = default;
};

/// The value of X-Reveille-Confirmed for these.
QByteArray otaConfirmedValue(const QVector<OtaConfirmation> &confirmed);

/// The head of a request or response with what proves a password masked, and without what follows the head; for the
/// journal.
QByteArray otaHeadForJournal(QByteArrayView octets);

} // namespace reveille
