// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/triggerlistener.h"

#include "engine/engine.h"
#include "http/openapi.h"

namespace reveille {

namespace {

ResultNotifier::Settings fenced(ResultNotifier::Settings settings, const PapSettings &pap)
{
    settings.http.mayReach = [pap](const IpAddress &address) { return mayNotify(pap, address); };
    return settings;
}

/// Why nobody was chosen is known as long as the push is in memory.
ResultNotifier::MakeDocuments documentsOf(Engine &engine)
{
    return [&engine](const Push &push) { return papNotifications(push, engine.pushes().explanation(push.id)); };
}

} // namespace

TriggerListener::TriggerListener(Settings settings, Engine &engine)
    : m_guard(settings.limits)
    , m_gate(engine, settings.needToken, m_guard)
    , m_notifier(engine, fenced(settings.notify, settings.pap), documentsOf(engine))
    , m_pushes(engine, m_gate)
    , m_feed(engine, m_gate)
    , m_pap(engine, m_gate, settings.pap, m_notifier)
    , m_webPush(engine, m_gate, settings.webPush)
    , m_server(settings.http, engine.clock(), engine.timers())
    , m_secure(settings.http, engine.clock(), engine.timers())
{
    for (HttpServer *server : {&m_server, &m_secure}) {
        m_feed.addTo(server->router()); // before {id}
        m_pushes.addTo(server->router());
        m_pap.addTo(server->router());
        m_webPush.addTo(server->router());
        addOpenApi(server->router());
    }
}

Result<QString> TriggerListener::start(const IpAddress &address, quint16 port)
{
    return m_server.start(QStringLiteral("triggers/http"), address, port);
}

Result<QString> TriggerListener::startSecure(const IpAddress &address, quint16 port, const QSslConfiguration &tls)
{
    return m_secure.start(QStringLiteral("triggers/https"), address, port, tls);
}

void TriggerListener::stop()
{
    m_server.stop();
    m_secure.stop();
}

} // namespace reveille
