// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/webpushapi.h"

#include "engine/engine.h"
#include "http/jsonbody.h"
#include "operations/devicesapi.h"
#include "wire/jsonpushresource.h"

namespace reveille {

using namespace Qt::StringLiterals;

void WebPushApi::addTo(HttpRouter &router)
{
    const auto route = [&](const char *method, const char *path, auto handle) {
        router.add(method, path, [handle](const HttpCall &call, const HttpReply &reply) {
            const DeviceId device = deviceOf(call, reply);
            if (!device.isEmpty())
                handle(device, call, reply);
        });
    };
    route("GET", "/v1/devices/{device}/webpush",
          [this](const DeviceId &device, const HttpCall &, const HttpReply &reply) { list(device, reply); });
    route("POST", "/v1/devices/{device}/webpush",
          [this](const DeviceId &device, const HttpCall &call, const HttpReply &reply) { add(device, call, reply); });
    route("DELETE", "/v1/devices/{device}/webpush/{id}",
          [this](const DeviceId &device, const HttpCall &call, const HttpReply &reply) {
              m_engine.pushResources().remove(device, PushResourceId(call.param(u"id"_s)),
                                              [reply](const Result<Done> &done) { reply.sendDone(done); });
          });
}

void WebPushApi::list(const DeviceId &device, const HttpReply &reply)
{
    if (!m_engine.registry().view(device))
        return reply.sendProblem({"device-unknown", device.toString()});
    QJsonArray items;
    const QVector<PushResource> resources = m_engine.pushResources().of(device);
    for (const PushResource &resource : resources)
        items.append(toJson(resource));
    reply.sendJson(200, listOf(items));
}

void WebPushApi::add(const DeviceId &device, const HttpCall &call, const HttpReply &reply)
{
    if (m_origin.isEmpty())
        return reply.sendProblem({"webpush-off", {}});
    const auto body = jsonBody(call);
    auto order = body ? pushResourceFromJson(*body) : Result<PushResource>(body.error());
    if (!order)
        return reply.sendProblem(order.error());
    order->device = device;
    m_engine.pushResources().add(*order, [origin = m_origin, reply](const Result<PushResources::Made> &made) {
        if (!made)
            return reply.sendProblem(made.error());
        QJsonObject shown = toJson(made->resource);
        shown.insert(u"endpoint"_s, origin + u"/wpush/"_s + QString::fromLatin1(made->token));
        reply.sendJson(201, shown);
    });
}

} // namespace reveille
