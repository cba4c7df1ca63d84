// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httprouter.h"

namespace reveille {

class Engine;

/// GET /v1/users?query=&limit=&cursor= · GET, PUT, DELETE /v1/users/{user}. PUT takes {"name"?, "password"?},
/// answers 201 for a new user and 200 otherwise once it is durable; the password is kept as digest secrets of
/// `realm` only. Server thread.
class UsersApi {
public:
    UsersApi(Engine &engine, QString realm)
        : m_engine(engine)
        , m_realm(std::move(realm))
    {
    }

    void addTo(HttpRouter &router);

private:
    void list(const HttpCall &call, const HttpReply &reply);
    void show(const HttpCall &call, const HttpReply &reply);
    void put(const HttpCall &call, const HttpReply &reply);
    void remove(const HttpCall &call, const HttpReply &reply);

    Engine &m_engine;
    QString m_realm;
};

} // namespace reveille
