// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipauthenticator.h"
#include "connections/sip/sipbindings.h"
#include "connections/sip/sipcontactplan.h"
#include "connections/sip/sipexchange.h"
#include "engine/engine.h"
#include "wire/sipgruu.h"

namespace reveille {

class SipOutbox;
class SipRefusalJournal;

/// Registrar (RFC 3261 section 10.3) with outbound flows (RFC 5626), GRUU (RFC 5627), Path of trusted edges
/// (RFC 3327) and wake routes in the Contact (RFC 8599). Server thread.
///
/// A new contact, and one that brings other facts of its device, is answered when the store has it; if the store
/// cannot take it, it is answered all the same: a registration is soft state, and refusing it would make a device
/// unreachable that is there. While the store is too far behind, new ones are sent away: 503 with Retry-After. A
/// refresh is answered at once, and its time written behind.
class SipRegistrar : public QObject {
    Q_OBJECT
public:
    SipRegistrar(const SipSettings &settings, Engine &engine, SipBindings &bindings, SipOutbox &outbox,
                 SipAuthenticator &authenticator, const SipGruu &gruu, SipRefusalJournal &journal);

    void handle(const SipExchange &exchange);

    /// Whether users of this domain are ours.
    bool serves(const QByteArray &host) const;
    LivenessPolicy policyFor(const SipBinding &binding) const;

private:
    int flowTimerFor(const SipBinding &binding) const;
    Result<PublicUserId, SipRefusal> addressOfRecord(const SipMessage &request) const;
    bool authenticate(const SipExchange &exchange, const PublicUserId &user, SipAuthenticator::Proof *proof);
    const SipBinding *knownPath(const PublicUserId &user, const SipBinding &binding) const;
    Result<Done, SipRefusal> bind(const SipExchange &exchange, const PublicUserId &user,
                                  const SipPlannedContact &planned, bool *fresh);
    /// A phone without +sip.instance is named by its Contact URI, and becomes another device whenever its
    /// port changes. Beyond SipSettings::manyDevices of a user, the one of those not heard for longest is forgotten
    /// with each new one.
    void forgetOldestUnnamed(const PublicUserId &user, const SipFlow &flow);
    Registration registrationFor(const SipExchange &exchange, const PublicUserId &user,
                                 const SipPlannedContact &planned) const;
    /// `info`: Authentication-Info, may be empty.
    void answer(const SipExchange &exchange, const PublicUserId &user, const QByteArray &info);
    QByteArrayList acceptedPath(const SipExchange &exchange) const;
    void refuse(const SipExchange &exchange, const PublicUserId &user, SipRefusal refusal);

    const SipSettings &m_settings;
    Engine &m_engine;
    SipBindings &m_bindings;
    SipOutbox &m_outbox;
    SipAuthenticator &m_authenticator;
    const SipGruu &m_gruu;
    SipRefusalJournal &m_journal;
    SipContactLogs m_contactLogs;
    quint64 m_serial;
};

} // namespace reveille
