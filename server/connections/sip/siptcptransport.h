// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipsettings.h"
#include "connections/sip/siptransportlistener.h"
#include "domain/result.h"
#include "engine/clock.h"

#include <QHash>
#include <QObject>
#include <QTcpServer>

#include <functional>

namespace reveille {

class SipTcpStream;

/// SIP over TCP (RFC 3261 section 18, RFC 5626): accepts up to a limit, frames, answers pings, closes what is
/// silent and of no use, what does not finish a message, and what does not read. Server thread.
class SipTcpTransport : public QObject {
    Q_OBJECT
public:
    /// `inUse`: whether registrations live on a flow, so that silence is the liveness rules' business and not
    /// ours.
    SipTcpTransport(const SipSettings &settings, Clock &clock, Timers &timers, SipTransportListener &listener,
                    std::function<bool(const SipFlow &)> inUse, QObject *parent = nullptr);
    ~SipTcpTransport() override;

    /// Error listen-failed, about = "sip/tcp 127.0.0.1:5060: address in use".
    Result<Done> listen(const Endpoint &endpoint);
    /// Closes the listener and every connection; tells nobody.
    void close();
    bool send(const SipFlow &flow, const QByteArray &bytes);
    bool isListening() const { return m_server.isListening(); }
    QHostAddress localAddress() const { return m_server.serverAddress(); }
    quint16 localPort() const { return m_server.serverPort(); }
    qsizetype streamCount() const { return m_streams.size(); }

private:
    void accept();
    void add(QTcpSocket *socket);
    void heard(SipTcpStream *stream);
    void watch(SipTcpStream *stream);
    void drop(SipTcpStream *stream);

    const SipSettings &m_settings;
    Clock &m_clock;
    Timers &m_timers;
    SipTransportListener &m_listener;
    std::function<bool(const SipFlow &)> m_inUse;
    QTcpServer m_server;
    QHash<quint64, SipTcpStream *> m_streams;
    quint64 m_last = 0;
};

} // namespace reveille
