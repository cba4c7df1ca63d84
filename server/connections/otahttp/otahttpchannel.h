// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/otahttp/otahttplog.h"
#include "connections/otahttp/otahttpsettings.h"
#include "connections/shared/tcpwatch.h"
#include "engine/clock.h"
#include "wire/httpresponseparser.h"

#include <QObject>
#include <QTcpSocket>

#include <deque>
#include <functional>

namespace reveille {

/// What became of a request.
struct OtaHttpReply {
    enum class Kind : quint8 {
        Answer, ///< `response`
        Silent, ///< not answered in time; an answer that comes later is dropped
        Gone    ///< the connection ended first
    };
    Kind kind = Kind::Gone;
    HttpResponse response;
    QByteArray code;          ///< "timeout", "closed", "reset", "broken"
    Milliseconds silence{0};  ///< how long the terminal had not been heard when the request went out
};

/// The client side of HTTP/1.1 on one connection, plain or TLS: requests go out one after the other, answers come in the
/// same order. Answers nobody asked for, broken ones, and ones over the limits end it. Server thread.
class OtaHttpChannel : public QObject
{
    Q_OBJECT
public:
    using Done = std::function<void(const OtaHttpReply &)>;

    OtaHttpChannel(QTcpSocket *socket, const OtaHttpSettings &settings, Clock &clock, Timers &timers,
                   OtaHttpLogs &logs, QObject *parent);
    ~OtaHttpChannel() override;

    /// False while the terminal leaves too much unread.
    bool canTake(qsizetype octets) const;
    /// Sends and answers exactly once, later, unless the channel is deleted first.
    void request(const QByteArray &octets, Milliseconds timeout, Done done);
    /// Requests the terminal still owes an answer to, those given up included.
    int owed() const { return int(m_pending.size()); }
    /// Answers what is outstanding with Gone.
    void fail(const QByteArray &code);
    /// Sends what is written and closes; no ended().
    void closeGently();
    bool isOpen() const { return !m_ended; }

    const QString &peer() const { return m_peer; }
    OtaHttpLogs &logs() const { return m_logs; }
    const QString &local() const { return m_local; }
    const IpAddress &peerAddress() const { return m_peerAddress; }
    Milliseconds lastHeard() const { return m_lastHeard; } ///< on the monotonic clock
    /// What ended() says where the kernel found nobody at the other end any more.
    static QString gaveUp() { return QStringLiteral("TCP_USER_TIMEOUT"); }
    bool isSilent() const;                                 ///< a request was given up and nothing came since

Q_SIGNALS:
    /// A whole response came, asked for in time or late.
    void heard();
    /// A request was given up.
    void silent();
    /// The connection is gone. `what` is the evidence: "TCP", "TCP_USER_TIMEOUT", "HTTP http-response", "unanswered".
    void ended(bool reset, const QString &what);

private:
    struct Pending {
        quint64 id = 0;
        Done done; ///< empty once given up
        TimerId timer = 0;
        Milliseconds silence{0};
    };
    void read();
    void takeAnswers();
    void giveUp(quint64 id);
    void connectionLost(QAbstractSocket::SocketError error);
    void end(bool reset, const QString &what);

    QTcpSocket *m_socket;
    const OtaHttpSettings &m_settings;
    Clock &m_clock;
    Timers &m_timers;
    OtaHttpLogs &m_logs;
    TcpWatch m_watch;
    HttpResponseParser m_parser;
    QString m_peer;
    QString m_local;
    IpAddress m_peerAddress;
    std::deque<Pending> m_pending;
    quint64 m_last = 0;
    Milliseconds m_lastHeard;
    TimerId m_stuck = 0;
    bool m_ended = false;
};

} // namespace reveille
