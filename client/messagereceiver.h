// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/sipmessage.h"

#include <QDeadlineTimer>
#include <QSet>

#include <deque>

namespace reveille {

/// Answers what arrives on the flow (RFC 3261 section 8.2, RFC 3428): MESSAGE brings a push, OPTIONS asks
/// whether anybody is there, anything else is refused. A repeated request gets its old answer; a push that
/// was delivered before is confirmed again and marked. Holds no socket. Any one thread.
class MessageReceiver {
public:
    struct Push {
        QString id; ///< X-Reveille-Push; empty from a server that does not send it
        QString contentType;
        QString application; ///< X-Wap-Application-Id
        QByteArray body;
        bool duplicate = false;
        int answered = 200;
    };
    struct Outcome {
        QByteArray answer;        ///< octets to send back, empty for none
        std::optional<Push> push; ///< not set for a retransmission
    };

    /// Pushes are answered with this status; 0 = taken.
    void setRefusal(int status) { m_refusal = status; }
    int refusal() const { return m_refusal; }
    Outcome take(const SipMessage &request);

    static constexpr int maxAnswers = 128;                        ///< server transactions remembered
    static constexpr std::chrono::milliseconds answerLife{32000}; ///< timer J
    static constexpr int maxPushes = 1024;                        ///< push ids remembered

private:
    Push read(const SipMessage &request);
    bool known(const QString &push);

    struct Answer {
        QByteArray key;
        QByteArray octets;
        QDeadlineTimer until;
    };
    int m_refusal = 0;
    std::deque<Answer> m_answers;
    QSet<QString> m_known;
    std::deque<QString> m_order;
};

} // namespace reveille
