// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/pushtriggers.h"

#include "engine/engine.h"
#include "http/jsonbody.h"
#include "triggers/papterms.h"
#include "wire/jsonpush.h"

#include <QJsonArray>

#include <algorithm>

namespace reveille {

namespace {

constexpr qsizetype longestKey = 200;

QString targetText(const PushTarget &to)
{
    if (!to.user.isEmpty())
        return to.user.toString();
    if (!to.device.isEmpty())
        return to.device.toString();
    return to.msisdn.isEmpty() ? to.session : to.msisdn.toString();
}

/// Empty where there is none. Error idempotency-key.
Result<QString> idempotencyKey(const HttpRequest &request)
{
    if (!request.headers.has("Idempotency-Key"))
        return QString();
    const QByteArray key = request.headers.value("Idempotency-Key").trimmed();
    const bool good = !key.isEmpty() && key.size() <= longestKey
        && std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    return good ? Result<QString>(QString::fromLatin1(key)) : Result<QString>(Error{"idempotency-key", {}});
}

} // namespace

void PushTriggers::addTo(HttpRouter &router)
{
    const HttpRouteTerms terms = m_gate.terms();
    router.add("POST", "/v1/pushes",
               [this](const HttpCall &call, const HttpReply &reply) { submit(call, reply, false); }, terms);
    router.add("POST", "/v1/sessions/{session}/pushes",
               [this](const HttpCall &call, const HttpReply &reply) { submit(call, reply, true); }, terms);
    router.add("POST", "/v1/pushes/batch",
               [this](const HttpCall &call, const HttpReply &reply) { submitBatch(call, reply); }, terms);
    router.add("GET", "/v1/pushes/{id}",
               [this](const HttpCall &call, const HttpReply &reply) { show(call, reply); }, terms);
    router.add("DELETE", "/v1/pushes/{id}",
               [this](const HttpCall &call, const HttpReply &reply) { cancel(call, reply); }, terms);
}

void PushTriggers::submit(const HttpCall &call, const HttpReply &reply, bool toSession)
{
    const auto initiator = m_gate.initiatorOf(call);
    if (!initiator) {
        reply.sendProblem(initiator.error());
        return;
    }
    if (const Result<Done> may = m_gate.mayLook(*initiator); !may) {
        m_gate.noteRefusal(*initiator, call.peer, {}, may.error());
        reply.sendProblem(may.error());
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
    const auto key = idempotencyKey(call.request);
    if (!key) {
        reply.sendProblem(key.error());
        return;
    }
    request->reference = *key;
    if (key->isEmpty())
        take(*request, reply);
    else
        submitOnce(*request, reply);
}

void PushTriggers::submitOnce(const PushRequest &request, const HttpReply &reply)
{
    if (!m_gate.claim(request.initiator, request.reference)) {
        reply.sendProblem({"idempotency-under-way", request.reference});
        return;
    }
    findByKey(
        request.initiator, request.reference,
        [this, alive = m_alive, request, reply](const Result<QVector<Push>> &known) {
            if (!*alive)
                return reply.sendProblem({"server-stopping", {}});
            if (known && known->isEmpty())
                return take(request, reply);
            m_gate.release(request.initiator, request.reference);
            if (!known)
                return reply.sendProblem(known.error());
            if (known->size() == 1 && known->first().request == request)
                return reply.sendJson(202, {{QStringLiteral("id"), known->first().id.text()}});
            reply.sendProblem({"idempotency-mismatch", request.reference});
        });
}

void PushTriggers::take(const PushRequest &request, const HttpReply &reply)
{
    const auto done = [this, initiator = request.initiator, reference = request.reference] { m_gate.release(initiator, reference); };
    Result<Done> admitted = m_gate.allows(request);
    if (admitted)
        admitted = m_gate.admit(request.initiator);
    if (!admitted) {
        done();
        return refuse(request, admitted.error(), reply);
    }
    const auto answered = [this, alive = m_alive, request, reply, done](const Result<PushId> &accepted) {
        if (*alive)
            done();
        if (accepted)
            return reply.sendJson(202, {{QStringLiteral("id"), accepted->text()}});
        if (!*alive)
            return reply.sendProblem({"server-stopping", {}});
        m_gate.giveBack(request.initiator);
        refuse(request, accepted.error(), reply);
    };
    m_engine.pushes().submit(request, answered, reply.peer());
}

void PushTriggers::submitBatch(const HttpCall &call, const HttpReply &reply)
{
    const auto initiator = m_gate.initiatorOf(call);
    const Result<Done> may = initiator ? m_gate.mayLook(*initiator) : Result<Done>(initiator.error());
    const auto key = may ? idempotencyKey(call.request) : Result<QString>(may.error());
    const auto body = key ? jsonBody(call) : Result<QJsonObject>(key.error());
    auto requests = body ? pushBatchFromJson(*body) : Result<QVector<Result<PushRequest>>>(body.error());
    if (!requests)
        return reply.sendProblem(requests.error());
    const Batch batch{*initiator, *key, key->isEmpty() ? QByteArray() : batchDigest(*body), *std::move(requests), reply};
    if (key->isEmpty())
        return takeBatch(batch, [] {});
    if (!m_gate.claim(*initiator, *key))
        return reply.sendProblem({"idempotency-under-way", *key});
    findByKey(*initiator, *key, [this, alive = m_alive, batch](const Result<QVector<Push>> &known) {
        if (!*alive)
            return batch.reply.sendProblem({"server-stopping", {}});
        const auto done = [this, alive, batch] {
            if (*alive)
                m_gate.release(batch.initiator, batch.key);
        };
        if (known && known->isEmpty())
            return takeBatch(batch, done);
        done();
        if (!known)
            return batch.reply.sendProblem(known.error());
        const auto items = itemsOfBatch(*known, batch.digest);
        if (!items)
            return batch.reply.sendProblem({"idempotency-mismatch", batch.key});
        batch.reply.sendJson(202, {{QStringLiteral("items"), *items}});
    });
}

void PushTriggers::takeBatch(const Batch &batch, const std::function<void()> &done)
{
    QVector<PushRequest> taken;
    PushLoad planned;
    QVector<int> places; ///< of those taken, in the batch
    QVector<BatchTerms::Refused> refused;
    for (qsizetype item = 0; item < batch.requests.size(); ++item) {
        const Result<PushRequest> &read = batch.requests[item];
        PushRequest request = read ? *read : PushRequest();
        request.initiator = batch.initiator;
        request.reference = batch.key;
        Result<Done> good = read ? m_gate.mayLook(batch.initiator) : Result<Done>(read.error());
        if (good)
            good = m_gate.allows(request);
        if (good)
            good = m_gate.admit(batch.initiator);
        if (good) {
            good = m_engine.pushes().check(request, &planned);
            if (!good)
                m_gate.giveBack(batch.initiator);
        }
        if (good) {
            taken.append(request);
            places.append(int(item));
            continue;
        }
        if (read)
            noteRefusal(request, good.error(), batch.reply.peer());
        const Error told = m_gate.told(batch.initiator, good.error());
        refused.append({int(item), QString::fromLatin1(told.code), told.about});
    }
    for (qsizetype i = 0; i < taken.size() && !batch.key.isEmpty(); ++i) {
        taken[i].terms = BatchTerms{batch.digest, places[i], int(batch.requests.size()),
                                    i == 0 ? refused : QVector<BatchTerms::Refused>()}
                             .bytes();
    }
    const auto answer = [reply = batch.reply, count = batch.requests.size(), places, refused](const QVector<PushId> &ids) {
        QVector<QJsonObject> items(count);
        for (qsizetype i = 0; i < ids.size(); ++i)
            items[places[i]] = takenItem(ids[i]);
        for (const BatchTerms::Refused &one : refused)
            items[one.item] = refusedItem(one.code, one.about);
        QJsonArray array;
        std::copy(items.cbegin(), items.cend(), std::back_inserter(array));
        reply.sendJson(202, {{QStringLiteral("items"), array}});
    };
    if (taken.isEmpty()) { // nothing is kept of it: the same batch again is a new one
        done();
        return answer({});
    }
    m_engine.pushes().submitTogether(
        taken, {}, [this, alive = m_alive, batch, count = int(taken.size()), answer, done](const Result<QVector<PushId>> &ids) {
            done();
            if (ids)
                return answer(*ids);
            if (*alive)
                m_gate.giveBack(batch.initiator, count);
            batch.reply.sendProblem(ids.error());
        },
        batch.reply.peer());
}

/// Not those that came over PAP, whose identifiers are other names.
void PushTriggers::findByKey(const InitiatorId &initiator, const QString &key, std::function<void(Result<QVector<Push>>)> found)
{
    m_engine.store().readPushesByReference(initiator, key, [found = std::move(found)](Result<QVector<Push>> pushes) {
        if (pushes)
            pushes->removeIf([](const Push &push) { return PapTerms::areIn(push.request.terms); });
        found(pushes);
    });
}

void PushTriggers::noteRefusal(const PushRequest &request, const Error &error, const QString &peer)
{
    m_gate.noteRefusal(request.initiator, peer, targetText(request.to), error, request.to.user, request.to.device);
}

void PushTriggers::refuse(const PushRequest &request, const Error &error, const HttpReply &reply)
{
    noteRefusal(request, error, reply.peer());
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
    const auto judge = [initiator = *initiator, found](const std::optional<Push> &push) {
        if (push && push->request.initiator == initiator)
            found(*push);
        else
            found(Error{"push-unknown", {}});
    };
    if (const auto push = m_engine.pushes().push(id)) {
        // Who hears of an end hears of no other one later.
        m_engine.pushes().makeLasting({id}, [judge, push, found](const Result<Done> &lasts) {
            if (lasts)
                judge(push);
            else
                found(lasts.error());
        });
        return;
    }
    m_engine.store().readPush(id, [judge, found](Result<std::optional<Push>> push) {
        if (push)
            judge(*push);
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
    findOwn(call, [this, alive = m_alive, reply](const Result<Push> &push) {
        if (!*alive)
            return reply.sendProblem({"server-stopping", {}});
        if (!push) {
            reply.sendProblem(push.error());
            return;
        }
        const auto cancelled = m_gate.cancel(push->id, push->request.initiator, reply.peer());
        if (!cancelled) {
            reply.sendProblem(cancelled.error().is("push-unknown") ? Error{"push-finished", {}} : cancelled.error());
            return;
        }
        m_engine.writes().commit([reply](const Result<Done> &durable) { reply.sendDone(durable); });
    });
}

} // namespace reveille
