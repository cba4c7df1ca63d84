// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipbindings.h"
#include "connections/sip/sipinvitesession.h"
#include "engine/registry.h"

#include <memory>
#include <unordered_map>

namespace reveille {

class SipConnection;

/// The session of each device that has one, and the INVITEs that ask for one. Without an MSRP service nothing is sent
/// and INVITE is not allowed. Server thread.
class SipInviteSessions {
public:
    SipInviteSessions(const SipCallSupport &support, Clock &clock, SipBindings &bindings, Registry &registry);
    ~SipInviteSessions();

    void setMsrp(MsrpService *service) { m_msrp = service; }
    bool isThere() const { return m_msrp != nullptr; }
    /// Largest body a session takes.
    qint64 maxMessage() const { return m_msrp ? m_msrp->settings().maxMessage : 0; }
    /// Whether a push of so many octets goes in a session; says so in the log where it does not.
    bool takes(qint64 octets, const QString &peer) const;

    void send(const SipConnection &to, const PushMessage &push, SipInviteSession::Done done);
    /// A path ends: what is under way over it is told "closed" before this returns.
    void closed(const SipConnection &connection);
    /// INVITE outside a dialogue: from the flow of a registered device, for this server; anything else is refused.
    void takeInvite(const SipExchange &exchange);

    SipInviteCalls &calls() { return m_calls; }
    qsizetype size() const { return qsizetype(m_table.size()); }

private:
    friend class SipInviteSession;
    SipInviteSession &sessionOf(const SipConnection &connection);
    /// Later, since it may be in the middle of something.
    void bury(std::unique_ptr<MsrpSession> session);

    SipCallSupport m_support;
    Clock &m_clock;
    SipBindings &m_bindings;
    Registry &m_registry;
    MsrpService *m_msrp = nullptr;
    SipInviteCalls m_calls;
    std::unordered_map<quint64, std::unique_ptr<SipInviteSession>> m_table; ///< by connection
    std::vector<std::unique_ptr<MsrpSession>> m_dead;
    std::vector<std::unique_ptr<SipInviteSession>> m_deadSessions;
    TimerId m_burial = 0;
};

} // namespace reveille
