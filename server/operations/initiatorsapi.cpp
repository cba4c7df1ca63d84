// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/initiatorsapi.h"

#include "engine/engine.h"
#include "http/jsonbody.h"
#include "wire/jsondevice.h"

namespace reveille {

using namespace Qt::StringLiterals;

void InitiatorsApi::addTo(HttpRouter &router)
{
    router.add("GET", "/v1/initiators",
               [this](const HttpCall &call, const HttpReply &reply) { list(call, reply); });
    router.add("POST", "/v1/initiators",
               [this](const HttpCall &call, const HttpReply &reply) { add(call, reply); });
    router.add("PUT", "/v1/initiators/{id}",
               [this](const HttpCall &call, const HttpReply &reply) { change(call, reply); });
    router.add("DELETE", "/v1/initiators/{id}",
               [this](const HttpCall &call, const HttpReply &reply) { remove(call, reply); });
}

void InitiatorsApi::list(const HttpCall &, const HttpReply &reply)
{
    QJsonArray items;
    for (const Initiator &initiator : m_engine.initiators())
        items.append(toJson(initiator));
    reply.sendJson(200, listOf(items));
}

void InitiatorsApi::add(const HttpCall &call, const HttpReply &reply)
{
    const auto body = jsonBody(call);
    const auto order = body ? initiatorOrderFromJson(*body) : Result<InitiatorOrder>(body.error());
    if (!order) {
        reply.sendProblem(order.error());
        return;
    }
    m_engine.addInitiator(order->name, order->rights,
                          [name = order->name, reply](const Result<std::pair<InitiatorId, QByteArray>> &made) {
                              if (!made) {
                                  reply.sendProblem(made.error());
                                  return;
                              }
                              reply.sendJson(201, {{u"id"_s, made->first.text()},
                                                   {u"name"_s, name},
                                                   {u"token"_s, QString::fromLatin1(made->second)}});
                          });
}

void InitiatorsApi::change(const HttpCall &call, const HttpReply &reply)
{
    const InitiatorId id(call.param(u"id"_s));
    const auto known = m_engine.initiator(id);
    if (!known) {
        reply.sendProblem({"initiator-unknown", id.text()});
        return;
    }
    const auto body = jsonBody(call);
    const auto rights = body ? initiatorRightsFromJson(*body, known->rights) : Result<InitiatorRights>(body.error());
    if (!rights) {
        reply.sendProblem(rights.error());
        return;
    }
    m_engine.setInitiatorRights(id, *rights, [&engine = m_engine, id, reply](const Result<Done> &done) {
        const auto changed = engine.initiator(id);
        if (done && changed)
            reply.sendJson(200, toJson(*changed));
        else
            reply.sendProblem(done ? Error{"initiator-unknown", id.text()} : done.error());
    });
}

void InitiatorsApi::remove(const HttpCall &call, const HttpReply &reply)
{
    m_engine.removeInitiator(InitiatorId(call.param(u"id"_s)),
                             [reply](const Result<Done> &done) { reply.sendDone(done); });
}

} // namespace reveille
