// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/otahttp/otahttpsettings.h"
#include "domain/result.h"
#include "engine/clock.h"
#include "engine/limitlog.h"

#include <QHash>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpSocket>

#include <functional>
#include <optional>

namespace reveille {

/// Opens connections to terminals that listen (PO-TCP). Over TLS the terminal is the TLS client although it was called.
/// Server thread.
class OtaHttpCalls : public QObject
{
    Q_OBJECT
public:
    OtaHttpCalls(const OtaHttpSettings &settings, Timers &timers, std::optional<QSslConfiguration> tls,
                 QObject *parent = nullptr);
    ~OtaHttpCalls() override;

    using Connected = std::function<void(Result<QTcpSocket *>)>;
    /// Answers once, later; the receiver owns the socket. Errors port-unreachable (refused), no-answer, tls-unsupported,
    /// send-failed (about: the socket's own word), queue-full.
    void call(const QHostAddress &address, quint16 port, bool tls, Connected connected);
    /// Ends the calls under way; nobody is told.
    void stop();
    int underWay() const { return int(m_calls.size()); }

private:
    struct Call {
        Connected connected;
        TimerId timer = 0;
    };
    void settle(QTcpSocket *socket, const char *error, const QString &about);

    const OtaHttpSettings &m_settings;
    Timers &m_timers;
    std::optional<QSslConfiguration> m_tls;
    QHash<QTcpSocket *, Call> m_calls;
    LimitLog m_fullLog, m_slowLog;
};

} // namespace reveille
