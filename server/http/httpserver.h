// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ipaddress.h"
#include "domain/result.h"
#include "engine/clock.h"
#include "http/bodyroom.h"
#include "http/httprouter.h"
#include "http/httpsettings.h"

#include <QHash>
#include <QSet>
#include <QSslConfiguration>
#include <QTcpServer>

#include <optional>

class QSslSocket;

namespace reveille {

class AddressCount;
class HttpConnection;

/// Listens for HTTP/1.1 on one address, plain or over TLS, and hands requests to its router. Answers say nothing of the server's
/// name or version; there is no TRACE and no CORS. Server thread.
class HttpServer : public QObject {
    Q_OBJECT
public:
    HttpServer(HttpSettings settings, Clock &clock, Timers &timers, QObject *parent = nullptr);
    ~HttpServer() override;

    HttpRouter &router() { return m_router; }

    /// The address bound, "127.0.0.1:8081". Port 0 means any free one. Error listen-failed, about = `name`,
    /// the address and why: "operations/http 127.0.0.1:8081: address in use".
    /// `tls`: each connection begins with a handshake, which has to be done within HttpSettings::headerTime.
    Result<QString> start(const QString &name, const IpAddress &address, quint16 port,
                          const std::optional<QSslConfiguration> &tls = {});
    /// Stops listening, answers what is under way with 503, ends streams, closes every connection.
    /// Idempotent.
    void stop();
    qsizetype connections() const { return m_connections.size(); }
    qsizetype handshakes() const { return m_handshakes.size(); }
    /// Octets of bodies that have not come whole.
    qint64 heldOctets() const { return m_bodies.held(); }

private:
    class Listener;
    void take(qintptr descriptor);
    void takeSecure(qintptr descriptor);
    void endHandshake(QSslSocket *socket);
    void serve(QTcpSocket *socket);
    /// Whether one more from there may come. Says so in the log where it may not.
    bool hasRoom(const QTcpSocket &socket) const;
    void pauseAfterFailure();

    HttpSettings m_settings;
    Clock &m_clock;
    Timers &m_timers;
    HttpRouter m_router;
    BodyRoom m_bodies;
    std::unique_ptr<AddressCount> m_addresses;
    std::unique_ptr<QTcpServer> m_listener;
    std::optional<QSslConfiguration> m_tls;
    QHash<QSslSocket *, TimerId> m_handshakes;
    QSet<HttpConnection *> m_connections;
    TimerId m_resume = 0;
};

} // namespace reveille
