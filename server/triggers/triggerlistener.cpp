// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/triggerlistener.h"

#include "engine/engine.h"

namespace reveille {

namespace {

ResultNotifier::Settings fenced(ResultNotifier::Settings settings, const PapSettings &pap)
{
    settings.http.mayReach = [pap](const IpAddress &address) { return mayNotify(pap, address); };
    return settings;
}

} // namespace

TriggerListener::TriggerListener(Settings settings, Engine &engine)
    : m_login(engine, settings.needToken)
    , m_notifier(engine, fenced(settings.notify, settings.pap), papNotification)
    , m_pushes(engine, m_login)
    , m_pap(engine, m_login, settings.pap, m_notifier)
    , m_server(settings.http, engine.clock(), engine.timers())
{
    m_pushes.addTo(m_server.router());
    m_pap.addTo(m_server.router());
}

Result<QString> TriggerListener::start(const IpAddress &address, quint16 port)
{
    return m_server.start(QStringLiteral("triggers/http"), address, port);
}

void TriggerListener::stop()
{
    m_server.stop();
}

} // namespace reveille
