// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/ids.h"
#include "domain/timestamp.h"

#include <QByteArray>
#include <QString>

namespace reveille {

/// Where application servers push to one application instance of a device over Web Push (RFC 8030 section 2, "push
/// resource"). Whoever knows its token may; only a hash of that is kept. Any thread.
struct PushResource {
    PushResourceId id;
    DeviceId device;
    QString application;
    QString session;        ///< this instance and no other; empty: any of the application
    QString name;           ///< given by staff; may be empty
    QByteArray vapidKey;    ///< 65 octets: pushes must be signed with this key (RFC 8292 section 4); empty: with any, or none
    QByteArray tokenSha256; ///< hex
    Timestamp createdAt;
    Timestamp expiresAt;    ///< not set: never

    /// Whom its pushes come from, as shown: "NAME (ID)".
    InitiatorId initiator() const
    {
        return InitiatorId(name.isEmpty() ? id.text() : name + QStringLiteral(" (") + id.text() + u')');
    }
    bool isOver(Timestamp now) const { return expiresAt.isSet() && expiresAt <= now; }
    friend bool operator==(const PushResource &, const PushResource &) = default;

    static constexpr qsizetype longestName = 100, longestSession = 255;
};

} // namespace reveille
