// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/initiatorsapi.h"

#include "engine/engine.h"
#include "http/jsonbody.h"
#include "wire/jsondevice.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

/// Who was given, or lost, what right to push. Never the token.
void note(Engine &engine, const char *event, const Initiator &initiator, const QString &peer)
{
    JournalEntry entry;
    entry.kind = JournalKind::Trigger;
    entry.event = QString::fromLatin1(event);
    entry.fields = {{u"initiator"_s, initiator.id.text()}, {u"name"_s, initiator.name}, {u"peer"_s, peer}};
    const InitiatorRights &rights = initiator.rights;
    if (!rights.targets.isEmpty())
        entry.fields.append({u"targets"_s, rights.targets.join(u' ')});
    if (rights.contents != 0)
        entry.fields.append({u"contents"_s, rights.contentNames().join(u' ')});
    if (rights.pushesPerSecond > 0)
        entry.fields.append({u"pushes_per_second"_s, QString::number(rights.pushesPerSecond)});
    if (rights.pushesPerDay > 0)
        entry.fields.append({u"pushes_per_day"_s, QString::number(rights.pushesPerDay)});
    engine.journal().add(entry);
}

} // namespace

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
                          [&engine = m_engine, name = order->name, reply](const Result<std::pair<InitiatorId, QByteArray>> &made) {
                              if (!made) {
                                  reply.sendProblem(made.error());
                                  return;
                              }
                              if (const auto initiator = engine.initiator(made->first))
                                  note(engine, "initiator-added", *initiator, reply.peer());
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
        if (!done || !changed)
            return reply.sendProblem(done ? Error{"initiator-unknown", id.text()} : done.error());
        note(engine, "initiator-changed", *changed, reply.peer());
        reply.sendJson(200, toJson(*changed));
    });
}

void InitiatorsApi::remove(const HttpCall &call, const HttpReply &reply)
{
    const InitiatorId id(call.param(u"id"_s));
    const Initiator known = m_engine.initiator(id).value_or(Initiator{});
    m_engine.removeInitiator(id, [&engine = m_engine, known, reply](const Result<Done> &done) {
        if (done)
            note(engine, "initiator-removed", {known.id, known.name, {}, {}, {}}, reply.peer());
        reply.sendDone(done);
    });
}

} // namespace reveille
