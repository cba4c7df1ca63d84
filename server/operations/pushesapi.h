// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pushquery.h"
#include "http/httprouter.h"

namespace reveille {

class Engine;

/// Pushes of staff and a look at everyone's: POST /v1/pushes -> 202 {"id"} once durable · POST
/// /v1/pushes/explain, the dry run · GET /v1/pushes?state=&user=&device=&initiator=&text=&limit=&cursor= ->
/// {"items","next"}, all there are, newest first · GET, DELETE /v1/pushes/{id} · GET
/// /v1/pushes/{id}/explanation. A finished push that has left memory is read from the store, and
/// its explanation from the journal (findExplanation). Server thread.
class PushesApi {
public:
    explicit PushesApi(Engine &engine)
        : m_engine(engine)
    {
    }

    void addTo(HttpRouter &router);

private:
    Result<PushQuery> queryOf(const HttpCall &call) const;
    InitiatorId initiatorOf(const QString &text) const;
    void list(const HttpCall &call, const HttpReply &reply);
    void submit(const HttpCall &call, const HttpReply &reply);
    void explain(const HttpCall &call, const HttpReply &reply);
    void show(const HttpCall &call, const HttpReply &reply);
    void cancel(const HttpCall &call, const HttpReply &reply);
    void explanation(const HttpCall &call, const HttpReply &reply);

    Engine &m_engine;
};

} // namespace reveille
