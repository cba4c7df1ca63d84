// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/webpushtriggers.h"

#include "engine/engine.h"
#include "http/problem.h"
#include "triggers/webpushnote.h"
#include "wire/json.h"
#include "wire/vapid.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(log, "reveille.triggers")

constexpr char receiptRelation[] = "urn:ietf:params:push:receipt";
constexpr int receiptPauseSeconds = 5;

PushPriority priorityOf(WebPushUrgency urgency)
{
    return urgency == WebPushUrgency::High     ? PushPriority::High
           : urgency == WebPushUrgency::Normal ? PushPriority::Normal
                                               : PushPriority::Low;
}

void answer(const HttpReply &reply, int status, const HttpHeaders &headers = {})
{
    HttpResponse response;
    response.status = status;
    response.headers = headers;
    reply.send(std::move(response));
}

} // namespace

WebPushTriggers::WebPushTriggers(Engine &engine, TriggerGate &gate, const WebPushSettings &settings)
    : m_engine(engine)
    , m_gate(gate)
    , m_settings(settings)
    , m_topics(engine)
    , m_contentLog(log, "maxContent")
    , m_lifetimeLog(log, "maxLifetime", QtDebugMsg)
{
}

void WebPushTriggers::addTo(HttpRouter &router)
{
    const auto known = [this](HttpCall &call) -> std::optional<HttpResponse> {
        const auto resource = resourceOf(call);
        return resource ? std::nullopt : std::optional(problem(resource.error()));
    };
    router.add("POST", "/wpush/{token}", [this](const HttpCall &call, const HttpReply &reply) { take(call, reply); },
               {[this](HttpCall &call) { return judge(call); }, m_settings.maxContent});
    router.add("GET", "/wpush/{token}/m/{id}", [this](const HttpCall &call, const HttpReply &reply) { show(call, reply); }, {known});
    router.add("DELETE", "/wpush/{token}/m/{id}", [this](const HttpCall &call, const HttpReply &reply) { cancel(call, reply); }, {known});
    router.add("GET", "/wpush/{token}/r/{id}", [this](const HttpCall &call, const HttpReply &reply) { receipt(call, reply); }, {known});
}

std::optional<HttpResponse> WebPushTriggers::judge(HttpCall &call)
{
    const auto resource = resourceOf(call);
    if (!resource)
        return problem(resource.error());
    Result<Done> may = m_gate.mayLook(resource->initiator());
    if (may)
        may = m_gate.maySign(call, *resource);
    if (!may)
        return refusal(*resource, may.error(), call.peer);
    const auto signer = signerOf(*resource, call.request);
    if (!signer) {
        m_gate.signedWrong(call, *resource);
        return refusal(*resource, signer.error(), call.peer);
    }
    call.caller = *signer;
    if (call.request.headers.value("Content-Length").toLongLong() > m_settings.maxContent) {
        m_contentLog.reached(call.peer);
        return refusal(*resource, {"body-too-large", QString::number(m_settings.maxContent)}, call.peer);
    }
    return {};
}

void WebPushTriggers::take(const HttpCall &call, const HttpReply &reply)
{
    const auto resource = resourceOf(call);
    if (!resource)
        return reply.sendProblem(resource.error());
    const auto terms = WebPushTerms::parse(call.request);
    if (!terms)
        return refuse(*resource, terms.error(), reply);
    if (terms->lifetime > std::chrono::seconds(m_settings.maxLifetime))
        m_lifetimeLog.reached(call.peer);
    const auto push = requestOf(*resource, *terms, call.request.body);
    if (!push)
        return refuse(*resource, push.error(), reply);
    const QByteArray path = m_origins.value(0).toUtf8() + "/wpush/" + call.param(u"token"_s).toUtf8();
    submit({*resource, path, *terms, call.caller, *push, reply});
}

void WebPushTriggers::submit(const Request &request)
{
    if (const Result<Done> allowed = m_gate.allowsContent(request.push); !allowed)
        return refuse(request.resource, allowed.error(), request.reply);
    if (const Result<Done> admitted = m_gate.admit(request.push.initiator); !admitted)
        return refuse(request.resource, admitted.error(), request.reply);
    const auto answered = [this, alive = m_alive, request](const Result<PushId> &id) {
        if (!*alive)
            return request.reply.sendProblem({"server-stopping", {}});
        if (id)
            return accepted(request, *id);
        m_gate.giveBack(request.push.initiator);
        refuse(request.resource, id.error(), request.reply);
    };
    m_engine.pushes().submit(request.push, answered, request.reply.peer());
}

void WebPushTriggers::accepted(const Request &request, const PushId &id)
{
    JournalEntry entry;
    entry.kind = JournalKind::Trigger;
    entry.event = u"webpush-accepted"_s;
    entry.device = request.resource.device;
    entry.push = id;
    entry.fields = {{u"initiator"_s, request.push.initiator.text()},
                    {u"peer"_s, request.reply.peer()},
                    {u"urgency"_s, QString::fromLatin1(toText(request.terms.urgency))}};
    if (!request.subject.isEmpty())
        entry.fields.append({u"subject"_s, request.subject});
    if (!request.terms.topic.isEmpty())
        entry.fields.append({u"topic"_s, request.terms.topic});
    m_engine.journal().add(entry);

    const bool wantsReceipt = request.terms.wantsReceipt;
    HttpHeaders headers;
    headers.add("Location", request.path + "/m/" + id.text().toUtf8());
    headers.add("TTL", QByteArray::number(qint64(request.push.ttl.count() / 1000)));
    if (wantsReceipt) {
        headers.add("Link", '<' + request.path + "/r/" + id.text().toUtf8() + ">; rel=\"" + receiptRelation + '"');
        headers.add("Preference-Applied", "respond-async");
    }
    const int status = wantsReceipt ? 202 : 201;
    const QString &topic = request.terms.topic;
    if (topic.isEmpty() || !m_topics.accepted(request.push.initiator, topic, id))
        return answer(request.reply, status, headers);
    // What was replaced must stay so over any end of the process; where it cannot now, the start does it again.
    m_engine.writes().commit([reply = request.reply, status, headers](const Result<Done> &) { answer(reply, status, headers); });
}

Result<PushResource> WebPushTriggers::resourceOf(const HttpCall &call) const
{
    const auto resource = m_engine.pushResources().ofToken(call.param(u"token"_s).toUtf8());
    if (!resource)
        return Error{"webpush-unknown", {}};
    if (resource->isOver(m_engine.clock().wall()))
        return Error{"webpush-gone", resource->expiresAt.toIso()};
    return *resource;
}

Result<QString> WebPushTriggers::signerOf(const PushResource &resource, const HttpRequest &request) const
{
    const QByteArray authorization = request.headers.value("Authorization");
    if (!Vapid::isScheme(authorization))
        return resource.vapidKey.isEmpty() ? Result<QString>(QString()) : Result<QString>(Error{"vapid-missing", {}});
    if (request.headers.count("Authorization") != 1)
        return Error{"vapid-syntax", {}};
    const auto vapid = Vapid::parse(authorization);
    if (!vapid)
        return vapid.error();
    if (!resource.vapidKey.isEmpty() && vapid->key != resource.vapidKey)
        return Error{"vapid-other-key", {}};
    const Result<Done> good = vapid->judge(m_origins, m_engine.clock().wall());
    return good ? Result<QString>(vapid->subject) : Result<QString>(good.error());
}

Result<PushRequest> WebPushTriggers::requestOf(const PushResource &resource, const WebPushTerms &terms,
                                               const QByteArray &body) const
{
    PushRequest push;
    if (resource.session.isEmpty()) {
        push.to.device = resource.device;
    } else {
        // 404 ends a subscription for good: an application that is away for a while is not that.
        const auto device = m_engine.registry().deviceOfSession(resource.session);
        if (!device)
            return Error{"session-away", resource.session.left(100)};
        // A session that another device took over is not the one that was meant.
        if (*device != resource.device)
            return Error{"session-unknown", resource.session.left(100)};
        push.to.session = resource.session;
    }
    push.application = resource.application;
    push.contentType = terms.contentType;
    push.contentEncoding = terms.contentEncoding;
    push.body = body;
    push.ttl = std::min<Milliseconds>(terms.lifetime, std::chrono::seconds(m_settings.maxLifetime));
    push.priority = priorityOf(terms.urgency);
    push.when = terms.urgency == WebPushUrgency::VeryLow ? PushWhen::WhenReachable : PushWhen::Wake;
    push.initiator = resource.initiator();
    push.reference = terms.topic;
    push.terms = WebPushNote{terms.wantsReceipt}.bytes();
    return push;
}

HttpResponse WebPushTriggers::refusal(const PushResource &resource, const Error &error, const QString &peer)
{
    m_gate.noteRefusal(resource.initiator(), peer, resource.device.toString(), error, {}, resource.device);
    HttpResponse response = problem(m_gate.told(resource.initiator(), error));
    response.headers.remove("WWW-Authenticate"); // VAPID has no challenge (RFC 8292 section 3)
    if (error.is("content-encoding"))
        response.headers.add("Accept-Encoding", "aes128gcm");
    return response;
}

void WebPushTriggers::refuse(const PushResource &resource, const Error &error, const HttpReply &reply)
{
    reply.send(refusal(resource, error, reply.peer()));
}

void WebPushTriggers::find(const HttpCall &call, const HttpReply &reply, Found found)
{
    const auto resource = resourceOf(call);
    if (!resource)
        return reply.sendProblem(resource.error());
    const auto judge = [initiator = resource->initiator(), reply, found](const std::optional<Push> &push) {
        if (push && push->request.initiator == initiator)
            found(*push, reply);
        else
            reply.sendProblem({"push-unknown", {}});
    };
    const PushId id(call.param(u"id"_s));
    if (const auto push = m_engine.pushes().push(id)) {
        return m_engine.pushes().makeLasting({id}, [judge, push, reply](const Result<Done> &lasts) {
            if (lasts)
                judge(push);
            else
                reply.sendProblem(lasts.error());
        });
    }
    m_engine.store().readPush(id, [judge, reply](const Result<std::optional<Push>> &push) {
        if (push)
            judge(*push);
        else
            reply.sendProblem(push.error());
    });
}

void WebPushTriggers::show(const HttpCall &call, const HttpReply &reply)
{
    find(call, reply, [](const Push &push, const HttpReply &to) {
        to.sendJson(200, {{u"id"_s, push.id.text()},
                          {u"state"_s, QString::fromLatin1(toText(push.state))},
                          {u"accepted_at"_s, jsonTime(push.acceptedAt)},
                          {u"expires_at"_s, jsonTime(push.expiresAt)},
                          {u"finished_at"_s, jsonTime(push.finishedAt)}});
    });
}

void WebPushTriggers::cancel(const HttpCall &call, const HttpReply &reply)
{
    find(call, reply, [this, alive = m_alive](const Push &push, const HttpReply &to) {
        if (!*alive)
            return to.sendProblem({"server-stopping", {}});
        const Result<Done> cancelled = m_gate.cancel(push.id, push.request.initiator, to.peer());
        if (!cancelled && cancelled.error().is("push-sending"))
            return to.sendProblem(cancelled.error());
        if (!cancelled)
            return to.send(problem(410, {"push-finished", push.id.text()}));
        m_engine.writes().commit([to](const Result<Done> &durable) { to.sendDone(durable); });
    });
}

void WebPushTriggers::receipt(const HttpCall &call, const HttpReply &reply)
{
    find(call, reply, [](const Push &push, const HttpReply &to) {
        const auto note = WebPushNote::fromBytes(push.request.terms);
        if (!note || !note->hasReceipt)
            return to.sendProblem({"push-unknown", {}});
        if (isDelivered(push.state))
            return to.sendNothing();
        if (isTerminal(push.state))
            return to.send(problem(410, {"push-finished", push.id.text()}));
        HttpHeaders headers;
        headers.add("Retry-After", QByteArray::number(receiptPauseSeconds));
        answer(to, 202, headers);
    });
}

} // namespace reveille
