// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/shared/endpoint.h"
#include "domain/result.h"
#include "engine/clock.h"
#include "engine/limitlog.h"

#include <QSslConfiguration>
#include <QTcpServer>

#include <functional>
#include <optional>

namespace reveille {

/// Accepts TCP connections, with or without TLS, up to a limit, and hands them over once they can be used: over TLS
/// when the handshake is done, which has to be within `handshakeTime`. A handshake that fails or dawdles is closed and
/// nobody hears of it but the log. Where there are too many, those that took a fifth of that time already make room for
/// the new one, oldest first; if there are none, the new one is closed. Pauses for a second when descriptors run out. Server thread.
class StreamListener : public QTcpServer
{
    Q_OBJECT
public:
    struct Settings {
        QString name;                         ///< "sip/tls", for errors and the log
        Endpoint endpoint;
        std::optional<QSslConfiguration> tls; ///< not set: plain TCP
        bool isRaw = false;                   ///< plain TCP: hand over descriptors, not sockets
        int maxHandshakes = 512;              ///< under way at the same time
        Milliseconds handshakeTime{10000};
        const char *limit = "maxConnections"; ///< the name of what `mayAccept` judges, for the log
    };
    /// `mayAccept` is asked before each connection is taken: false closes it at once.
    StreamListener(Settings settings, Timers &timers, std::function<bool()> mayAccept, QObject *parent = nullptr);
    ~StreamListener() override;

    /// Error listen-failed, about = "sip/tls 127.0.0.1:5061: address in use".
    Result<Done> start();
    /// Closes the listener and the handshakes under way; sockets handed over are not touched.
    void stop();
    int handshakes() const { return int(m_shaking.size()); }

Q_SIGNALS:
    /// The receiver owns it.
    void accepted(QTcpSocket *socket);
    /// The same of a listener that is raw.
    void acceptedRaw(int descriptor);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void shake(qintptr descriptor);
    void dawdles(QTcpSocket *socket);
    void endShaking(QTcpSocket *socket);
    void giveUp(QTcpSocket *socket);
    QString nameOf(const QTcpSocket *socket) const; ///< "sip/tls 192.0.2.7:4711"

    Settings m_settings;
    Timers &m_timers;
    std::function<bool()> m_mayAccept;
    QHash<QTcpSocket *, TimerId> m_shaking;
    QList<QTcpSocket *> m_dawdlers; ///< of those, oldest first
    LimitLog m_fullLog, m_shakingLog, m_slowLog;
    LogGate m_failedLog;
};

} // namespace reveille
