// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httpserver.h"
#include "triggers/pushtriggers.h"

namespace reveille {

class Engine;

/// The external interface (requirement N2): application servers hand in pushes over HTTP. Server thread.
class TriggerListener {
public:
    struct Settings {
        bool needToken = true; ///< triggers/authentication=required|open
        HttpSettings http;
    };
    TriggerListener(Settings settings, Engine &engine);

    /// The address bound, "127.0.0.1:8080". Error listen-failed.
    Result<QString> start(const IpAddress &address, quint16 port);
    void stop();

private:
    PushTriggers m_pushes;
    HttpServer m_server;
};

} // namespace reveille
