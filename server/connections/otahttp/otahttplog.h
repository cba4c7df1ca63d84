// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limitlog.h"

namespace reveille {

/// OTA-HTTP, "reveille.otahttp". Never a credential, never the body of a push.
Q_DECLARE_LOGGING_CATEGORY(otaHttpLog)

/// What all connections with terminals say when a limit is reached, and other lines that a terminal can cause.
struct OtaHttpLogs {
    LimitLog maxConnections{otaHttpLog, "maxConnections"};
    LimitLog idleSeconds{otaHttpLog, "idleSeconds", QtInfoMsg};
    LimitLog registrationTries{otaHttpLog, "registrationTries"};
    LimitLog loginTries{otaHttpLog, "loginTries"};
    LimitLog maxHead{otaHttpLog, "maxHead"};
    LimitLog maxBody{otaHttpLog, "maxBody"};
    LimitLog maxWriteBuffer{otaHttpLog, "maxWriteBuffer"};
    LimitLog maxPipeline{otaHttpLog, "maxPipeline", QtDebugMsg};
    LimitLog maxWaiting{otaHttpLog, "maxWaiting"};
    LimitLog stuckTime{otaHttpLog, "stuckTime"};
    LogGate notUnderstood, unasked, notRegistered, notTaken;
};

} // namespace reveille
