// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/ids.h"
#include "domain/msisdn.h"
#include "domain/publicuserid.h"
#include "domain/returned.h"
#include "domain/timestamp.h"
#include "domain/wakeroute.h"
#include "domain/wakerule.h"

#include <QStringList>

#include <optional>

namespace reveille {

/// What a device can take. An empty list means "not told", which accepts everything.
struct Capabilities {
    QStringList contentTypes; ///< "text/plain", "image/*"
    qint64 maxMessageSize = 0; ///< octets; 0 = not told
    int sirVersion = 2;        ///< highest SIR version it is known to want (0, 1 or 2)
    friend bool operator==(const Capabilities &, const Capabilities &) = default;
};

/// What the owner of a device wants of it.
struct Preferences {
    static constexpr int lastOrder = 999;

    bool acceptsPushes = true;
    bool preferred = false;      ///< chosen first where a push goes to one device only
    int order = 0;               ///< then those with a place in the line, 1 before 2; 0 = behind all that have one
    int quietFrom = -1;          ///< minutes after midnight in `zone`; -1 = no quiet hours
    int quietUntil = -1;
    QString zone;                ///< "Europe/Madrid", of the IANA database; empty = UTC
    friend bool operator==(const Preferences &, const Preferences &) = default;
};

/// One device of one user with everything that is durable about it (requirement S2). Any thread.
struct Device {
    DeviceId id;
    PublicUserId user;
    QString name;                 ///< what people call it, "phone"; may be empty
    Msisdn msisdn;
    ClientPort clientPort;
    QVector<WakeRoute> provisionedRoutes;
    QVector<WakeRoute> clientRoutes;
    Capabilities capabilities;
    Preferences preferences;
    QStringList subscriptions;    ///< application names it takes; empty = all
    WakeRule wakeRule = WakeRule::Inherit;
    QVector<Returned> returned;   ///< what it sent back when asked; the newest of each kind
    QString gruu;                 ///< public GRUU, empty where it has none
    Timestamp createdAt;
    Timestamp lastSeen;           ///< last packet ever seen, kept over restarts (coarse)

    /// In the order tried: the client's, the provisioned, the implied one.
    QVector<WakeRoute> wakeRoutes() const
    {
        return withImpliedRoute(mergeWakeRoutes(clientRoutes, provisionedRoutes), msisdn, clientPort);
    }
    friend bool operator==(const Device &, const Device &) = default;
};

/// A person or account as provisioned. Digest secrets are hashes of user:realm:password (RFC 7616 section 3.4.2),
/// lower-case hex; the password itself is never kept. Any thread.
struct User {
    PublicUserId id;
    QString name;
    QByteArray ha1Md5;
    QByteArray ha1Sha256;
    Timestamp createdAt;
    WakeRule wakeRule = WakeRule::Inherit; ///< of all devices that have none of their own
    bool hasPassword() const { return !ha1Sha256.isEmpty() || !ha1Md5.isEmpty(); }
    friend bool operator==(const User &, const User &) = default;
};

} // namespace reveille

Q_DECLARE_METATYPE(reveille::Device)
Q_DECLARE_METATYPE(reveille::User)
