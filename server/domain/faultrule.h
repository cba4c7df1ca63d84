// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/explanation.h"
#include "domain/ids.h"
#include "domain/result.h"
#include "domain/timestamp.h"

#include <QMetaType>
#include <QStringList>
#include <QVector>

#include <functional>

namespace reveille {

/// What a fault comes between.
enum class FaultScope : quint8 {
    Both,
    Wakes,      ///< what goes out over a bearer to wake a device
    Deliveries, ///< pushes that go out over a connection
};
const char *toText(FaultScope scope); ///< "both", "wakes", "deliveries"
std::optional<FaultScope> faultScopeFromText(QStringView text);

enum class FaultKind : quint8 {
    Drop,      ///< it seems to go out, and is lost on the air
    Delay,
    Duplicate, ///< it goes out twice
    Reject,    ///< it does not go out, and a chosen code is the answer
};
const char *toText(FaultKind kind); ///< "drop", "delay", "duplicate", "reject"
std::optional<FaultKind> faultKindFromText(QStringView text);

/// A fault that staff put in the way on purpose, to see what becomes of pushes and wake-ups. Kept in memory only, and never
/// without an end. Any thread.
struct FaultRule {
    FaultId id;
    FaultScope scope = FaultScope::Both;
    QString bearer;         ///< of wakes: name or type of a bearer, or a kind of route it carries; empty = any
    QString connection;     ///< of deliveries: "sip", "ota_http" or "datagram"; empty = any
    DeviceId device;        ///< empty = any
    FaultKind kind = FaultKind::Drop;
    Milliseconds delay{0};  ///< of Delay
    QByteArray code;        ///< of Reject: what the answer says, "486", "0x58"
    bool again = true;      ///< of Reject: not now, try again; false: for good
    int chance = 100;       ///< percent of what it could strike
    int most = 0;           ///< it ends after that many; 0 = it does not
    Timestamp since;
    Timestamp until;        ///< always set in a rule that is in force
    QString note;           ///< what it is good for, by who made it
    QString who;
    qint64 struck = 0;      ///< times so far
    Timestamp lastStruck;

    static constexpr Milliseconds longestDelay{10 * 60 * 1000};
    static constexpr qsizetype longestCode = 32; ///< characters: letters, digits, . _ -
    static constexpr qsizetype longestNote = 200;
    static constexpr int highestMost = 1000000;
    friend bool operator==(const FaultRule &, const FaultRule &) = default;
};

/// One message that a fault may come between.
struct FaultSubject {
    FaultScope scope = FaultScope::Wakes; ///< not Both
    QStringList ways;                     ///< every name of the bearer or connection it goes over
    DeviceId device;                      ///< to which terminal it goes
};

/// What there is to say against a rule. Errors fault-target-missing (neither bearer, connection nor device), fault-target (they
/// exclude each other or the scope; connection is no kind of connection), fault-delay, fault-code, fault-chance, fault-most,
/// fault-note.
Result<Done> checkFault(const FaultRule &rule);
bool isMeant(const FaultRule &rule, const FaultSubject &subject);
/// Which of the rules strikes: the first in their order that means the subject, has not ended and has the dice on its side;
/// -1: none. `roll` gives 1 to 100 and is asked only where a chance is below 100.
qsizetype strikingFault(const QVector<FaultRule> &rules, const FaultSubject &subject, Timestamp now,
                        const std::function<int()> &roll);
/// What an explanation says of a fault that struck: "fault-injected", with kind and id as the value.
Check faultCheck(const FaultRule &rule);

} // namespace reveille

Q_DECLARE_METATYPE(reveille::FaultRule)
