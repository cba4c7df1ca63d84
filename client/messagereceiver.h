// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/pushinbox.h"
#include "wire/sipmessage.h"

#include <QDeadlineTimer>

#include <deque>
#include <optional>

namespace reveille {

/// Answers what arrives on the flow (RFC 3261 section 8.2, RFC 3428): MESSAGE brings a push, OPTIONS asks
/// whether anybody is there, anything else is refused. A repeated request gets its old answer; a push that
/// was delivered before is confirmed again and marked. Holds no socket. Any one thread.
class MessageReceiver {
public:
    explicit MessageReceiver(PushInbox &inbox)
        : m_inbox(inbox)
    {
    }

    struct Outcome {
        QByteArray answer;                ///< octets to send back, empty for none
        std::optional<ReceivedPush> push; ///< not set for a retransmission
    };

    Outcome take(const SipMessage &request);

    static constexpr int maxAnswers = 128;                        ///< server transactions remembered
    static constexpr std::chrono::milliseconds answerLife{32000}; ///< timer J

private:
    ReceivedPush read(const SipMessage &request);

    struct Answer {
        QByteArray key;
        QByteArray octets;
        QDeadlineTimer until;
    };
    PushInbox &m_inbox;
    std::deque<Answer> m_answers;
};

} // namespace reveille
