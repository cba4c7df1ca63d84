// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/devicelink.h"
#include "wire/otahttp.h"
#include "wire/otahttpauth.h"

namespace reveille {

/// What a terminal says to the requests of an OTA-HTTP server (WAP-235-PushOTA section 8): who it is, what it takes, how
/// it proves itself, and what becomes of a push. Holds no socket. Any one thread.
class OtaHttpTerminal {
public:
    /// How the request came.
    struct Path {
        bool isTrusted = false; ///< a password may be said over it in the clear
        QVector<reveille::WakeRoute> routes; ///< named in the answer to OPTIONS
    };
    enum class Kind : quint8 {
        Told,     ///< registration: all it is and takes was said
        Refused,  ///< registration: the server does not take the password, or wants one that is not given to it
        Push,     ///< `push` was judged
        Other
    };
    struct Outcome {
        HttpResponse response;
        Kind kind = Kind::Other;
        QByteArray reason; ///< Refused: "credentials", "password-missing", "password-unsafe", "ota-realm", …
        std::optional<ReceivedPush> push;
        Milliseconds keepAlive{0}; ///< the server wants to be heard of at least this often; 0 = not told
    };

    /// Both must live as long as this does.
    OtaHttpTerminal(const PushClientSettings &settings, PushInbox &inbox);

    Outcome take(const HttpRequest &request, const Path &path);

    /// Octets of a push that are taken at most, with the head of its content.
    static qint64 largestBody(const PushClientSettings &settings);
    static constexpr int pushesAtOnce = 4; ///< X-Wap-Push-Accept-MaxPushReq

private:
    Outcome registration(const OtaRequest &request, const Path &path);
    Outcome push(const OtaRequest &request);
    QByteArray credentialsFor(const OtaRequest &request, const Path &path, Outcome &outcome) const;

    const PushClientSettings &m_settings;
    PushInbox &m_inbox;
    OtaCpi m_cpi;
};

} // namespace reveille
