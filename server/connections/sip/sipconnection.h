// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipbinding.h"
#include "connections/sip/sipclienttransactions.h"
#include "engine/connection.h"

#include <QPointer>
#include <QVarLengthArray>

namespace reveille {

class SipOutbox;

/// One registered contact as the engine sees it: pushes go out as MESSAGE, large ones in a session, probes as OPTIONS, over its flow.
/// Plain value semantics inside, no QObject and no socket of its own, since there is one for every
/// registration. Server thread.
///
/// Outcome codes: the status ("200", "486"), "timeout", "too-large", "closed", "reset", "icmp", "unsent",
/// and those of SipInviteSession.
class SipConnection : public Connection {
public:
    SipConnection(SipOutbox &outbox, const PublicUserId &user, const SipBinding &binding);
    ~SipConnection() override;

    ConnectionFacts facts() const override;
    void send(const PushMessage &message, std::function<void(SendOutcome)> done) override;
    void probe(std::function<void(SendOutcome)> done) override;
    void close(CloseReason reason) override;

    /// The engine's number for it, known once it is bound.
    void setId(ConnectionId id) { m_id = id; }
    ConnectionId id() const { return m_id; }
    const PublicUserId &user() const { return m_user; }
    const SipFlow &flow() const { return m_flow; }
    const QByteArray &contact() const { return m_contact; }
    const QByteArrayList &path() const { return m_path; }
    bool takesCpim() const { return m_takesCpim; }

private:
    SipClientTransactions::Done finisher(std::function<SendOutcome(const SipClientAnswer &)> judge,
                                         const QString &request, std::shared_ptr<QByteArray> head,
                                         std::function<void(SendOutcome)> done);

    QPointer<SipOutbox> m_outbox;
    PublicUserId m_user;
    SipFlow m_flow;
    QByteArray m_contact;
    QByteArrayList m_path;
    bool m_takesCpim = false;
    ConnectionId m_id;
    QVarLengthArray<quint64, 1> m_pending; ///< client transactions
};

} // namespace reveille
