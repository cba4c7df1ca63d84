// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/msrp/msrpservice.h"
#include "connections/sip/sipinvitecalls.h"
#include "engine/connection.h"
#include "wire/sdp.h"

#include <deque>

namespace reveille {

class SipInviteSessions;

/// Pushes that are too large for a MESSAGE on their way to one device: one call, one MSRP session, one push after the
/// other, and a while of waiting for the next before it hangs up. The device may have called (after a SIR) or be
/// called. Server thread.
///
/// Outcome codes: what the device answered to INVITE, SEND or in its report ("200", "413", "486"), else "timeout",
/// "closed", "reset", "icmp", "unsent", "sessions-full", "session-answer" (its session description cannot be used),
/// "session-path" (it names an address that is not its own), "session-setup" (no connection came), "session-type",
/// "too-large" (for what it said it takes, or for us), "connect-failed", "fingerprint", "bye".
class SipInviteSession {
public:
    using Done = std::function<void(SendOutcome)>;
    SipInviteSession(SipInviteSessions &sessions, SipCallee callee);
    ~SipInviteSession();

    /// `done` is called once, later.
    void send(const PushMessage &push, Done done);
    /// The device calls: 200 with our session description, or a refusal.
    void takeInvite(const SipExchange &exchange);
    /// Ends everything; pushes are told before this returns.
    void close(const QByteArray &code, bool flowIsThere = true);
    bool isUsed() const { return m_call || !m_queue.empty(); }

private:
    struct Item {
        PushMessage push;
        Done done;
    };
    struct Ending {
        SendOutcome::Kind kind;
        QByteArray code;
    };
    void invite();
    void accepted(const SipMessage &response);
    void agreed();
    void bound();
    void sendNext();
    void finishFirst(SendOutcome::Kind kind, const QByteArray &code, const QByteArray &head);
    void fail(const Ending &ending);
    void rest();
    bool isOwnPath(const QByteArrayList &path, QHostAddress *address, quint16 *port) const;
    SdpMsrp description(SdpSetup setup) const;

    SipInviteSessions &m_sessions;
    SipCallee m_callee;
    SipInviteCall *m_call = nullptr; ///< owned by SipInviteCalls
    std::unique_ptr<MsrpSession> m_msrp;
    SdpMsrp m_remote;
    std::deque<Item> m_queue;
    bool m_isReady = false;
    bool m_isSending = false;
    QByteArray m_inviteHead; ///< not yet in an outcome
    TimerId m_timer = 0;     ///< setup, then lingering
};

} // namespace reveille
