// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/msrp/msrplog.h"
#include "connections/msrp/msrpsession.h"
#include "connections/shared/streamlistener.h"

#include <QMap>
#include <QObject>
#include <QSet>

#include <memory>

namespace reveille {

/// The MSRP side of the server (RFC 4975, 6135): listens, connects where the device waits for that, and finds the
/// session a connection names. Sessions are agreed on elsewhere (SIP). Server thread.
class MsrpService : public QObject {
    Q_OBJECT
public:
    MsrpService(MsrpSettings settings, Clock &clock, Timers &timers, QObject *parent = nullptr);
    ~MsrpService() override;

    /// "msrp_tcp" -> "127.0.0.1:2855", "msrp_tls" -> …, only what is enabled. All or nothing. Errors listen-failed and
    /// those of serverTls().
    Result<QMap<QString, QString>> start();
    /// Closes listeners and connections; sessions are told "closed". Idempotent.
    void stop();

    /// A session with a name of its own; `host` is where we say we listen when we listen on every address. nullptr at
    /// maxSessions, and where nothing listens for it. `peer`: for the log.
    std::unique_ptr<MsrpSession> open(bool secure, const QByteArray &host, const QString &peer = {});
    bool isFull() const { return m_sessions.size() >= m_settings.maxSessions; }
    const MsrpSettings &settings() const { return m_settings; }
    MsrpLogs &logs() const { return m_logs; }
    QByteArray fingerprint() const { return m_fingerprint; } ///< of our certificate, as in SDP
    int sessions() const { return int(m_sessions.size()); }
    int links() const { return int(m_links.size()); }

private:
    friend class MsrpSession;
    friend class MsrpLink;
    MsrpSession *find(const QByteArray &session) const { return m_sessions.value(session); }
    void forget(MsrpSession *session) { m_sessions.remove(session->uri().session); }
    void forget(MsrpLink *link);
    MsrpLink *connectFor(MsrpSession *session, const QHostAddress &address, quint16 port, const QByteArray &fingerprint);
    MsrpLink *take(QTcpSocket *socket, MsrpSession *forSession);

    MsrpSettings m_settings;
    Clock &m_clock;
    Timers &m_timers;
    QHash<QByteArray, MsrpSession *> m_sessions;
    QSet<MsrpLink *> m_links;
    std::unique_ptr<StreamListener> m_tcp, m_tls;
    QByteArray m_fingerprint;
    mutable MsrpLogs m_logs;
};

} // namespace reveille
