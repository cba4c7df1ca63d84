// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipinvitecalls.h"

namespace reveille {

SipInviteCalls::SipInviteCalls(const SipCallSupport &support)
    : m_support(support)
{
}

SipInviteCall *SipInviteCalls::add()
{
    const quint64 id = ++m_last;
    return m_calls.emplace(id, std::make_unique<SipInviteCall>(*this, id)).first->second.get();
}

SipInviteCall *SipInviteCalls::find(quint64 id) const
{
    const auto found = m_calls.find(id);
    return found == m_calls.end() ? nullptr : found->second.get();
}

SipInviteCall *SipInviteCalls::find(const QByteArray &callId, const QByteArray &localTag, const QByteArray &remoteTag) const
{
    return find(m_byKey.value(SipDialog::keyOf(callId, localTag, remoteTag)));
}

SipInviteCall *SipInviteCalls::invite(const SipCallee &callee, const QByteArray &offer,
                                      const QVector<std::pair<QByteArray, QByteArray>> &headers)
{
    SipInviteCall *call = add();
    call->invite(callee, offer, headers);
    return call;
}

SipInviteCall *SipInviteCalls::accept(const SipExchange &invite, const QByteArray &answer)
{
    SipInviteCall *call = add();
    call->accept(invite, answer);
    return call;
}

std::optional<SipRefusal> SipInviteCalls::sessionTimerRefusal(const SipMessage &invite) const
{
    const QByteArrayView value = invite.header("session-expires");
    if (value.isEmpty())
        return std::nullopt;
    const qsizetype semicolon = value.indexOf(';');
    const int seconds = (semicolon < 0 ? value : value.first(semicolon)).trimmed().toByteArray().toInt();
    if (seconds >= m_support.settings.minSessionSeconds)
        return std::nullopt;
    return SipRefusal{422, "session-interval", {{"Min-SE", QByteArray::number(m_support.settings.minSessionSeconds)}}};
}

bool SipInviteCalls::take(const SipExchange &exchange)
{
    const SipMessage &request = exchange.request();
    SipInviteCall *call = find(request.callId().toByteArray(), request.toTag(), request.fromTag());
    if (!call || call->isOver() || call->flow() != exchange.flow())
        return false;
    call->take(exchange);
    return true;
}

void SipInviteCalls::acknowledge(const SipMessage &ack, const SipFlow &flow)
{
    SipInviteCall *call = find(ack.callId().toByteArray(), ack.toTag(), ack.fromTag());
    if (call && call->flow() == flow)
        call->acknowledged(ack.cseq());
}

bool SipInviteCalls::takeResponse(const SipMessage &response, const SipFlow &flow)
{
    if (m_support.invites.take(response))
        return true;
    if (response.cseqMethod() != "INVITE" || response.statusCode() < 200 || response.statusCode() > 299)
        return false;
    SipInviteCall *call = find(response.callId().toByteArray(), response.fromTag(), response.toTag());
    return call && call->flow() == flow && call->acknowledgeAgain(response.cseq());
}

void SipInviteCalls::failFlow(const SipFlow &flow, const QByteArray &code)
{
    m_support.invites.failFlow(flow, code);
    QVector<quint64> ids;
    for (const auto &[id, call] : m_calls) {
        if (call->flow() == flow)
            ids.append(id);
    }
    for (const quint64 id : ids) {
        if (SipInviteCall *call = find(id))
            call->flowFailed(code);
    }
}

/// Kept for as long as its 2xx may come again, so that it is acknowledged again.
void SipInviteCalls::forgetLater(SipInviteCall *call)
{
    // Only the 2xx to an INVITE of ours can come again.
    const bool isTheirs = call->m_ack.isEmpty() && call->m_inviteHead.isEmpty();
    m_support.timers.start(isTheirs ? Milliseconds(0) : 64 * m_support.settings.t1, [this, guard = std::weak_ptr<char>(m_alive), id = call->id()] {
        if (guard.expired())
            return;
        const auto found = m_calls.find(id);
        if (found == m_calls.end())
            return;
        m_byKey.remove(found->second->key());
        m_calls.erase(found);
    });
}

} // namespace reveille
