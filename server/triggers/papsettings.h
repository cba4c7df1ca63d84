// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ipaddress.h"
#include "domain/publicuserid.h"
#include "domain/timestamp.h"

#include <QHash>
#include <QStringList>

namespace reveille {

/// What the PAP interface allows ([triggers] of the configuration). Any thread.
struct PapSettings {
    QString realm = QStringLiteral("lab.example"); ///< host of users that are named without one
    Milliseconds lifetime{24LL * 3600 * 1000};     ///< of pushes without deliver-before-timestamp
    QStringList networks{QStringLiteral("Any")}; ///< that a push may require: those every device's connection runs over
    QStringList bearers{QStringLiteral("Any")};  ///< likewise
    QHash<QString, PublicUserId> addresses; ///< clients that are no user or phone: IP addresses, bare device names
    bool notifyPublic = true;               ///< notifications may go to public addresses
    QVector<IpNetwork> notifyNetworks;      ///< and to these
};

} // namespace reveille
