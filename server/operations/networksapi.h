// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httprouter.h"

namespace reveille {

class Engine;

/// GET /v1/networks: what is known of how long networks keep a quiet path open. DELETE
/// /v1/networks/{prefix}/{transport} forgets it (204, or 404 network-unknown); the slash of the prefix is
/// written %2F. Server thread.
class NetworksApi {
public:
    explicit NetworksApi(Engine &engine)
        : m_engine(engine)
    {
    }

    void addTo(HttpRouter &router);

private:
    void list(const HttpReply &reply);
    void forget(const HttpCall &call, const HttpReply &reply);

    Engine &m_engine;
};

} // namespace reveille
