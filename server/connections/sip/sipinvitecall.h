// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipclienttransactions.h"
#include "connections/sip/sipdialog.h"
#include "connections/sip/sipexchange.h"
#include "connections/sip/sipinvitetransactions.h"
#include "connections/sip/siptransports.h"

namespace reveille {

class SipInviteCalls;

/// What every call needs of the SIP side.
struct SipCallSupport {
    const SipSettings &settings;
    Timers &timers;
    SipTransports &transports;
    SipClientTransactions &client;
    SipInviteTransactions &invites;
};

/// Whom to call, and over which flow.
struct SipCallee {
    SipFlow flow;
    QByteArray contact; ///< Request-URI
    QByteArray user;    ///< URI in To
    QByteArrayList path;
};

/// One INVITE dialogue from its beginning to its end (RFC 3261 sections 13 to 15), with a session timer (RFC 4028):
/// called by us or by the device. What is agreed on in it is its user's business. Owned by SipInviteCalls, which
/// forgets it some time after it is over. Server thread.
class SipInviteCall {
public:
    struct Events {
        std::function<void(const SipMessage &response)> accepted; ///< our call: a 2xx, acknowledged
        std::function<void(int status, const QByteArray &code)> refused; ///< our call: status 0 where nothing answered
        /// A call that stood is over: "bye", "expired", "no-ack", "refresh-481", "closed", "reset", "icmp".
        std::function<void(const QByteArray &code)> ended;
    };
    SipInviteCall(SipInviteCalls &calls, quint64 id);
    ~SipInviteCall();

    quint64 id() const { return m_id; }
    const SipFlow &flow() const { return m_dialog.flow; }
    QByteArray key() const { return m_dialog.key(); }
    bool isOver() const { return m_stage == Stage::Over; }
    const QByteArray &inviteHead() const { return m_inviteHead; } ///< of ours, as sent, without body

    /// Ends it without further events: CANCEL, BYE, or nothing where it is over.
    void hangUp();
    Events events;

private:
    friend class SipInviteCalls;
    enum class Stage : quint8 { Calling, Standing, Over };

    void invite(const SipCallee &callee, const QByteArray &offer, const QVector<std::pair<QByteArray, QByteArray>> &headers);
    void accept(const SipExchange &exchange, const QByteArray &answer);
    void take(const SipExchange &exchange);
    void acknowledged(quint32 cseq);
    /// Our ACK once more, for a 2xx that came again.
    bool acknowledgeAgain(quint32 cseq);
    void flowFailed(const QByteArray &code);

    void sendInvite();
    void answered(const SipMessage &response);
    void established(const SipMessage &response);
    void refresh();
    void refreshed(const SipMessage &response);
    void takeRefresh(const SipExchange &exchange);
    void repeatAnswer();
    void keepTime(const SipMessage &message, bool weCalled);
    void armSessionTimer();
    void sendAck(quint32 cseq);
    void bye();
    void over(const QByteArray &code);
    QByteArray via(SipRequest &request) const;
    QByteArray contactValue() const;

    SipInviteCalls &m_calls;
    quint64 m_id;
    Stage m_stage = Stage::Calling;
    SipDialog m_dialog;
    SipCallee m_callee;
    QByteArray m_local; ///< our session description
    QVector<std::pair<QByteArray, QByteArray>> m_headers;
    QByteArray m_inviteHead;
    quint64 m_transaction = 0; ///< of an INVITE of ours under way
    bool m_hungUp = false;
    int m_sessionSeconds = 0;  ///< offered, then agreed on; 0 = no session timer
    int m_minSeconds = 0;
    bool m_weRefresh = false;
    QByteArray m_ack;          ///< the last one sent
    quint32 m_ackCseq = 0;
    QByteArray m_answer;       ///< our 2xx, repeated until its ACK comes
    SipFlow m_answerFlow;
    quint32 m_answerCseq = 0;
    Milliseconds m_answerInterval{0}, m_answerLeft{0};
    TimerId m_answerTimer = 0;
    TimerId m_sessionTimer = 0;
};

} // namespace reveille
