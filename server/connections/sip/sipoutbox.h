// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipbindings.h"
#include "connections/sip/sipclienttransactions.h"
#include "connections/sip/siptransports.h"
#include "engine/registry.h"

#include <QObject>

namespace reveille {

class SipConnection;
class SipInviteSessions;

/// Requests of ours to devices: MESSAGE with a push (RFC 3428) and OPTIONS as a probe, over the flow the
/// device registered by (RFC 5626 section 5.3), never to an address it names. What all SipConnections share.
/// Server thread.
class SipOutbox : public QObject {
    Q_OBJECT
public:
    SipOutbox(const SipSettings &settings, Clock &clock, SipTransports &transports,
              SipClientTransactions &client, SipBindings &bindings, Registry &registry);

    /// A push that asks for a confirmation says so by X-Reveille-Confirm and, where the device takes message/cpim and the
    /// whole still fits, by imdn.Disposition-Notification (RFC 5438 section 6.2). The Call-ID begins with the push's id: it
    /// is what devices name that send notifications of plain messages.
    /// Both return the number of a client transaction; `done` is called once, later.
    quint64 message(const SipConnection &to, const PushMessage &push, SipClientTransactions::Done done,
                    QByteArray *head);
    /// Paced (SipSettings::probeInterval), since a restart makes every device be asked at once, and all would
    /// answer at once.
    quint64 options(const SipConnection &to, SipClientTransactions::Done done, QByteArray *head);
    /// Ends a request now; its `done` is called before this returns.
    void fail(quint64 transaction, const QByteArray &code) { m_client.fail(transaction, code); }
    void closed(const SipConnection &connection);
    /// Where pushes go that no MESSAGE takes; nullptr where there is no MSRP.
    SipInviteSessions *sessions() const { return m_sessions; }
    void setSessions(SipInviteSessions *sessions) { m_sessions = sessions; }
    QString local(const SipFlow &flow) const { return m_transports.local(flow); }

    static constexpr int largestDatagram =
        1300; ///< octets of a MESSAGE without congestion control (RFC 3428 section 8)

private:
    quint64 send(const SipConnection &to, const QByteArray &method, const QByteArray &callId, class SipRequest &request,
                 SipClientTransactions::Done done, QByteArray *head, Milliseconds delay);
    QByteArray asCpim(const SipConnection &to, const PushMessage &push) const;

    const SipSettings &m_settings;
    Clock &m_clock;
    Milliseconds m_nextProbe{0}; ///< monotonic
    SipTransports &m_transports;
    SipClientTransactions &m_client;
    SipBindings &m_bindings;
    Registry &m_registry;
    SipInviteSessions *m_sessions = nullptr;
};

} // namespace reveille
