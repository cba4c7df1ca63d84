// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipflow.h"
#include "connections/sip/sipsettings.h"
#include "engine/clock.h"
#include "wire/sipmessage.h"

#include <QHash>

#include <functional>

namespace reveille {

/// INVITE client transactions (RFC 3261 section 17.1.1): timers A, B and D on the injected clock, the ACK to a refusal,
/// CANCEL (section 9.1). B is the request timeout where that is shorter; once a provisional answer came the peer has
/// SipSettings::ringTime, then it is cancelled. Server thread.
class SipInviteTransactions {
public:
    using Send = std::function<bool(const SipFlow &flow, const QByteArray &bytes)>;
    struct Events {
        std::function<void(const SipMessage &)> answered;  ///< finally; a refusal has been acknowledged, a 2xx not
        std::function<void(const QByteArray &code)> failed; ///< "timeout", "unsent", "closed", …
    };
    SipInviteTransactions(const SipSettings &settings, Timers &timers, Send send);
    ~SipInviteTransactions();

    /// Sends an INVITE of ours. Exactly one of the events is called, later, never from within this.
    quint64 start(const SipFlow &flow, const QByteArray &bytes, Events events);
    /// Takes it back: CANCEL goes out once the peer is known to have it. The final answer follows as usual.
    void cancel(quint64 id);
    void failFlow(const SipFlow &flow, const QByteArray &code);
    /// False for an answer to nothing we asked, and for one to a CANCEL that is not ours.
    bool take(const SipMessage &response);
    qsizetype size() const { return m_table.size(); }

private:
    struct Transaction {
        SipFlow flow;
        QByteArray bytes;
        std::optional<SipMessage> invite;
        Events events;
        QByteArray ack;      ///< of a refusal; set = Completed
        Milliseconds interval{0};
        TimerId repeat = 0;  ///< A
        TimerId end = 0;     ///< B, the ringing time, or D
        TimerId cancelRepeat = 0;
        bool proceeding = false;
        bool cancelled = false;
    };
    void repeat(quint64 id);
    void sendCancel(quint64 id, Milliseconds interval);
    void ringing(quint64 id);
    void fail(quint64 id, const QByteArray &code);
    Events remove(quint64 id);

    const SipSettings &m_settings;
    Timers &m_timers;
    Send m_send;
    QHash<quint64, Transaction> m_table;
    QHash<QByteArray, quint64> m_byBranch;
    quint64 m_last = 0;
};

} // namespace reveille
