// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/explanation.h"
#include "domain/ids.h"
#include "domain/liveness.h"
#include "domain/publicuserid.h"
#include "domain/sessionrequest.h"
#include "domain/wakeroute.h"

#include <QVector>

#include <optional>

namespace reveille {

/// How far a wake-up got; rises only (users.md idea 2). Each step has its own time.
enum class WakeStep : quint8 {
    Requested,  ///< somebody or something asked for it
    RouteChosen,
    Encoded,    ///< the SIR, or the empty message, exists
    Submitted,  ///< handed to the bearer
    Accepted,   ///< the carrier took it (for a datagram bearer: the network did)
    Received,   ///< a receipt says the terminal has it
    DeviceSeen, ///< any packet from the device
    Restored,   ///< registered again
    Delivered,  ///< a push waiting for it was delivered
};
const char *toText(WakeStep step); ///< "requested", "route_chosen", …

enum class WakeState : quint8 {
    Active,
    Succeeded,  ///< the device is back
    Cancelled,  ///< by staff, or the device came back before anything was sent
    Refused,    ///< the client said no (SIP 6xx, refusal message)
    Exhausted,  ///< all routes and attempts used up
};
bool isTerminal(WakeState state);
const char *toText(WakeState state);
std::optional<WakeState> wakeStateFromText(QStringView text);
std::optional<WakeStep> wakeStepFromText(QStringView text);

/// What staff, or the policy, asks of a wake-up. Everything optional: the policy fills it in.
struct WakeOrder {
    QString bearer;                   ///< [bearer.NAME] or type; empty = by policy
    std::optional<SirMode> mode;
    bool empty = false;               ///< an empty re-establishment message (requirement R5)
    SirRequests requests;
    QString application;
    QString gateway{};                ///< SIP URI the device is to go to instead of this server; empty = this server
    QString session;                  ///< the application instance meant; empty = any of the device
    bool byHand = false;
    WakeId repeats;                   ///< the wake-up this one was asked to repeat; empty = none
    QString reason;                   ///< code: "push", "by_hand", "deterioration", "before_expiry"
    friend bool operator==(const WakeOrder &, const WakeOrder &) = default;
};

/// One message sent towards the device.
struct WakeAttempt {
    int number = 1;
    QString bearer;       ///< NAME of the bearer
    WakeRoute route;
    Timestamp sentAt;
    QByteArray outcome;   ///< "", "accepted", "received", "failed-…", "no-answer"
    QString carrierId;    ///< message id the carrier gave
    QVector<Check> checks{}; ///< why this route: what was asked of each candidate, the last maxChecks of it
    static constexpr qsizetype maxChecks = 32;
    friend bool operator==(const WakeAttempt &, const WakeAttempt &) = default;
};

/// A wake-up operation as a first-class thing: visible, repeatable, cancellable. Any thread.
struct WakeUp {
    WakeId id;
    DeviceId device;
    PublicUserId user;
    WakeOrder order;
    LossReason because = LossReason::None; ///< the deterioration it answers
    SirMode mode = SirMode::Routed;
    bool identityInside = false;
    WakeState state = WakeState::Active;
    WakeStep furthest = WakeStep::Requested;
    QVector<Timestamp> stepTimes = QVector<Timestamp>(int(WakeStep::Delivered) + 1); ///< by WakeStep; not set = not reached
    QVector<WakeAttempt> attempts;
    QByteArray sir;                        ///< octets of the SIR body last sent; empty for an empty wake-up
    QByteArray outcome;                    ///< code of the final state, "device-returned", "routes-exhausted"
    Timestamp nextAttemptAt;
    QVector<Check> checks;                 ///< why no route was left, where none was; at most WakeAttempt::maxChecks
    friend bool operator==(const WakeUp &, const WakeUp &) = default;
};

} // namespace reveille

Q_DECLARE_METATYPE(reveille::WakeUp)
