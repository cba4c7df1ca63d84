// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/bearer.h"
#include "wire/smsuserdata.h"

namespace reveille {

/// How a wake-up becomes SMS, whatever carries them: the WSP push in 8-bit data with a port header, in several parts where one
/// does not hold it (wire-facts sections 3 and 4). A value; any thread.
struct SmsForm {
    quint16 defaultPort = 2948; ///< where a route names none
    quint16 originatorPort = 9200;
    bool wideReference = false; ///< 16-bit reference in concatenated messages
    int mostParts = 4;

    /// The route's address is a number. Errors msisdn-… of Msisdn::parse.
    static Result<Done> canReach(const WakeRoute &route);
    /// It can reach the route, and the message fits. Errors of both.
    Result<Done> fits(const WakeMessage &message) const;
    /// The same when sent again. Errors of splitSms().
    Result<QVector<SmsUserData>> partsOf(const WakeMessage &message) const;
    /// The user data as the terminal gets it, of all parts in order; each but the last has 140 octets.
    QByteArray octetsOf(const WakeMessage &message) const;
    WakeBudget budgetOf(const WakeMessage &message) const;
};

} // namespace reveille
