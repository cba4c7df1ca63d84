// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store.h"

namespace reveille {

class SqlConnection;

/// Rows of initiators, users, devices and their registrations. A device of a user who is gone and a binding
/// of a device that is gone are left out. On the connection's thread, within its transaction.
Result<Done> writeRow(SqlConnection &connection, const Initiator &initiator);
Result<Done> writeRow(SqlConnection &connection, const User &user);
Result<Done> writeRow(SqlConnection &connection, const Device &device);
Result<Done> writeRow(SqlConnection &connection, const StoredBinding &binding);
Result<Done> removeRow(SqlConnection &connection, const InitiatorId &id);
Result<Done> removeRow(SqlConnection &connection,
                       const PublicUserId &id);                        ///< with devices and their bindings
Result<Done> removeRow(SqlConnection &connection, const DeviceId &id); ///< with its bindings
Result<Done> removeBinding(SqlConnection &connection, const DeviceId &device, const QString &flow);
Result<Done> readInitiators(SqlConnection &connection, QVector<Initiator> &initiators);
/// All users with their devices and the registrations of those, in portions of about so many rows. After an error the
/// rest is missing.
Result<Done> readSubscribers(SqlConnection &connection, int portionSize,
                             const std::function<void(StoredSubscribers)> &take);

/// The primary key of a device: its kind and what is compared.
QString deviceKey(const DeviceId &id);

} // namespace reveille
