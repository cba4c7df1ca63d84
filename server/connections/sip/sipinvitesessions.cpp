// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipinvitesessions.h"

#include "connections/sip/sipconnection.h"

namespace reveille {

SipInviteSessions::SipInviteSessions(const SipCallSupport &support, Clock &clock, SipBindings &bindings, Registry &registry)
    : m_support(support)
    , m_clock(clock)
    , m_bindings(bindings)
    , m_registry(registry)
    , m_calls(support)
{
}

SipInviteSessions::~SipInviteSessions()
{
    m_support.timers.cancel(m_burial);
    m_table.clear();
}

SipInviteSession &SipInviteSessions::sessionOf(const SipConnection &connection)
{
    std::unique_ptr<SipInviteSession> &session = m_table[connection.id().number];
    if (!session) {
        const SipCallee callee{connection.flow(), connection.contact(), connection.user().toString().toUtf8(), connection.path()};
        session = std::make_unique<SipInviteSession>(*this, callee);
    }
    return *session;
}

void SipInviteSessions::send(const SipConnection &to, const PushMessage &push, SipInviteSession::Done done)
{
    sessionOf(to).send(push, std::move(done));
}

void SipInviteSessions::closed(const SipConnection &connection)
{
    const auto found = m_table.find(connection.id().number);
    if (found == m_table.end())
        return;
    std::unique_ptr<SipInviteSession> session = std::move(found->second);
    m_table.erase(found);
    session->close("closed");
    m_deadSessions.push_back(std::move(session));
    bury(nullptr);
}

void SipInviteSessions::bury(std::unique_ptr<MsrpSession> session)
{
    if (session)
        m_dead.push_back(std::move(session));
    if (m_burial == 0) {
        m_burial = m_support.timers.start(Milliseconds(0), [this] {
            m_burial = 0;
            const auto sessions = std::exchange(m_deadSessions, {});
            const auto dead = std::exchange(m_dead, {});
        });
    }
}

bool SipInviteSessions::takes(qint64 octets, const QString &peer) const
{
    if (m_msrp && octets > maxMessage())
        m_msrp->logs().maxMessage.reached(peer);
    return m_msrp && octets <= maxMessage();
}

void SipInviteSessions::takeInvite(const SipExchange &exchange)
{
    if (!m_msrp)
        return exchange.refuse({405, "method-not-allowed", {{"Allow", "OPTIONS, REGISTER, ACK, CANCEL"}}});
    const SipMessage &request = exchange.request();
    const Result<PublicUserId> from = request.from().uri.publicUserId();
    const SipConnection *caller = nullptr;
    if (from) {
        const SipBindings::List list = m_bindings.of(*from, m_clock.now());
        for (const SipBinding &binding : list) {
            if (binding.flow == exchange.flow() && !caller)
                caller = dynamic_cast<SipConnection *>(m_registry.connection(binding.connection));
        }
    }
    if (!caller)
        return exchange.refuse({403, "not-registered-here", {}});
    if (const std::optional<SipRefusal> refusal = m_calls.sessionTimerRefusal(request))
        return exchange.refuse(*refusal);
    if (m_calls.size() >= 4 * qsizetype(m_msrp->settings().maxSessions)) {
        m_msrp->logs().maxSessions.reached([&] { return exchange.flow().peer(); });
        return exchange.refuse({503, "sessions-full", {{"Retry-After", QByteArray::number(m_support.settings.retryAfter)}}});
    }
    sessionOf(*caller).takeInvite(exchange);
}

} // namespace reveille
