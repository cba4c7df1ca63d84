// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "domain/initiator.h"
#include "domain/liveness.h"
#include "wire/json.h"

#include <optional>

namespace reveille {

/// The durable part of a device:
/// {"id","user","name","msisdn","client_port","gruu","capabilities":{"content_types","max_message_size","sir_version"},
///  "preferences":{"accepts_pushes","preferred","order","quiet_from","quiet_until","zone"},"subscriptions":[…],
///  "wake_routes":[{"bearer","address","port","source"}],"returned":[{"what","value","at","wake","over"}],"created_at","last_seen"}.
/// Quiet hours are "HH:MM" in the zone (null: UTC) or null. The caller adds "liveness" and "connections".
QJsonObject toJson(const Device &device);
/// {"bearer","address","port","source":"client"|"provisioned"|"implied"}
QJsonObject toJson(const WakeRoute &route);
QJsonObject toJson(const Capabilities &capabilities);
QJsonObject toJson(const Preferences &preferences);

/// {"id","name","has_password","created_at"}; secrets never leave. The caller may add "devices".
QJsonObject toJson(const User &user);

/// {"state","reason","evidence":{…},"registered_until","last_packet","last_proof"}
QJsonObject toJson(const Liveness &liveness);
/// {"rule","subject","value","at","changes_at"}
QJsonObject toJson(const Evidence &evidence);

/// Body of PUT /v1/devices/{id}. `user` is required for a new device; fields that are left out keep what
/// `base` says (a default Device for a new one), `null` clears; so inside `capabilities` and `preferences`.
/// `id` may be there if it is base.id. Fields: user, name, msisdn, client_port, wake_routes (the provisioned
/// ones: {"bearer","address","port"?,"source"?}; entries with source "client" or "implied" are passed over; one for sms without
/// an address means the number of the device), capabilities, preferences, subscriptions, wake_policy. Errors: see json.h,
/// and those of checkedRoute() at wake_routes[i].address.
Result<Device> deviceFromJson(const QJsonObject &object, const Device &base);

/// Body of PUT /v1/users/{id}: {"name"?, "password"?, "wake_policy"?}. A field left out is not to be changed; a null or empty
/// password removes it. At most 255 characters each.
struct UserOrder {
    std::optional<QString> name;
    std::optional<QString> password;
    std::optional<WakeRule> wakeRule;
};
Result<UserOrder> userOrderFromJson(const QJsonObject &object);

/// Body of POST /v1/initiators: {"name", "targets"?, "contents"?, "pushes_per_second"?, "pushes_per_day"?}; of PUT /v1/initiators/{id}: the
/// same without the name, and what is left out is as `base` says. The rights are checked by the engine.
struct InitiatorOrder {
    QString name;           ///< 1..255 characters
    InitiatorRights rights;
};
Result<InitiatorOrder> initiatorOrderFromJson(const QJsonObject &object);
Result<InitiatorRights> initiatorRightsFromJson(const QJsonObject &object, const InitiatorRights &base);
/// {"id", "name", "created_at", "targets", "pushes_per_second", "pushes_per_day"}
QJsonObject toJson(const Initiator &initiator);

} // namespace reveille
