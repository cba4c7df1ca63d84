// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"
#include "domain/result.h"
#include "http/httprouter.h"
#include "triggers/batchterms.h"
#include "triggers/triggergate.h"

#include <functional>
#include <memory>

namespace reveille {

class Engine;

/// REST triggers of application servers (requirements S1, N2 to N4):
///   POST /v1/pushes, POST /v1/sessions/{session}/pushes  202 {"id"} once the push is durable
///   POST /v1/pushes/batch {"pushes":[…]}                 202 {"items":[{"id"} or {"code","about"}…]}, in the same order, once
///                                                        all that could be taken are durable together
///   GET /v1/pushes/{id}, DELETE /v1/pushes/{id}          of one's own
///
/// With the field Idempotency-Key a push is taken once: the same request again gets the same id, whether the first answer
/// arrived or not, and another request under that key 422 idempotency-mismatch, as long as the push is kept. A batch may have one
/// as well, for the whole of it: the same batch gets the same answer, items that were refused included, unless all were. Keys
/// have nothing to do with the push-ids of PAP.
///
/// What an initiator cannot learn: whose a push is that is not its own (404 push-unknown, as for one that
/// never was), and what TriggerGate keeps from it. That a target is unknown it is told, and the refusal is journaled:
/// requirement N4 wants both. Server thread.
class PushTriggers {
public:
    PushTriggers(Engine &engine, TriggerGate &gate)
        : m_engine(engine)
        , m_gate(gate)
    {
    }
    ~PushTriggers() { *m_alive = false; }

    void addTo(HttpRouter &router);

private:
    struct Batch {
        InitiatorId initiator;
        QString key; ///< empty where there is none
        QByteArray digest;
        QVector<Result<PushRequest>> requests;
        HttpReply reply;
    };

    void submit(const HttpCall &call, const HttpReply &reply, bool toSession);
    void submitOnce(const PushRequest &request, const HttpReply &reply);
    void take(const PushRequest &request, const HttpReply &reply);
    void submitBatch(const HttpCall &call, const HttpReply &reply);
    /// `done` once it is settled.
    void takeBatch(const Batch &batch, const std::function<void()> &done);
    void findByKey(const InitiatorId &initiator, const QString &key, std::function<void(Result<QVector<Push>>)> found);
    void noteRefusal(const PushRequest &request, const Error &error, const QString &peer);
    /// Journals it and says what may be said of it.
    void refuse(const PushRequest &request, const Error &error, const HttpReply &reply);
    void show(const HttpCall &call, const HttpReply &reply);
    void cancel(const HttpCall &call, const HttpReply &reply);
    /// The push if it is the initiator's own; error push-unknown.
    void findOwn(const HttpCall &call, std::function<void(Result<Push>)> found);

    Engine &m_engine;
    TriggerGate &m_gate;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace reveille
