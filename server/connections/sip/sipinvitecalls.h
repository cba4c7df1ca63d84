// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipinvitecall.h"

#include <memory>
#include <unordered_map>

namespace reveille {

/// Every INVITE dialogue, and which of them a message belongs to. Server thread.
class SipInviteCalls {
public:
    explicit SipInviteCalls(const SipCallSupport &support);

    /// Calls a device; the events of the call are set before this returns to the event loop.
    SipInviteCall *invite(const SipCallee &callee, const QByteArray &offer,
                          const QVector<std::pair<QByteArray, QByteArray>> &headers);
    /// Accepts the call of a device with this answer.
    SipInviteCall *accept(const SipExchange &invite, const QByteArray &answer);
    /// What the session timer of an INVITE from outside is refused with, if it is (422).
    std::optional<SipRefusal> sessionTimerRefusal(const SipMessage &invite) const;

    /// A request within a dialogue. False where there is no such dialogue (481).
    bool take(const SipExchange &exchange);
    void acknowledge(const SipMessage &ack, const SipFlow &flow);
    /// An answer to an INVITE, or to a CANCEL of one. False for one to nothing we asked.
    bool takeResponse(const SipMessage &response, const SipFlow &flow);
    void failFlow(const SipFlow &flow, const QByteArray &code);
    qsizetype size() const { return qsizetype(m_calls.size()); }

private:
    friend class SipInviteCall;
    SipInviteCall *add();
    SipInviteCall *find(quint64 id) const;
    SipInviteCall *find(const QByteArray &callId, const QByteArray &localTag, const QByteArray &remoteTag) const;
    void standing(SipInviteCall *call) { m_byKey.insert(call->key(), call->id()); }
    void forgetLater(SipInviteCall *call);

    SipCallSupport m_support;
    std::unordered_map<quint64, std::unique_ptr<SipInviteCall>> m_calls;
    QHash<QByteArray, quint64> m_byKey;
    quint64 m_last = 0;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace reveille
