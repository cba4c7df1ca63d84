// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipexchange.h"
#include "connections/sip/sipinvitesessions.h"
#include "connections/sip/sipoutbox.h"
#include "connections/sip/sipnotifications.h"
#include "connections/sip/siprefusaljournal.h"
#include "connections/sip/sipregistrar.h"
#include "connections/sip/siptransportlistener.h"
#include "connections/sip/sipwakesender.h"
#include "wire/jsonreturned.h"

namespace reveille {

/// What the server does with every message: reads it, tells the engine that the peer was heard, matches it to
/// a transaction, and answers by method (RFC 3261 section 8.2). Server thread.
///
/// REGISTER goes to the registrar, OPTIONS is answered, INVITE and what follows it is a session's business. The server is no relay: a MESSAGE for a user that is
/// not known gets 404, for one that is not registered 480, otherwise 403, and for the server itself 405, unless it brings what a SIR had asked for, or a disposition notification (SipNotifications). With
/// digest, who sends one has to prove who it is first, so that nobody can ask which users there are.
class SipCore final : public SipTransportListener {
public:
    SipCore(const SipSettings &settings, Engine &engine, const QByteArray &key);
    ~SipCore() { *m_alive = false; }

    SipTransports &transports() { return m_transports; }
    SipBindings &bindings() { return m_bindings; }
    SipOutbox &outbox() { return m_outbox; }
    const SipRegistrar &registrar() const { return m_registrar; }
    SipInviteSessions &sessions() { return m_sessions; }
    SipWakeSender &wakeSender() { return m_wakes; }
    /// From now on large pushes go out in sessions, and devices may ask for one.
    void setMsrp(MsrpService *service);

    void messageReceived(const SipFlow &flow, const QByteArray &bytes) override;
    void keepAliveReceived(const SipFlow &flow) override;
    void streamClosed(const SipFlow &flow, bool reset) override;
    void unreachable(const SipFlow &flow, const QString &what) override;

private:
    void observe(const SipBindings::Connections &connections, const LivenessEvent &event);
    void flowLost(const SipFlow &flow, const LivenessEvent &event, const QByteArray &code);
    void take(const SipMessage &request, const SipFlow &flow);
    void handle(const SipExchange &exchange);
    void handleOptions(const SipExchange &exchange);
    void handleMessage(const SipExchange &exchange);
    void takeReturned(const SipExchange &exchange, ReturnedKind kind);
    void handleInvite(const SipExchange &exchange);
    QByteArray allowed() const;
    int statusForUser(const SipUri &uri);
    bool isForUs(const SipUri &uri) const;
    void answerWithoutTransaction(const SipFlow &flow, SipResponse response);

    const SipSettings &m_settings;
    Engine &m_engine;
    SipBindings m_bindings;
    SipTransports m_transports;
    SipServerTransactions m_server;
    SipClientTransactions m_client;
    SipInviteTransactions m_invites;
    SipOutbox m_outbox;
    SipInviteSessions m_sessions;
    SipAuthenticator m_authenticator;
    SipGruu m_gruu;
    SipRefusalJournal m_refusals;
    SipRegistrar m_registrar;
    SipWakeSender m_wakes;
    SipNotifications m_notifications;
    LogGate m_refusedLog;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace reveille
