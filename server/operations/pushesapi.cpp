// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/pushesapi.h"

#include "engine/engine.h"
#include "engine/pushlisting.h"
#include "http/jsonbody.h"
#include "wire/jsonpush.h"

namespace reveille {

namespace {

constexpr int longestId = 64;

PushId pushOf(const HttpCall &call)
{
    return PushId(call.param(QStringLiteral("id")));
}

Result<PushRequest> requestOf(const HttpCall &call)
{
    const auto body = jsonBody(call);
    if (!body)
        return body.error();
    return pushRequestFromJson(*body);
}

} // namespace

void PushesApi::addTo(HttpRouter &router)
{
    const auto add = [&](const char *method, const char *path, auto handle) {
        router.add(method, path, [this, handle](const HttpCall &call, const HttpReply &reply) {
            (this->*handle)(call, reply);
        });
    };
    add("GET", "/v1/pushes", &PushesApi::list);
    add("POST", "/v1/pushes", &PushesApi::submit);
    add("POST", "/v1/pushes/explain", &PushesApi::explain);
    add("GET", "/v1/pushes/{id}", &PushesApi::show);
    add("DELETE", "/v1/pushes/{id}", &PushesApi::cancel);
    add("GET", "/v1/pushes/{id}/explanation", &PushesApi::explanation);
}

Result<PushQuery> PushesApi::queryOf(const HttpCall &call) const
{
    PushQuery query;
    const auto page = Page::of(call);
    if (!page)
        return page.error();
    query.limit = page->limit;
    if (page->cursor.size() > longestId)
        return Error{"query-cursor", page->cursor.left(longestId)};
    query.before = PushId(page->cursor);
    if (const QString state = call.target.item(u"state"); !state.isEmpty()) {
        query.state = pushStateFromText(state);
        query.group = pushGroupFromText(state);
        if (query.group)
            query.state.reset(); // "delivered" is both
        else if (!query.state)
            return Error{"query-state", state.left(64)};
    }
    if (call.target.hasItem(u"user")) {
        const auto user = PublicUserId::parse(call.target.item(u"user"));
        if (!user)
            return user.error();
        query.user = *user;
    }
    if (call.target.hasItem(u"device")) {
        const auto device = DeviceId::parse(call.target.item(u"device"));
        if (!device)
            return device.error();
        query.device = *device;
    }
    if (call.target.hasItem(u"initiator"))
        query.initiator = initiatorOf(call.target.item(u"initiator"));
    query.text = call.target.item(u"text");
    return query;
}

/// An id, a name, or "staff".
InitiatorId PushesApi::initiatorOf(const QString &text) const
{
    if (text == u"staff")
        return {};
    for (const Initiator &initiator : m_engine.initiators()) {
        if (initiator.name == text)
            return initiator.id;
    }
    return InitiatorId(text);
}

void PushesApi::list(const HttpCall &call, const HttpReply &reply)
{
    const auto query = queryOf(call);
    if (!query) {
        reply.sendProblem(query.error());
        return;
    }
    listPushes(m_engine, *query, [reply](const Result<PushPage> &page) {
        if (!page) {
            reply.sendProblem(page.error());
            return;
        }
        QJsonArray items;
        for (const ListedPush &item : page->pushes)
            items.append(toJson(item));
        reply.sendJson(200, listOf(items, page->next.text()));
    });
}

void PushesApi::submit(const HttpCall &call, const HttpReply &reply)
{
    const auto request = requestOf(call);
    if (!request) {
        reply.sendProblem(request.error());
        return;
    }
    const auto answered = [reply](const Result<PushId> &accepted) {
        if (accepted)
            reply.sendJson(202, {{QStringLiteral("id"), accepted->text()}});
        else
            reply.sendProblem(accepted.error());
    };
    m_engine.pushes().submit(*request, answered, reply.peer());
}

void PushesApi::explain(const HttpCall &call, const HttpReply &reply)
{
    const auto request = requestOf(call);
    if (!request) {
        reply.sendProblem(request.error());
        return;
    }
    const auto explanation = m_engine.pushes().explain(*request);
    if (explanation)
        reply.sendJson(200, toJson(*explanation));
    else
        reply.sendProblem(explanation.error());
}

void PushesApi::show(const HttpCall &call, const HttpReply &reply)
{
    findPush(m_engine, pushOf(call), [reply](const Result<Push> &push) {
        if (push)
            reply.sendJson(200, toJson(*push));
        else
            reply.sendProblem(push.error());
    });
}

void PushesApi::cancel(const HttpCall &call, const HttpReply &reply)
{
    const PushId id = pushOf(call);
    const auto cancelled = m_engine.pushes().cancel(id);
    if (cancelled)
        return m_engine.writes().commit([reply](const Result<Done> &durable) { reply.sendDone(durable); });
    if (!cancelled.error().is("push-unknown")) {
        return m_engine.pushes().makeLasting({id}, [reply, why = cancelled.error()](const Result<Done> &lasts) {
            reply.sendProblem(lasts ? why : lasts.error());
        });
    }
    // What is in the store alone is finished.
    findPush(m_engine, id, [id, reply](const Result<Push> &push) {
        reply.sendProblem(push ? Error{"push-finished", id.text()} : push.error());
    });
}

void PushesApi::explanation(const HttpCall &call, const HttpReply &reply)
{
    findExplanation(m_engine, pushOf(call), [reply](const Result<Explanation> &explanation) {
        if (explanation)
            reply.sendJson(200, toJson(*explanation));
        else
            reply.sendProblem(explanation.error());
    });
}

} // namespace reveille
