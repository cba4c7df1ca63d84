// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "domain/explanation.h"
#include "domain/liveness.h"
#include "domain/push.h"

namespace reveille {

/// A device as selection sees it.
struct SelectableDevice {
    Device device;
    bool connected = false;  ///< has a usable connection right now
    bool hasWakeRoute = false; ///< at least one route over a bearer that is configured
    WakeRuleInForce wakeRule{};
};

/// Requirements S4 to S6: which of a user's devices get this push, over what path, and why not the others.
/// Pure: quiet hours are judged at `now`, and hold what can wait. The result has one entry per device given, in the order given.
/// Checks in this order: named, belongs-to-user, accepts-pushes, quiet-hours (failed by what cannot wait), subscribed,
/// content-type, size, connected, ttl (0 and not connected fails), may-wake (when == Wake), wake-allowed, route-known.
/// A device that nothing but staff may wake waits as well. Last, where push.choice is one device: chosen-first, failed by all
/// but one of those that passed the rest; its value is the device that is before them.
/// A device that is not connected and has no route still waits (path Wait) unless ttl is 0 or when is Now.
Explanation selectDevices(const PushRequest &push, const QVector<SelectableDevice> &devices, Timestamp now);

/// What came of an explained push: says of each device it went to, last, whether the device has taken it ("taken", with the
/// reason where it has not, or why it waits). Devices it does not know are added, so that an explanation that was not kept
/// still says that much.
Explanation withOutcomes(Explanation explanation, const Push &push);

/// Whether a push for this application is for one of those subscribed to, by number or name; none subscribed to, or no
/// application named = yes.
bool takesApplication(const QStringList &subscriptions, const QString &application);

/// Whether content of this type is among those accepted ("text/plain", "image/*"); none listed = everything. Parameters of
/// either do not count.
bool takesContentType(const QStringList &accepted, const QString &contentType);

} // namespace reveille
