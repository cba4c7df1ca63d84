// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipflow.h"
#include "connections/sip/sipsettings.h"
#include "engine/clock.h"
#include "wire/sipmessage.h"

#include <QHash>
#include <QSet>

#include <functional>

namespace reveille {

/// What came of a request of ours.
struct SipClientAnswer {
    enum class Kind : quint8 { Final, Timeout, Failed };
    Kind kind = Kind::Failed;
    int status = 0;  ///< of Final
    QByteArray code; ///< "200", "timeout", "closed", "reset", "icmp", "unsent"
    quint32 retryAfter = 0; ///< seconds; 0 where the answer names none
    QByteArrayList challenges{}; ///< of 401 and 407, as they stand in WWW-Authenticate and Proxy-Authenticate
};

/// Non-INVITE client transactions (RFC 3261 section 17.1.2): timers E and F on the injected clock; F is the
/// request timeout where that is shorter than 64 * T1. A transaction is forgotten with its final answer: what
/// timer K would absorb meets no transaction and is dropped. Server thread.
class SipClientTransactions {
public:
    using Send = std::function<bool(const SipFlow &flow, const QByteArray &bytes)>;
    using Done = std::function<void(quint64 id, const SipClientAnswer &)>;
    SipClientTransactions(const SipSettings &settings, Timers &timers, Send send);
    ~SipClientTransactions();

    /// Sends `bytes`, whose Via carries `branch`. `heard` is called for every answer, also provisional ones,
    /// before `done`; `done` once, later, never from within this. With a delay, nothing is sent until then.
    quint64 start(const SipFlow &flow, const QByteArray &branch, const QByteArray &method,
                  const QByteArray &bytes, std::function<void(int status)> heard, Done done,
                  Milliseconds delay = Milliseconds(0));
    /// Answers `answer` in a moment without anything being sent; what start() returns.
    quint64 answerLater(const SipFlow &flow, const SipClientAnswer &answer, Done done);
    /// Ends one now; its `done` is called with Failed and `code` before this returns.
    void fail(quint64 id, const QByteArray &code);
    /// The same for all of a flow.
    void failFlow(const SipFlow &flow, const QByteArray &code);
    /// False for an answer to nothing we asked.
    bool take(const SipMessage &response);
    qsizetype size() const { return m_table.size(); }

private:
    struct Transaction {
        SipFlow flow;
        QByteArray branch;
        QByteArray method;
        QByteArray bytes;
        Milliseconds interval{0};
        TimerId repeat = 0; ///< E
        TimerId end = 0;    ///< F
        bool proceeding = false;
        std::function<void(int)> heard;
        Done done;
    };
    quint64 add(Transaction transaction);
    void begin(quint64 id);
    void repeat(quint64 id);
    void finish(quint64 id, const SipClientAnswer &answer);

    const SipSettings &m_settings;
    Timers &m_timers;
    Send m_send;
    QHash<quint64, Transaction> m_table;
    QHash<QByteArray, quint64> m_byBranch;
    QHash<SipFlow, QSet<quint64>> m_byFlow;
    quint64 m_last = 0;
};

} // namespace reveille
