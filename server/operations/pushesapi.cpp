// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/pushesapi.h"

#include "engine/engine.h"
#include "http/jsonbody.h"
#include "wire/jsonpush.h"

namespace reveille {

namespace {

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

void PushesApi::list(const HttpCall &call, const HttpReply &reply)
{
    const auto page = Page::of(call);
    if (!page) {
        reply.sendProblem(page.error());
        return;
    }
    QJsonArray items;
    for (const Push &push : m_engine.pushes().recent(page->limit))
        items.append(toJson(push));
    reply.sendJson(200, listOf(items));
}

void PushesApi::submit(const HttpCall &call, const HttpReply &reply)
{
    const auto request = requestOf(call);
    if (!request) {
        reply.sendProblem(request.error());
        return;
    }
    m_engine.pushes().submit(*request, [reply](const Result<PushId> &accepted) {
        if (accepted)
            reply.sendJson(202, {{QStringLiteral("id"), accepted->text()}});
        else
            reply.sendProblem(accepted.error());
    });
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
    const PushId id = pushOf(call);
    if (const auto push = m_engine.pushes().push(id)) {
        reply.sendJson(200, toJson(*push));
        return;
    }
    m_engine.store().readPush(id, [id, reply](const Result<std::optional<Push>> &push) {
        if (!push)
            reply.sendProblem(push.error());
        else if (*push)
            reply.sendJson(200, toJson(**push));
        else
            reply.sendProblem({"push-unknown", id.text()});
    });
}

void PushesApi::cancel(const HttpCall &call, const HttpReply &reply)
{
    const PushId id = pushOf(call);
    const auto cancelled = m_engine.pushes().cancel(id);
    if (cancelled || !cancelled.error().is("push-unknown")) {
        reply.sendDone(cancelled);
        return;
    }
    // What is in the store alone is finished.
    m_engine.store().readPush(id, [id, reply](const Result<std::optional<Push>> &push) {
        if (!push)
            reply.sendProblem(push.error());
        else
            reply.sendProblem({*push ? "push-finished" : "push-unknown", id.text()});
    });
}

void PushesApi::explanation(const HttpCall &call, const HttpReply &reply)
{
    const PushId id = pushOf(call);
    if (const auto explanation = m_engine.pushes().explanation(id)) {
        reply.sendJson(200, toJson(*explanation));
        return;
    }
    m_engine.store().readPush(id, [id, reply](const Result<std::optional<Push>> &push) {
        if (!push)
            reply.sendProblem(push.error());
        else
            reply.sendProblem({*push ? "explanation-unknown" : "push-unknown", id.text()});
    });
}

} // namespace reveille
