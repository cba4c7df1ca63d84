// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/pinholeprober.h"

#include "connections/datagram/datagramlog.h"

namespace reveille {

PinholeProber::PinholeProber(const DatagramSettings &settings, CoapEndpoint &endpoint, PinholeLearner &learner,
                             Timers &timers)
    : m_settings(settings), m_endpoint(endpoint), m_learner(learner), m_timers(timers), m_fullLog(datagramLog, "maxPinholeTests")
{
}

PinholeProber::~PinholeProber()
{
    *m_alive = false;
    for (TimerId &timer : m_tests)
        m_timers.cancel(timer);
}

void PinholeProber::request(const CoapCall &call)
{
    if (m_tests.size() >= m_settings.maxPinholeTests) {
        m_fullLog.reached([&] { return call.peer.text(); });
        CoapBuilder reply = CoapEndpoint::builder(call, CoapCode::ServiceUnavailable);
        reply.add(CoapOptionNumber::MaxAge, quint32(retryAfter));
        return m_endpoint.answer(call, reply);
    }
    const DatagramPeer peer = call.peer;
    // A DTLS session without a registration does not live as long as a test.
    const std::optional<Milliseconds> silence =
        peer.secure ? std::nullopt : m_learner.nextTest(peer.address(), PathTransport::Udp);
    const qint64 seconds = silence ? (silence->count() + 999) / 1000 : 0;
    CoapBuilder reply = CoapEndpoint::builder(call, CoapCode::Changed);
    reply.add(CoapOptionNumber::ContentFormat, quint32(0));
    reply.payload("d=" + QByteArray::number(seconds));
    m_endpoint.answer(call, reply);
    if (!silence)
        return;
    const quint64 id = ++m_last;
    m_tests.insert(id, m_timers.start(*silence, [this, id, peer, silence = *silence] { probe(id, peer, silence); }));
}

void PinholeProber::probe(quint64 id, const DatagramPeer &peer, Milliseconds silence)
{
    m_tests[id] = 0;
    const auto done = [this, alive = m_alive, id, peer, silence](const CoapAnswer &answer) {
        if (!*alive)
            return;
        m_tests.remove(id);
        const bool open = answer.kind == CoapAnswer::Kind::Reset;
        // Anything but a Reset or silence says that the device gave the test up, and nothing of the pinhole.
        if (open || answer.kind == CoapAnswer::Kind::Timeout)
            m_learner.sample(peer.address(), PathTransport::Udp, silence, open, PinholeSample::Source::Test);
    };
    if (m_endpoint.ping(peer, done, pings) == 0)
        m_tests.remove(id);
}

} // namespace reveille
