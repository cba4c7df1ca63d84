// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/usersapi.h"

#include "engine/engine.h"
#include "engine/password.h"
#include "http/jsonbody.h"
#include "operations/views.h"
#include "wire/jsondevice.h"

namespace reveille {

namespace {

Result<PublicUserId> userOf(const HttpCall &call)
{
    return PublicUserId::parse(call.param(QStringLiteral("user")));
}

} // namespace

void UsersApi::addTo(HttpRouter &router)
{
    router.add("GET", "/v1/users",
               [this](const HttpCall &call, const HttpReply &reply) { list(call, reply); });
    router.add("GET", "/v1/users/{user}",
               [this](const HttpCall &call, const HttpReply &reply) { show(call, reply); });
    router.add("PUT", "/v1/users/{user}",
               [this](const HttpCall &call, const HttpReply &reply) { put(call, reply); });
    router.add("DELETE", "/v1/users/{user}",
               [this](const HttpCall &call, const HttpReply &reply) { remove(call, reply); });
}

void UsersApi::list(const HttpCall &call, const HttpReply &reply)
{
    const auto page = Page::of(call);
    if (!page) {
        reply.sendProblem(page.error());
        return;
    }
    const QVector<PublicUserId> ids =
        m_engine.registry().users(call.target.item(u"query"), page->cursor, page->limit + 1);
    QJsonArray items;
    for (const PublicUserId &id : ids.first(qMin<qsizetype>(ids.size(), page->limit))) {
        if (const auto user = m_engine.userSnapshot(id))
            items.append(userView(*user));
    }
    reply.sendJson(200,
                   listOf(items, ids.size() > page->limit ? ids[page->limit - 1].toString() : QString()));
}

void UsersApi::show(const HttpCall &call, const HttpReply &reply)
{
    const auto id = userOf(call);
    if (!id) {
        reply.sendProblem(id.error());
        return;
    }
    if (const auto user = m_engine.userSnapshot(*id))
        reply.sendJson(200, userView(*user));
    else
        reply.sendProblem({"user-unknown", id->toString()});
}

void UsersApi::put(const HttpCall &call, const HttpReply &reply)
{
    const auto id = userOf(call);
    if (!id) {
        reply.sendProblem(id.error());
        return;
    }
    const auto body = optionalJsonBody(call);
    const auto order = body ? userOrderFromJson(*body) : Result<UserOrder>(body.error());
    if (!order) {
        reply.sendProblem(order.error());
        return;
    }
    const User *known = m_engine.registry().user(*id);
    User user = known ? *known : User{};
    if (!known) {
        user.id = *id;
        user.createdAt = m_engine.clock().now();
    }
    if (order->name)
        user.name = *order->name;
    if (order->password)
        setPassword(user, m_realm, *order->password);
    if (order->wakeRule)
        user.wakeRule = *order->wakeRule;
    const int status = known ? 200 : 201;
    m_engine.registry().putUser(user,
                                [&engine = m_engine, id = *id, status, reply](const Result<Done> &done) {
                                    const auto kept = engine.userSnapshot(id);
                                    if (!done)
                                        reply.sendProblem(done.error());
                                    else if (kept)
                                        reply.sendJson(status, userView(*kept));
                                    else
                                        reply.sendProblem({"user-unknown", id.toString()});
                                });
}

void UsersApi::remove(const HttpCall &call, const HttpReply &reply)
{
    const auto id = userOf(call);
    if (!id) {
        reply.sendProblem(id.error());
        return;
    }
    m_engine.registry().removeUser(*id, [reply](const Result<Done> &done) { reply.sendDone(done); });
}

} // namespace reveille
