// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/msrp/msrpsettings.h"
#include "engine/clock.h"
#include "wire/msrp.h"

#include <deque>
#include <functional>

namespace reveille {

class MsrpLink;
class MsrpService;

/// One message to send.
struct MsrpContent {
    QByteArray type;
    QByteArray body;
    QVector<std::pair<QByteArray, QByteArray>> headers; ///< of each SEND, beside the usual ones
};

/// What became of it.
struct MsrpOutcome {
    enum class Kind : quint8 {
        Reported,     ///< a success report covers all of it
        Acknowledged, ///< every chunk was answered 200 and no report came
        Refused,      ///< the peer said no: status
        Unanswered,   ///< responseTime ran out
        Ended,        ///< the session or its connection went first
    };
    Kind kind = Kind::Ended;
    QByteArray code; ///< "200", "413", "timeout", "closed", …
    QByteArray head; ///< of the first SEND, without content
};

/// One MSRP session of ours (RFC 4975), as who sends: content goes out in chunks of MsrpLimit::chunk, one message
/// after the other, asking for a success report. Content of the peer is answered 403. Made by MsrpService, owned by
/// who asked for it. Server thread.
class MsrpSession {
public:
    ~MsrpSession();
    Q_DISABLE_COPY_MOVE(MsrpSession)

    const MsrpUri &uri() const { return m_uri; } ///< a=path of ours
    /// Whom we expect: a=path of the peer. Before that nobody can bind.
    void setPeer(const QByteArrayList &path);
    /// Opens the connection ourselves, to this address and no other; ends the session where that fails.
    void connectTo(const QHostAddress &address, quint16 port, const QByteArray &fingerprint);
    bool isBound() const { return m_link != nullptr; }
    bool isIdle() const { return m_queue.empty(); }

    /// Queues; goes out once bound. `done` is called once, later; when the session is destroyed, with Ended.
    void send(const MsrpContent &content, std::function<void(const MsrpOutcome &)> done);

    /// Ends it; nobody is told anything.
    void abandon();
    /// The message under way went out whole and every chunk of it was answered; only a report is still waited for.
    bool isTaken() const { return !m_queue.empty() && m_queue.front().complete && m_unanswered.empty(); }

    /// The connection is there.
    std::function<void()> bound;
    /// It is over: "closed", "connect-failed", "timeout" …; messages under way have been told before. May destroy.
    std::function<void(const QByteArray &code)> ended;

private:
    friend class MsrpService;
    friend class MsrpLink;
    MsrpSession(MsrpService &service, MsrpUri uri);

    struct Message {
        MsrpContent content;
        QByteArray id;
        std::function<void(const MsrpOutcome &)> done;
        QByteArray head;
        qint64 sent = 0;     ///< octets
        qint64 reported = 0; ///< octets from the first that success reports cover
        bool started = false;
        bool complete = false; ///< the last chunk went out
    };
    struct Chunk {
        QByteArray transaction;
        Milliseconds deadline{0}; ///< monotonic
    };

    void bind(MsrpLink *link);
    void unlink(const QByteArray &code);
    bool isFrom(const MsrpHead &request) const;
    /// What to put on the wire next; empty = nothing now.
    QByteArray nextChunk();
    void takeResponse(const MsrpHead &response);
    void takeReport(const MsrpHead &report);
    MsrpHead sendHead(const Message &message) const;
    void finish(MsrpOutcome::Kind kind, const QByteArray &code);
    void settleIfAnswered();
    void armTimer();
    void timedOut();
    void end(const QByteArray &code);

    MsrpService &m_service;
    MsrpUri m_uri;
    QByteArrayList m_peerPath;
    MsrpUri m_peer;
    MsrpLink *m_link = nullptr;
    MsrpLink *m_connecting = nullptr;
    std::deque<Message> m_queue; ///< the first is under way
    std::deque<Chunk> m_unanswered;
    QByteArray m_abort; ///< transaction-less "#" chunk to be sent before anything else
    QByteArray m_hello; ///< empty SEND that binds, where we connected
    TimerId m_timer = 0;
    TimerId m_reportTimer = 0;
    bool m_isEnded = false;
};

} // namespace reveille
