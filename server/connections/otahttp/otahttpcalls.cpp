// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttpcalls.h"

#include "connections/otahttp/otahttplog.h"

#include <QNetworkProxy>
#include <QSslSocket>

namespace reveille {

OtaHttpCalls::OtaHttpCalls(const OtaHttpSettings &settings, Timers &timers, std::optional<QSslConfiguration> tls,
                           QObject *parent)
    : QObject(parent), m_settings(settings), m_timers(timers), m_tls(std::move(tls))
    , m_fullLog(otaHttpLog, "maxCalls"), m_slowLog(otaHttpLog, "callTime", QtInfoMsg)
{
}

OtaHttpCalls::~OtaHttpCalls()
{
    stop();
}

void OtaHttpCalls::call(const QHostAddress &address, quint16 port, bool tls, Connected connected)
{
    const bool full = m_calls.size() >= m_settings.maxCalls;
    if (full || (tls && !m_tls)) {
        const char *code = full ? "queue-full" : "tls-unsupported";
        if (full)
            m_fullLog.reached([&] { return peerText(address, port); });
        m_timers.start(Milliseconds(0), [connected = std::move(connected), code] { connected(Error{code, {}}); });
        return;
    }
    auto *secure = tls ? new QSslSocket(this) : nullptr;
    QTcpSocket *socket = tls ? secure : new QTcpSocket(this);
    socket->setProxy(QNetworkProxy::NoProxy);
    Call &call = m_calls[socket];
    call.connected = std::move(connected);
    call.timer = m_timers.start(m_settings.callTime, [this, socket, address, port] {
        m_calls[socket].timer = 0;
        m_slowLog.reached([&] { return peerText(address, port); });
        settle(socket, "no-answer", {});
    });
    connect(socket, &QTcpSocket::errorOccurred, this, [this, socket](QAbstractSocket::SocketError error) {
        const bool refused = error == QAbstractSocket::ConnectionRefusedError;
        settle(socket, refused ? "port-unreachable" : "send-failed", socket->errorString());
    });
    if (secure) {
        secure->setSslConfiguration(*m_tls);
        connect(secure, &QTcpSocket::connected, secure, [secure] { secure->startServerEncryption(); });
        connect(secure, &QSslSocket::encrypted, this, [this, secure] { settle(secure, nullptr, {}); });
    } else {
        connect(socket, &QTcpSocket::connected, this, [this, socket] { settle(socket, nullptr, {}); });
    }
    socket->connectToHost(address, port);
}

void OtaHttpCalls::settle(QTcpSocket *socket, const char *error, const QString &about)
{
    if (!m_calls.contains(socket))
        return;
    Call call = m_calls.take(socket);
    m_timers.cancel(call.timer);
    socket->disconnect(this);
    if (!error)
        return call.connected(socket);
    socket->abort();
    socket->deleteLater();
    // connectToHost() may fail at once; the caller is not told before it has returned.
    m_timers.start(Milliseconds(0), [connected = std::move(call.connected), error, about] { connected(Error{error, about}); });
}

void OtaHttpCalls::stop()
{
    const auto calls = std::exchange(m_calls, {});
    for (auto it = calls.begin(); it != calls.end(); ++it) {
        TimerId timer = it->timer;
        m_timers.cancel(timer);
        it.key()->disconnect(this);
        it.key()->abort();
        it.key()->deleteLater();
    }
}

} // namespace reveille
