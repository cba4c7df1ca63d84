// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "domain/pushresource.h"

#include <QMetaType>
#include <QVector>

namespace reveille {

/// Users and devices to be kept as they stand here, and others to be removed; a user goes with all devices. Holds digest
/// secrets and hashes of tokens: it is handed back and forth, never shown or written. Any thread.
struct SubscriberChange {
    QVector<User> users;
    QVector<Device> devices;
    QVector<PushResource> pushResources; ///< of devices that come back: where they were pushed to before
    QVector<DeviceId> removedDevices;
    QVector<PublicUserId> removedUsers;

    bool isEmpty() const
    {
        return users.isEmpty() && devices.isEmpty() && removedDevices.isEmpty() && removedUsers.isEmpty();
    }
};

} // namespace reveille

Q_DECLARE_METATYPE(reveille::SubscriberChange)
