// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httprouter.h"

namespace reveille {

class Engine;

/// Faults put in the way on purpose: GET /v1/faults lists those in force, POST makes one (201; 403 faults-not-allowed, 404
/// device-unknown, 409 bearer-unknown or faults-too-many), DELETE /v1/faults/{id} ends one (404 fault-unknown) and DELETE
/// /v1/faults all. Server thread.
class FaultsApi {
public:
    explicit FaultsApi(Engine &engine)
        : m_engine(engine)
    {
    }

    void addTo(HttpRouter &router);

private:
    void list(const HttpReply &reply);
    void add(const HttpCall &call, const HttpReply &reply);

    Engine &m_engine;
};

} // namespace reveille
