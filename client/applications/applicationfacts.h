// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/applications/clientapplication.h"
#include "domain/deviceid.h"
#include "domain/publicuserid.h"

#include <QProcessEnvironment>

namespace reveille {

/// What an application is told about why it was started. Any thread.
struct ApplicationFacts {
    PublicUserId user; ///< of this device
    DeviceId device;   ///< this one
    SessionRequest sir;
    QStringList named; ///< applications of this device that the SIR names, as its owner has written them
    QString gateway; ///< where the device goes, "192.0.2.10:5060"
    QString peer;    ///< who sent the SIR
};

/// Of `from` what programs need to run: PATH, HOME, USER, LOGNAME, LANG, LC_…, TZ, TMPDIR.
QProcessEnvironment plainEnvironment(const QProcessEnvironment &from);
/// REVEILLE_APPLICATION REVEILLE_SESSION REVEILLE_PORT REVEILLE_USER REVEILLE_DEVICE REVEILLE_GATEWAY REVEILLE_PEER
/// REVEILLE_REQUESTS (comma list) REVEILLE_NAMED (comma list) REVEILLE_SIGNED (yes, no) REVEILLE_TIME (ISO 8601), and
/// plainEnvironment(), no more. No fact is text that somebody
/// on the network has chosen; none has control characters, and each is cut to longestFact.
QProcessEnvironment environmentOf(const ClientApplication &application, const ApplicationFacts &facts,
                                  const QProcessEnvironment &from);
/// The arguments as the owner of the device wrote them, with {application} {session} {port} {user} {device} {gateway}
/// {peer} {requests} {named} {signed} {time} replaced by the same facts. The program is never replaced, a fact is never looked through for
/// placeholders.
QStringList argumentsOf(const ClientApplication &application, const ApplicationFacts &facts);

constexpr qsizetype longestFact = 512; ///< characters

} // namespace reveille
