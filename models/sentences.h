// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/devicehistory.h"
#include "domain/explanation.h"
#include "domain/faultrule.h"
#include "domain/journalentry.h"
#include "domain/learnednetwork.h"
#include "domain/push.h"
#include "domain/wakerule.h"
#include "domain/wakeup.h"
#include "models/verdict.h"

#include <QCoreApplication>
#include <QStringList>

namespace reveille {

struct BearerHealth;
struct BearerSnapshot;
struct BearerTest;
struct Preferences;
struct Returned;
struct WakeBudget;

/// Every code the server emits as words for people, translated. Unknown codes come back as they are. Stateless, so all
/// functions are static; GUI thread (translators are installed there).
class Sentences
{
    Q_DECLARE_TR_FUNCTIONS(reveille::Sentences)
public:
    // --- states, as single words
    static QString state(LivenessState state);
    static QString reason(LossReason reason);      ///< "pinhole closed"; empty for None
    static QString stateAndReason(LivenessState state, LossReason reason); ///< "Lost: pinhole closed"
    static QString pushState(PushState state);
    static QString wakeState(WakeState state);
    static QString wakeStep(WakeStep step);
    static QString priority(PushPriority priority);
    static QString when(PushWhen when);
    static QString choice(DeviceChoice choice);
    static QString sirMode(SirMode mode);
    /// What wakes a device without anybody asking for it.
    static QString wakeRule(WakeRule rule);
    static QString sirRequest(SirRequest request);
    static QString deliveryPath(DeliveryPath path);
    static QString journalKind(JournalKind kind);

    // --- names of technical things
    static QString path(const QString &kind, const QString &transport); ///< "sip", "udp" -> "SIP/UDP"
    static QString bearerType(const QString &type);                      ///< "wsp-udp" -> "WSP/UDP"
    static QString wakeRoute(const WakeRoute &route);                    ///< "SMS to 491701234567, port 2948"
    /// "alice's phone"; a device without a name is called by its shortened id.
    static QString deviceLabel(const QString &name, const PublicUserId &user, const DeviceId &id);
    /// The middle of a long identifier left out: "urn:uuid:f81d…6bf6".
    static QString shortened(const QString &id, int length = 24);

    // --- sentences
    /// One to three sentences; `now` is what "ago" counts from.
    static QString verdict(const Verdict &verdict, Timestamp now);
    static QString evidence(const Evidence &evidence, Timestamp now);
    static QString event(const QString &code);                 ///< "sir-sent" -> "SIR sent"
    static QString journal(const JournalEntry &entry);         ///< details of a row, without who and when
    static QString fieldName(const QString &code);             ///< journal field and decoded field names
    static QString check(const Check &check);                  ///< "Accepts pushes: yes", "Size 1400: too large"
    /// Whether and how a device gets a push; REST and reveillectl say the same in English.
    static QString verdict(const DeviceExplanation &device);
    static QString question(const char *code);                 ///< "Does it accept pushes?"
    static QString error(const Error &error);                  ///< one sentence with error.about in it
    static QString outcome(const QByteArray &code);            ///< Delivery::reason, WakeUp::outcome, receipts
    static QString setting(const char *key);                   ///< what a failed check can be changed by
    static QString wakeReason(const QString &code);            ///< WakeOrder::reason
    static QString returned(const Returned &returned);         ///< "Preferences, over SIP: accepts_pushes: true"

    // --- preferences of a device
    static QString preferences(const Preferences &preferences); ///< without its quiet hours: "accepts pushes · preferred device"
    /// "Held from 22:00 to 07:00 of the next day, Europe/Berlin; urgent pushes go through."; empty where there are none.
    static QString quietHours(const Preferences &preferences);
    /// "By that clock it is 23:10: held until 07:00."; empty where there are none.
    static QString quietHoursNow(const Preferences &preferences, Timestamp now);

    // --- bearers
    static QString bearerHealth(const BearerHealth &health);   ///< "Works", "Does not work: the SMSC refuses the link"
    static QString bearer(const BearerSnapshot &bearer);       ///< sentences: how it is, what it did, what the peer says
    static QString bearerTest(const BearerTest &test);         ///< "The link answers, after 12 ms: SMSC 2.1"
    static QString wakeBudget(const WakeBudget &budget);       ///< "96 of 140 octets: fits into one SMS"; empty without a limit

    // --- injected faults
    static QString faultKind(FaultKind kind);                  ///< "dropped", "delayed"
    static QString faultScope(FaultScope scope);               ///< "wake-ups and pushes"
    /// What it does, without its end: "Wake-ups over wsp are answered with 0x58, 50 of 100". `device` is what the device of
    /// the rule is called.
    static QString fault(const FaultRule &rule, const QString &device);
    static QString faultValue(const QString &value);           ///< of a Check "fault-injected": "drop f-…"

    // --- lifelines and learned networks
    static QString historyMarkKind(HistoryMark::Kind kind);
    static QString historyMark(const HistoryMark &mark);       ///< "Lost: pinhole closed (OPTIONS)", "3 packets in"
    static QString pathTransport(PathTransport transport);
    static QString sampleSource(PinholeSample::Source source);
    static QString sample(const PinholeSample &sample);        ///< "still open after 45 s of silence (test path)"
    static QString networkEstimate(const LearnedNetwork &network); ///< "48 s (45 s to 51 s)"
    static QString network(const LearnedNetwork &network);     ///< sentences: the estimate, what clients are told, from what

    static QString ruleText(const Evidence &evidence); ///< "A push or request got no answer (OPTIONS)": without time and full stop

    // --- the tables, for tests that hold them against what the server emits
    static QStringList errorCodes();
    static QStringList eventCodes();
    static QStringList questionCodes();
    static QStringList outcomeCodes();
    static QStringList fieldCodes();

private:
    static QString verdictAnswer(const Verdict &verdict, Timestamp now);
    static QString verdictOutlook(const Verdict &verdict, Timestamp now);
    static QString connectionDetails(const JournalEntry &entry);
    static QString triggerDetails(const JournalEntry &entry);
    static QString sirDetails(const JournalEntry &entry);
    static QString wakeDetails(const JournalEntry &entry);
    static QString pushDetails(const JournalEntry &entry);
    static QString faultDetails(const JournalEntry &entry);
};

} // namespace reveille
