// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/ids.h"
#include "domain/publicuserid.h"

#include <QHash>
#include <QVector>

namespace reveille {

/// Pushes that are counted against the limits of the PushDispatcher, and whom they are for: those that are being submitted, or
/// are planned to be submitted together. Server thread.
class PushLoad
{
public:
    struct Sum {
        qint64 pushes = 0;
        qint64 octets = 0; ///< of their bodies
    };
    /// One push.
    struct Part {
        InitiatorId initiator; ///< empty: staff
        PublicUserId user;
        QVector<DeviceId> devices; ///< empty: those of the user, chosen later
        bool isHeld = false;       ///< waits for its time, and for no device before
        qint64 octets = 0;
    };

    void add(const Part &part) { count(part, 1); }
    void remove(const Part &part) { count(part, -1); }

    Sum total() const { return m_total; }
    Sum of(const InitiatorId &initiator) const { return m_initiators.value(initiator); }
    int held(const PublicUserId &user) const { return m_held.value(user); }
    /// What may come to wait for this device of this user.
    int of(const DeviceId &device, const PublicUserId &user) const { return m_devices.value(device) + m_users.value(user); }

private:
    template <typename Key>
    static void count(QHash<Key, int> &counts, const Key &key, int by)
    {
        if ((counts[key] += by) <= 0)
            counts.remove(key);
    }
    void count(const Part &part, int by)
    {
        m_total.pushes += by;
        m_total.octets += by * part.octets;
        Sum &sum = m_initiators[part.initiator];
        sum.pushes += by;
        sum.octets += by * part.octets;
        if (sum.pushes <= 0)
            m_initiators.remove(part.initiator);
        if (part.isHeld) {
            count(m_held, part.user, by);
        } else if (part.devices.isEmpty()) {
            count(m_users, part.user, by);
        } else {
            for (const DeviceId &device : part.devices)
                count(m_devices, device, by);
        }
    }

    Sum m_total;
    QHash<InitiatorId, Sum> m_initiators;
    QHash<PublicUserId, int> m_held;
    QHash<PublicUserId, int> m_users;
    QHash<DeviceId, int> m_devices;
};

} // namespace reveille
