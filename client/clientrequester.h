// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientflow.h"
#include "client/retransmitter.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <map>

namespace reveille {

/// Non-INVITE client transactions (RFC 3261 section 17.1.2): repeats a request over UDP until it is answered,
/// gives up after timer F. Lives in its client's thread.
class ClientRequester : public QObject {
    Q_OBJECT
public:
    /// The final answer, or nullptr where none came.
    using Answered = std::function<void(const SipMessage *)>;

    ClientRequester(Milliseconds t1, Milliseconds timeout, QObject *parent = nullptr);

    /// Sends `octets`, whose top Via has `branch`. `answered` is called once, later, unless abandoned.
    void send(ClientFlow *flow, const QByteArray &branch, const QByteArray &octets, Answered answered);
    /// Whether `response` belonged to a request of ours.
    bool take(const SipMessage &response);
    /// Forgets everything under way without a call.
    void abandon();

    static constexpr Milliseconds t2{4000};

private:
    struct Transaction {
        QByteArray method;
        Answered answered;
    };

    Milliseconds m_t1, m_timeout;
    std::map<QByteArray, Transaction> m_open; ///< by branch
    Retransmitter m_repeats;                  ///< same
};

} // namespace reveille
