// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "domain/explanation.h"
#include "domain/sessionrequest.h"
#include "domain/wakeup.h"

#include <optional>

namespace reveille {

/// Where the device identity stands in a SIR (requirement S8). Several may be set.
enum class IdentityPlacement : quint8 { Body = 1, Header = 2, HeaderValue = 4 };
Q_DECLARE_FLAGS(IdentityPlacements, IdentityPlacement)
Q_DECLARE_OPERATORS_FOR_FLAGS(IdentityPlacements)
/// "body,header,header-value". Error identity-placement.
Result<IdentityPlacements> identityPlacementsFromText(QStringView text);

struct SirPlan {
    SirMode mode = SirMode::Routed;
    bool identityInside = false;
    bool userInside = false;        ///< public user ID inside (broadcast)
    QVector<DeviceId> recipients;   ///< who is sent the SIR
    friend bool operator==(const SirPlan &, const SirPlan &) = default;
};

/// Requirements S7 and S9. Identity check: a user with only one device gets a SIR without identity; with more, the SIR
/// carries the identity of the device meant (except mode Broadcast, which names the user only).
SirPlan chooseSirMode(const DeviceId &meant, const QVector<DeviceId> &devicesOfUser, std::optional<SirMode> wanted,
                      SirMode byPolicy);

/// A configured bearer as the choice sees it.
struct BearerFacts {
    QString name;                 ///< NAME of [bearer.NAME]
    QString type;                 ///< "wsp-udp", "smpp", …
    QStringList carries;          ///< route kinds it serves: "wsp-udp"; "sms" for smpp, kannel, gammu
    bool healthy = true;
};

struct WakeRouteChoice {
    QString bearer;               ///< NAME
    WakeRoute route;
};

struct WakeRouteQuery {
    const Device *device = nullptr;
    QVector<BearerFacts> bearers;
    QStringList order;            ///< [wake] routes: bearer names or types, first preferred; empty = as the device lists them
    QString wantedBearer;         ///< by hand: only this name or type
    QString failedTransport;      ///< "sip-udp": the way that deteriorated; a bearer of the same type is taken last (R5)
    QVector<WakeAttempt> made;    ///< attempts so far
    int attemptsPerRoute = 2;
};

/// Requirement R5: the next route to try and why, or none. The checks of every candidate are appended to `checks`
/// in the order tried: route-known, route-implied (of one that nobody named; those come last), bearer-configured, bearer-healthy, bearer-differs, attempts-left.
std::optional<WakeRouteChoice> chooseWakeRoute(const WakeRouteQuery &query, QVector<Check> *checks = nullptr);

/// The client's side of the identity check (requirement S13).
enum class SirMeaning : quint8 {
    ForMe,
    NotForMe,       ///< another device of the user, or another user: stay silent
    NotSafe,        ///< bad authenticator, too old, replayed, or a gateway that is not subscribed to
};
struct SirRecipient {
    DeviceId device;
    PublicUserId user;
};
/// Identity only: with a device inside it must be ours; with only a user inside that must be ours; with neither it is for us.
SirMeaning meaningOf(const SessionRequest &sir, const SirRecipient &me);

} // namespace reveille
