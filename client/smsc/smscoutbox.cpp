// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/smsc/smscoutbox.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace reveille {

namespace {

SmscSession *sessionFor(const SmscOutbox::Delivery &delivery, const SmscOutbox::Sessions &sessions)
{
    const auto own = sessions.find(delivery.session);
    if (own != sessions.end() && own->second->receives())
        return own->second.get();
    const auto other = std::find_if(sessions.rbegin(), sessions.rend(), [&](const auto &session) {
        return session.second->receives() && session.second->systemId() == delivery.systemId;
    });
    return other == sessions.rend() ? nullptr : other->second.get();
}

} // namespace

std::optional<SmscOutbox::Delivery> SmscOutbox::put(Delivery delivery, int most)
{
    std::optional<Delivery> gone;
    if (size() >= most) {
        gone = std::move(m_waiting.front());
        m_waiting.pop_front();
    }
    m_waiting.push_back(std::move(delivery));
    return gone;
}

void SmscOutbox::putBack(const QByteArray &systemId, const QVector<SmppPdu> &unanswered)
{
    for (auto pdu = unanswered.rbegin(); pdu != unanswered.rend(); ++pdu)
        m_waiting.push_front({systemId, 0, *pdu});
}

void SmscOutbox::pump(const Sessions &sessions, int window, const Sent &sent)
{
    const bool anybody = std::any_of(sessions.begin(), sessions.end(), [window](const auto &session) {
        return session.second->receives() && session.second->inFlight() < window;
    });
    if (!anybody)
        return;
    std::deque<Delivery> left;
    for (Delivery &delivery : std::exchange(m_waiting, {})) {
        SmscSession *session = sessionFor(delivery, sessions);
        if (!session || session->inFlight() >= window) {
            left.push_back(std::move(delivery));
            continue;
        }
        if (session->request(delivery.pdu))
            sent(*session, delivery.pdu);
    }
    std::move(m_waiting.begin(), m_waiting.end(), std::back_inserter(left)); // put meanwhile
    m_waiting = std::move(left);
}

} // namespace reveille
