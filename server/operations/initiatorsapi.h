// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httprouter.h"

namespace reveille {

class Engine;

/// Application servers that may push: POST /v1/initiators {"name"} -> 201 {"id","name","token"}, the token
/// shown this once · GET /v1/initiators · PUT and DELETE /v1/initiators/{id}. Each change is journaled. Server thread.
class InitiatorsApi {
public:
    explicit InitiatorsApi(Engine &engine)
        : m_engine(engine)
    {
    }

    void addTo(HttpRouter &router);

private:
    void list(const HttpCall &call, const HttpReply &reply);
    void add(const HttpCall &call, const HttpReply &reply);
    void change(const HttpCall &call, const HttpReply &reply);
    void remove(const HttpCall &call, const HttpReply &reply);

    Engine &m_engine;
};

} // namespace reveille
