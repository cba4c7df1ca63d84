// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipflow.h"
#include "connections/sip/sipsettings.h"
#include "engine/clock.h"
#include "engine/limitlog.h"
#include "wire/sipmessage.h"

#include <QHash>
#include <QSet>

#include <functional>

namespace reveille {

/// Server transactions (RFC 3261 section 17.2): a request that comes again gets the stored answer again, an
/// INVITE's refusal is repeated until its ACK. Timers G H I J on the injected clock; on TCP nothing is
/// repeated and H alone is left. The table is bounded. Server thread.
class SipServerTransactions {
public:
    using Send = std::function<void(const SipFlow &to, const QByteArray &bytes)>;
    SipServerTransactions(const SipSettings &settings, Timers &timers, Send send);
    ~SipServerTransactions();

    enum class Taken : quint8 {
        New,      ///< to be answered with respond()
        Merged,   ///< the same request by another way, to be answered 482 (section 8.2.2.2)
        Repeated, ///< taken care of
        Full,     ///< no room: to be answered without a transaction
    };
    /// Any request but ACK and CANCEL.
    Taken take(const SipMessage &request, const SipFlow &flow);
    /// Answers finally; harmless for a key not known (any more).
    void respond(const QByteArray &key, int status, const QByteArray &bytes);
    void acknowledge(const SipMessage &ack);
    /// Whether there is an INVITE this CANCEL is for (section 9.2).
    bool hasInviteOf(const SipMessage &cancel) const;
    qsizetype size() const { return m_table.size(); }

    /// Section 17.2.3: branch, sent-by and method; for peers of before RFC 3261 what identified a request
    /// then.
    static QByteArray keyOf(const SipMessage &request);
    /// Where an answer goes (section 18.2.2, RFC 3581): the address it came from, never one it names.
    static SipFlow answerFlow(const SipMessage &request, const SipFlow &flow);

private:
    struct Transaction {
        SipFlow to;
        QByteArray answer;  ///< empty = not answered yet
        TimerId end = 0;    ///< H, I or J
        TimerId repeat = 0; ///< G
        size_t origin = 0;  ///< 0 = none
        Milliseconds interval{0};
        bool invite = false;
        bool confirmed = false;
    };
    void repeat(const QByteArray &key);
    void endIn(const QByteArray &key, Transaction &transaction, Milliseconds delay);
    void remove(const QByteArray &key);

    const SipSettings &m_settings;
    Timers &m_timers;
    Send m_send;
    QHash<QByteArray, Transaction> m_table;
    QSet<size_t> m_origins; ///< hashes of From tag, Call-ID and CSeq of the requests in the table
    LimitLog m_fullLog;
};

} // namespace reveille
