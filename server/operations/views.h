// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"

#include <QJsonObject>

namespace reveille {

class FaultPlan;

/// Snapshots of the engine as JSON of the outside contract: what wire/json* writes of the values, with what
/// only the engine knows. Pure.

/// toJson(Device) with "liveness", "connections", "pending_pushes", "active_wake", "ready_routes".
QJsonObject deviceView(const DeviceSnapshot &device);
/// {"id","kind","transport","peer","local","address","flow","live","liveness":{…}}
QJsonObject connectionView(const ConnectionSnapshot &connection);
/// toJson(User) with "devices", the number of them.
QJsonObject userView(const UserSnapshot &user);
/// {"users","devices","up","suspect","lost","waking","unreachable","pushes_accepted",…,"sirs_sent"}
QJsonObject countersView(const ServerCounters &counters);
/// {"queued","commits","last_commit_ms","trouble"}
QJsonObject storeView(const StoreFacts &store);
/// {"allowed","active","struck","next_end"}
QJsonObject faultsView(const FaultPlan &faults);
/// {"name","type","carries":[…],"healthy","code","sent","failed"}
QJsonObject bearerView(const BearerSnapshot &bearer);
/// {"ok","code","detail","took_ms"}
QJsonObject bearerTestView(const BearerTest &test);
/// {"bearer","route":{…}|null,"mode","identity_inside","user_inside","recipients":[…],"sir":{…},"sir_bytes","wire_bytes",
///  "wire_format","checks":[…]}; octets in base64.
QJsonObject previewView(const WakePreview &preview);

} // namespace reveille
