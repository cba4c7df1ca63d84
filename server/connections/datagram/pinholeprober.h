// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/coapendpoint.h"
#include "connections/datagram/datagramsettings.h"
#include "engine/pinholelearner.h"

namespace reveille {

/// Test paths beside the live one: a device opens a second socket, asks `POST /pinhole` from it, and is silent; after
/// the time the answer names ("d=SECONDS", 0: nothing to learn now) the server sends a CoAP ping to just that address,
/// and once again, to tell a lost packet from a closed pinhole. A Reset says that the pinhole is open. Server thread.
class PinholeProber
{
public:
    static constexpr int pings = 2;
    static constexpr int retryAfter = 60; ///< seconds, in a 5.03 while too many tests are under way

    PinholeProber(const DatagramSettings &settings, CoapEndpoint &endpoint, PinholeLearner &learner, Timers &timers);
    ~PinholeProber();

    void request(const CoapCall &call);
    qsizetype underWay() const { return m_tests.size(); }

private:
    void probe(quint64 id, const DatagramPeer &peer, Milliseconds silence);

    const DatagramSettings &m_settings;
    CoapEndpoint &m_endpoint;
    PinholeLearner &m_learner;
    Timers &m_timers;
    QHash<quint64, TimerId> m_tests;
    quint64 m_last = 0;
    LimitLog m_fullLog;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace reveille
