// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/ids.h"
#include "domain/msisdn.h"
#include "domain/publicuserid.h"
#include "domain/sessionrequest.h"
#include "domain/timestamp.h"

#include <QByteArray>
#include <QStringList>
#include <QVector>

#include <optional>

namespace reveille {

/// The one life of a push and of each of its deliveries (style: one enum of message life). From Delivered on it has ended
/// and the state is final, with one exception: where the push asks for it, Delivered becomes Confirmed (mayFollow).
enum class PushState : quint8 {
    Accepted,      ///< durable, devices not yet chosen
    Waiting,       ///< for the device to come back by itself
    Waking,        ///< a wake-up for the device is under way
    Sending,       ///< handed to a connection, answer outstanding
    Delivered,     ///< the device took it, as its protocol says
    Confirmed,     ///< and its application, or the person before it, said so too (pushconfirmation.h)
    Expired,       ///< its time to live ended first
    Cancelled,
    Replaced,      ///< a newer push took its place
    Undeliverable, ///< no device, no route, or refused by the device
};
bool isTerminal(PushState state);
bool isDelivered(PushState state); ///< Delivered or Confirmed
/// Whether a delivery in `state` may come to be in `next`: in any before it has ended, in none after, but for
/// Delivered > Confirmed where that was asked for.
bool mayFollow(PushState state, PushState next, bool isConfirmationAsked);
const char *toText(PushState state); ///< "accepted", "waiting", …
std::optional<PushState> pushStateFromText(QStringView text);

/// The states as people ask for them: not over yet, well over, badly over.
enum class PushGroup : quint8 { UnderWay, Delivered, Failed };
PushGroup groupOf(PushState state);
const char *toText(PushGroup group); ///< "under_way", "delivered", "failed"
std::optional<PushGroup> pushGroupFromText(QStringView text);

enum class PushPriority : quint8 { Low, Normal, High };
const char *toText(PushPriority priority);
std::optional<PushPriority> pushPriorityFromText(QStringView text);

enum class PushWhen : quint8 {
    Now,           ///< connected devices only, right now
    WhenReachable, ///< wait for the device, never wake it
    Wake           ///< wake it where it is not connected
};
const char *toText(PushWhen when); ///< "now", "when_reachable", "wake"
std::optional<PushWhen> pushWhenFromText(QStringView text);

/// How many of the devices that take a push get it (requirement S5).
enum class DeviceChoice : quint8 {
    All,
    FirstReachable, ///< one: connected before wakeable before absent, then preferred, then seen last
    Preferred       ///< one: preferred, then as above
};
const char *toText(DeviceChoice choice); ///< "all", "first_reachable", "preferred"
std::optional<DeviceChoice> deviceChoiceFromText(QStringView text);

/// Whom a push is for: exactly one is set (requirement S1; the initiator need not know any device).
struct PushTarget {
    PublicUserId user;
    DeviceId device;
    Msisdn msisdn;
    QString session;
    friend bool operator==(const PushTarget &, const PushTarget &) = default;
};

/// What an initiator, or a member of staff, asks for. The one thing that enters PushDispatcher::submit. Any thread.
struct PushRequest {
    PushTarget to;
    QVector<DeviceId> devices;      ///< of the target user, these only; empty = choose
    QString application;            ///< "x-wap-application:wml.ua" or a plain name; may be empty
    QString contentType = QStringLiteral("text/plain");
    QString contentEncoding;        ///< coding the body is in ("aes128gcm"), for the device to undo; empty = as it is
    QByteArray body;
    Milliseconds ttl{3600 * 1000};  ///< 0 = now or never
    PushPriority priority = PushPriority::Normal;
    PushWhen when = PushWhen::Wake;
    bool confirm = false;           ///< the application is to say that it has it; needs a ttl, within which it counts
    DeviceChoice choice = DeviceChoice::All; ///< where it is one device and that one fails, the next has its turn
    std::optional<SirMode> sirMode; ///< empty = by policy
    InitiatorId initiator;          ///< empty = staff
    QString reference;              ///< the initiator's own name of it, one for all recipients; empty = none
    Timestamp notBefore;            ///< held back until then; not set = at once
    QString notifyTo;               ///< URL to tell once it has ended; empty = nobody
    QByteArray terms;               ///< opaque to everyone but the protocol it came by (address as written …)

    /// One attempt, and it stands in no line.
    bool isNowOrNever() const { return ttl == Milliseconds(0) || when == PushWhen::Now; }
    friend bool operator==(const PushRequest &, const PushRequest &) = default;
};

/// One device's part in a push.
struct Delivery {
    DeviceId device;
    PushState state = PushState::Accepted;
    QByteArray reason;     ///< code of why it ended or waits ("ttl-zero", "refused-486"), empty where it needs none
    WakeId wake;           ///< the wake-up it waits for
    int attempts = 0;      ///< times handed to a connection
    Timestamp changedAt;
    friend bool operator==(const Delivery &, const Delivery &) = default;
};

/// A push after acceptance. Its state follows from its deliveries (overallState).
struct Push {
    PushId id;
    PushRequest request;
    PublicUserId user;      ///< resolved target
    PushState state = PushState::Accepted;
    QVector<Delivery> deliveries;
    Timestamp acceptedAt;
    Timestamp expiresAt;    ///< not set where ttl is 0
    Timestamp finishedAt;   ///< when the last delivery ended; a confirmation does not move it
    bool awaitsConfirmation = false; ///< ended as Delivered, and may still become Confirmed
    friend bool operator==(const Push &, const Push &) = default;
};

/// If any delivery is delivered and none is pending, Confirmed where every device that took it confirmed it, Delivered
/// where one did not; otherwise the most advanced pending state; otherwise the
/// final state most deliveries share, in the order undeliverable, expired, cancelled, replaced.
/// No deliveries: Undeliverable.
PushState overallState(const QVector<Delivery> &deliveries);

} // namespace reveille

Q_DECLARE_METATYPE(reveille::Push)
Q_DECLARE_METATYPE(reveille::PushRequest)
