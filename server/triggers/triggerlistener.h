// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httpserver.h"
#include "triggers/paptriggers.h"
#include "triggers/pushfeed.h"
#include "triggers/pushtriggers.h"
#include "triggers/resultnotifier.h"
#include "triggers/webpushtriggers.h"

namespace reveille {

class Engine;

/// The external interface (requirement N2): application servers hand in pushes over HTTP, plain or over TLS, as JSON, as
/// PAP or as Web Push, and are told how they ended. Server thread.
class TriggerListener {
public:
    struct Settings {
        bool needToken = true; ///< triggers/authentication=required|open
        HttpSettings http;
        PapSettings pap{};
        ResultNotifier::Settings notify{}; ///< where it may reach follows from `pap`
        InitiatorGuard::Limits limits{};
        WebPushSettings webPush{};
    };
    TriggerListener(Settings settings, Engine &engine);

    /// What was owed to initiators when the server ended; before the engine resumes.
    void load(const QVector<Notice> &notices) { m_notifier.load(notices); }
    /// The pushes that were going on then; likewise.
    void load(const QVector<Push> &pushes) { m_webPush.topics().load(pushes); }
    /// Where application servers reach it, once that is known: WebPushTriggers::setOrigins.
    void setOrigins(const QStringList &origins) { m_webPush.setOrigins(origins); }
    WebPushTriggers &webPush() { return m_webPush; }
    /// The address bound, "127.0.0.1:8080". Error listen-failed.
    Result<QString> start(const IpAddress &address, quint16 port);
    /// The same over TLS.
    Result<QString> startSecure(const IpAddress &address, quint16 port, const QSslConfiguration &tls);
    void stop();
    const HttpRouter &router() { return m_server.router(); }

private:
    InitiatorGuard m_guard;
    TriggerGate m_gate;
    ResultNotifier m_notifier;
    PushTriggers m_pushes;
    PushFeed m_feed;
    PapTriggers m_pap;
    WebPushTriggers m_webPush;
    HttpServer m_server;
    HttpServer m_secure;
};

} // namespace reveille
