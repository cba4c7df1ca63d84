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
    router.add("DELETE", "/v1/initiators/{id}",
               [this](const HttpCall &call, const HttpReply &reply) { remove(call, reply); });
}

void InitiatorsApi::list(const HttpCall &, const HttpReply &reply)
{
    QJsonArray items;
    for (const Initiator &initiator : m_engine.initiators()) {
        items.append(QJsonObject{{u"id"_s, initiator.id.text()},
                                 {u"name"_s, initiator.name},
                                 {u"created_at"_s, jsonTime(initiator.createdAt)}});
    }
    reply.sendJson(200, listOf(items));
}

void InitiatorsApi::add(const HttpCall &call, const HttpReply &reply)
{
    const auto body = jsonBody(call);
    const auto name = body ? initiatorNameFromJson(*body) : Result<QString>(body.error());
    if (!name) {
        reply.sendProblem(name.error());
        return;
    }
    m_engine.addInitiator(*name,
                          [name = *name, reply](const Result<std::pair<InitiatorId, QByteArray>> &made) {
                              if (!made) {
                                  reply.sendProblem(made.error());
                                  return;
                              }
                              reply.sendJson(201, {{u"id"_s, made->first.text()},
                                                   {u"name"_s, name},
                                                   {u"token"_s, QString::fromLatin1(made->second)}});
                          });
}

void InitiatorsApi::remove(const HttpCall &call, const HttpReply &reply)
{
    m_engine.removeInitiator(InitiatorId(call.param(u"id"_s)),
                             [reply](const Result<Done> &done) { reply.sendDone(done); });
}

} // namespace reveille
