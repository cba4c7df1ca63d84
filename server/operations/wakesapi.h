// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httprouter.h"

namespace reveille {

class Engine;

/// POST /v1/devices/{device}/wake -> 202 and the wake-up (its "id" first of all; an active one is joined) ·
/// POST …/wake/preview, the dry run · GET /v1/wakes?limit= newest first · GET, DELETE /v1/wakes/{id} ·
/// POST /v1/wakes/{id}/repeat {"bearer"?} -> 202 and the new wake-up. Server thread.
class WakesApi {
public:
    explicit WakesApi(Engine &engine)
        : m_engine(engine)
    {
    }

    void addTo(HttpRouter &router);

private:
    void wake(const HttpCall &call, const HttpReply &reply);
    void preview(const HttpCall &call, const HttpReply &reply);
    void list(const HttpCall &call, const HttpReply &reply);
    void show(const HttpCall &call, const HttpReply &reply);
    void repeat(const HttpCall &call, const HttpReply &reply);
    void cancel(const HttpCall &call, const HttpReply &reply);

    Engine &m_engine;
};

} // namespace reveille
