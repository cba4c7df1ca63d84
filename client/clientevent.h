// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QByteArray>
#include <QJsonObject>
#include <QMetaType>
#include <QString>

namespace reveille {

/// One thing a device received or did, or that happened in a simulator (codes: client/nat/natsimulator.h,
/// client/smsc/smscsimulator.h). Codes are stable, tests and scripts read them:
///   started            device user name local client_port call_port coap_port registrar connect transport
///   registering        registrar
///   registered         expires gruu temp_gruu refresh local keep_alive_ms reg_id (SIP) session
///                      (datagram)
///   register-failed    status reason retry_ms
///   unregistered
///   sir-received       the decoded SIR: version user device application requests gateway signed
///                      bytes(base64) peer
///   sir-ignored        reason: not-for-me | already-connected | locked-out | not-decided-yet | malformed-… | not-safe-…
///   sir-handed-on      peer device: a SIR for another device, sent to the companion
///   sir-refused        asked (the server is told then, unless eight are being told already) status
///                      reason: refusing | not-wanted-… | not-able-… | not-secure-enough | denied | not-decided |
///                      too-many-questions
///   decision-asked     decision (its number) timeout_ms application applications gateway requests signed peer: the
///                      user is to allow or deny
///   decision-taken     decision outcome: allowed | denied | not-decided
///   application-activated  application built_in session port when: before | after connecting
///   application-started    application run pid
///   application-running    application run: it was named again
///   application-failed     application reason: not-started | too-many
///   application-output     application run stream: output | error; line, or said where it was a JSON object
///   application-ended      application run exit_code or signal, timed_out, dropped (lines not told of)
///   core-registered    registrar expires gruu refresh: at the SIP core that wake-ups come through
///   core-failed        registrar status reason retry_ms: not registered there, or its path was lost (status 0)
///   refusal-answered   status (0: nothing came back)
///   information-sent   what: what a SIR asked for, told by SIP, CoAP, or with the registration over OTA-HTTP
///   information-answered  status (0: nothing came back); OTA-HTTP: 200 once the server took the registration
///   wake-received      an empty wake-up: peer bytes
///   called             peer: a server opened an OTA-HTTP connection, which is taken
///   call-refused       peer: by somebody who is neither the own server nor a gateway; over CoAP too
///   reconnecting       because: sir | wake | command | mapped-address; registrar
///   push-received      push content_type application body (text) or body_base64, duplicate, answered,
///                      session (datagram), over and peer where it came to a client port
///                      confirm: it asks for a confirmation
///   push-handed-on     push; exit_code or signal of the program that was to take it, or reason: not-started | too-many
///   push-confirmed     push status (0: nothing came back, or it could not be said): the server was told that it was taken
///   pinhole-tested     silence_ms open (datagram: a test of a quiet path by a second socket)
///   session-opened     peer secure: an MSRP session for large pushes
///   session-closed     reason: bye | closed | reset | expired | …
///   session-refused    status: the server would not have one
///   silent | answering | dropped | refusing | stopped
///   flow-lost          reason retry_ms
///   state-restored     pushes sirs same_server registrations gruu keep_alive_ms activated: what was kept (--state)
///   state-failed       reason: it could not be kept; told once until it can again
/// `fields` never holds a password or a digest. Any thread.
struct ClientEvent {
    Timestamp time;
    QString code;
    QJsonObject fields;
    friend bool operator==(const ClientEvent &, const ClientEvent &) = default;
};

/// {"event":…,"time":…,fields…} on one line, without the line end.
QByteArray toJsonLine(const ClientEvent &event);

} // namespace reveille

Q_DECLARE_METATYPE(reveille::ClientEvent)
