// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/otahttp/otahttplog.h"
#include "connections/otahttp/otahttprefusals.h"
#include "connections/otahttp/otahttpsettings.h"
#include "connections/shared/loginguard.h"
#include "engine/engine.h"

namespace reveille {

/// What all connections of the OTA-HTTP side share. Server thread.
struct OtaHttpCore {
    OtaHttpCore(OtaHttpSettings s, Engine &e)
        : settings(std::move(s))
        , engine(e)
        , guard(settings.loginFailures, settings.loginPause, settings.loginPairs, otaHttpLog)
        , refusals(e.clock(), e.journal())
    {
    }
    const OtaHttpSettings settings;
    Engine &engine;
    LoginGuard guard;
    OtaHttpRefusals refusals;
    OtaHttpLogs logs;
};

} // namespace reveille
