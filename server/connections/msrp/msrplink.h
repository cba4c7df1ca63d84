// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/shared/tcpwatch.h"
#include "connections/msrp/msrpsettings.h"
#include "engine/clock.h"
#include "wire/msrpparser.h"

#include <QObject>
#include <QTcpSocket>

namespace reveille {

class MsrpService;
class MsrpSession;

/// One TCP or TLS connection that carries sessions. Reads heads, throws content of peers away as it comes, and hands
/// the sessions their turn to write: one chunk each, round and round, while the peer reads. Server thread.
class MsrpLink : public QObject {
    Q_OBJECT
public:
    /// Takes the socket. With `forSession` it is one of ours, which that session is bound to once it stands.
    MsrpLink(MsrpService &service, QTcpSocket *socket, MsrpSession *forSession);
    ~MsrpLink() override;

    void attach(MsrpSession *session);
    void detach(MsrpSession *session);
    /// There is something to write.
    void pump();
    bool isUsed() const { return !m_sessions.isEmpty(); }
    void standing(); ///< a connection of ours is there
    void fail(const QByteArray &code);
    QString peer() const; ///< "192.0.2.7:4711", for the log

private:
    void read();
    void takeHead(const MsrpHead &head);
    void takeEnd();
    void answer(int status);
    qint64 unwritten() const;
    void timedOut();
    void write(const QByteArray &octets);

    MsrpService &m_service;
    Timers &m_timers; ///< outlives the service, as the destructor may
    QTcpSocket *m_socket;
    TcpWatch m_watch;
    MsrpParser m_parser;
    QVector<MsrpSession *> m_sessions;
    qsizetype m_turn = 0;
    MsrpHead m_request; ///< under way
    MsrpSession *m_waiting;
    TimerId m_timer = 0;
    bool m_stands;
    bool m_isOver = false;
};

} // namespace reveille
