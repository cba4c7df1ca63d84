// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/networksapi.h"

#include "engine/engine.h"
#include "http/jsonbody.h"
#include "wire/jsonnetwork.h"

namespace reveille {

void NetworksApi::addTo(HttpRouter &router)
{
    router.add("GET", "/v1/networks", [this](const HttpCall &, const HttpReply &reply) { list(reply); });
    router.add("DELETE", "/v1/networks/{prefix}/{transport}",
               [this](const HttpCall &call, const HttpReply &reply) { forget(call, reply); });
}

void NetworksApi::list(const HttpReply &reply)
{
    QJsonArray items;
    for (const LearnedNetwork &network : m_engine.pinholes().networks())
        items.append(toJson(network));
    reply.sendJson(200, listOf(items, {}));
}

void NetworksApi::forget(const HttpCall &call, const HttpReply &reply)
{
    const auto prefix = IpNetwork::parse(call.param(QStringLiteral("prefix")));
    if (!prefix) {
        reply.sendProblem(prefix.error());
        return;
    }
    const QString name = call.param(QStringLiteral("transport"));
    const auto transport = pathTransportFromText(name);
    if (!transport || !m_engine.pinholes().forget({*prefix, *transport}))
        reply.sendProblem({"network-unknown", prefix->toString() + u' ' + name.left(16)});
    else
        reply.sendDone(Done{});
}

} // namespace reveille
