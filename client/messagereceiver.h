// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/pushinbox.h"
#include "client/sirgate.h"
#include "wire/sipmessage.h"

#include <QDeadlineTimer>

#include <deque>
#include <optional>

namespace reveille {

/// Answers what arrives on the flow (RFC 3261 section 8.2, RFC 3428): MESSAGE brings a push or a wake-up, OPTIONS
/// asks whether anybody is there, anything else is refused. A repeated request gets its old answer; a push that
/// was delivered before is confirmed again and marked. Holds no socket. Any one thread.
///
/// A wake-up is answered 200 where it is meant for the owner of the inbox, safe or not: whoever forges one learns
/// nothing. 400 where it cannot be read or names two devices, 480 where it means another device (202 where those are
/// handed on), the inbox's refusal where there is one.
class MessageReceiver {
public:
    explicit MessageReceiver(PushInbox &inbox)
        : m_inbox(inbox)
    {
    }

    struct Outcome {
        QByteArray answer;                ///< octets to send back, empty for none
        std::optional<ReceivedPush> push; ///< not set for a retransmission
        std::optional<Result<WakeDatagram>> wake; ///< same; errors those of readWakeMessage()
    };

    Outcome take(const SipMessage &request);
    /// Somebody sees to the wake-ups that mean another device.
    void setHandsOn(bool handsOn) { m_handsOn = handsOn; }

    static constexpr int maxAnswers = 128;                        ///< server transactions remembered
    static constexpr std::chrono::milliseconds answerLife{32000}; ///< timer J

private:
    ReceivedPush read(const SipMessage &request);
    int judge(const Result<WakeDatagram> &wake) const;

    struct Answer {
        QByteArray key;
        QByteArray octets;
        QDeadlineTimer until;
    };
    PushInbox &m_inbox;
    bool m_handsOn = false;
    std::deque<Answer> m_answers;
};

} // namespace reveille
