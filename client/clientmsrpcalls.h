// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientmsrpsession.h"
#include "client/clientrequester.h"
#include "client/pushclientsettings.h"

#include <QJsonObject>

#include <memory>
#include <vector>

namespace reveille {

/// Sessions for large pushes on one SIP flow: takes the INVITE of the server (RFC 3261 section 13, RFC 4028), or calls
/// it, and runs an MSRP session for each dialogue. The device always connects, and only to where the server is.
/// Lives in its client's thread.
class ClientMsrpCalls : public QObject {
    Q_OBJECT
public:
    ClientMsrpCalls(const PushClientSettings &settings, PushInbox &inbox, ClientRequester &requester, QObject *parent = nullptr);
    ~ClientMsrpCalls() override;

    /// Whether `request` was a matter of calls: INVITE, ACK, and what belongs to a dialogue of ours.
    bool take(ClientFlow *flow, const SipMessage &request);
    /// An answer the requester does not know (any more): a 2xx that came again.
    void takeAgain(ClientFlow *flow, const SipMessage &response);
    /// Asks the server for a session, unless there is one.
    void invite(ClientFlow *flow);
    /// Ends all without a word.
    void close();
    qsizetype size() const { return qsizetype(m_calls.size()); }

    static constexpr int maxCalls = 4;
    static constexpr int minSession = 90; ///< seconds (RFC 4028 section 4)

Q_SIGNALS:
    void pushReceived(const reveille::ReceivedPush &push);
    void happened(const QString &code, const QJsonObject &fields);

private:
    struct Call;
    Call *find(const SipMessage &request) const;
    void takeInvite(ClientFlow *flow, const SipMessage &request);
    void takeInCall(ClientFlow *flow, Call &call, const SipMessage &request);
    void accept(ClientFlow *flow, Call &call, const SipMessage &request);
    void answered(ClientFlow *flow, const QByteArray &callId, const QByteArray &invite, const SipMessage *response);
    std::unique_ptr<Call> newCall(ClientFlow *flow, bool secure);
    void begin(Call &call, const SdpMsrp &remote, const QHostAddress &address);
    QByteArray request(ClientFlow *flow, Call &call, const QByteArray &method, quint32 cseq, QByteArray *branch,
                       const QByteArray &body = {}) const;
    void hangUp(Call *call, const QByteArray &reason, bool tellServer);
    QHostAddress addressOf(const ClientFlow &flow, const SdpMsrp &remote) const;

    const PushClientSettings &m_settings;
    PushInbox &m_inbox;
    ClientRequester &m_requester;
    std::vector<std::unique_ptr<Call>> m_calls;
};

} // namespace reveille
