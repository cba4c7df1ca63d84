// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/publicuserid.h"

#include <QByteArray>

#include <optional>

namespace reveille {

/// Who the devices of a fleet are: all of it follows from the number of a device and the seed, and back. Any thread.
class FleetIdentities {
public:
    /// `pattern` with %1 once, for the number: "sip:dev%1@lab.example". Errors pattern-number, and those of
    /// PublicUserId::parse().
    static Result<FleetIdentities> make(const QString &pattern, quint64 seed, quint32 devices,
                                        quint32 perUser = 1);

    PublicUserId user(quint32 device) const;
    DeviceId device(quint32 device) const; ///< a UUID that begins with what came of the seed
    QByteArray session(quint32 device) const; ///< session identifier of its application instance, ASCII

    /// Nothing where it is none of this fleet, or has several devices.
    std::optional<quint32> find(const PublicUserId &user) const;
    std::optional<quint32> find(const DeviceId &device) const;

private:
    quint32 m_devices = 0;
    quint32 m_perUser = 1;
    quint32 m_mark = 0; ///< of the seed
    QString m_before, m_after; ///< of the number, in the canonical text of a user
};

} // namespace reveille
