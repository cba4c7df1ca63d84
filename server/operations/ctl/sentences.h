// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/ctl/ctlclient.h"

#include <QDateTime>
#include <QJsonObject>

namespace reveille {

/// What reveillectl says, in words, of what the server answers in codes. Translatable.

/// "Reachable now over sip/udp 127.0.0.1:4012, proven 12 s ago; wake-up over wsp-udp is ready."
QString deviceVerdict(const QJsonObject &device, const QDateTime &now);
/// "p-… delivered to 1 of 2 devices."
QString pushVerdict(const QJsonObject &push);
/// "refused by the device: 415, it does not take this content type"; empty without a reason.
QString deliveryReason(const QJsonObject &delivery);
/// "Wake-up w-… is under way: submitted over wsp, attempt 1."
QString wakeVerdict(const QJsonObject &wake);
/// "gets it directly", "is woken first", "does not get it: content-type text/plain".
QString explanationVerdict(const QJsonObject &device);
/// "19:30:01.250  wake  sir-sent  sip:alice@…  urn:uuid:…  bearer=wsp …"
QString journalLine(const QJsonObject &entry);
/// "2026-11-20T19:30:01.250Z  lost: the way through the NAT has closed (OPTIONS)"
QString historyLine(const QJsonObject &mark);
QString failureSentence(const CtlFailure &failure);
/// "12 s", "5 min", "3 h", "2 d"
QString durationText(qint64 milliseconds);
/// "12 s ago", or "never" for null.
QString agoText(const QJsonValue &time, const QDateTime &now);

} // namespace reveille
