// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/sessionrequest.h"
#include "domain/wakeroute.h"

#include <QMetaType>
#include <QVector>

namespace reveille {

/// One question asked about a device, in the order asked (users.md idea 5: "why not?").
struct Check {
    /// NotAsked with a value: looked at, but the answer stops nothing ("connected" of a device that will be woken).
    enum class Outcome : quint8 { Passed, Failed, NotAsked };
    const char *question = "";  ///< stable code: "named", "belongs-to-user", "accepts-pushes", "quiet-hours",
                                ///< "subscribed", "content-type", "size", "connected", "may-wake", "wake-allowed", "route-known", "route-implied",
                                ///< "chosen-first", "bearer-configured", "bearer-differs", "bearer-healthy", "attempts-left", "ttl", "taken" (what came of it), "fault-injected" (NotAsked: one struck)
    Outcome outcome = Outcome::NotAsked;
    QString value;              ///< what was found: "text/plain", "1400", "wsp-1"
    const char *setting = "";   ///< what would change the answer: "preferences.accepts_pushes", "wake/routes"; "" = nothing
    friend bool operator==(const Check &a, const Check &b)
    {
        return qstrcmp(a.question, b.question) == 0 && a.outcome == b.outcome && a.value == b.value
            && qstrcmp(a.setting, b.setting) == 0;
    }
};
/// A check read back from text. Question and setting become codes that last; "" where they are none of ours.
Check checkFromTexts(QStringView question, QStringView outcome, const QString &value, QStringView setting);

/// How a push reaches a device.
enum class DeliveryPath : quint8 { None, Direct, Wake, Wait };
const char *toText(DeliveryPath path); ///< "none", "direct", "wake", "wait"

/// Why one device was or was not chosen, and how it will be reached. Ordered; at most one failed check, the first.
struct DeviceExplanation {
    DeviceId device;
    bool chosen = false;
    DeliveryPath path = DeliveryPath::None;
    QVector<Check> checks;
    /// The failed check, or nullptr.
    const Check *failed() const
    {
        for (const Check &check : checks) {
            if (check.outcome == Check::Outcome::Failed)
                return &check;
        }
        return nullptr;
    }
};

struct Explanation {
    QVector<DeviceExplanation> devices;
    bool complete = true; ///< false: made after a restart or long afterwards of what came of the push; the checks were not kept
};

const char *toText(Check::Outcome outcome); ///< "passed", "failed", "not_asked"

} // namespace reveille

Q_DECLARE_METATYPE(reveille::Explanation)
