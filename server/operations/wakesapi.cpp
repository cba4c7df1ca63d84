// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/wakesapi.h"

#include "engine/engine.h"
#include "http/jsonbody.h"
#include "operations/devicesapi.h"
#include "operations/views.h"
#include "wire/jsonwake.h"

namespace reveille {

namespace {

WakeId wakeOf(const HttpCall &call)
{
    return WakeId(call.param(QStringLiteral("id")));
}

Result<WakeOrder> orderOf(const HttpCall &call)
{
    const auto body = optionalJsonBody(call);
    if (!body)
        return body.error();
    auto order = wakeOrderFromJson(*body);
    if (order) {
        order->byHand = true;
        order->reason = QStringLiteral("by_hand");
    }
    return order;
}

/// What was promised must not be lost with the process.
void answerOnceDurable(Engine &engine, const Result<WakeId> &id, const HttpReply &reply)
{
    if (!id) {
        reply.sendProblem(id.error());
        return;
    }
    engine.writes().commit([&engine, id = *id, reply](const Result<Done> &done) {
        if (!done) {
            reply.sendProblem(done.error());
            return;
        }
        const auto wake = engine.wakes().wakeUp(id);
        reply.sendJson(202, wake ? toJson(*wake) : QJsonObject{{QStringLiteral("id"), id.text()}});
    });
}

} // namespace

void WakesApi::addTo(HttpRouter &router)
{
    const auto add = [&](const char *method, const char *path, auto handle) {
        router.add(method, path, [this, handle](const HttpCall &call, const HttpReply &reply) {
            (this->*handle)(call, reply);
        });
    };
    add("POST", "/v1/devices/{device}/wake", &WakesApi::wake);
    add("POST", "/v1/devices/{device}/wake/preview", &WakesApi::preview);
    add("GET", "/v1/wakes", &WakesApi::list);
    add("GET", "/v1/wakes/{id}", &WakesApi::show);
    add("DELETE", "/v1/wakes/{id}", &WakesApi::cancel);
    add("POST", "/v1/wakes/{id}/repeat", &WakesApi::repeat);
}

void WakesApi::wake(const HttpCall &call, const HttpReply &reply)
{
    const DeviceId device = deviceOf(call, reply);
    if (device.isEmpty())
        return;
    const auto order = orderOf(call);
    if (!order) {
        reply.sendProblem(order.error());
        return;
    }
    answerOnceDurable(m_engine, m_engine.wakes().wake(device, *order), reply);
}

void WakesApi::preview(const HttpCall &call, const HttpReply &reply)
{
    const DeviceId device = deviceOf(call, reply);
    if (device.isEmpty())
        return;
    const auto order = orderOf(call);
    if (!order) {
        reply.sendProblem(order.error());
        return;
    }
    const auto preview = m_engine.wakes().preview(device, *order);
    if (preview)
        reply.sendJson(200, previewView(*preview));
    else
        reply.sendProblem(preview.error());
}

void WakesApi::repeat(const HttpCall &call, const HttpReply &reply)
{
    const auto body = optionalJsonBody(call);
    const auto bearer = body ? repeatOrderFromJson(*body) : Result<QString>(body.error());
    if (!bearer) {
        reply.sendProblem(bearer.error());
        return;
    }
    m_engine.wakes().repeat(wakeOf(call), *bearer, [&engine = m_engine, reply](const Result<WakeId> &id) {
        answerOnceDurable(engine, id, reply);
    });
}

void WakesApi::list(const HttpCall &call, const HttpReply &reply)
{
    const auto page = Page::of(call);
    if (!page) {
        reply.sendProblem(page.error());
        return;
    }
    QJsonArray items;
    for (const WakeUp &wake : m_engine.wakes().recent(page->limit))
        items.append(toJson(wake));
    reply.sendJson(200, listOf(items));
}

void WakesApi::show(const HttpCall &call, const HttpReply &reply)
{
    const WakeId id = wakeOf(call);
    if (const auto wake = m_engine.wakes().wakeUp(id)) {
        reply.sendJson(200, toJson(*wake));
        return;
    }
    m_engine.store().readWake(id, [id, reply](const Result<std::optional<WakeUp>> &wake) {
        if (!wake)
            reply.sendProblem(wake.error());
        else if (*wake)
            reply.sendJson(200, toJson(**wake));
        else
            reply.sendProblem({"wake-unknown", id.text()});
    });
}

void WakesApi::cancel(const HttpCall &call, const HttpReply &reply)
{
    reply.sendDone(m_engine.wakes().cancel(wakeOf(call)));
}

} // namespace reveille
