// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/devicesapi.h"

#include "engine/engine.h"
#include "http/jsonbody.h"
#include "operations/views.h"
#include "wire/jsondevice.h"
#include "wire/jsonnetwork.h"

namespace reveille {

DeviceId deviceOf(const HttpCall &call, const HttpReply &reply)
{
    auto id = DeviceId::parse(call.param(QStringLiteral("device")));
    if (id)
        return std::move(*id);
    reply.sendProblem(id.error());
    return {};
}

void DevicesApi::addTo(HttpRouter &router)
{
    const auto add = [&](const char *method, const char *path, auto handle) {
        router.add(method, path, [this, handle](const HttpCall &call, const HttpReply &reply) {
            const DeviceId id = deviceOf(call, reply);
            if (!id.isEmpty())
                handle(this, id, call, reply);
        });
    };
    router.add("GET", "/v1/devices",
               [this](const HttpCall &call, const HttpReply &reply) { list(call, reply); });
    add("GET", "/v1/devices/{device}",
        [](DevicesApi *api, const DeviceId &id, const HttpCall &, const HttpReply &reply) {
            api->show(id, reply);
        });
    add("PUT", "/v1/devices/{device}",
        [](DevicesApi *api, const DeviceId &id, const HttpCall &call, const HttpReply &reply) {
            api->put(id, call, reply);
        });
    add("DELETE", "/v1/devices/{device}",
        [](DevicesApi *api, const DeviceId &id, const HttpCall &, const HttpReply &reply) {
            api->remove(id, reply);
        });
    add("GET", "/v1/devices/{device}/history",
        [](DevicesApi *api, const DeviceId &id, const HttpCall &, const HttpReply &reply) {
            api->history(id, reply);
        });
    add("POST", "/v1/devices/{device}/probe",
        [](DevicesApi *api, const DeviceId &id, const HttpCall &, const HttpReply &reply) {
            api->probe(id, reply);
        });
    add("POST", "/v1/devices/{device}/deregister",
        [](DevicesApi *api, const DeviceId &id, const HttpCall &, const HttpReply &reply) {
            api->deregister(id, reply);
        });
}

void DevicesApi::list(const HttpCall &call, const HttpReply &reply)
{
    const auto page = Page::of(call);
    if (!page) {
        reply.sendProblem(page.error());
        return;
    }
    QVector<DeviceId> ids;
    if (call.target.hasItem(u"user")) {
        const auto user = PublicUserId::parse(call.target.item(u"user"));
        if (!user) {
            reply.sendProblem(user.error());
            return;
        }
        ids = m_engine.registry().devicesOf(*user);
    } else {
        ids = m_engine.registry().devices(call.target.item(u"query"), page->cursor, page->limit + 1);
    }
    const bool more = !call.target.hasItem(u"user") && ids.size() > page->limit;
    if (more)
        ids.resize(page->limit);
    QJsonArray items;
    for (const DeviceId &id : std::as_const(ids)) {
        if (const auto device = m_engine.deviceSnapshot(id))
            items.append(deviceView(*device));
    }
    reply.sendJson(200, listOf(items, more ? ids.last().toString() : QString()));
}

void DevicesApi::show(const DeviceId &id, const HttpReply &reply)
{
    if (const auto device = m_engine.deviceSnapshot(id))
        reply.sendJson(200, deviceView(*device));
    else
        reply.sendProblem({"device-unknown", id.toString()});
}

void DevicesApi::put(const DeviceId &id, const HttpCall &call, const HttpReply &reply)
{
    const auto body = jsonBody(call);
    if (!body) {
        reply.sendProblem(body.error());
        return;
    }
    const Device *known = m_engine.registry().device(id);
    Device base = known ? *known : Device{};
    if (!known) {
        base.id = id;
        base.createdAt = m_engine.clock().now();
    }
    const auto device = deviceFromJson(*body, base);
    if (!device) {
        reply.sendProblem(device.error());
        return;
    }
    const int status = known ? 200 : 201;
    m_engine.registry().putDevice(*device, [&engine = m_engine, id, status, reply](const Result<Done> &done) {
        const auto kept = engine.deviceSnapshot(id);
        if (!done)
            reply.sendProblem(done.error());
        else if (kept)
            reply.sendJson(status, deviceView(*kept));
        else
            reply.sendProblem({"device-unknown", id.toString()});
    });
}

void DevicesApi::remove(const DeviceId &id, const HttpReply &reply)
{
    m_engine.registry().removeDevice(id, [reply](const Result<Done> &done) { reply.sendDone(done); });
}

void DevicesApi::history(const DeviceId &id, const HttpReply &reply)
{
    m_engine.histories().history(id, [reply](const Result<DeviceHistory> &history) {
        if (history)
            reply.sendJson(200, toJson(*history));
        else
            reply.sendProblem(history.error());
    });
}

void DevicesApi::probe(const DeviceId &id, const HttpReply &reply)
{
    m_engine.probe(id, [reply](const Result<Done> &done) { reply.sendDone(done); });
}

void DevicesApi::deregister(const DeviceId &id, const HttpReply &reply)
{
    reply.sendDone(m_engine.registry().deregister(id));
}

} // namespace reveille
