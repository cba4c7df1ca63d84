// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/liveness.h"
#include "domain/timestamp.h"

#include <QMetaType>
#include <QVector>

namespace reveille {

/// One mark on the lifeline of a device.
struct HistoryMark {
    enum class Kind : quint8 {
        State,          ///< `state` and `reason` hold from here on; subject: what showed it
        PacketIn,       ///< heard; `count` of them within the same second
        PacketOut,      ///< a push or probe sent; same
        AddressChanged, ///< subject: "203.0.113.7:4012 > 203.0.113.7:4090"
        ProbeLost,      ///< subject: "OPTIONS", "ping"
        PushMissed,     ///< a push stayed unanswered; subject: "MESSAGE", "POST"
        Wake,           ///< a wake-up message went out; subject: the bearer
    };
    Timestamp at;
    Kind kind = Kind::State;
    LivenessState state = LivenessState::Lost;
    LossReason reason = LossReason::None;
    int count = 1;
    QString subject;
    friend bool operator==(const HistoryMark &, const HistoryMark &) = default;
};
const char *toText(HistoryMark::Kind kind); ///< "state", "packet_in", "packet_out", "address_changed", …

/// The lifeline of one device, oldest first, bounded; what is older is in the journal. Any thread.
struct DeviceHistory {
    DeviceId device;
    Timestamp since;   ///< nothing is known of before
    QVector<HistoryMark> marks;
    // Since the server started, or since this device was quiet for so long that its lifeline was let go.
    qint64 probesSent = 0, probesAnswered = 0, probesLost = 0;
    qint64 addressChanges = 0, pushesMissed = 0, wakes = 0;
    friend bool operator==(const DeviceHistory &, const DeviceHistory &) = default;
};

} // namespace reveille

Q_DECLARE_METATYPE(reveille::DeviceHistory)
