// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/operationslistener.h"

#include "http/openapi.h"
#include "http/problem.h"
#include "http/tokencheck.h"
#include "operations/metrics.h"
#include "operations/views.h"
#include "wire/json.h"

namespace reveille {

using namespace Qt::StringLiterals;

OperationsListener::OperationsListener(Settings settings, Engine &engine)
    : m_settings(std::move(settings))
    , m_engine(engine)
    , m_startedAt(engine.clock().now())
    , m_users(engine, m_settings.realm)
    , m_subscribers(engine, m_settings.realm, m_settings.importOctets, m_settings.importRows)
    , m_devices(engine)
    , m_pushes(engine)
    , m_wakes(engine)
    , m_journal(engine)
    , m_initiators(engine)
    , m_networks(engine)
    , m_bearers(engine)
    , m_faults(engine)
    , m_webPush(engine)
    , m_events(engine)
    , m_server(m_settings.http, engine.clock(), engine.timers())
{
    HttpRouter &router = m_server.router();
    router.setGuard([this](const HttpCall &call) { return guard(call); });
    router.add("GET", "/v1/status", [this](const HttpCall &, const HttpReply &reply) { status(reply); });
    router.add("GET", "/metrics", [this](const HttpCall &, const HttpReply &reply) { metrics(reply); });
    addOpenApi(router);
    m_users.addTo(router);
    m_subscribers.addTo(router);
    m_devices.addTo(router);
    m_pushes.addTo(router);
    m_wakes.addTo(router);
    m_journal.addTo(router);
    m_initiators.addTo(router);
    m_networks.addTo(router);
    m_bearers.addTo(router);
    m_faults.addTo(router);
    m_webPush.addTo(router);
    m_events.addTo(router);
}

Result<QString> OperationsListener::start(const IpAddress &address, quint16 port)
{
    return m_server.start(u"operations/http"_s, address, port);
}

void OperationsListener::stop()
{
    m_server.stop();
}

std::optional<HttpResponse> OperationsListener::guard(const HttpCall &call)
{
    const auto refused = judge(call);
    if (!refused)
        return {};
    const std::chrono::steady_clock::time_point now{Milliseconds(m_engine.clock().now().ms)};
    if (const auto leftOut = m_refused.pass(now)) {
        JournalEntry entry;
        entry.kind = JournalKind::Trigger;
        entry.event = u"operations-refused"_s;
        entry.fields = {{u"code"_s, QString::fromLatin1(refused->code)}, {u"target"_s, refused->about}, {u"peer"_s, call.peer}};
        if (*leftOut > 0)
            entry.fields.append({u"left_out"_s, QString::number(*leftOut)});
        m_engine.journal().add(entry);
    }
    return problem(*refused);
}

std::optional<Error> OperationsListener::judge(const HttpCall &call) const
{
    const auto forbidden = [](const char *code, const QByteArray &about) {
        return Error{code, QString::fromLatin1(about.left(64))};
    };
    if (!isPlainHost(call.request, m_settings.hosts))
        return forbidden("host-forbidden", call.request.headers.value("Host"));
    if (isForeignOrigin(call.request))
        return forbidden("origin-forbidden", call.request.headers.value("Origin"));
    const QByteArray token = presentedToken(call.request);
    if (token.isEmpty())
        return Error{"token-missing", {}};
    if (m_settings.token.isEmpty() || !sameSecret(token, m_settings.token))
        return Error{"token-wrong", {}};
    return {};
}

void OperationsListener::status(const HttpReply &reply) const
{
    QJsonObject addresses;
    for (auto it = m_addresses.begin(); it != m_addresses.end(); ++it)
        addresses.insert(it.key(), it.value());
    QJsonArray bearers;
    for (const BearerSnapshot &bearer : m_engine.wakes().bearers())
        bearers.append(bearerView(bearer));
    const ServerCounters counters = m_engine.counters();
    reply.sendJson(200, {{u"state"_s, u"running"_s},
                         {u"version"_s, QStringLiteral(REVEILLE_VERSION)},
                         {u"realm"_s, m_settings.realm},
                         {u"started_at"_s, jsonTime(m_startedAt)},
                         {u"time"_s, jsonTime(m_engine.clock().now())},
                         {u"addresses"_s, addresses},
                         {u"counters"_s, countersView(counters)},
                         {u"faults"_s, faultsView(m_engine.faults())},
                         {u"store"_s, storeView(counters.store)},
                         {u"bearers"_s, bearers}});
}

void OperationsListener::metrics(const HttpReply &reply) const
{
    HttpResponse response;
    response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.body = metricsText(m_engine.counters(), m_engine.wakes().bearers());
    reply.send(std::move(response));
}

} // namespace reveille
