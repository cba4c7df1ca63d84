// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/pushtriggers.h"

#include "engine/engine.h"
#include "http/jsonbody.h"
#include "wire/jsonpush.h"

namespace reveille {

namespace {

QString targetText(const PushTarget &to)
{
    if (!to.user.isEmpty())
        return to.user.toString();
    if (!to.device.isEmpty())
        return to.device.toString();
    return to.msisdn.isEmpty() ? to.session : to.msisdn.toString();
}

} // namespace

void PushTriggers::addTo(HttpRouter &router)
{
    router.add("POST", "/v1/pushes",
               [this](const HttpCall &call, const HttpReply &reply) { submit(call, reply, false); });
    router.add("POST", "/v1/sessions/{session}/pushes",
               [this](const HttpCall &call, const HttpReply &reply) { submit(call, reply, true); });
    router.add("GET", "/v1/pushes/{id}",
               [this](const HttpCall &call, const HttpReply &reply) { show(call, reply); });
    router.add("DELETE", "/v1/pushes/{id}",
               [this](const HttpCall &call, const HttpReply &reply) { cancel(call, reply); });
}

void PushTriggers::submit(const HttpCall &call, const HttpReply &reply, bool toSession)
{
    const auto initiator = m_gate.initiatorOf(call);
    if (!initiator) {
        reply.sendProblem(initiator.error());
        return;
    }
    const auto body = jsonBody(call);
    if (!body) {
        reply.sendProblem(body.error());
        return;
    }
    auto request = toSession ? sessionPushFromJson(call.param(QStringLiteral("session")), *body)
                             : pushRequestFromJson(*body);
    if (!request) {
        reply.sendProblem(request.error());
        return;
    }
    request->initiator = *initiator;
    Result<Done> admitted = m_gate.allows(*request);
    if (admitted)
        admitted = m_gate.admit(*initiator);
    if (!admitted)
        return refuse(*request, admitted.error(), reply);
    m_engine.pushes().submit(*request, [this, alive = m_alive, request = *request, reply](const Result<PushId> &accepted) {
        if (accepted)
            return reply.sendJson(202, {{QStringLiteral("id"), accepted->text()}});
        if (!*alive)
            return reply.sendProblem({"server-stopping", {}});
        m_gate.giveBack(request.initiator);
        refuse(request, accepted.error(), reply);
    });
}

void PushTriggers::refuse(const PushRequest &request, const Error &error, const HttpReply &reply)
{
    JournalEntry entry;
    entry.kind = JournalKind::Trigger;
    entry.event = QStringLiteral("trigger-refused");
    entry.user = request.to.user;
    entry.device = request.to.device;
    entry.fields = {{QStringLiteral("code"), QString::fromLatin1(error.code)},
                    {QStringLiteral("target"), targetText(request.to)},
                    {QStringLiteral("initiator"), request.initiator.text()}};
    m_engine.journal().add(entry);
    reply.sendProblem(m_gate.told(request.initiator, error));
}

void PushTriggers::findOwn(const HttpCall &call, std::function<void(Result<Push>)> found)
{
    const auto initiator = m_gate.initiatorOf(call);
    if (!initiator) {
        found(initiator.error());
        return;
    }
    const PushId id(call.param(QStringLiteral("id")));
    const auto answer = [initiator = *initiator, found](const std::optional<Push> &push) {
        if (push && push->request.initiator == initiator)
            found(*push);
        else
            found(Error{"push-unknown", {}});
    };
    if (const auto push = m_engine.pushes().push(id)) {
        answer(push);
        return;
    }
    m_engine.store().readPush(id, [answer, found](Result<std::optional<Push>> push) {
        if (push)
            answer(*push);
        else
            found(push.error());
    });
}

void PushTriggers::show(const HttpCall &call, const HttpReply &reply)
{
    findOwn(call, [reply](const Result<Push> &push) {
        if (push)
            reply.sendJson(200, toJson(*push));
        else
            reply.sendProblem(push.error());
    });
}

void PushTriggers::cancel(const HttpCall &call, const HttpReply &reply)
{
    findOwn(call, [&engine = m_engine, reply](const Result<Push> &push) {
        if (!push) {
            reply.sendProblem(push.error());
            return;
        }
        const auto cancelled = engine.pushes().cancel(push->id);
        if (cancelled)
            reply.sendNothing();
        else
            reply.sendProblem(cancelled.error().is("push-unknown") ? Error{"push-finished", {}}
                                                                   : cancelled.error());
    });
}

} // namespace reveille
