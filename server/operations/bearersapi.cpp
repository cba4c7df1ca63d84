// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/bearersapi.h"

#include "engine/engine.h"
#include "http/jsonbody.h"
#include "http/problem.h"
#include "operations/views.h"

#include <QJsonArray>

namespace reveille {

void BearersApi::addTo(HttpRouter &router)
{
    router.add("GET", "/v1/bearers", [this](const HttpCall &, const HttpReply &reply) { list(reply); });
    router.add("POST", "/v1/bearers/{name}/test",
               [this](const HttpCall &call, const HttpReply &reply) { test(call, reply); });
}

void BearersApi::list(const HttpReply &reply)
{
    QJsonArray items;
    for (const BearerSnapshot &bearer : m_engine.wakes().bearers())
        items.append(bearerView(bearer));
    reply.sendJson(200, listOf(items, {}));
}

void BearersApi::test(const HttpCall &call, const HttpReply &reply)
{
    m_engine.wakes().testBearer(call.param(QStringLiteral("name")), [reply](const Result<BearerTest> &test) {
        if (test)
            reply.sendJson(200, bearerTestView(*test));
        else
            reply.send(problem(404, test.error()));
    });
}

} // namespace reveille
