// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httprouter.h"

namespace reveille {

class Engine;

/// GET /v1/bearers: the ways to wake, with their health. POST /v1/bearers/{name}/test asks the carrier whether it is
/// there (200 with "ok" true or false, 404 bearer-unknown); nobody is woken by it. Server thread.
class BearersApi {
public:
    explicit BearersApi(Engine &engine)
        : m_engine(engine)
    {
    }

    void addTo(HttpRouter &router);

private:
    void list(const HttpReply &reply);
    void test(const HttpCall &call, const HttpReply &reply);

    Engine &m_engine;
};

} // namespace reveille
