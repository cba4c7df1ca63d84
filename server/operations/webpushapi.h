// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "http/httprouter.h"

namespace reveille {

class Engine;

/// The push resources of Web Push of a device: POST /v1/devices/{device}/webpush {"application", …} -> 201 with "endpoint",
/// the URL for application servers, shown this once · GET the same -> all of them · DELETE …/webpush/{id}. Server thread.
class WebPushApi {
public:
    explicit WebPushApi(Engine &engine)
        : m_engine(engine)
    {
    }

    void addTo(HttpRouter &router);
    /// Where application servers reach the triggers, "https://push.example:8443"; empty: nowhere.
    void setOrigin(const QString &origin) { m_origin = origin; }

private:
    void list(const DeviceId &device, const HttpReply &reply);
    void add(const DeviceId &device, const HttpCall &call, const HttpReply &reply);

    Engine &m_engine;
    QString m_origin;
};

} // namespace reveille
