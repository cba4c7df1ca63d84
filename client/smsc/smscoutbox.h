// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/smsc/smscsession.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>

namespace reveille {

/// What the simulated SMSC has for the other side, receipts and answers to USSD strings, until a session
/// takes it: the one over which the message came if it receives, else the newest of the same system that
/// does. Thread of the simulation.
class SmscOutbox {
public:
    using Sessions = std::map<quint64, std::unique_ptr<SmscSession>>;
    using Sent = std::function<void(const SmscSession &session, const SmppPdu &pdu)>;

    struct Delivery {
        QByteArray systemId;
        quint64 session = 0;
        SmppPdu pdu;
    };
    /// The oldest, where there were `most` already and it had to go.
    std::optional<Delivery> put(Delivery delivery, int most);
    /// Sent and not answered, as the session has ended: first again.
    void putBack(const QByteArray &systemId, const QVector<SmppPdu> &unanswered);
    /// Sends in order what sessions with room in their window take; `sent` is told of each.
    void pump(const Sessions &sessions, int window, const Sent &sent);
    int size() const { return int(m_waiting.size()); }

private:
    std::deque<Delivery> m_waiting;
};

} // namespace reveille
