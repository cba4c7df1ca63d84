// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/wakedatagram.h"

#include <QStringList>
#include <QTime>

#include <optional>

namespace reveille {

/// What the owner of a device wants of wake-ups that are safe and meant for it (requirement S13). Plain values, any thread.
struct WakePreferences {
    /// Local time, the second excluded; over midnight where it is not later than the first.
    struct QuietHours {
        QTime from, until;
        bool contains(QTime time) const;
        /// "22:00-07:00". Error quiet-hours.
        static Result<QuietHours> parse(const QString &text);
        friend bool operator==(const QuietHours &, const QuietHours &) = default;
    };
    std::optional<QuietHours> quietHours; ///< no wake-up is followed then
    QStringList unwanted;    ///< applications that are not to be activated
    bool secureOnly = false; ///< follows only SIRs that lead to a server over TLS or DTLS
    bool asks = false;       ///< the user decides about each
    std::chrono::milliseconds askTime{30000}; ///< then it counts as denied
    friend bool operator==(const WakePreferences &, const WakePreferences &) = default;
};

/// What a device can do, to compare with what a SIR wants.
struct WakeAbilities {
    QStringList applications; ///< names it has; empty = any
    bool isSecure = false;    ///< its own connection is over TLS or DTLS
};

/// Why a SIR is not followed, and what its sender is told (a SIP status). An empty reason: it is wanted.
struct SirRefusal {
    QByteArray reason;
    int status = 0;
};

/// The unit of the judgement that asks "do I want it?": own preferences (not-wanted-quiet-hours 480,
/// not-wanted-application 603), capability (not-able-application 404, not-able-transport 488), security
/// (not-secure-enough 488: a device on TLS or DTLS, or one that wants nothing else, is led nowhere without). `gateway`:
/// where to go, empty host = the own server. The user's own decision comes after (userdecisions.h). Any thread.
SirRefusal whyUnwanted(const SessionRequest &sir, const SirGateway &gateway, const WakePreferences &preferences,
                       const WakeAbilities &abilities, QTime now);

} // namespace reveille
