// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/wakepolicy.h"
#include "engine/bearer.h"
#include "engine/registry.h"
#include "engine/wakeservice.h"

namespace reveille {

/// What one message of a wake-up will be: mode, route, SIR and its octets. Made the same way for the real thing and for
/// a dry run. Server thread.
struct WakePlan {
    SirPlan sirPlan;
    std::optional<WakeRouteChoice> choice; ///< none: no route is left
    SessionRequest sir;
    QByteArray sirBytes;                   ///< empty for an empty wake-up
    QVector<Check> checks;
};

struct WakePlanInput {
    const Registry *registry = nullptr;
    const WakeService::Settings *settings = nullptr;
    QVector<BearerFacts> bearers;
    Device device;
    WakeOrder order;
    QVector<WakeAttempt> made;
    Timestamp now;
};

/// Where the identity stands in a SIR that goes over this bearer.
IdentityPlacements placementOver(const WakeService::Settings &settings, const QString &bearer);
WakePlan planWake(const WakePlanInput &input);
/// Route of another recipient of a broadcast.
std::optional<WakeRouteChoice> routeOf(const WakePlanInput &input, const Device &recipient);
/// "sip:192.0.2.10:5060;transport=udp" as a contact point for SIR versions that have no room for a URI; empty list when
/// the host is no IP address.
QVector<ContactPoint> contactPointsOf(const QString &gatewayUri);

} // namespace reveille
