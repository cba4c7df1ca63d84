// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"
#include "domain/result.h"
#include "http/httprouter.h"
#include "triggers/triggerlogin.h"

namespace reveille {

class Engine;

/// REST triggers of application servers (requirements S1, N2 to N4):
///   POST /v1/pushes, POST /v1/sessions/{session}/pushes  202 {"id"} once the push is durable
///   GET /v1/pushes/{id}, DELETE /v1/pushes/{id}          of one's own
///
/// What an initiator cannot learn: whose a push is that is not its own (404 push-unknown, as for one that
/// never was), and whether a device or session it may not use exists (404 target-unknown, as for a user that
/// does not). That a target is unknown it is told, and the refusal is journaled: requirement N4 wants both.
/// Server thread.
class PushTriggers {
public:
    PushTriggers(Engine &engine, const TriggerLogin &login)
        : m_engine(engine)
        , m_login(login)
    {
    }

    void addTo(HttpRouter &router);

private:
    void submit(const HttpCall &call, const HttpReply &reply, bool toSession);
    void show(const HttpCall &call, const HttpReply &reply);
    void cancel(const HttpCall &call, const HttpReply &reply);
    /// The push if it is the initiator's own; error push-unknown.
    void findOwn(const HttpCall &call, std::function<void(Result<Push>)> found);

    Engine &m_engine;
    TriggerLogin m_login;
};

} // namespace reveille
