// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/triggerlistener.h"

#include "engine/engine.h"

namespace reveille {

TriggerListener::TriggerListener(Settings settings, Engine &engine)
    : m_pushes(engine, settings.needToken)
    , m_server(settings.http, engine.clock(), engine.timers())
{
    m_pushes.addTo(m_server.router());
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
