// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/selection.h"

namespace reveille {

void Selection::selectUser(const PublicUserId &user)
{
    set(user, {}, {}, {});
}

void Selection::selectDevice(const PublicUserId &user, const DeviceId &device)
{
    set(user, device, {}, {});
}

void Selection::selectPush(const PublicUserId &user, const DeviceId &device, const PushId &push)
{
    set(user, device, push, {});
}

void Selection::selectWake(const PublicUserId &user, const DeviceId &device, const WakeId &wake)
{
    set(user, device, {}, wake);
}

void Selection::clear()
{
    set({}, {}, {}, {});
}

void Selection::set(const PublicUserId &user, const DeviceId &device, const PushId &push, const WakeId &wake)
{
    if (m_user == user && m_device == device && m_push == push && m_wake == wake)
        return;
    m_user = user;
    m_device = device;
    m_push = push;
    m_wake = wake;
    Q_EMIT changed();
}

} // namespace reveille
