// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/ids.h"
#include "domain/publicuserid.h"

#include <QObject>

namespace reveille {

/// The one thing chosen, wherever it was chosen; every region follows it (console.md). GUI thread.
class Selection : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    const PublicUserId &user() const { return m_user; } ///< of the device too
    const DeviceId &device() const { return m_device; } ///< empty: a user, or nothing
    const PushId &push() const { return m_push; }
    const WakeId &wake() const { return m_wake; }
    bool isEmpty() const { return m_user.isEmpty(); }

    void selectUser(const PublicUserId &user);
    void selectDevice(const PublicUserId &user, const DeviceId &device);
    /// A push or wake-up of the device; the device is selected with it.
    void selectPush(const PublicUserId &user, const DeviceId &device, const PushId &push);
    void selectWake(const PublicUserId &user, const DeviceId &device, const WakeId &wake);
    void clear();

Q_SIGNALS:
    void changed();

private:
    void set(const PublicUserId &user, const DeviceId &device, const PushId &push, const WakeId &wake);

    PublicUserId m_user;
    DeviceId m_device;
    PushId m_push;
    WakeId m_wake;
};

} // namespace reveille
