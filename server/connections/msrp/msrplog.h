// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limitlog.h"

namespace reveille {

/// MSRP, "reveille.msrp". Never the body of a push.
Q_DECLARE_LOGGING_CATEGORY(msrpLog)

/// What all sessions and connections say when a limit is reached.
struct MsrpLogs {
    LimitLog maxMessage{msrpLog, "maxMessage"};
    LimitLog maxSessions{msrpLog, "maxSessions"};
    LimitLog writeBuffer{msrpLog, "writeBuffer", QtDebugMsg};
    LimitLog answerBuffer{msrpLog, "answerBuffer"};
    LimitLog maxUnanswered{msrpLog, "maxUnanswered", QtDebugMsg};
    LimitLog bindTime{msrpLog, "bindTime", QtInfoMsg};
    LimitLog connectTime{msrpLog, "connectTime", QtInfoMsg};
    LogGate notUnderstood;
};

} // namespace reveille
