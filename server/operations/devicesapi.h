// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "http/httprouter.h"

namespace reveille {

class Engine;

/// GET /v1/devices?query=&user=&limit=&cursor= · GET, PUT, DELETE /v1/devices/{device} · GET …/history (its
/// lifeline) · POST …/probe (204
/// once the device answered, 504 probe-unanswered) · POST …/deregister (204: connections closed,
/// registrations forgotten). Server thread.
class DevicesApi {
public:
    explicit DevicesApi(Engine &engine)
        : m_engine(engine)
    {
    }

    void addTo(HttpRouter &router);

private:
    void list(const HttpCall &call, const HttpReply &reply);
    void show(const DeviceId &id, const HttpReply &reply);
    void put(const DeviceId &id, const HttpCall &call, const HttpReply &reply);
    void remove(const DeviceId &id, const HttpReply &reply);
    void history(const DeviceId &id, const HttpReply &reply);
    void probe(const DeviceId &id, const HttpReply &reply);
    void deregister(const DeviceId &id, const HttpReply &reply);

    Engine &m_engine;
};

/// The {device} of the path, or answers why it is none and returns an empty identity.
DeviceId deviceOf(const HttpCall &call, const HttpReply &reply);

} // namespace reveille
