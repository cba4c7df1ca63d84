// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/faultsapi.h"

#include "engine/engine.h"
#include "http/jsonbody.h"
#include "wire/jsonfault.h"

#include <QJsonArray>

namespace reveille {

void FaultsApi::addTo(HttpRouter &router)
{
    router.add("GET", "/v1/faults", [this](const HttpCall &, const HttpReply &reply) { list(reply); });
    router.add("POST", "/v1/faults", [this](const HttpCall &call, const HttpReply &reply) { add(call, reply); });
    router.add("DELETE", "/v1/faults", [this](const HttpCall &, const HttpReply &reply) {
        reply.sendJson(200, {{QStringLiteral("ended"), m_engine.faults().clear()}});
    });
    router.add("DELETE", "/v1/faults/{id}", [this](const HttpCall &call, const HttpReply &reply) {
        reply.sendDone(m_engine.faults().remove(FaultId(call.param(QStringLiteral("id")))));
    });
}

void FaultsApi::list(const HttpReply &reply)
{
    QJsonArray items;
    for (const FaultRule &rule : m_engine.faults().rules())
        items.append(toJson(rule));
    reply.sendJson(200, listOf(items, {}));
}

void FaultsApi::add(const HttpCall &call, const HttpReply &reply)
{
    const auto body = jsonBody(call);
    const auto order = body ? faultOrderFromJson(*body) : Result<FaultOrder>(body.error());
    if (!order)
        return reply.sendProblem(order.error());
    const Result<FaultId> id = m_engine.addFault(order->rule, order->life);
    if (!id)
        return reply.sendProblem(id.error());
    reply.sendJson(201, toJson(m_engine.faults().rule(*id).value_or(FaultRule{})));
}

} // namespace reveille
