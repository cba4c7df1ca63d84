// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/shared/streamlistener.h"
#include "connections/sip/sipsettings.h"
#include "connections/sip/sipstream.h"
#include "connections/sip/siptransportlistener.h"
#include "domain/result.h"
#include "engine/clock.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>

namespace reveille {

class ByteStream;

/// SIP over TCP and TLS (RFC 3261 section 18, RFC 5626): accepts up to a limit, frames, answers pings, closes
/// what is silent and of no use, what does not finish a message, and what does not read. Server thread.
class SipStreamTransport : public QObject {
    Q_OBJECT
public:
    /// `inUse`: whether registrations live on a flow, so that silence is the liveness rules' business and not
    /// ours.
    SipStreamTransport(const SipSettings &settings, Clock &clock, Timers &timers, SipTransportListener &listener,
                    std::function<bool(const SipFlow &)> inUse, QObject *parent = nullptr);
    ~SipStreamTransport() override;

    /// Where the settings say. Errors listen-failed, about = "sip/tcp 127.0.0.1:5060: address in use", and those
    /// of serverTls().
    Result<Done> listen(SipTransport transport);
    /// Closes the listeners and every connection; tells nobody.
    void close();
    bool send(const SipFlow &flow, const QByteArray &bytes);
    /// Takes a connection that the server opened itself; the flow over it.
    SipFlow adopt(QTcpSocket *socket, SipTransport transport);
    /// nullptr where nothing listens.
    const StreamListener *listener(SipTransport transport) const;
    qsizetype streamCount() const { return m_streams.size(); }

private:
    bool hasRoom() const;
    SipStream *add(ByteStream *connection, SipTransport transport);
    void heard(SipStream *stream);
    void watch(SipStream *stream);
    void drop(SipStream *stream);

    const SipSettings &m_settings;
    Clock &m_clock;
    Timers &m_timers;
    SipTransportListener &m_listener;
    std::function<bool(const SipFlow &)> m_inUse;
    std::unique_ptr<StreamListener> m_tcp;
    std::unique_ptr<StreamListener> m_tls;
    QHash<quint64, SipStream *> m_streams;
    quint64 m_last = 0;
    SipStreamLogs m_logs;
    LimitLog m_messageLog, m_idleLog;
};

} // namespace reveille
